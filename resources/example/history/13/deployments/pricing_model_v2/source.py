# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prices a diamond by the regression of pricing_model_v1, and a large one by the mean of the most similar stones sold."""

import csv
import heapq
import math
import os
import statistics

from coefficients import CLARITY, COLOR, CUT, INTERCEPT, LOG_CARAT, LOG_CARAT_SQUARED, SIGMA, SMEARING

MODEL = {"name": "pricing_model_v2", "trained": "2026-09-11"}
REFERENCE = {"carat": 0.7, "cut": "Ideal", "color": "G", "clarity": "SI1"}  # what a driver's effect is measured against
WIDTH = 1.645  # 90 % of a normal distribution lie within so many standard deviations
CLOSE = math.log(1.1)  # `confidence` is the probability that the true price lies within 10 %
LARGE = 1.2  # carat; stones from here on are priced from comparables
NEIGHBOURS = 12

# How far apart two stones are: the differences of their logarithms and the steps between their grades, scaled.
CARAT_SCALE = 8.0
VOLUME_SCALE = 8.0
CUT_STEP = 0.2
COLOR_STEP = 0.5
CLARITY_STEP = 0.7
CUTS = ("Fair", "Good", "Very Good", "Premium", "Ideal")
COLORS = "JIHGFED"
CLARITIES = ("I1", "SI2", "SI1", "VS2", "VS1", "VVS2", "VVS1", "IF")


def log_volume(stone):
    return math.log(stone["x"] * stone["y"] * stone["z"])


def place_of(stone):
    return (
        CARAT_SCALE * math.log(stone["carat"]),
        VOLUME_SCALE * log_volume(stone),
        CUT_STEP * CUTS.index(stone["cut"]),
        COLOR_STEP * COLORS.index(stone["color"]),
        CLARITY_STEP * CLARITIES.index(stone["clarity"]),
    )


def read_comparables():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "comparables.csv")
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            stone = {name: row[name] if name in ("cut", "color", "clarity") else float(row[name]) for name in row}
            yield place_of(stone), stone["price"]


COMPARABLES = list(read_comparables())


def nearest(place):
    """The prices of the most similar stones sold."""
    return [price for _, price in heapq.nsmallest(NEIGHBOURS, ((math.dist(place, other), price) for other, price in COMPARABLES))]


def effects_of(stone):
    """What each feature adds to the logarithm of the base price."""
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
    place = place_of(stone)
    effects = effects_of(stone)
    reference = effects_of(REFERENCE)
    base = SMEARING * math.exp(INTERCEPT + sum(effects.values()))
    drivers = [
        {"feature": name, "effect": round(base * (1 - math.exp(reference[name] - effect)), 2)}
        for name, effect in effects.items()
    ]
    price = base
    sigma = SIGMA[stone["clarity"]]
    if stone["carat"] >= LARGE:
        prices = nearest(place)
        price = statistics.fmean(prices)
        sigma = statistics.stdev(map(math.log, prices))
        drivers.append({"feature": "comparables", "effect": round(price - base, 2)})
    return {
        "price": round(price, 2),
        "currency": "USD",
        "interval": {"low": round(price * math.exp(-WIDTH * sigma), 2), "high": round(price * math.exp(WIDTH * sigma), 2)},
        "band": band_of(price),
        "drivers": drivers,
        "confidence": round(math.erf(CLOSE / (sigma * math.sqrt(2))), 2),
        "model": MODEL,
    }
