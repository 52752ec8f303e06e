#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""readme_tables.py [FOLDER]: runs what the tables of README.md show and prints their rows (some four minutes on two cores).

Rates are sums before ratios; days are the middles of the bins of response_time; costs are wages and programmes of twelve months."""
import subprocess
import sys
from pathlib import Path

import xarray

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "output" / "readme"
OFFICERS = 0.5, 1, 2, 3
SCENARIOS = "baseline", "sanshe", "network-fusion", "stations", "relief", "event-security"
LAST, EVENT = slice(-12, None), slice(35, 47)


def run(scenario, name, *sets):
    path = FOLDER / f"{name}.h5"
    options = [word for text in ("output.snapshot=[]", *sets) for word in ("--set", text)]
    subprocess.run([ROOT / "build" / "wangge", "run", ROOT / "scenarios" / f"{scenario}.cfg", "-o", path, "--quiet", *options],
                   check=True, stdout=subprocess.DEVNULL)
    return xarray.open_dataset(path)


def days(data):
    counts, low = data.response_time.sum(["time", "subdistrict", "service"]).values, data.delay_bin.values.astype(float)
    high = [*(low[1:] - 1), low[-1] + 30]
    return sum(c * (a + b) / 2 for c, a, b in zip(counts, low, high)) / counts.sum()


def ratio(data, part, whole):
    return float(data[part].sum() / data[whole].sum())


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    print("| officers per grid | cases filed per resident-year | coverage | as officials see it | waiting at grid teams |")
    for officers in OFFICERS:
        with run("baseline", f"officers-{officers}", f"desks.grid_team.staff={float(officers)}", "run.end=2012-11-01") as data:
            year = data.isel(time=LAST)
            people = float(year.residents.sum()) / 12
            waiting = int(year.backlog.sel(desk_kind="grid_team").isel(time=-1).sum())
            print(f"| {officers} | {float(year.cases_filed.sum()) / people:.2f} | {100 * ratio(year, 'met_due', 'due'):.1f} % | "
                  f"{100 * ratio(year, 'filed_met_due', 'filed_due'):.0f} % | {waiting:,} |")
    print("\n| scenario | coverage | as officials see it | days to closing | cost, 100 million yuan |")
    base_event = None
    for name in SCENARIOS:
        with run(name, name) as data:
            year = data.isel(time=EVENT if name == "event-security" else LAST)
            print(f"| `{name}` | {100 * ratio(year, 'met_due', 'due'):.1f} % | "
                  f"{100 * ratio(year, 'filed_met_due', 'filed_due'):.0f} % | {days(year):.1f} | "
                  f"{float(year.cost_fen.sum()) / 1e10:.2f} | residents {int(data.residents.isel(time=-1).sum()):,}, households "
                  f"{int(data.households.isel(time=-1).sum()):,}, hand-offs {int(year.transfers.sum()):,}, elder care enrolled "
                  f"{int(data.enrolled.sel(service='elder_care').isel(time=-1).sum()):,}, served "
                  f"{100 * float(year.care_days_served.sel(service='elder_care').sum() / year.care_days_needed.sel(service='elder_care').sum()):.0f} % |")
            if name == "baseline":
                base_event = ratio(data.isel(time=EVENT), "met_due", "due")
    print(f"\ncoverage in the year of the event without it: {100 * base_event:.1f} %")


if __name__ == "__main__":
    main()
