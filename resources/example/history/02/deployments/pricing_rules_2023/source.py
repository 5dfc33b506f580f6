# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prices a diamond by the price list of 2023: dollars a carat by size, then a percentage for clarity."""

DOLLARS_PER_CARAT = ((0.5, 2250), (0.9, 3000), (1.2, 4850), (1.6, 6350), (2.0, 7650), (float("inf"), 7400))
CLARITY_PERCENT = {"I1": 60, "SI2": 85, "SI1": 95, "VS2": 105, "VS1": 110, "VVS2": 115, "VVS1": 120, "IF": 135}


def price_diamond(stone):
    rate = next(dollars for limit, dollars in DOLLARS_PER_CARAT if stone["carat"] < limit)
    price = round(stone["carat"] * rate * CLARITY_PERCENT[stone["clarity"]] / 100, 2)
    return {"price": price, "currency": "USD"}
