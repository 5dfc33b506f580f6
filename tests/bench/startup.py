#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time from start to the first painted window, and memory at its highest, beside a bare Qt window.

usage: tests/support/with-display python3 tests/bench/startup.py BARE_WINDOW PARALLAX [ROUNDS]
The two take turns, so that both see the same machine. Budget: 3 times the bare window's time and 80 MiB
(desktop.md, performance budgets); exit code 1 when it is missed.
"""
import os
import statistics
import sys
import tempfile
import time

BUDGET_RATIO = 3.0
BUDGET_MIB = 80.0


def run(command, environment):
    start = time.monotonic()
    child = os.posix_spawn(command[0], command, environment,
                           file_actions=[(os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"startup: {command[0]} ended with {status}")
    return (time.monotonic() - start) * 1000, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024


def main():
    bare, program = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 15
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
        run([bare], environment)
        run([program, "--exit-after-startup"], environment)
        results = {"bare window": [], "parallax": []}
        for _ in range(rounds):
            results["bare window"].append(run([bare], environment))
            results["parallax"].append(run([program, "--exit-after-startup"], environment))
    medians = {}
    for name, values in results.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*values))
        medians[name] = (wall, cpu, memory)
        print(f"{name:12} {wall:7.1f} ms to painted and gone, {cpu:7.1f} ms CPU, {memory:6.1f} MiB at most")
    ratio = medians["parallax"][0] / medians["bare window"][0]
    cpu_ratio = medians["parallax"][1] / medians["bare window"][1]
    memory = medians["parallax"][2]
    holds = ratio <= BUDGET_RATIO and memory <= BUDGET_MIB
    print(f"ratio {ratio:.2f} (CPU {cpu_ratio:.2f}; at most {BUDGET_RATIO:g}), {memory:.1f} MiB (at most {BUDGET_MIB:g}): "
          f"{'holds' if holds else 'missed'}")
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
