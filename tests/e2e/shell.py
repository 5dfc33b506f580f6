#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of the window, from outside: two starts, two writers, a crash, the keyboard alone.

usage: shell.py instances|crash|keyboard PROGRAM WORKSPACE
Starts and ends the program itself; prints what it saw.
"""
import functools
import os
import pathlib
import signal
import subprocess
import sys

import pyatspi

import driver
from driver import bring_to_front, click, descendants, fail, get, is_enabled, press, rows, showing, text_of, wait

MODES = ("Edit", "Live", "Replay", "Compare")


class Programs:
    """What was started; ended again whatever happens."""

    def __init__(self, program):
        self.program = program
        self.started = []

    def run(self, *arguments):
        process = subprocess.Popen([self.program, *arguments])
        self.started.append(process)
        return process

    def window(self, process):
        """The application in the accessibility tree, by its process."""
        def find():
            desktop = pyatspi.Registry.getDesktop(0)
            for i in range(desktop.childCount):
                child = desktop.getChildAtIndex(i)
                if child is not None and child.get_process_id() == process.pid and child.childCount > 0:
                    return child
            return None
        return wait(f"the window of process {process.pid}", find)

    def end(self, process):
        process.terminate()
        if process.wait(30) != 0:
            fail(f"ended with {process.returncode}")

    def kill_all(self):
        for process in self.started:
            if process.poll() is None:
                process.kill()


def says(app, words):
    return next((node for node in descendants(app) if words in (node.name or "")), None)


# Nothing tells that a mode has changed or the focus has moved.
keys = functools.partial(driver.keys, pause=0.15)
write = functools.partial(driver.write, pause=0.2)


def is_active(app):
    return any(app.getChildAtIndex(i).getState().contains(pyatspi.STATE_ACTIVE) for i in range(app.childCount))


def instances(programs, workspace):
    first = programs.run()
    app = programs.window(first)
    get(app, "push button", "Try the example")
    second = programs.run("--workspace", workspace)
    if second.wait(30) != 0:
        fail(f"the second start ended with {second.returncode}")
    get(get(app, "list", "Endpoints"), "list item", "pricing_optimizer")
    wait("the window in front", lambda: is_active(app))
    print("handed over")

    beside = programs.run("--new-window", "--workspace", workspace)
    reader = programs.window(beside)
    press(get(reader, "push button", "Open read-only"))
    get(get(reader, "list", "Endpoints"), "list item", "pricing_optimizer")
    wait("the reason", lambda: says(reader, "Open for reading only"))
    print("read-only")
    programs.end(first)
    press(get(reader, "push button", "Try again"))
    wait("writing", lambda: not says(reader, "Open for reading only"))
    get(get(reader, "list", "Endpoints"), "list item", "pricing_optimizer")
    programs.end(beside)

    # A killed one leaves its socket and its lock behind.
    killed = programs.run("--workspace", workspace)
    programs.window(killed)
    killed.send_signal(signal.SIGKILL)
    killed.wait(30)
    after = programs.run("--workspace", workspace)
    app = programs.window(after)
    get(get(app, "list", "Endpoints"), "list item", "pricing_optimizer")
    if says(app, "Open read-only"):
        fail("the dead still hold the folder")
    programs.end(after)


def add_mirror(app):
    click(get(get(app, "list", "Endpoints"), "list item", "pricing_optimizer"))
    press(get(app, "push button", "Add mirror"))
    dialog = get(app, "dialog", "Add mirror")
    get(dialog, "text", "Deployment").queryEditableText().setTextContents("pricing_model_v2")
    press(get(dialog, "push button", "Add"))
    wait("the mirror", lambda: rows(get(app, "table", "Mirrors")) == 1)


def crash(programs, workspace):
    file = pathlib.Path(workspace) / "endpoints" / "pricing_optimizer.yaml"
    before = file.read_bytes()
    doomed = programs.run("--workspace", workspace)
    app = programs.window(doomed)
    add_mirror(app)
    edited = text_of(get(app, "text", "YAML"))
    state = pathlib.Path(os.environ["XDG_STATE_HOME"]) / "parallax"
    wait("the recovery file", lambda: list((state / "recovery").glob("*")))
    wait("the session", lambda: workspace in (state / "session.json").read_text())
    doomed.send_signal(signal.SIGKILL)
    doomed.wait(30)
    if file.read_bytes() != before:
        fail("the crash has written the file")

    again = programs.run()
    app = programs.window(again)
    wait("the folder", lambda: says(app, "nothing was started"))
    wait("the offer", lambda: says(app, "Restore"))
    press(get(app, "push button", "Show difference"))
    shown = get(app, "text", "pricing_optimizer: what was not saved")
    wait("the difference", lambda: "pricing_model_v2" in text_of(shown))
    press(get(app, "push button", "Close"))
    press(get(app, "push button", "Restore"))
    wait("the text", lambda: "pricing_model_v2" in text_of(get(app, "text", "YAML")))
    if text_of(get(app, "text", "YAML")) != edited:
        fail("what was restored is not what was edited")
    click(get(app, "radio button", "Live"))
    get(app, "push button", "Start router")  # nothing runs
    print("restored")
    programs.end(again)
    if file.read_bytes() != before:
        fail("restoring has saved the file")


def focused_text(app):
    return next((node for node in descendants(app)
                 if node.getRoleName() == "text" and node.getState().contains(pyatspi.STATE_FOCUSED)), None)


def keyboard(programs, workspace):
    """Not one click: the example, a mirror, saved, live requests, a replay, the comparison, help."""
    process = programs.run()
    app = programs.window(process)
    get(app, "push button", "Try the example")
    wait("the window in front", lambda: bring_to_front(process))
    keys("space")  # the focus stands on the example
    endpoints = get(app, "list", "Endpoints")
    get(endpoints, "list item", "pricing_optimizer")
    keys("ctrl+shift+m")
    dialog = get(app, "dialog", "Add mirror")
    write("pricing_model_v2")
    keys("Return")
    wait("the end of the picker", lambda: not showing(app, "dialog", "Add mirror"))
    wait("the mirror", lambda: rows(get(app, "table", "Mirrors")) >= 1)
    keys("ctrl+z")
    wait("nothing to save", lambda: not is_enabled(get(app, "push button", "Save")))
    keys("ctrl+shift+z")
    save = get(app, "push button", "Save")
    wait("something to save", lambda: is_enabled(save))
    keys("ctrl+s")
    wait("the end of saving", lambda: not is_enabled(save))
    print("edited and saved")

    keys("ctrl+2")
    get(app, "push button", "Start router")
    keys("ctrl+shift+r")
    get(app, "push button", "Stop router")
    keys("ctrl+k")
    wait("the palette", lambda: focused_text(app))
    write("50 sample")
    keys("Return")
    table = get(app, "table", "Traffic")
    wait("the rows", lambda: rows(table) >= 50)
    wait("the step", lambda: says(app, "Step 3, done"))
    keys("ctrl+shift+r")
    get(app, "push button", "Start router")
    print("sent", rows(table))

    keys("ctrl+3")
    start = get(app, "push button", "Start replay")
    wait("the end of counting", lambda: is_enabled(start))
    keys("ctrl+r")
    bar = get(app, "progress bar", "Replay progress").queryValue()
    wait("the end of the replay", lambda: bar.currentValue >= bar.maximumValue > 0, 240)
    get(app, "push button", "Compare now", 240)
    keys("ctrl+k")
    wait("the palette", lambda: focused_text(app))
    write("compare the run")
    keys("Return")
    wait("the pairs", lambda: rows(get(app, "table", "Pairs")) > 0)
    wait("all steps", lambda: says(app, "All four steps are done"))
    print("compared", rows(get(app, "table", "Pairs")))

    keys("F1")
    manual = wait("the manual", lambda: says(app, "Manual text"))
    if "Compare" not in text_of(manual)[:20]:
        fail("the manual opened elsewhere: " + text_of(manual)[:40])
    keys("Escape")
    wait("the end of the manual", lambda: not says(app, "Manual text"))
    # Tab goes round and comes back.
    seen = []
    for _ in range(80):
        keys("Tab")
        focused = next((node for node in descendants(app) if node.getState().contains(pyatspi.STATE_FOCUSED)), None)
        if focused is None:
            continue
        name = f"{focused.getRoleName()} {focused.name}"
        if seen and name == seen[0]:
            break
        seen.append(name)
    else:
        fail("Tab does not come back: " + ", ".join(seen[-5:]))
    print("tab stops:", len(seen))
    programs.end(process)


def main():
    what, program, workspace = sys.argv[1:4]
    programs = Programs(program)
    try:
        {"instances": instances, "crash": crash, "keyboard": keyboard}[what](programs, workspace)
    except SystemExit:
        if "PARALLAX_SHOT" in os.environ:  # what the window looked like
            subprocess.run(["import", "-window", "root", os.environ["PARALLAX_SHOT"]], check=False)
        raise
    finally:
        programs.kill_all()
    print("done")


if __name__ == "__main__":
    main()
