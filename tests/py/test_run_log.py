#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""NAME.log.json, the side file of a run: what it cost, phase by phase. How long anything takes is not tested here."""
import json
import re
import unittest
from pathlib import Path

import h5py

from test_runs import PART, ROOT, Folder


def names_of_mechanisms():
    found = []
    for path in sorted((ROOT / "src" / "mechanism").glob("*.c")):
        found += re.findall(r'^const wg_mechanism \w+ = \{\s*\.name = "(\w+)"', path.read_text(), re.MULTILINE)
    return found


class Log(Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.logs = {}
        for threads in (1, 2):
            cls.name = cls.simulate(f"t{threads}.h5", "--set", PART, "--set", "run.end=2011-11-01", "--threads", str(threads))
            cls.logs[threads] = json.loads(Path(cls.name[:-3] + ".log.json").read_text())

    def test_phases_sum_to_no_more_than_the_processor_time(self):
        for threads, log in self.logs.items():
            with self.subTest(threads=threads):
                spent = [phase["cpu_seconds"] for phase in log["phases"]]
                self.assertGreaterEqual(min(spent), 0.0)
                self.assertGreater(sum(spent), 0.0)
                # Printed to a thousandth and to millionths.
                self.assertLessEqual(sum(spent), log["cpu_seconds"] + 0.0005 + 1e-6 * len(spent))

    def test_every_mechanism_is_named(self):
        names = [phase["name"] for phase in self.logs[1]["phases"]]
        self.assertGreater(len(names_of_mechanisms()), 10)
        self.assertLessEqual(set(names_of_mechanisms()), set(names))
        self.assertEqual(len(names), len(set(names)))

    def test_hooks_sum_to_their_mechanism(self):
        for phase in self.logs[1]["phases"]:
            parts = [value for key, value in phase.items() if key not in ("name", "cpu_seconds")]
            if phase["name"] in names_of_mechanisms() and parts:
                self.assertAlmostEqual(sum(parts), phase["cpu_seconds"], delta=1e-6 * (len(parts) + 1))

    def test_counts(self):
        log = self.logs[2]
        self.assertEqual(log["output_bytes"], Path(self.name).stat().st_size)
        with h5py.File(self.name, "r") as file:
            self.assertEqual(log["needs_arisen"], file["needs_arisen"][:].sum())
            self.assertEqual(log["cases_filed"], file["cases_filed"][:].sum())
        self.assertEqual(self.logs[1]["needs_arisen"], log["needs_arisen"])
        self.assertEqual(self.logs[1]["clock_readings"], log["clock_readings"])


if __name__ == "__main__":
    unittest.main()
