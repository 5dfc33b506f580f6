#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds a mirror and saves, from outside, by accessible names alone (AT-SPI).

usage: addmirror.py APPLICATION_NAME DEPLOYMENT
Expects the program running with a workspace open. Prints what it did; exit code 0 when `Save` is done.
"""
import subprocess
import sys
import time

import pyatspi

PATIENCE = 60  # seconds for anything to appear


def wait(what, find):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            found = find()
        except Exception:  # the tree changes while it is walked
            found = None
        if found:
            return found
        time.sleep(0.05)
    sys.exit(f"addmirror: {what} did not appear")


def application(name):
    desktop = pyatspi.Registry.getDesktop(0)
    for i in range(desktop.childCount):
        child = desktop.getChildAtIndex(i)
        if child is not None and child.name == name:
            return child
    return None


def descendant(root, role, name):
    def matches(node):
        if node.getRoleName() != role or not node.getState().contains(pyatspi.STATE_SHOWING):
            return False
        return node.name == name or (role == "list item" and node.name.split(" ")[0] == name)

    return pyatspi.findDescendant(root, matches)


def press(node):
    node.queryAction().doAction(0)


def click(node):
    box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    subprocess.run(["xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2), "click", "1"],
                   check=True)


def main():
    program, deployment = sys.argv[1:3]
    app = wait(f"the application {program}", lambda: application(program))
    endpoints = wait("the list Endpoints", lambda: descendant(app, "list", "Endpoints"))
    click(wait("an endpoint", lambda: descendant(endpoints, "list item", "pricing_optimizer")))
    press(wait("the button Add mirror", lambda: descendant(app, "push button", "Add mirror")))
    dialog = wait("the dialog Add mirror", lambda: descendant(app, "dialog", "Add mirror"))
    search = wait("the field Deployment", lambda: descendant(dialog, "text", "Deployment"))
    search.queryEditableText().setTextContents(deployment)
    press(wait("the button Add", lambda: descendant(dialog, "push button", "Add")))
    mirrors = wait("the table Mirrors", lambda: descendant(app, "table", "Mirrors"))
    wait("the mirror", lambda: mirrors.queryTable().nRows == 1)
    cells = [mirrors.queryTable().getAccessibleAt(0, column).name for column in range(4)]
    print("mirror:", ", ".join(cells))
    text = wait("the text YAML", lambda: descendant(app, "text", "YAML")).queryText()
    yaml = text.getText(0, text.characterCount)
    if f"name: {deployment}" not in yaml:
        sys.exit(f"addmirror: the YAML does not show the mirror: {yaml!r}")
    save = wait("the button Save", lambda: descendant(app, "push button", "Save"))
    press(save)
    wait("the end of saving", lambda: not save.getState().contains(pyatspi.STATE_ENABLED))
    print("saved")


if __name__ == "__main__":
    main()
