# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Fitted on 4000 diamonds: logarithm of the price in US dollars, by least squares.

INTERCEPT = 8.456766
LOG_CARAT = 1.676129
LOG_CARAT_SQUARED = -0.000722
SIGMA = 0.2641
