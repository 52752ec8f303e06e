#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small studies and the processes that run them; for the tests beside it."""
import os
import subprocess
import time
from pathlib import Path

from runs import BINARY, ROOT, command

SETS = ('run.subdistricts=["110108016000"]', "run.end=2010-12-01", "output.snapshot=[]")


def write_study(path, replicates=2, sets=SETS, more="", names=("baseline", "sanshe"), name="tiny"):
    variants = ", ".join(f'{{ name = "{n}"; scenario = "{ROOT}/scenarios/{n}.cfg"; }}' for n in names)
    quoted = ", ".join('"' + s.replace('"', '\\"') + '"' for s in sets)
    Path(path).write_text(f'name = "{name}"; label = "小研究"; baseline = "baseline";\nvariants = ( {variants} );\n'
                          f"set = ( {quoted} );\nreplicates = {replicates};\n{more}\n", encoding="utf-8")
    return path


def batch(study, folder, *arguments, **options):
    return command("batch", study, "-o", folder, "--lang", "en", *arguments, **options)


def start_batch(study, folder, *arguments, **options):
    return subprocess.Popen([BINARY, "batch", study, "-o", folder, *arguments], stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True, **options)


def journal(folder):
    """The journal's lines, each as (identity, status, seconds, bytes, path, message)."""
    path = Path(folder) / "journal"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    fields = [line.removeprefix("run ").split("\t") for line in lines]
    return [tuple(line[:6]) for line in fields if len(line) == 7]


def results(folder):
    """The bytes of every result by its path below the folder."""
    root = Path(folder)
    return {str(file.relative_to(root)): file.read_bytes() for file in sorted(root.glob("runs/**/*.h5"))}


def parents():
    """The parent of every process."""
    found = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = Path("/proc", entry, "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            state, parent = stat.rpartition(")")[2].split()[:2]
            if state not in "ZX":
                found[int(entry)] = int(parent)
    return found


def descendants(process):
    """By how many generations below `process`: lists of processes."""
    tree, generations, above = parents(), [], {process}
    while above:
        above = {child for child, parent in tree.items() if parent in above}
        if above:
            generations.append(sorted(above))
    return generations


def named_after(folder):
    """Processes whose command line names the folder."""
    found = []
    for process in parents():
        try:
            if os.fsencode(folder) in Path("/proc", str(process), "cmdline").read_bytes():
                found.append(process)
        except OSError:
            continue
    return found


def wait_until(condition, seconds=60.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.01)
    raise AssertionError("waited in vain")
