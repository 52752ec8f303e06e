#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Births and deaths of Haidian: the configuration holds what scripts/derive_vital.py prints, the script counts the women that the
program has, and the first year has about the births of the census."""
import re
import runpy
import subprocess
import unittest

import numpy as np
import xarray

from runs import ROOT, Folder

SCRIPT = ROOT / "scripts" / "derive_vital.py"
INFANTS = 16913  # Haidian's, census of 2010
LISTS = ("years", "life_expectancy_male", "life_expectancy_female", "infant_mortality", "fertility")


def numbers(text, name):
    found = re.findall(rf"(?m)^ *{name} = (\[[^\]]*\]|[^;\[]*);", text)
    if len(found) != 1:
        raise AssertionError(f"{name} is set {len(found)} times")
    return [float(number) for number in re.findall(r"[0-9.]+", found[0])]


class VitalConfig(Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.year = cls.simulate("year.h5", "--set", "run.end=2011-11-01", "--set", 'output.snapshot=["2010-11-01"]')

    def test_configuration_is_what_the_script_prints(self):
        printed = subprocess.run([str(SCRIPT)], capture_output=True, text=True, check=True).stdout
        config = (ROOT / "configs" / "haidian" / "vital_events.cfg").read_text(encoding="utf-8")
        for name in (*LISTS, "share_female"):
            self.assertEqual(numbers(config, name), numbers(printed, name), name)
        self.assertEqual(len(numbers(config, "fertility")), 7 * len(numbers(config, "years")))
        for name in re.findall(r"mortality_(\w+)_male = ", config):
            self.assertIn(f"mortality_{name}_female = ", config)

    def test_the_script_has_the_programs_life_tables(self):
        """Life expectancies and slopes are the script's own; births survive as in the program's tables."""
        script = runpy.run_path(str(SCRIPT))
        config = (ROOT / "configs" / "haidian" / "vital_events.cfg").read_text(encoding="utf-8")
        for sex, (_, slope, makeham) in script["SEXES"].items():
            self.assertEqual([slope], numbers(config.replace("; ", ";\n"), "mortality_slope_" + sex))
            self.assertEqual([makeham], numbers(config.replace("; ", ";\n"), "mortality_makeham_" + sex))
            lived = script["years_lived"](2015, sex)
            self.assertAlmostEqual(lived.sum(), script["life_expectancy"](2015, sex), places=6)

    def test_women_of_family_households(self):
        people = xarray.open_dataset(self.year, group="residents_20101101", engine="h5netcdf")
        months = (2010 * 12 + 10) - (people.birth_year.values.astype(int) * 12 + people.birth_month.values - 1)
        women = (people.sex.values == 1) & (people.household_kind.values == 0)
        counted = np.bincount(months[women] // 60, minlength=30)[3:10]
        np.testing.assert_allclose(counted, runpy.run_path(str(SCRIPT))["FAMILY_WOMEN"], rtol=0.01)

    def test_births_of_the_first_year(self):
        data = xarray.open_dataset(self.year, engine="h5netcdf")
        self.assertAlmostEqual(float(data.births.sum()) / INFANTS, 1.0, delta=0.1)


if __name__ == "__main__":
    unittest.main()
