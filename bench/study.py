#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times a study, by default scenarios/studies/policies.cfg, with one process and with two. Called by `make bench-study`.

Prints how well two processes share the work, and how much of it goes into anything but living the runs, writing and stacking them:
start-up (looking at the plan, configuration, synthesis) and scheduling. Fails when less is reached than the aims ask for, or when results differ.
"""
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / os.environ.get("BUILD", "build")
STUDY = Path(os.environ.get("STUDY", ROOT / "scenarios" / "studies" / "policies.cfg"))
EFFICIENCY = 0.9  # at least
OVERHEAD = 0.05   # at most


def whole_lives():
    """The study without `branch_at`, beside it: each run lives all of its months, so that what was lived can be added up."""
    text = re.sub(r"^branch_at *=.*$", "", STUDY.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path = ROOT / "output" / "bench-study.cfg"
    path.write_text(text.replace('scenario = "', f'scenario = "{os.path.relpath(STUDY.parent, path.parent)}/'), encoding="utf-8")
    return path


def run_study(study, processes):
    """Wall clock, and what its runs' logs say: seconds that were lived or written, seconds of making them ready."""
    folder = ROOT / "output" / f"bench-study-{processes}"
    shutil.rmtree(folder, ignore_errors=True)
    start = time.monotonic()
    done = subprocess.run([BUILD / "wangge", "batch", study, "-o", folder, "-j", str(processes)], cwd=ROOT,
                          stdout=subprocess.DEVNULL)
    wall, end = time.monotonic() - start, time.time()
    if done.returncode:
        sys.exit(f"bench: wangge batch: exit status {done.returncode}")
    logs = [json.loads(path.read_text()) for path in folder.glob("runs/**/*.log.json")]
    stacking = end - max(path.stat().st_mtime for path in folder.glob("runs/**/*.log.json"))
    lived = sum(log["seconds"] for log in logs)
    written = sum(log["output_seconds"] for log in logs)
    results = hashlib.sha256((folder / "study.h5").read_bytes()).hexdigest()
    size = sum(path.stat().st_size for path in folder.glob("runs/**/*.h5"))
    stacked = (folder / "study.h5").stat().st_size
    shutil.rmtree(folder)
    return {"processes": processes, "wall": wall, "runs": len(logs), "lived": lived, "written": written,
            "stacking": stacking,
            "overhead": 1 - lived / (processes * (wall - stacking)), "runs_bytes": size, "study_bytes": stacked,
            "results": results}


def main():
    study = whole_lives()
    one, two = run_study(study, 1), run_study(study, 2)
    branched = run_study(STUDY, 2)["wall"] if "branch_at" in STUDY.read_text(encoding="utf-8") else None
    study.unlink()
    efficiency = one["wall"] / (2 * two["wall"])
    print(f"{one['runs']} runs of {STUDY.name}")
    print(f"{'processes':<46}{1:>10}{2:>10}")
    for key, name in (("wall", "wall clock, s"), ("lived", "living and writing, s, all runs together"),
                      ("written", "of that, writing, s"),
                      ("stacking", "from the last run to the end (stacking), s")):
        print(f"{name:<46}{one[key]:>10.1f}{two[key]:>10.1f}")
    print(f"{'of the time before that: start-up, scheduling':<46}{one['overhead']:>10.1%}{two['overhead']:>10.1%}")
    print(f"parallel efficiency of two processes: {efficiency:.3f}")
    if branched:
        print(f"with branch_at, two processes: {branched:.1f} s, {two['wall'] / branched:.2f} times as fast")
    print(f"bytes of runs {one['runs_bytes']:,}, of study.h5 {one['study_bytes']:,}")
    (ROOT / "output" / "bench-study.json").write_text(json.dumps({"one": one, "two": two, "efficiency": efficiency, "branched_seconds": branched}, indent=1))
    failed = []
    if one["results"] != two["results"]:
        failed.append("results differ by the number of processes")
    if efficiency < EFFICIENCY:
        failed.append(f"parallel efficiency below {EFFICIENCY}")
    if max(one["overhead"], two["overhead"]) > OVERHEAD:
        failed.append(f"more than {OVERHEAD:.0%} is start-up and scheduling")
    for what in failed:
        print(f"bench: {what}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
