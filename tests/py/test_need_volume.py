#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten times the volume is ten times the needs of each service, also where one grid has hundreds in a month, and each its own name.

Counts of both runs are Poisson: ten times the fewer less the more has a variance of 110 times the fewer at most. Six standard
deviations for each of the services: false alarms below 4e-8 in all (each 2e-9). Grids that stopped at 256 candidates would miss by far more."""
import unittest

import h5py
import numpy as np

from runs import Folder


class NeedVolume(Folder):
    @classmethod
    def live(cls, name, volume):
        return cls.simulate(name, "--set", 'run.subdistricts=["110108010000"]', "--set", "run.end=2011-02-01", "--set",
                            'output.snapshot=["2011-02-01"]', "--set", f"needs.filed_volume={volume}", "--set", "disorder.gain=0.0")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.few, cls.many = cls.live("few.h5", 0.54), cls.live("many.h5", 5.4)

    def arisen(self, name):
        with h5py.File(name) as file:
            return file["needs_arisen"][1:].sum(axis=(0, 1)).astype(float)

    def test_ten_times_as_many(self):
        few, many = self.arisen(self.few), self.arisen(self.many)
        self.assertGreater(few[0], 100)
        off = np.abs(many - 10 * few) / np.sqrt(110 * np.maximum(few, 1))
        self.assertLess(off.max(), 6, off)

    def test_names_differ(self):
        with h5py.File(self.many) as file:
            names = file["needs_20110201/need"][:]
        self.assertEqual(len(names), len(np.unique(names)))


if __name__ == "__main__":
    unittest.main()
