#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""derive_migration.py [--targets | ROUNDS] : who comes to Haidian, derived from the whole city's change from 2010 to 2020.

With --targets it prints what the arrivals are to bring about, a Markdown table. Otherwise it fits the three lists of
configs/haidian/migration.cfg that say who comes (in_age_head, in_collective) to these targets by running
scenarios/baseline.cfg ROUNDS times (6 if not said), and prints them. docs/population.md explains every step. Of Haidian
nothing after 2010-11-01 is read.
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
BINARY = os.environ.get("WG_BINARY", ROOT / "build/wangge")
TABLES = ROOT / "configs/haidian"
BASELINE = ROOT / "scenarios/baseline.cfg"
LABELS = ["0", "1-4"] + [f"{first}-{first + 4}" for first in range(5, 85, 5)] + ["85+"]
BANDS = len(LABELS)
FIVE = 18  # bands of five years, infants and 1-4 together
# Students of universities and colleges in the whole city: 577,800 undergraduates and 209,900 graduates in 2010, 590,000 and
# about 400,000 in 2020 (education bulletins of the city; recalled, unverified).
CITY_STUDENTS = {2010: 787_700, 2020: 990_000}
SETTLED, MOBILE = 50, 40  # from, below: whose number follows the cohort, whose the age


def census(name):
    rows = [line.split(",") for line in (TABLES / name).read_text().splitlines()
            if line and not line.startswith("#") and not line.startswith("age")]
    cells = np.array([int(row[1]) + int(row[2]) for row in rows], dtype=float)
    return np.concatenate([[cells[0] + cells[1]], cells[2:]])


def stocks(file, group):
    """Residents of a snapshot by band of five years: students in dormitories, others there, in families."""
    table = file[group]
    year, month = int(group[-8:-4]), int(group[-4:-2])
    months = (year * 12 + month - 1) - (table["birth_year"][:].astype(int) * 12 + table["birth_month"][:] - 1)
    band = np.minimum(months // 60, FIVE - 1)
    collective, student = table["household_kind"][:] == 1, table["activity"][:] == 2
    return (np.bincount(band[collective & student], minlength=FIVE).astype(float),
            np.bincount(band[collective & ~student], minlength=FIVE).astype(float),
            np.bincount(band[~collective], minlength=FIVE).astype(float))


def run(folder, settings, snapshots, end):
    out = Path(folder) / "run.h5"
    command = [str(BINARY), "run", str(BASELINE), "-o", str(out), "--quiet", "--set", f"run.end={end}", "--set",
               "output.snapshot=[" + ",".join(f'"{date}"' for date in snapshots) + "]"]
    for path, values in settings.items():
        command += ["--set", f"{path}=[" + ",".join(f"{value:.6f}" for value in values) + "]"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with h5py.File(out) as file:
        text = file.attrs["configuration"]
        return [stocks(file, "residents_" + date.replace("-", "")) for date in snapshots], (
            text.decode() if isinstance(text, bytes) else text)


def students_by_age(text):
    """Shares of the bands among students of the dormitories when coming and finishing have been the same for long: who comes
    and who finishes as in study.cfg, on the first of November."""
    under, ages, graduate_ages, finish = (configured(text, "study", name) for name in (
        "undergraduates", "undergraduate_ages", "graduate_ages", "finish"))
    coming = np.zeros(60)
    coming[17:20] = under[0] * ages / ages.sum()
    coming[21:25] = (1 - under[0]) * graduate_ages / graduate_ages.sum()
    hazard = np.zeros(60)
    hazard[20:36], hazard[36:] = finish, finish[-1]
    stock = np.zeros(60)
    for _ in range(60):  # years
        older = np.zeros(60)
        # By July two thirds have had their birthday; all are a year older in November.
        older[1:] = (stock * (1 - (hazard + 2 * np.append(hazard[1:], hazard[-1])) / 3))[:-1]
        stock = older + coming
    bands = stock.reshape(-1, 5).sum(axis=1)
    return np.pad(bands, (0, FIVE - bands.size)) / stock.sum()


def targets(students, workers, families, profile):
    """What 2020 would be if the district kept its part of the city, people of the universities left out.

    Below MOBILE the district keeps its share of the city's residents of an age: people come and go, and the places are what
    stays. From SETTLED on its cohorts change as the city's do. Between, the geometric mean of both."""
    city = {year: census(f"beijing_age_sex_{year}.csv") - CITY_STUDENTS[year] * profile for year in (2010, 2020)}
    others = workers + families
    by_age = others * city[2020] / city[2010]
    by_cohort = np.zeros(FIVE)
    by_cohort[2:] = others[:-2] * city[2020][2:] / city[2010][:-2]
    by_cohort[-1] = others[-3:].sum() * city[2020][-1] / city[2010][-3:].sum()
    age = np.arange(FIVE) * 5
    total = np.where(age < MOBILE, by_age, np.where(age >= SETTLED, by_cohort, np.sqrt(by_age * by_cohort)))
    # Dormitories of workers shrink with the city's young people and do not grow where those who were young grow older.
    dormitory = workers * np.minimum(city[2020] / city[2010], 1.0)
    return city, dormitory, np.maximum(total - dormitory, 0.0)


def configured(text, group, name):
    values = re.search(rf"^\s*{name} = \[([^\]]*)\];", text[re.search(rf"^{group}:", text, re.MULTILINE).start():],
                       re.MULTILINE).group(1)
    return np.array([float(x) for x in values.split(",")])


def at_bands(values):
    """From bands of five years to the census's, infants apart."""
    return np.concatenate([[values[0]], values])


def smooth(ratio):
    """Neighbouring ages are corrected alike: rates are no finer than what is known of them."""
    logs = np.pad(np.log(ratio), 1, mode="edge")
    return np.exp(0.25 * logs[:-2] + 0.5 * logs[1:-1] + 0.25 * logs[2:])


def fit(folder, rounds, dormitory, family, start, text):
    dates = ["2015-11-01", "2020-11-01"]
    lists = {name: configured(text, "migration", name).reshape(-1, BANDS) for name in ("in_age_head", "in_collective")}
    for name in lists:
        lists[name] = np.vstack([lists[name][0], lists[name][-1]])
    first = {name: values.copy() for name, values in lists.items()}
    adults = slice(4, 16)  # 20-24 to 75-79: heads
    for number in range(rounds):
        reached, _ = run(folder, {"migration." + name: values.ravel() for name, values in lists.items()} |
                         {"migration.years": [2010.83, 2020.83]}, dates, dates[-1])
        for i, weight in enumerate((0.5, 1.0)):
            goal = start[2] + weight * (family - start[2])
            share, wanted = (x[adults] / x[adults].sum() for x in (reached[i][2], goal))
            # Whoever is too few in five years' time came too seldom shortly before, some of them at a younger age.
            ratio = np.ones(FIVE)
            ratio[adults] = (wanted / share) ** 1.5
            ratio[:-1] = np.sqrt(ratio[:-1] * ratio[1:])
            lists["in_age_head"][i] = np.clip(lists["in_age_head"][i] * at_bands(smooth(ratio)), first["in_age_head"][0] / 12,
                                              first["in_age_head"][0] * 12 + 1e-9)
            lists["in_age_head"][i] /= lists["in_age_head"][i].sum()
            goal = start[1] + weight * (dormitory - start[1])
            ratio = np.where(reached[i][1] > 0, (goal + 1) / (reached[i][1] + 1), 1.0)
            lists["in_collective"][i] = np.clip(lists["in_collective"][i] * at_bands(smooth(ratio)), 0.0, 0.5)
            off = 0.5 * np.abs(share - wanted).sum()
            print(f"round {number + 1}, {dates[i]}: families' adults {off:.4f} off in structure, in dormitories "
                  f"{reached[i][1].sum():,.0f} of {goal.sum():,.0f}, families {reached[i][2].sum():,.0f} of "
                  f"{(start[2] + weight * (family - start[2])).sum():,.0f}", file=sys.stderr)
    return lists


def main():
    with tempfile.TemporaryDirectory() as folder:
        (start,), text = run(folder, {}, ["2010-11-01"], "2010-12-01")
        city, dormitory, family = targets(*start, students_by_age(text))
        if sys.argv[1:] == ["--targets"]:
            print("| age | city without students 2010 | 2020 | Haidian 2010: students | dormitories | families | "
                  "target 2020: dormitories | families |")
            print("|---|---:|---:|---:|---:|---:|---:|---:|")
            for i in range(FIVE):
                label = "0-4" if i == 0 else LABELS[i + 1]
                print(f"| {label} | {city[2010][i]:,.0f} | {city[2020][i]:,.0f} | {start[0][i]:,.0f} | {start[1][i]:,.0f} | "
                      f"{start[2][i]:,.0f} | {dormitory[i]:,.0f} | {family[i]:,.0f} |")
            print(f"| sum | {city[2010].sum():,.0f} | {city[2020].sum():,.0f} | {start[0].sum():,.0f} | "
                  f"{start[1].sum():,.0f} | {start[2].sum():,.0f} | {dormitory.sum():,.0f} | {family.sum():,.0f} |")
            return
        lists = fit(folder, int(sys.argv[1]) if len(sys.argv) > 1 else 6, dormitory, family, start, text)
    for name, values in lists.items():
        print(f"  {name} = [")
        for row, end in zip(values, (",", " ];")):
            print("    " + ", ".join(f"{value:.4f}" for value in row) + end)


if __name__ == "__main__":
    main()
