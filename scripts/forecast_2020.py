#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""forecast_2020.py DOCUMENT [DRAWS] : what the model forecasts for 2020-11-01, beside three naive forecasts.

Runs scenarios/history.cfg: once as it stands, three times more with other luck, and DRAWS times (16 if not said) with the
assumed parameters below drawn by Latin hypercube over their ranges, two runs at a time. Nothing of Haidian after
2010-11-01 is read. Puts the tables after the line of DOCUMENT that is MARK; progress goes to standard error.
"""
import contextlib
import io
import os
import random
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import h5py
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
BINARY = os.environ.get("WG_BINARY", ROOT / "build/wangge")
SCENARIO = ROOT / "scenarios/history.cfg"
TABLES = ROOT / "configs/haidian"
MARK = "<!-- tables: scripts/forecast_2020.py -->\n"
BANDS = ["0-4"] + [f"{first}-{first + 4}" for first in range(5, 85, 5)] + ["85+"]

# Path, range, and whether it takes the value itself or scales what the configuration says (lists: every number).
# The reasons stand in docs/forecast-2020.md.
ASSUMED = [
    ("housing.construction", 0.5, 1.5, "factor"),
    ("migration.in_collective", 0.7, 1.3, "factor"),
    ("migration.out_household", 0.8, 1.25, "factor"),
    ("migration.out_collective", 0.8, 1.25, "factor"),
    ("migration.in_couple", 0.85, 1.1, "factor"),
    ("migration.parent_follows", 0.5, 1.5, "factor"),
    ("study.places", 0.85, 1.15, "factor"),
    ("study.stay", 0.1, 0.4, "value"),
    ("vital_events.fertility", 0.9, 1.1, "factor"),
    ("policies.population_relief.strength", 0.0, 1.0, "factor"),
    ("policies.population_relief#2.strength", 0.0, 1.0, "factor"),  # and #3
    ("policies.population_relief#4.strength", 0.0, 1.0, "factor"),  # and #5
]
WITH = {"policies.population_relief#2.strength": "policies.population_relief#3.strength",
        "policies.population_relief#4.strength": "policies.population_relief#5.strength"}


def census(name):
    """Age band x sex of a table; infants and 1-4 together."""
    rows = [line.split(",") for line in (TABLES / name).read_text().splitlines()
            if line and not line.startswith("#") and not line.startswith("age")]
    cells = np.array([[int(row[1]), int(row[2])] for row in rows], dtype=float)
    return np.vstack([cells[0] + cells[1], cells[2:]])


def configured(text, path):
    """The value at a path in libconfig text as the program prints it, and whether it is a list."""
    *groups, key = path.split(".")
    at = 0
    if groups[0] == "policies":
        name, _, number = groups[1].partition("#")
        for _ in range(int(number or 1)):
            at = text.index(f'policy = "{name}"', at) + 1
    else:
        at = re.compile(rf"^{groups[0]}:", re.MULTILINE).search(text).end()
    value = re.compile(rf"\b{re.escape(key)} = (\[[^\]]*\]|[^;]*);").search(text, at).group(1)
    return [float(x) for x in value.strip("[]").split(",")], value.startswith("[")


def settings_of(text, path, number, kind):
    if kind == "value":
        return [f"{path}={number:.6g}"]
    values, is_list = configured(text, path)
    scaled = [f"{value * number:.6f}" for value in values]
    told = [f"{path}=[{', '.join(scaled)}]" if is_list else f"{path}={scaled[0]}"]
    return told + (settings_of(text, WITH[path], number, kind) if path in WITH else [])


def simulate(folder, name, settings, replicate=0):
    out = Path(folder) / f"{name}.h5"
    command = [str(BINARY), "run", str(SCENARIO), "-o", str(out), "--quiet", "--threads", "1", "--replicate",
               str(replicate), "--set", "output.snapshot=[]"]
    for one in settings:
        command += ["--set", one]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    print(f"forecast: {name}", file=sys.stderr)
    with h5py.File(out) as file:
        cells = file["residents"][[0, -1]].sum(axis=4).astype(float)  # time, place, band, sex
        cells = np.concatenate([cells[:, :, :1] + cells[:, :, 1:2], cells[:, :, 2:]], axis=2)
        result = {"start": cells[0], "end": cells[1],
                  "collective": file["collective_residents"][[0, -1]].sum(axis=1).astype(float),
                  "collective_households": file["collective_households"][[0, -1]].sum(axis=1).astype(float),
                  "family_households": file["households"][[0, -1]].sum(axis=1).astype(float),
                  "codes": [int(code) for code in file["subdistrict"][:]],
                  "names": [name.decode() for name in file["subdistrict_name"][:]]}
        configuration = file.attrs["configuration"]
        result["configuration"] = configuration.decode() if isinstance(configuration, bytes) else configuration
    out.unlink()
    return result


def hypercube(draws):
    generator = random.Random(2010)
    columns = []
    for _, low, high, _ in ASSUMED:
        strata = [low + (high - low) * (i + generator.random()) / draws for i in range(draws)]
        generator.shuffle(strata)
        columns.append(strata)
    return list(zip(*columns))


def hamilton_perry(start, city_2010, city_2020):
    """Cohort change ratios of the whole city, children by the city's ratio to women of 15 to 49."""
    end = np.zeros_like(start)
    for band in range(2, 17):
        end[..., band, :] = start[..., band - 2, :] * city_2020[band] / city_2010[band - 2]
    end[..., 17, :] = start[..., 15:, :].sum(axis=-2) * city_2020[17] / city_2010[15:].sum(axis=0)
    women = end[..., 3:10, 1].sum(axis=-1)[..., None] / city_2020[3:10, 1].sum()
    for band in (0, 1):
        end[..., band, :] = women * city_2020[band]
    return end


def dissimilarity(a, b):
    return 0.5 * np.abs(a / a.sum() - b / b.sum()).sum()


def interval(values):
    low, high = np.quantile(values, [0.1, 0.9])
    return f"{low:,.0f} to {high:,.0f}"


def main():
    document, draws = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 16
    city_2010, city_2020 = census("beijing_age_sex_2010.csv"), census("beijing_age_sex_2020.csv")
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        central = simulate(folder, "central", [])
        text = central["configuration"]
        luck = [pool.submit(simulate, folder, f"luck {i}", [], i) for i in (1, 2, 3)]
        drawn = [pool.submit(simulate, folder, f"draw {i + 1} of {draws}",
                             [one for (path, _, _, kind), number in zip(ASSUMED, numbers)
                              for one in settings_of(text, path, number, kind)])
                 for i, numbers in enumerate(hypercube(draws))]
        luck, drawn = [one.result() for one in luck], [one.result() for one in drawn]
    tables = io.StringIO()
    with contextlib.redirect_stdout(tables):
        report(draws, central, luck, drawn, city_2010, city_2020)
    head = document.read_text().split(MARK)[0]
    document.write_text(head + MARK + "\n" + tables.getvalue())


def report(draws, central, luck, drawn, city_2010, city_2020):
    start, end = central["start"], central["end"]
    naive = {"no change": start,
             "Hamilton-Perry": hamilton_perry(start, city_2010, city_2020),
             "the city's structure of 2020": start.sum(axis=(1, 2))[:, None, None] * (city_2020 / city_2010.sum())}

    print("## Total\n")
    print("| forecast for 2020-11-01 | residents | in collective households | collective households | family households |")
    print("|---|---:|---:|---:|---:|")
    print(f"| census 2010 | {start.sum():,.0f} | {central['collective'][0]:,.0f} | {central['collective_households'][0]:,.0f} "
          f"| {central['family_households'][0]:,.0f} |")
    print(f"| **the model** | **{end.sum():,.0f}** | **{central['collective'][1]:,.0f}** | "
          f"**{central['collective_households'][1]:,.0f}** | **{central['family_households'][1]:,.0f}** |")
    print(f"| 80 % of {draws} draws of the assumed parameters | {interval([r['end'].sum() for r in drawn])} | "
          f"{interval([r['collective'][1] for r in drawn])} | {interval([r['collective_households'][1] for r in drawn])} | "
          f"{interval([r['family_households'][1] for r in drawn])} |")
    print(f"| luck only, 4 replicates | {min(r['end'].sum() for r in luck + [central]):,.0f} to "
          f"{max(r['end'].sum() for r in luck + [central]):,.0f} | {min(r['collective'][1] for r in luck + [central]):,.0f} to "
          f"{max(r['collective'][1] for r in luck + [central]):,.0f} | | |")
    for name, cells in naive.items():
        print(f"| naive: {name} | {cells.sum():,.0f} | " + (f"{central['collective'][0]:,.0f} | "
              f"{central['collective_households'][0]:,.0f} | {central['family_households'][0]:,.0f} |"
              if name == "no change" else "not defined | not defined | not defined |"))

    print("\n## By age and sex\n")
    print("Men and women of the model, the interval for both together, and the naive forecasts' sums.\n")
    print("| age | men | women | both | 80 % of the draws | no change | Hamilton-Perry | city's structure |")
    print("|---|---:|---:|---:|---|---:|---:|---:|")
    both = end.sum(axis=(0, 2))
    for i, band in enumerate(BANDS):
        print(f"| {band} | {end[:, i, 0].sum():,.0f} | {end[:, i, 1].sum():,.0f} | {both[i]:,.0f} | "
              f"{interval([r['end'][:, i].sum() for r in drawn])} | " +
              " | ".join(f"{cells[:, i].sum():,.0f}" for cells in naive.values()) + " |")
    print("\nIndex of dissimilarity (age by sex) between the model and each naive forecast: " +
          ", ".join(f"{name} {dissimilarity(end.sum(axis=0), cells.sum(axis=0)):.3f}" for name, cells in naive.items()) + ".")

    print("\n## By subdistrict\n")
    print("Counts of 2010 in italics are the census's; the others are the model's own allotment (docs/synthesis.md).\n")
    known = {int(row.split(",")[0]) for row in (TABLES / "subdistricts.csv").read_text().splitlines()
             if row[:1].isdigit() and row.split(",")[6]}
    print("| subdistrict | | 2010 | 2020 | 80 % of the draws | Hamilton-Perry | city's structure |")
    print("|---|---|---:|---:|---|---:|---:|")
    for i, (code, name) in enumerate(zip(central["codes"], central["names"])):
        was = f"{start[i].sum():,.0f}"
        print(f"| {code} | {name} | {'*' + was + '*' if code in known else was} | {end[i].sum():,.0f} | "
              f"{interval([r['end'][i].sum() for r in drawn])} | " +
              " | ".join(f"{naive[name][i].sum():,.0f}" for name in list(naive)[1:]) + " |")


if __name__ == "__main__":
    main()
