# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Fitted on 4000 diamonds: logarithm of the price in US dollars, by least squares.

INTERCEPT = 7.838666
LOG_CARAT = 1.917765
LOG_CARAT_SQUARED = 0.045771

CUT = {
    "Fair": 0.0,
    "Good": 0.089557,
    "Very Good": 0.131575,
    "Premium": 0.153421,
    "Ideal": 0.174121,
}

COLOR = {
    "D": 0.0,
    "E": -0.059258,
    "F": -0.10078,
    "G": -0.159754,
    "H": -0.26076,
    "I": -0.38977,
    "J": -0.540794,
}

CLARITY = {
    "I1": 0.0,
    "SI2": 0.431816,
    "SI1": 0.601417,
    "VS2": 0.740891,
    "VS1": 0.823761,
    "VVS2": 0.950294,
    "VVS1": 1.028835,
    "IF": 1.102564,
}

# Standard deviation of the residuals, by clarity.
SIGMA = {
    "I1": 0.2347,
    "SI2": 0.1471,
    "SI1": 0.1145,
    "VS2": 0.1333,
    "VS1": 0.1216,
    "VVS2": 0.1429,
    "VVS1": 0.1444,
    "IF": 0.1582,
}

# Mean of exp(residual): the mean of a price is more than exp(the mean of its logarithm) (Duan, 1983).
SMEARING = 1.0093
