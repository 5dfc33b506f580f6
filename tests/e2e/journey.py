#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole job through the window, from outside: the example, a mirror, live requests, a replay, one pair side by side.

usage: journey.py TRAFFIC    (the example's requests; the ones for the router are taken from it)
Expects the program running on its home screen; prints what it saw.
"""
import json
import pathlib
import sys
import urllib.request

from driver import application, cell, click, descendants, fail, get, is_enabled, press, rows, text_of, type_over, wait


def send(url, count):
    statuses = []
    for line in pathlib.Path(sys.argv[1]).read_text().splitlines()[:count]:
        record = json.loads(line)
        body = record["req"]["body"] if "req" in record else line
        with urllib.request.urlopen(urllib.request.Request(url, body.encode()), timeout=30) as answer:
            answer.read()
            statuses.append(answer.status)
    return statuses


def address_shown(app):
    return next((node.name.removeprefix("Address ") for node in descendants(app)
                 if node.getRoleName() == "label" and node.name.startswith("Address http://127.0.0.1:")), None)


def add_mirror(app):
    click(get(get(app, "list", "Endpoints"), "list item", "pricing_optimizer"))
    press(get(app, "push button", "Add mirror"))
    dialog = get(app, "dialog", "Add mirror")
    get(dialog, "text", "Deployment").queryEditableText().setTextContents("pricing_model_v2")
    press(get(dialog, "push button", "Add"))
    save = get(app, "push button", "Save")
    wait("something to save", lambda: is_enabled(save))
    press(save)
    wait("the end of saving", lambda: not is_enabled(save))
    print("mirror saved")


def go_live(app):
    click(get(app, "radio button", "Live"))
    type_over(get(app, "text", "Listen on"), "127.0.0.1:0")
    press(get(app, "push button", "Start router"))
    get(app, "push button", "Stop router")
    address = wait("the address", lambda: address_shown(app))
    print("router:", address)
    url = address + "/v1/endpoint/pricing_optimizer"
    statuses = wait("an answer of the primary", lambda: send(url, 5))
    if statuses != [200] * 5:
        fail(f"the primary answered {statuses}")
    table = get(app, "table", "Traffic")
    wait("the rows", lambda: rows(table) >= 5)
    wait("the mirror's answer", lambda: "waiting" not in cell(table, 0, 4).name)
    print("traffic:", rows(table), "rows; mirror:", cell(table, 0, 4).name)
    press(get(app, "push button", "Stop router"))
    get(app, "push button", "Start router")


def replay(app):
    click(get(app, "radio button", "Replay"))
    press(get(app, "push button", "Start replay"))
    bar = get(app, "progress bar", "Replay progress").queryValue()
    wait("the end of the replay", lambda: bar.currentValue >= bar.maximumValue > 0, 240)
    get(app, "push button", "Start replay", 240)
    press(get(app, "push button", "Compare now"))


def look_at_a_pair(app):
    pairs = get(app, "table", "Pairs")
    wait("the pairs", lambda: rows(pairs) > 0)
    click(cell(pairs, 1, 0))
    left = get(app, "text", "Primary response")
    right = get(app, "text", "Mirror response")
    wait("both answers", lambda: "price" in text_of(left) and "price" in text_of(right))
    if text_of(left) == text_of(right):
        fail("a pair that differs shows the same on both sides")
    print("pairs:", rows(pairs), "shown; differences:", rows(get(app, "table", "Differences")), "fields")


def main():
    app = application()
    press(get(app, "push button", "Try the example"))
    add_mirror(app)
    go_live(app)
    replay(app)
    look_at_a_pair(app)
    print("done")


if __name__ == "__main__":
    main()
