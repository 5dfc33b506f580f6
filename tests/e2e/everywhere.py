#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Edit mode with the keyboard alone, then with the mouse alone, in whatever window it is given; both ways back to
the first byte by undoing everything.

usage: everywhere.py PROGRAM WORKSPACE [ARGUMENT...]    (the arguments are the program's)
PARALLAX_PSEUDO: the program speaks the language that does not exist. PARALLAX_SHOTS: a folder for pictures on the way.
Starts and ends the program itself; prints what it did, and `done` at the end.
"""
import subprocess
import sys
import time

from driver import Window, bring_to_front, cell, click, descendants, fail, get, keys, showing, t, text_of, wait, write

ENDPOINT = "pricing_optimizer"
OTHER = "pricing_split"


def keyboard(window):
    wait("the window in front", lambda: bring_to_front(window.process))
    window.endpoint(ENDPOINT)
    keys("ctrl+l")
    wait("the filter", lambda: window.is_focused("text", "Filter endpoints"))
    write("split")
    keys("Down")
    wait("the other endpoint", lambda: window.is_shown(OTHER))
    keys("ctrl+l", "Escape")
    wait("all endpoints", lambda: showing(window.get("list", "Endpoints"), "list item", ENDPOINT))
    keys("Down", "Home")
    wait("the endpoint", lambda: window.is_shown(ENDPOINT))
    window.shoot("form")
    keys("ctrl+shift+m")
    window.get("dialog", "Add mirror")
    write("model_v2")
    window.shoot("picker")
    keys("Return")
    wait("the mirror", lambda: window.mirrors() == 1)
    keys("ctrl+s")
    window.wait_saved()
    saved = window.file.read_bytes()
    if b"name: pricing_model_v2" not in saved:
        fail("the file does not hold the mirror")

    keys("ctrl+shift+1")  # where the YAML is a tab, that tab
    text = window.get("text", "YAML")
    wait("the mirror in the text", lambda: "pricing_model_v2" in text_of(text))
    for _ in range(12):
        if window.is_focused("text", "YAML"):
            break
        keys("F6")
        time.sleep(0.1)
    else:
        fail("F6 does not come to the text")
    keys("ctrl+End")
    write("# by hand")
    wait("what was typed", lambda: "# by hand" in text_of(text) and window.can_save())
    window.shoot("yaml")
    keys("ctrl+s")
    window.wait_saved()
    if b"# by hand" not in window.file.read_bytes():
        fail("the file does not hold what was typed")
    back(window, lambda: keys("ctrl+z"))
    print("keyboard: filtered, a mirror, a line by hand, all of it undone and saved")


def back(window, undo):
    """To the beginning: what is in the file then is what was there, to the byte."""
    for _ in range(20):
        if window.yaml() is not None and window.yaml().encode() == window.original:
            break
        before = window.yaml()
        undo()
        wait("one step back", lambda: window.yaml() != before)
    keys("ctrl+s")
    window.wait_original()
    window.wait_saved()


def menu(window, title, entry):
    click(get(window.app, "menu item", t(title)))
    click(wait(f"{title} > {entry}", lambda: next(
        (node for node in all_menu_items(window.app) if node.name.startswith(t(entry))), None)))


def all_menu_items(app):
    for node in descendants(app):
        if node.getRoleName() in ("menu item", "check menu item"):
            yield node


def mouse(window):
    click(window.endpoint(OTHER))
    wait("the other endpoint", lambda: window.is_shown(OTHER))
    window.shoot("split")
    click(window.endpoint(ENDPOINT))
    wait("the endpoint", lambda: window.is_shown(ENDPOINT))
    form = window.showing("radio button", "Form")  # only where there is no room for both
    if form:
        click(form)
    click(window.get("push button", "Add mirror"))
    dialog = window.get("dialog", "Add mirror")
    click(get(get(dialog, "list", t("Deployments")), "list item", "pricing_model_v2"))
    click(get(dialog, "push button", t("Add")))
    wait("the mirror", lambda: window.mirrors() == 1)
    wait("the end of the picker", lambda: not window.showing("dialog", "Add mirror"))
    click(cell(window.get("table", "Mirrors"), 0, 3))
    dialog = window.get("dialog", "Change %1", "mirror_1")
    window.shoot("change")
    versions = get(dialog, "list", t("Versions"))
    click(wait("a version", lambda: versions.getChildAtIndex(1)))
    click(get(dialog, "push button", t("Change")))
    wait("the version", lambda: cell(window.get("table", "Mirrors"), 0, 3).name not in ("", "latest"))
    window.shoot("mirror")
    click(window.get("push button", "Save"))
    window.wait_saved()
    if b"name: pricing_model_v2" not in window.file.read_bytes():
        fail("the file does not hold the mirror")
    if form:
        click(window.get("radio button", "YAML pane"))
    wait("the text", lambda: window.yaml() is not None)
    for _ in range(2):
        before = window.yaml()
        menu(window, "Edit", "Undo")
        wait("one step back", lambda: window.yaml() != before)
    if window.yaml().encode() != window.original:
        fail("two steps back are not the beginning: " + window.yaml())
    click(window.get("push button", "Save"))
    window.wait_original()
    print("mouse: a mirror of a version, all of it undone by the menu and saved")


def main():
    program, workspace = sys.argv[1:3]
    process = subprocess.Popen([program, "--workspace", workspace, *sys.argv[3:]])
    try:
        window = Window(workspace, ENDPOINT, process)
        keyboard(window)
        mouse(window)
    except SystemExit:
        window.shoot("failed")
        raise
    finally:
        process.terminate()
        code = process.wait(60)
    if code != 0:
        fail(f"the program ended with {code}")
    print("done")


if __name__ == "__main__":
    main()
