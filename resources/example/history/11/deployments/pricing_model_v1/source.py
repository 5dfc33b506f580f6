# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prices a diamond from its weight and its grades: a regression of the logarithm of the price, corrected for its bias."""

import math

from coefficients import CLARITY, COLOR, CUT, INTERCEPT, LOG_CARAT, LOG_CARAT_SQUARED, SIGMA, SMEARING

MODEL = {"name": "pricing_model_v1", "trained": "2026-09-09"}
REFERENCE = {"carat": 0.7, "cut": "Ideal", "color": "G", "clarity": "SI1"}  # what a driver's effect is measured against
WIDTH = 1.645  # 90 % of a normal distribution lie within so many standard deviations
CLOSE = math.log(1.1)  # `confidence` is the probability that the true price lies within 10 %


def effects_of(stone):
    """What each feature adds to the logarithm of the price."""
    size = math.log(stone["carat"])
    return {
        "carat": LOG_CARAT * size + LOG_CARAT_SQUARED * size * size,
        "cut": CUT[stone["cut"]],
        "color": COLOR[stone["color"]],
        "clarity": CLARITY[stone["clarity"]],
    }


def band_of(price):
    floor = int(price // 500) * 500
    return "%d-%d" % (floor, floor + 500)


def price_diamond(stone):
    effects = effects_of(stone)
    reference = effects_of(REFERENCE)
    price = SMEARING * math.exp(INTERCEPT + sum(effects.values()))
    sigma = SIGMA[stone["clarity"]]
    return {
        "price": round(price, 2),
        "currency": "USD",
        "interval": {"low": round(price * math.exp(-WIDTH * sigma), 2), "high": round(price * math.exp(WIDTH * sigma), 2)},
        "band": band_of(price),
        "drivers": [
            {"feature": name, "effect": round(price * (1 - math.exp(reference[name] - effect)), 2)}
            for name, effect in effects.items()
        ],
        "confidence": round(math.erf(CLOSE / (sigma * math.sqrt(2))), 2),
        "model": MODEL,
    }
