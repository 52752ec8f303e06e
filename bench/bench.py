#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times the full baseline (Haidian, ten years, one thread) beside its floors, in turn, three times.

Prints a table of medians and writes all figures to output/bench.json. Called by `make bench`; YEARS=2 makes it shorter.
Fails when less happens than the aims ask for, when repetitions differ, or when the phases cost too much to time.
"""
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / os.environ.get("BUILD", "build")
OUTPUT = ROOT / "output"
REPETITIONS = 3
DRAWS = 4_000_000_000
CLOCK_READINGS = 20_000_000
NEEDS_PER_YEAR = 1.5  # at least
PHASES_COST = 0.01    # at most, of the run
NEED_BYTES = 64


def progress(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def call(*arguments):
    """The output of a program that must succeed."""
    arguments = [str(a) for a in arguments]
    start = time.monotonic()
    done = subprocess.run(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"bench: {' '.join(arguments)}: exit status {done.returncode}")
    progress(f"  {Path(arguments[0]).name:<12} {time.monotonic() - start:6.1f} s")
    return done.stdout


def run_program(years):
    file, log = OUTPUT / "bench.h5", OUTPUT / "bench.log.json"
    call(BUILD / "wangge", "run", "scenarios/baseline.cfg", "-o", file, "--threads", 1, "--quiet",
         "--set", f"run.end={2010 + years}-11-01", "--set", "output.snapshot=[]")
    result = json.loads(log.read_text())
    file.unlink()
    log.unlink()
    return result


def run_floors(log, years):
    """Each has as much to do as the run of that log had, but for the plain loop, which is cut short."""
    days = round(years * 365.25)
    residents = round(log["resident_days"] / days)
    stay = round(log["open_needs_peak"] / log["needs_arisen"] * days)  # mean days that a need is open
    calls = {"draws": (DRAWS,), "sweep": (residents, years * 12),
             "hand": (residents, years * 12, log["needs_arisen"], stay), "clock": (CLOCK_READINGS,)}
    return {name: json.loads(call(BUILD / "bench" / f"floor_{name}", *numbers)) for name, numbers in calls.items()}


def middle(rows, figure):
    return median(figure(row) for row in rows)


def phases_of(logs):
    """Medians, phase by phase."""
    result = []
    for i, phase in enumerate(logs[0]["phases"]):
        result.append({key: value if key == "name" else middle(logs, lambda log: log["phases"][i][key])
                       for key, value in phase.items()})
    return result


def summarise(years, logs, floors):
    first = logs[0]
    days, needs, cases = first["resident_days"], first["needs_arisen"], first["cases_filed"]
    residents = days / (years * 365.25)
    cpu, peak = middle(logs, lambda log: log["cpu_seconds"]), middle(logs, lambda log: log["peak_bytes"])
    figures = {
        "setup_seconds": middle(logs, lambda log: log["setup_seconds"]),
        "cpu_seconds": cpu,
        "ns_per_resident_day": cpu * 1e9 / days,
        "ns_per_need": cpu * 1e9 / needs,
        "ns_per_case_filed": cpu * 1e9 / cases,
        "needs_per_resident_year": needs / (days / 365.25),
        "peak_bytes": peak,
        "peak_bytes_per_resident": peak / residents,
        "peak_bytes_per_resident_without_needs": (peak - NEED_BYTES * first["open_needs_peak"]) / residents,
        "output_seconds": middle(logs, lambda log: log["output_seconds"]),
        "output_bytes": first["output_bytes"],
    }
    draws = middle(floors, lambda f: f["draws"]["cpu_seconds"] / f["draws"]["draws"]) * 1e9
    sweep = middle(floors, lambda f: f["sweep"]["cpu_seconds"])
    hand = middle(floors, lambda f: f["hand"]["cpu_seconds"])
    reading = middle(floors, lambda f: f["clock"]["cpu_seconds"] / f["clock"]["readings"]) * 1e9
    return {
        "years": years, "repetitions": len(logs), "threads": 1, "program_version": first["program_version"],
        "residents": round(residents), "resident_days": days, "needs_arisen": needs, "cases_filed": cases,
        "figures": figures,
        "floors": {"ns_per_draw": draws, "sweep_seconds": sweep, "hand_seconds": hand,
                   "hand_needs": floors[0]["hand"]["needs"], "ns_per_clock_reading": reading},
        # Of medians: the run over the floor.
        "ratios": {"draws": figures["ns_per_resident_day"] / draws, "sweep": cpu / sweep, "hand": cpu / hand},
        "phases": phases_of(logs),
        "clock_readings": first["clock_readings"],
        "phases_cost": first["clock_readings"] * reading * 1e-9 / cpu,
        "runs": logs, "floor_runs": floors,
    }


def print_table(b):
    figures, floors, ratios, days = b["figures"], b["floors"], b["ratios"], b["resident_days"]

    def row(text, value, digits, note=""):
        print(f"  {text:<46} {value:>14,.{digits}f}  {note}".rstrip())

    print(f"full Haidian, {b['years']} years, one thread, medians of {b['repetitions']}")
    row("set-up, s", figures["setup_seconds"], 2)
    row("run, s of processor time", figures["cpu_seconds"], 2)
    each = sorted(log["ns_per_resident_day"] for log in b["runs"])
    row("ns per resident-day", figures["ns_per_resident_day"], 3, f"{each[0]:.3f} to {each[-1]:.3f}")
    row("ns per need", figures["ns_per_need"], 1)
    row("ns per case filed", figures["ns_per_case_filed"], 1)
    row("needs per resident-year", figures["needs_per_resident_year"], 3)
    row("peak bytes", figures["peak_bytes"], 0)
    row("peak bytes per resident", figures["peak_bytes_per_resident"], 1)
    row(f"  the same less {NEED_BYTES} for each open need", figures["peak_bytes_per_resident_without_needs"], 1)
    row("output, s", figures["output_seconds"], 2)
    row("output, bytes", figures["output_bytes"], 0)
    print("floors, and the run over each")
    for text, value, ratio in (
            ("plain loop of draws, ns per resident-day", floors["ns_per_draw"], "draws"),
            ("memory sweep, ns per resident-day", floors["sweep_seconds"] * 1e9 / days, "sweep"),
            ("written by hand, ns per resident-day", floors["hand_seconds"] * 1e9 / days, "hand")):
        row(text, value, 3, f"x {ratios[ratio]:.2f}")
    print("phases                            s of processor time      share")
    rest = figures["cpu_seconds"]
    for phase in sorted(b["phases"], key=lambda phase: -phase["cpu_seconds"]):
        parts = {key: value for key, value in phase.items() if key not in ("name", "cpu_seconds")}
        note = ", ".join(f"{key} {value:.2f}" for key, value in parts.items()) if len(parts) > 1 else ""
        row(f"{phase['name']}", phase["cpu_seconds"], 3, f"{phase['cpu_seconds'] / figures['cpu_seconds']:6.1%}  {note}")
        rest -= phase["cpu_seconds"]
    row("between phases", rest, 3, f"{rest / figures['cpu_seconds']:6.1%}")
    print(f"  of all this the timing itself {b['phases_cost']:.2%}: {b['clock_readings']:,} readings of the clock at "
          f"{floors['ns_per_clock_reading']:.0f} ns")


def complaints(b):
    """What is not as it must be, one line each."""
    for name in ("needs_arisen", "cases_filed", "resident_days", "output_bytes"):
        values = [log[name] for log in b["runs"]]
        if len(set(values)) > 1:
            yield f"{name} differs between equal runs: {values}"
    needs = b["figures"]["needs_per_resident_year"]
    if needs < NEEDS_PER_YEAR:
        yield f"{needs:.3f} needs per resident-year, at least {NEEDS_PER_YEAR} must be simulated"
    if b["phases_cost"] > PHASES_COST:
        yield f"timing the phases takes {b['phases_cost']:.2%} of the run, at most {PHASES_COST:.0%} is allowed"


def main():
    years = int(os.environ.get("YEARS", "10"))
    if not 1 <= years <= 40:
        sys.exit(f"bench: YEARS={years} (allowed: 1 to 40)")
    OUTPUT.mkdir(exist_ok=True)
    logs, floors = [], []
    for i in range(REPETITIONS):
        progress(f"repetition {i + 1} of {REPETITIONS}")
        logs.append(run_program(years))
        floors.append(run_floors(logs[-1], years))
    result = summarise(years, logs, floors)
    part, final = OUTPUT / "bench.json.part", OUTPUT / "bench.json"
    part.write_text(json.dumps(result, indent=1) + "\n")
    part.replace(final)
    print_table(result)
    print(final.relative_to(ROOT))
    wrong = list(complaints(result))
    for line in wrong:
        print(f"bench: FAILED: {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
