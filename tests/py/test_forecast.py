#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts behind docs/population.md and docs/forecast-2020.md: naive forecasts against what they must give, and what the
documents print."""
import runpy
import subprocess
import sys
import unittest

import numpy as np

from runs import ROOT

FORECAST = runpy.run_path(str(ROOT / "scripts" / "forecast_2020.py"))


class Forecast(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cities = [FORECAST["census"](f"beijing_age_sex_{year}.csv") for year in (2010, 2020)]

    def test_tables(self):
        self.assertEqual([int(cells.sum()) for cells in self.cities], [19612368, 21893095])
        self.assertEqual(self.cities[0].shape, (18, 2))

    def test_hamilton_perry_of_the_city_is_the_city(self):
        """Its own ratios must bring the city of 2010 to that of 2020, and any part of it in proportion."""
        forecast = FORECAST["hamilton_perry"](self.cities[0], *self.cities)
        np.testing.assert_allclose(forecast, self.cities[1], rtol=1e-12)
        parts = FORECAST["hamilton_perry"](np.stack([self.cities[0] * 0.25, self.cities[0] * 0.5]), *self.cities)
        np.testing.assert_allclose(parts[1], 0.5 * self.cities[1], rtol=1e-12)

    def test_hamilton_perry_moves_cohorts(self):
        start = np.ones((18, 2))
        start[5] = 7.0
        ratio = FORECAST["hamilton_perry"](start, *self.cities) / FORECAST["hamilton_perry"](np.ones((18, 2)), *self.cities)
        np.testing.assert_allclose(ratio[7], 7.0)
        np.testing.assert_allclose(np.delete(ratio, [0, 1, 7], axis=0), 1.0)

    def test_dissimilarity(self):
        a = np.array([[1.0, 1.0], [2.0, 0.0]])
        self.assertEqual(FORECAST["dissimilarity"](a, 3 * a), 0.0)
        self.assertEqual(FORECAST["dissimilarity"](np.array([1.0, 0.0]), np.array([0.0, 5.0])), 1.0)

    def test_what_is_drawn_is_in_the_configuration(self):
        text = ("vital_events: {\n  fertility = [0.1, 0.2];\n};\nstudy: {\n  stay = 0.25;\n};\npolicies = (\n"
                "{ policy = \"population_relief\"; strength = 1.0; },\n{ policy = \"population_relief\"; strength = 0.4; });\n")
        settings = FORECAST["settings_of"]
        self.assertEqual(settings(text, "vital_events.fertility", 1.5, "factor"),
                         ["vital_events.fertility=[0.150000, 0.300000]"])
        self.assertEqual(settings(text, "study.stay", 0.3, "value"), ["study.stay=0.3"])
        self.assertEqual(FORECAST["configured"](text, "policies.population_relief#2.strength"), ([0.4], False))

    def test_hypercube_has_one_draw_in_every_stratum(self):
        draws = np.array(FORECAST["hypercube"](8))
        for column, (_, low, high, _) in zip(draws.T, FORECAST["ASSUMED"]):
            strata = np.floor((column - low) / (high - low) * 8).astype(int)
            self.assertEqual(sorted(strata), list(range(8)))

    def test_document_has_its_tables(self):
        document = (ROOT / "docs" / "forecast-2020.md").read_text()
        head, tables = document.split(FORECAST["MARK"])
        for title in ("## Total", "## By age and sex", "## By subdistrict"):
            self.assertIn(title, tables)
        start = FORECAST["census"]("age_sex_2010.csv")
        self.assertIn(f"| naive: Hamilton-Perry | {FORECAST['hamilton_perry'](start, *self.cities).sum():,.0f} |", tables)

    def test_targets_are_those_of_the_document(self):
        done = subprocess.run([sys.executable, ROOT / "scripts" / "derive_migration.py", "--targets"], capture_output=True,
                              text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(done.stdout, (ROOT / "docs" / "population.md").read_text())


if __name__ == "__main__":
    unittest.main()
