#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times the full baseline (Haidian, ten years, one thread) beside its floors and a year of stress.cfg, in turn, three times.

Prints a table of medians and writes all figures to output/bench.json. Called by `make bench`; YEARS=2 makes it shorter.
Fails when less happens than the aims ask for, when repetitions differ, when the phases cost too much to time, or when the
peak of memory is above its bound.
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
STRESS_YEARS = 1
STRESS_NEEDS = 9.5    # times those of the baseline, at least: ten times but for their mix and for who has moved
NEED_BYTES = 64       # at most, of the peak, for each open need
RESIDENT_BYTES = 96   # and for each resident


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


def run_program(scenario, years):
    file, log = OUTPUT / "bench.h5", OUTPUT / "bench.log.json"
    call(BUILD / "wangge", "run", scenario, "-o", file, "--threads", 1, "--quiet",
         "--set", f"run.end={2010 + years}-11-01", "--set", "output.snapshot=[]",
         "--set", "run.checkpoint_every_months=0")
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


def figures_of(years, logs):
    """Of one scenario: medians, and what must be equal in all runs."""
    first = logs[0]
    days, needs, cases = first["resident_days"], first["needs_arisen"], first["cases_filed"]
    residents = days / (years * 365.25)
    cpu, peak = middle(logs, lambda log: log["cpu_seconds"]), middle(logs, lambda log: log["peak_bytes"])
    bound = RESIDENT_BYTES * residents + NEED_BYTES * first["open_needs_peak"]
    return {
        "setup_seconds": middle(logs, lambda log: log["setup_seconds"]),
        "cpu_seconds": cpu,
        "ns_per_resident_day": cpu * 1e9 / days,
        "ns_per_need": cpu * 1e9 / needs,
        "ns_per_case_filed": cpu * 1e9 / cases,
        "needs_per_resident_year": needs / (days / 365.25),
        "open_needs_peak": first["open_needs_peak"],
        "peak_bytes": peak,
        "peak_bytes_allowed": bound,
        "peak_of_allowed": peak / bound,
        "peak_bytes_per_resident": peak / residents,
        "peak_bytes_per_resident_without_needs": (peak - NEED_BYTES * first["open_needs_peak"]) / residents,
        "output_seconds": middle(logs, lambda log: log["output_seconds"]),
        "output_bytes": first["output_bytes"],
    }


def summarise(years, logs, floors, stress_logs):
    first = logs[0]
    days, needs, cases = first["resident_days"], first["needs_arisen"], first["cases_filed"]
    residents = days / (years * 365.25)
    figures = figures_of(years, logs)
    cpu = figures["cpu_seconds"]
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
        "stress": {"years": STRESS_YEARS, "figures": figures_of(STRESS_YEARS, stress_logs),
                   "phases": phases_of(stress_logs), "runs": stress_logs},
        "runs": logs, "floor_runs": floors,
    }


def print_table(b):
    figures, floors, ratios, days = b["figures"], b["floors"], b["ratios"], b["resident_days"]

    def row(text, value, digits, note=""):
        print(f"  {text:<46} {value:>14,.{digits}f}  {note}".rstrip())

    def both(text, key, digits):
        print(f"  {text:<46} {figures[key]:>14,.{digits}f} {stress[key]:>14,.{digits}f}")

    stress, stress_years = b["stress"]["figures"], b["stress"]["years"]
    print(f"full Haidian, one thread, medians of {b['repetitions']}")
    print(f"  {'':<46} {'baseline':>14} {'stress':>14}")
    print(f"  {'years':<46} {b['years']:>14} {stress_years:>14}")
    both("set-up, s", "setup_seconds", 2)
    both("run, s of processor time", "cpu_seconds", 2)
    both("needs per resident-year", "needs_per_resident_year", 3)
    both("ns per resident-day", "ns_per_resident_day", 3)
    for text, choose in (("  least", min), ("  most", max)):
        values = [choose(log["ns_per_resident_day"] for log in runs) for runs in (b["runs"], b["stress"]["runs"])]
        print(f"  {text:<46} {values[0]:>14,.3f} {values[1]:>14,.3f}")
    both("ns per need", "ns_per_need", 1)
    both("ns per case filed", "ns_per_case_filed", 1)
    both("open needs, most", "open_needs_peak", 0)
    both("peak bytes", "peak_bytes", 0)
    both(f"  allowed: {RESIDENT_BYTES} a resident, {NEED_BYTES} an open need", "peak_bytes_allowed", 0)
    both("  share of that", "peak_of_allowed", 3)
    both("peak bytes per resident", "peak_bytes_per_resident", 1)
    both(f"  the same less {NEED_BYTES} for each open need", "peak_bytes_per_resident_without_needs", 1)
    both("output, s", "output_seconds", 2)
    both("output, bytes", "output_bytes", 0)
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
    for scenario, runs, figures in (("baseline", b["runs"], b["figures"]),
                                    ("stress", b["stress"]["runs"], b["stress"]["figures"])):
        for name in ("needs_arisen", "cases_filed", "resident_days", "output_bytes"):
            values = [log[name] for log in runs]
            if len(set(values)) > 1:
                yield f"{scenario}: {name} differs between equal runs: {values}"
        if figures["peak_bytes"] > figures["peak_bytes_allowed"]:
            yield (f"{scenario}: peak of {figures['peak_bytes']:,.0f} bytes, at most "
                   f"{figures['peak_bytes_allowed']:,.0f} are allowed")
    needs = b["figures"]["needs_per_resident_year"]
    if needs < NEEDS_PER_YEAR:
        yield f"{needs:.3f} needs per resident-year, at least {NEEDS_PER_YEAR} must be simulated"
    times = b["stress"]["figures"]["needs_per_resident_year"] / needs
    if times < STRESS_NEEDS:
        yield f"stress: {times:.2f} times the needs of the baseline, at least {STRESS_NEEDS} must be simulated"
    if b["phases_cost"] > PHASES_COST:
        yield f"timing the phases takes {b['phases_cost']:.2%} of the run, at most {PHASES_COST:.0%} is allowed"


def main():
    years = int(os.environ.get("YEARS", "10"))
    if not 1 <= years <= 40:
        sys.exit(f"bench: YEARS={years} (allowed: 1 to 40)")
    OUTPUT.mkdir(exist_ok=True)
    logs, floors, stress = [], [], []
    for i in range(REPETITIONS):
        progress(f"repetition {i + 1} of {REPETITIONS}")
        logs.append(run_program("scenarios/baseline.cfg", years))
        floors.append(run_floors(logs[-1], years))
        stress.append(run_program("bench/stress.cfg", STRESS_YEARS))
    result = summarise(years, logs, floors, stress)
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
