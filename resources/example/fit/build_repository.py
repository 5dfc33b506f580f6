#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the example's git repository from history.json and history/.

    python3 build_repository.py FOLDER      (FOLDER must not exist or be empty; needs git)

Author, committer and dates come from history.json alone, so the commit ids are the same everywhere.
"""

import json
import os
import shutil
import subprocess
import sys

EXAMPLE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HISTORY = os.path.join(EXAMPLE, "history")


def read_history():
    with open(os.path.join(EXAMPLE, "history.json"), encoding="utf-8") as file:
        return json.load(file)


def apply(commit, work_tree):
    """One commit's changes on a work tree: files removed first, then the overlay copied over."""
    for name in commit.get("remove", []):
        os.remove(os.path.join(work_tree, *name.split("/")))
    overlay = os.path.join(HISTORY, commit["directory"])
    for folder, _, names in sorted(os.walk(overlay)):
        target = os.path.normpath(os.path.join(work_tree, os.path.relpath(folder, overlay)))
        os.makedirs(target, exist_ok=True)
        for name in names:
            if not name.endswith(".pyc"):
                shutil.copyfile(os.path.join(folder, name), os.path.join(target, name))


def commits_of(history, branch, upto=None):
    """The commits a branch consists of, oldest first, up to and with the one whose directory is `upto`."""
    reached = []
    for commit in history["commits"]:
        own = commit["branch"] == branch
        before_the_branch = commit["branch"] == history["defaultBranch"] and not any(c["branch"] == branch for c in reached)
        if own or before_the_branch:
            reached.append(commit)
            if commit["directory"] == upto:
                break
    return reached


def build(folder):
    os.makedirs(folder, exist_ok=True)
    if os.listdir(folder):
        raise SystemExit("%s is not empty" % folder)
    history = read_history()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment.update(GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL=os.devnull, GIT_TERMINAL_PROMPT="0")

    def git(*arguments, **extra):
        subprocess.run(["git", "-C", folder, "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false",
                        "-c", "core.hooksPath=" + os.devnull, *arguments], check=True, env=dict(environment, **extra))

    git("init", "-q", "-b", history["defaultBranch"])
    branches = [history["defaultBranch"]]
    current = history["defaultBranch"]
    for commit in history["commits"]:
        branch = commit["branch"]
        if branch not in branches:
            git("checkout", "-q", "-b", branch, commit["from"])
            branches.append(branch)
        elif branch != current:
            git("checkout", "-q", branch)
        current = branch
        apply(commit, folder)
        git("add", "-A")
        git("commit", "-q", "-m", commit["subject"],
            GIT_AUTHOR_NAME=commit["author"], GIT_AUTHOR_EMAIL=commit["email"], GIT_AUTHOR_DATE=commit["time"],
            GIT_COMMITTER_NAME=commit["author"], GIT_COMMITTER_EMAIL=commit["email"], GIT_COMMITTER_DATE=commit["time"])
    if current != history["defaultBranch"]:
        git("checkout", "-q", history["defaultBranch"])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    build(sys.argv[1])
