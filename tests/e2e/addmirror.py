#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds a mirror and saves, from outside, by accessible names alone.

usage: addmirror.py ENDPOINT DEPLOYMENT
Expects the program running with a workspace open; prints what it did.
"""
import sys

from driver import application, cell, click, fail, get, is_enabled, press, rows, text_of, wait


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
    yaml = text_of(get(app, "text", "YAML"))
    if f"name: {deployment}" not in yaml:
        fail(f"the YAML does not show the mirror: {yaml!r}")
    save = get(app, "push button", "Save")
    press(save)
    wait("the end of saving", lambda: not is_enabled(save))
    print("saved")


if __name__ == "__main__":
    main()
