#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes traffic/diamonds.ndjson: one request for each row of data/diamonds.csv.

    python3 make_traffic.py [--check]

Order and gaps come from the SHA-256 of "SEED:...", so every language and version makes the same file. The gaps are
exponential with a mean of 1/8 s. Nothing but the order is chosen: SEED is the first of 1, 2, 3... that brings a stone
without a dimension among the first 50 requests and two among the first 200 (20 among 2,000 make 0.5 and 2 the mean).
"""

import datetime
import hashlib
import json
import math
import os
import sys

sys.dont_write_bytecode = True
from fit_models import COLUMNS, DATA, EXAMPLE, NUMBERS, is_flat, read_rows  # noqa: E402

ENDPOINT = "pricing_shadow"
START = datetime.datetime(2026, 9, 21, 9, 0, 0, tzinfo=datetime.timezone.utc)
REQUESTS_PER_SECOND = 8.0
PATH = os.path.join(EXAMPLE, "traffic", "diamonds.ndjson")


def digest(*parts):
    return hashlib.sha256(":".join(map(str, parts)).encode()).digest()


def shuffled(rows, seed):
    return sorted(rows, key=lambda row: digest(seed, "order", row["row"]))


def seed_for(rows):
    seed = 1
    while True:
        order = [is_flat(row) for row in shuffled(rows, seed)]
        if sum(order[:50]) >= 1 and sum(order[:200]) >= 2:
            return seed
        seed += 1


def body_of(row):
    """The numbers keep the text they have in the table."""
    fields = ",".join('"%s":%s' % (name, row[name] if name in NUMBERS else json.dumps(row[name]))
                      for name in COLUMNS if name != "price")
    return '{"data":{%s}}' % fields


def traffic_text(rows):
    seed = seed_for(rows)
    lines = []
    microseconds = 0
    for number, row in enumerate(shuffled(rows, seed), 1):
        uniform = int.from_bytes(digest(seed, "gap", number)[:6], "big") / 2.0 ** 48
        microseconds += round(-math.log(1.0 - uniform) / REQUESTS_PER_SECOND * 1e6)
        time = START + datetime.timedelta(microseconds=microseconds)
        lines.append(json.dumps({
            "v": 1, "id": number, "time": time.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "endpoint": ENDPOINT,
            "req": {"method": "POST", "target": "/v1/endpoint/" + ENDPOINT,
                    "headers": [["content-type", "application/json"]], "body": body_of(row)}},
            separators=(",", ":")) + "\n")
    return seed, "".join(lines)


def main():
    seed, text = traffic_text(read_rows(os.path.join(DATA, "diamonds.csv")))
    if sys.argv[1:] == ["--check"]:
        with open(PATH, encoding="utf-8", newline="") as file:
            same = file.read() == text
        print("traffic/diamonds.ndjson, seed %d: %s" % (seed, "as the data give it" if same else "differs"))
        return 0 if same else 1
    if sys.argv[1:]:
        raise SystemExit(__doc__)
    os.makedirs(os.path.dirname(PATH), exist_ok=True)
    with open(PATH, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    print("seed %d, %d requests" % (seed, text.count("\n")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
