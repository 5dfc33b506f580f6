#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A replay by accessible names: started, paused, resumed, stopped; then to its end, and what failed once more.

    replay.py
The program runs on the example. Whenever the figures are read they must add up.
"""
import re

from driver import application, click, descendants, fail, get, is_enabled, press, showing, wait


def sums(app):
    """The two sums as they are read out: {"planned": [...], "sent": [...]}, the first of each the sum of the others."""
    found = {}
    for node in descendants(app):
        if re.match(r"(planned|sent) [\d,]+ = ", node.name or ""):
            numbers = [int(n.replace(",", "")) for n in re.findall(r"[\d,]+", node.name)]
            if numbers[0] != sum(numbers[1:]):
                fail("does not add up: " + node.name)
            found[node.name.split(" ")[0]] = numbers
    return found


def sent(app):
    return sums(app).get("planned", [0, 0])[1]


def ended(app):
    return showing(app, "push button", "Stop replay") is None and is_enabled(get(app, "push button", "Start replay"))


def start(app):
    button = get(app, "push button", "Start replay")
    wait("the end of counting", lambda: is_enabled(button))
    press(button)
    get(app, "push button", "Stop replay")


def stop_and_go(app):
    click(get(app, "radio button", "Fixed rate"))
    get(app, "text", "Rate").queryEditableText().setTextContents("20/s")
    start(app)
    press(get(app, "push button", "Pause"))
    resume = get(app, "push button", "Resume")
    held = sent(app)
    press(resume)
    wait("more requests", lambda: sent(app) > held + 10)
    press(get(app, "push button", "Stop replay"))
    wait("the end of the run", lambda: ended(app))
    planned, answered, dropped, waiting = sums(app)["planned"]
    if not held < answered < planned or waiting:
        fail(f"stopped, but planned {planned} = sent {answered} + dropped {dropped} + waiting {waiting}")
    print("stopped at", answered, "of", planned)


def to_the_end_and_again(app):
    click(get(app, "radio button", "Parallel"))
    start(app)
    retry = get(app, "push button", "Retry failed", 240)
    planned = sums(app)["planned"]
    print("planned", planned[0], "sent", planned[1])
    press(retry)
    wait("the second run", lambda: sums(app)["planned"][0] < planned[0])
    wait("the end of the second run", lambda: ended(app), 240)
    again = sums(app)["planned"]
    if again[0] == 0 or again[1] != again[0]:
        fail(f"sent again: {again}")
    print("again", again[0])


def main():
    app = application()
    # The folder opens in the Edit mode: whoever goes elsewhere before that is brought back.
    get(get(app, "list", "Endpoints"), "list item", "pricing_shadow")
    click(get(app, "radio button", "Replay"))
    stop_and_go(app)
    to_the_end_and_again(app)
    print("done")


if __name__ == "__main__":
    main()
