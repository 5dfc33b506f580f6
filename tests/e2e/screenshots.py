#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures of docs/screenshots by driving the window from outside; started by installer/screenshots.

usage: screenshots.py PROGRAM FOLDER THEME SUFFIX
"""
import json
import os
import pathlib
import subprocess
import sys
import time
import urllib.request

import pyatspi

from driver import application, cell, click, get, is_enabled, keys, press, rows, showing, wait, write


class Pictures:
    def __init__(self, program, folder, theme, suffix):
        self.program, self.folder, self.theme, self.suffix = program, pathlib.Path(folder), theme, suffix
        self.process = None

    def start(self, *arguments):
        self.process = subprocess.Popen([self.program, f"--{self.theme}", *arguments])
        app = application()
        wait("the window", lambda: app.childCount > 0)
        return app

    def stop(self):
        self.process.terminate()
        self.process.wait(30)

    def shoot(self, app, name):
        time.sleep(0.6)  # what still moves comes to rest
        frame = next(app.getChildAtIndex(i) for i in range(app.childCount)
                     if app.getChildAtIndex(i).getRoleName() == "frame")
        box = frame.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        target = self.folder / f"{name}-{self.suffix}.png"
        subprocess.run(["import", "-window", "root", "-crop", f"{box.width}x{box.height}+{box.x}+{box.y}", "+repage",
                        "-strip", str(target)], check=True)
        print(target)


def shoot_editing(app, pictures):
    """What else the Edit mode shows: a request that was tried, the commit, another name, a split."""
    press(get(app, "push button", "Try it"))
    press(get(app, "push button", "Send request"))
    confirm(app)
    wait("the answers", lambda: showing(app, "text", "Mirror response"))
    pictures.shoot(app, "edit-try")
    press(get(app, "push button", "Back to form"))
    click(get(get(app, "list", "Endpoints"), "list item", "pricing_optimizer"))
    keys("ctrl+shift+k")
    dialog = get(app, "dialog", "Commit")
    get(dialog, "push button", "Commit")
    pictures.shoot(app, "edit-commit")
    press(get(dialog, "push button", "Cancel"))
    wait("the end of the dialog", lambda: not showing(app, "dialog", "Commit"))
    click(get(get(app, "list", "Endpoints"), "list item", "pricing_split"))
    get(app, "radio button", "Splitting")
    time.sleep(0.5)  # the click has to arrive before the key
    keys("F2")
    dialog = get(app, "dialog", "Rename pricing_split")
    pictures.shoot(app, "edit-rename")
    press(get(dialog, "push button", "Cancel"))
    wait("the end of the dialog", lambda: not showing(app, "dialog", "Rename pricing_split"))
    click(get(app, "radio button", "Diff to HEAD"))
    pictures.shoot(app, "edit-split")
    click(get(app, "radio button", "YAML with diff to HEAD"))
    click(get(get(app, "list", "Endpoints"), "list item", "pricing_optimizer"))


def mode(app, name):
    click(get(app, "radio button", name))


def add_mirror(app, deployment, pictures=None):
    press(get(app, "push button", "Add mirror"))
    dialog = get(app, "dialog", "Add mirror")
    get(dialog, "text", "Deployment").queryEditableText().setTextContents(deployment)
    if pictures:
        pictures.shoot(app, "picker")
    press(get(dialog, "push button", "Add"))
    wait("the end of the dialog", lambda: not showing(app, "dialog", "Add mirror"))


def send(url, traffic, count):
    """Sample requests to the running router, a few at a time."""
    for line in traffic.read_text().splitlines()[:count]:
        record = json.loads(line)
        body = record["req"]["body"] if "req" in record else line
        request = urllib.request.Request(url, body.encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            answer.read()


def main():
    program, folder, theme, suffix = sys.argv[1:5]
    pictures = Pictures(program, folder, theme, suffix)
    app = pictures.start()
    get(app, "push button", "Try the example")
    pictures.shoot(app, "home")
    pictures.stop()

    app = pictures.start("--example")
    click(get(get(app, "list", "Endpoints"), "list item", "pricing_optimizer"))
    add_mirror(app, "model_v2", pictures)
    add_mirror(app, "pricing_model_v2")
    wait("the mirrors", lambda: rows(get(app, "table", "Mirrors")) == 2)
    pictures.shoot(app, "edit")
    save = get(app, "push button", "Save")
    press(save)
    wait("the end of saving", lambda: not is_enabled(save))
    shoot_editing(app, pictures)

    for key, name in (("ctrl+comma", "preferences"), ("F1", "manual"), ("ctrl+question", "shortcuts")):
        keys(key)
        pictures.shoot(app, name)
        keys("Escape")
        time.sleep(0.4)
    keys("ctrl+k")
    write("about para")
    pictures.shoot(app, "palette")
    keys("Return")
    pictures.shoot(app, "about")
    keys("Escape")
    time.sleep(0.4)

    mode(app, "Live")
    pictures.shoot(app, "live-empty")
    press(get(app, "push button", "Start router"))
    confirm(app)
    get(app, "push button", "Stop router")
    traffic = next(pathlib.Path(os.environ["XDG_DATA_HOME"]).rglob("diamonds.ndjson"))
    url = "http://127.0.0.1:8080/v1/endpoint/pricing_optimizer"
    wait("the router", lambda: send(url, traffic, 1) is None)
    send(url, traffic, 60)
    table = get(app, "table", "Traffic")
    time.sleep(1)
    last = rows(table) - 1
    different = next(row for row in range(last - 1, 0, -1) if "data" in cell(table, row, 6).name)
    click(cell(table, different, 2))
    get(app, "text", "Mirror response")
    pictures.shoot(app, "live")
    press(get(app, "push button", "Stop router"))
    get(app, "push button", "Start router")

    mode(app, "Replay")
    press(get(app, "push button", "Start replay"))
    confirm(app)
    get(app, "progress bar", "Replay progress")
    pictures.shoot(app, "replay")
    get(app, "push button", "Start replay", 240)
    press(get(app, "push button", "Compare now"))
    table = get(app, "table", "Pairs")
    wait("the pairs", lambda: rows(table) > 0)
    pictures.shoot(app, "compare")
    press(get(app, "push button", "Rules"))
    dialog = get(app, "dialog", "Rules")
    pictures.shoot(app, "compare-rules")
    press(get(dialog, "push button", "Close"))
    pictures.stop()


def confirm(app):
    """A repository's own commands are asked about before they run for the first time."""
    time.sleep(0.5)
    for name in ("Run them", "Run and send"):
        button = showing(app, "push button", name)
        if button:
            press(button)


if __name__ == "__main__":
    main()
