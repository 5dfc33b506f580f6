# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a driver from outside needs: find by role and accessible name, press, type, click (AT-SPI and xdotool).

Qt 6.4 has no Selection interface over AT-SPI, so items of lists and tables are clicked where they lie.
"""
import os
import subprocess
import sys
import time

import pyatspi

PATIENCE = int(os.environ.get("PARALLAX_PATIENCE", "100"))  # seconds for anything to appear


def t(text, *arguments):
    """A text as the window says it: in the language that does not exist (tests/support/pseudolocale.h) if it runs in
    that."""
    if "PARALLAX_PSEUDO" in os.environ:
        marked = text.translate(str.maketrans("aeiouAEIOU", "\u00e0\u00e9\u00ee\u00f6\u00fc\u00c0\u00c9\u00ce\u00d6\u00dc"))
        text = "\u2045" + marked + "~" * (len(text) // 3) + "\u2046"
    for place, argument in enumerate(arguments, 1):
        text = text.replace(f"%{place}", argument)
    return text


def fail(text):
    sys.exit(f"driver: {text}")


def wait(what, find, patience=PATIENCE):
    """Polls until `find` answers something true; the tree may change while it is walked."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            found = find()
        except Exception:
            found = None
        if found:
            return found
        time.sleep(0.05)
    return fail(f"{what} did not come")


def application(name="Parallax"):
    def find():
        desktop = pyatspi.Registry.getDesktop(0)
        children = [desktop.getChildAtIndex(i) for i in range(desktop.childCount)]
        return next((child for child in children if child is not None and child.name == name), None)

    return wait(f"the application {name}", find)


# Their children are rows and cells, thousands of them.
COLLECTIONS = ("table", "list", "tree", "text")


def descendants(node):
    """Everything below that shows, without what is inside of other collections than the one asked."""
    for i in range(node.childCount):
        child = node.getChildAtIndex(i)
        if child is None or not child.getState().contains(pyatspi.STATE_SHOWING):
            continue
        yield child
        if child.getRoleName() not in COLLECTIONS:
            yield from descendants(child)


def showing(root, role, name):
    """The descendant of this role and name that shows; an item of a list is known by the first word of its name."""
    for node in descendants(root):
        if node.getRoleName() == role and (node.name == name or
                                           (role == "list item" and node.name.split(" ")[0] == name)):
            return node
    return None


def get(root, role, name, patience=PATIENCE):
    return wait(f"{role} “{name}”", lambda: showing(root, role, name), patience)


def press(node):
    node.queryAction().doAction(0)


def is_enabled(node):
    return node.getState().contains(pyatspi.STATE_ENABLED)


def click(node):
    box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    scale = float(os.environ.get("QT_SCALE_FACTOR", "1"))  # Qt 6.4 tells places before they are scaled
    subprocess.run(["xdotool", "mousemove", str(int((box.x + box.width / 2) * scale)),
                    str(int((box.y + box.height / 2) * scale)), "click", "1"], check=True)


def type_over(field, text):
    """As a user does it, to the Return that takes it."""
    click(field)
    subprocess.run(["xdotool", "key", "ctrl+a"], check=True)
    subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)
    subprocess.run(["xdotool", "key", "Return"], check=True)


def text_of(node):
    text = node.queryText()
    return text.getText(0, text.characterCount)


def cell(table, row, column):
    return table.queryTable().getAccessibleAt(row, column)


def rows(table):
    return table.queryTable().nRows
