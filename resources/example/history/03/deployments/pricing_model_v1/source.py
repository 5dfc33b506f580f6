# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prices a diamond from its weight: a regression of the logarithm of the price."""

import math

from coefficients import INTERCEPT, LOG_CARAT, LOG_CARAT_SQUARED, SIGMA

MODEL = {"name": "pricing_model_v1", "trained": "2026-08-30"}
REFERENCE = {"carat": 0.7}  # what the effect of a driver is measured against
WIDTH = 1.645  # 90 % of a normal distribution lie within so many standard deviations
CLOSE = math.log(1.1)  # `confidence` is the probability that the true price lies within 10 %


def effect_of_carat(carat):
    size = math.log(carat)
    return LOG_CARAT * size + LOG_CARAT_SQUARED * size * size


def band_of(price):
    floor = int(price // 500) * 500
    return "%d-%d" % (floor, floor + 500)


def price_diamond(stone):
    effects = {"carat": effect_of_carat(stone["carat"])}
    reference = {"carat": effect_of_carat(REFERENCE["carat"])}
    price = math.exp(INTERCEPT + sum(effects.values()))
    return {
        "price": round(price, 2),
        "currency": "USD",
        "interval": {"low": round(price * math.exp(-WIDTH * SIGMA), 2), "high": round(price * math.exp(WIDTH * SIGMA), 2)},
        "band": band_of(price),
        "drivers": [
            {"feature": name, "effect": round(price * (1 - math.exp(reference[name] - effect)), 2)}
            for name, effect in effects.items()
        ],
        "confidence": round(math.erf(CLOSE / (SIGMA * math.sqrt(2))), 2),
        "model": MODEL,
    }
