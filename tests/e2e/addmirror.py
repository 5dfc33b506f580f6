#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds a mirror and saves, from outside, by accessible names alone.

usage: addmirror.py ENDPOINT DEPLOYMENT
Expects the program running with a workspace open; prints what it did.
"""
import sys

from driver import application, cell, click, fail, get, is_enabled, press, rows, showing, text_of, wait


def main():
    endpoint, deployment = sys.argv[1:3]
    app = application()
    click(get(get(app, "list", "Endpoints"), "list item", endpoint))
    press(get(app, "push button", "Add mirror"))
    dialog = get(app, "dialog", "Add mirror")
    get(dialog, "text", "Deployment").queryEditableText().setTextContents(deployment)
    press(get(dialog, "push button", "Add"))
    mirrors = get(app, "table", "Mirrors")
    wait("the mirror", lambda: rows(mirrors) == 1)
    print("mirror:", ", ".join(cell(mirrors, 0, column).name for column in range(4)))
    pane = showing(app, "text", "YAML")  # in a small window it is a tab behind the form
    if pane and f"name: {deployment}" not in text_of(pane):
        fail(f"the YAML does not show the mirror: {text_of(pane)!r}")
    save = get(app, "push button", "Save")
    press(save)
    wait("the end of saving", lambda: not is_enabled(save))
    print("saved")


if __name__ == "__main__":
    main()
