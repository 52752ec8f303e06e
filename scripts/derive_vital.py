#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""derive_vital.py: the lists of configs/haidian/vital_events.cfg, from both censuses of the city and that of Haidian.

Fertility by reverse survival: children counted, divided by the share of births that survive to their ages, are the births of
the years before; women of the city, by age between the two censuses, divide them into rates. Migration of small children is
neglected, and so is that more of them are missed at age 0 than later. What no census gives (life expectancies, infant
mortality, the pattern of fertility by age) stands below with its grade.
"""
import csv
from pathlib import Path

import numpy as np

CONFIGS = Path(__file__).resolve().parent.parent / "configs" / "haidian"
CENSUS = (2010 + 10 / 12, 2020 + 10 / 12)  # 1 November
BANDS = ["15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49"]

# Women of Haidian's family households by the bands above: counted in the population that the program makes from the census of
# 2010 (of 1,106,363 women of these ages 688,329; the others live in collective households).
FAMILY_WOMEN = np.array([54809, 82932, 137287, 96374, 102146, 112497, 102284])

# Of the city's women of 20 to 39, those who live in family households: the others, students and workers in dormitories, have
# hardly any births (assumed, 0.75 to 1; in Haidian, the district of universities, 0.62 of those of 15 to 49). Rates per woman of
# the city are divided by it to get those of women in family households.
IN_FAMILIES = 0.85

# Both sexes: 80.2 in the middle of 2010 (census, recalled, unverified), 82.03 in 2016 (registered residents; city health
# bulletin, verified), a straight line between them; 0.2 a year afterwards (assumed). Men 1.9 less, women 2.0 more (78.3 and
# 82.2 in 2010; recalled, unverified).
LIFE = ([2010.5, 2016.5, 2026.5], [80.2, 82.03, 84.03])
SEXES = {"male": (-1.9, 0.095, 0.0002), "female": (2.0, 0.105, 0.0001)}  # difference, slope, Makeham term (assumed)
INFANT = ([2010.5, 2020.5], [0.0033, 0.0020])  # recalled, unverified
# Shares of the bands in total fertility: a mean age of 29.2 at birth in 2010 (assumed); the mean age rises by 0.2 years a year
# (assumed: marriage is put off), the whole pattern moving with it.
PATTERN = np.array([0.002, 0.022, 0.062, 0.040, 0.013, 0.003, 0.0]) / 0.142
RISE = 0.2

# Births from, to; the children counted; at which census; their ages and the first one beyond.
PERIODS = [(2009 + 10 / 12, CENSUS[0], "0", 0, 0, 1), (CENSUS[0], 2015 + 10 / 12, "5-9", 1, 5, 10),
           (2015 + 10 / 12, 2019 + 10 / 12, "1-4", 1, 1, 5), (2019 + 10 / 12, CENSUS[1], "0", 1, 0, 1)]


def table(name):
    with open(CONFIGS / name, encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return {row["age"]: np.array([int(row["male"]), int(row["female"])]) for row in rows}


def life_expectancy(year, sex):
    return round(float(np.interp(year, *LIFE)) + SEXES[sex][0], 1)


def infant_mortality(year):
    return round(float(np.interp(year, *INFANT)), 4)


def years_lived(year, sex):
    """Person-years lived at each age by one newborn; its scale fitted to the life expectancy."""
    _, slope, makeham = SEXES[sex]
    ages = np.arange(1, 111)

    def lived(scale):
        hazard = np.r_[-np.log(1 - infant_mortality(year)), makeham + scale * np.expm1(slope) / slope * np.exp(slope * ages)]
        alive = np.exp(-np.r_[0.0, np.cumsum(hazard[:-1])])
        return np.r_[alive[:-1] * -np.expm1(-hazard[:-1]) / hazard[:-1], alive[-1] / hazard[-1]]

    low, high = np.log(1e-12), 0.0
    for _ in range(60):
        middle = (low + high) / 2
        if lived(np.exp(middle)).sum() > life_expectancy(year, sex):
            low = middle
        else:
            high = middle
    return lived(np.exp(middle))


def births(children, year, first, beyond):
    """Born in all, by sex."""
    lived = [years_lived(year, sex)[first:beyond].sum() / (beyond - first) for sex in SEXES]
    return children / np.array(lived)


def pattern(year):
    """The bands' shares, moved: cumulative shares interpolated between the bands' edges."""
    edges = np.arange(15.0, 51.0, 5.0)
    moved = edges - RISE * (year - 2010.5)
    return np.diff(np.interp(moved, edges, np.r_[0.0, np.cumsum(PATTERN)]))


def total_fertility(born, women, year):
    return 5 * born / float(women @ pattern(year))


def derive():
    """Date, births a year, total fertility of the city's women, and the same of Haidian's women in family households where
    Haidian's own children are known, for each period; the share of girls."""
    city = [table("beijing_age_sex_2010.csv"), table("beijing_age_sex_2020.csv")]
    women = [np.array([census[band][1] for band in BANDS]) for census in city]
    rows, by_sex = [], np.zeros(2)
    for start, end, ages, census, first, beyond in PERIODS:
        year = (start + end) / 2
        born = births(city[census][ages], year, first, beyond)
        if census:
            by_sex += born
        share = (year - CENSUS[0]) / (CENSUS[1] - CENSUS[0])
        between = women[0] + (women[1] - women[0]) * share
        born = born.sum() / (end - start)
        rows.append([year, born, total_fertility(born, between, year), None])
    year = rows[0][0]
    own = births(table("age_sex_2010.csv")["0"], year, 0, 1).sum()
    rows[0][3] = total_fertility(own, FAMILY_WOMEN, year)
    return rows, by_sex[1] / by_sex.sum()


def main():
    rows, girls = derive()
    print("# Total fertility (recalled, unverified: 0.71 in 2010, 0.87 in 2020)")
    for (start, end, ages, census, *_), (year, born, total, own) in zip(PERIODS, rows):
        print(f"# {start:.2f} to {end:.2f}: {born:,.0f} births a year (ages {ages} in {2010 + 10 * census}), {total:.3f} per woman "
              f"of the city, {total / IN_FAMILIES:.3f} in families"
              + (f"; {own:.3f} per woman of Haidian's family households" if own else "") +
              f"; mean age {pattern(year) @ np.arange(17.5, 50, 5):.1f}")
    years = [row[0] for row in rows]
    lists = {"years": [f"{year:.2f}" for year in years]}
    for sex in SEXES:
        lists["life_expectancy_" + sex] = [f"{life_expectancy(year, sex):.1f}" for year in years]
    lists["infant_mortality"] = [f"{infant_mortality(year):.4f}" for year in years]
    for name, values in lists.items():
        print(f"{name} = [ {', '.join(values)} ];")
    print("fertility = [")
    for number, (year, _, total, own) in enumerate(rows):
        rates = ", ".join(f"{rate:.4f}" for rate in (own or total / IN_FAMILIES) / 5 * pattern(year))
        print(f"  {rates}{',' if number + 1 < len(rows) else ''}")
    print("];")
    print(f"share_female = {girls:.3f};")


if __name__ == "__main__":
    main()
