# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a driver from outside needs: find by role and accessible name, press, type, click (AT-SPI and xdotool).

Qt 6.4 has no Selection interface over AT-SPI, so items of lists and tables are clicked where they lie.
"""
import os
import pathlib
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


def keys(*names, pause=0):
    """One after the other; `pause` seconds behind each, where nothing tells that it has arrived."""
    for name in names:
        subprocess.run(["xdotool", "key", "--clearmodifiers", name], check=True)
        time.sleep(pause)


def write(text, pause=0):
    subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)
    time.sleep(pause)


def type_over(field, text):
    """As a user does it, to the Return that takes it."""
    click(field)
    keys("ctrl+a")
    write(text)
    keys("Return")


def bring_to_front(process):
    """As Alt+Tab does: a window manager need not give the focus to a window that comes while another one goes."""
    front = subprocess.run(["xdotool", "getactivewindow", "getwindowpid"], check=False, capture_output=True, text=True)
    if front.stdout.strip() == str(process.pid):
        return True
    subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(process.pid), "windowactivate"], check=False,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return False


def text_of(node):
    text = node.queryText()
    return text.getText(0, text.characterCount)


def cell(table, row, column):
    return table.queryTable().getAccessibleAt(row, column)


def rows(table):
    return table.queryTable().nRows


class Window:
    """The window with a workspace open, and one endpoint of it that a journey edits. Texts are those of the English
    interface, whatever the window speaks."""

    def __init__(self, workspace, endpoint, process=None):
        self.process = process
        self.app = application()
        self.file = pathlib.Path(workspace) / "endpoints" / f"{endpoint}.yaml"
        self.original = self.file.read_bytes()
        wait("the window", lambda: self.app.childCount > 0)

    def get(self, role, text, *arguments):
        return get(self.app, role, t(text, *arguments))

    def showing(self, role, text, *arguments):
        return showing(self.app, role, t(text, *arguments))

    def endpoint(self, name):
        return get(self.get("list", "Endpoints"), "list item", name)

    def is_shown(self, name):
        """Its name is the title of the form."""
        return showing(self.app, "label", name)

    def mirrors(self):
        table = self.showing("table", "Mirrors")
        return rows(table) if table else 0

    def yaml(self):
        """The text, and nothing where it is a tab behind the form."""
        text = self.showing("text", "YAML")
        return text_of(text) if text else None

    def is_focused(self, role, text):
        node = self.showing(role, text)
        return node and node.getState().contains(pyatspi.STATE_FOCUSED)

    def can_save(self):
        return is_enabled(self.get("push button", "Save"))

    def wait_saved(self):
        wait("the end of saving", lambda: not self.can_save())

    def wait_original(self):
        wait("the first byte", lambda: self.file.read_bytes() == self.original)

    def shoot(self, name):
        folder = os.environ.get("PARALLAX_SHOTS")
        if folder:
            time.sleep(0.5)
            subprocess.run(["import", "-window", "root", f"{folder}/{name}.png"], check=True)
