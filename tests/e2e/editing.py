#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edits an endpoint from outside: with the keyboard alone, with the mouse alone, back to the first byte, and while
another program writes the same file.

usage: editing.py WORKSPACE
Expects the program running with that workspace open; prints what it did, and `done` at the end.
"""
import sys

from driver import Window, cell, click, fail, get, keys, wait, write

ENDPOINT = "pricing_optimizer"


def wait_text(window, what, wanted):
    wait(what, lambda: wanted in window.yaml())


def keyboard(window):
    """No pointer after the first click, which gives the window the focus."""
    click(window.endpoint(ENDPOINT))
    keys("ctrl+shift+m")
    window.get("dialog", "Add mirror")
    write("model_v2")
    keys("Return")
    wait("the mirror", lambda: window.mirrors() == 1)
    keys("ctrl+s")
    window.wait_saved()
    saved = window.file.read_bytes()
    if b"name: pricing_model_v2" not in saved or not saved.startswith(window.original[:40]):
        fail(f"the file does not hold the mirror: {saved!r}")
    keys("ctrl+z")
    wait("the mirror to go", lambda: window.mirrors() == 0)
    keys("ctrl+s")
    window.wait_original()
    print("keyboard: a mirror added, saved, undone, saved: byte for byte as before")


def mouse(window):
    click(window.endpoint(ENDPOINT))
    click(window.get("push button", "Add mirror"))
    dialog = window.get("dialog", "Add mirror")
    click(get(get(dialog, "list", "Deployments"), "list item", "pricing_model_v2"))
    click(get(dialog, "push button", "Add"))
    wait("the mirror", lambda: window.mirrors() == 1)
    wait_text(window, "the YAML", "name: pricing_model_v2")
    click(window.get("push button", "Save"))
    window.wait_saved()
    if b"name: pricing_model_v2" not in window.file.read_bytes():
        fail("the file does not hold the mirror")
    click(cell(window.get("table", "Mirrors"), 0, 5))
    wait("the mirror to go", lambda: window.mirrors() == 0)
    click(window.get("push button", "Save"))
    window.wait_original()
    print("mouse: a mirror added, saved, removed, saved: byte for byte as before")


def outside(window):
    """Another program writes the file while there are edits here: nothing of either side is lost."""
    click(window.endpoint(ENDPOINT))
    keys("ctrl+shift+m")
    window.get("dialog", "Add mirror")
    write("model_v2")
    keys("Return")
    wait("the mirror", lambda: window.mirrors() == 1)
    theirs = b"# theirs\n" + window.original
    window.file.write_bytes(theirs)
    window.get("push button", "Keep mine")
    keys("ctrl+s")
    if window.file.read_bytes() != theirs:
        fail("saving wrote over what another program had written")
    click(window.get("push button", "Take theirs"))
    wait_text(window, "theirs", "# theirs")
    wait("the mirror to go", lambda: window.mirrors() == 0)
    keys("ctrl+z")
    wait("mine to come back", lambda: window.mirrors() == 1)
    keys("ctrl+s")
    window.wait_saved()
    if b"pricing_model_v2" not in window.file.read_bytes():
        fail("what was mine did not come back")
    window.file.write_bytes(window.original)
    wait("the window to follow", lambda: window.mirrors() == 0)
    print("outside: theirs taken, mine brought back, the next change followed")


def lists(window):
    """Duplicate, rename and delete by keyboard; undo brings the file back."""
    click(window.endpoint(ENDPOINT))
    keys("F2")
    dialog = get(window.app, "dialog", f"Rename {ENDPOINT}")
    get(dialog, "text", "New name")
    write("renamed_endpoint")
    keys("Return")
    renamed = window.file.with_name("renamed_endpoint.yaml")
    wait("the new file", renamed.exists)
    if renamed.read_bytes() != window.original or window.file.exists():
        fail("the rename changed the file")
    window.endpoint("renamed_endpoint")
    keys("Delete")
    wait("the file to go", lambda: not renamed.exists())
    keys("ctrl+z")
    wait("the file to come back", lambda: renamed.exists() and renamed.read_bytes() == window.original)
    keys("ctrl+z")
    wait("the old name", lambda: window.file.exists() and window.file.read_bytes() == window.original)
    print("lists: renamed, deleted, and both taken back byte for byte")


def main():
    window = Window(sys.argv[1], ENDPOINT)
    for journey in (keyboard, mouse, outside, lists):
        journey(window)
    print("done")


if __name__ == "__main__":
    main()
