#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Same inputs, same bits: threads, the order of rows in memory and what fresh memory holds never show in a result.
`make check-identity` does the same across compilers and optimisation levels."""
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import h5py
import numpy as np

from runs import BINARY, ROOT

# Five subdistricts, so that four threads share them unevenly; large steps of trust reach both ends of its scale.
SETTINGS = ['run.subdistricts=["110108002000","110108015000","110108016000","110108022000","110108029000"]',
            "run.end=2011-02-10", "output.place=community", 'output.snapshot=["2011-01-01","2011-02-10"]',
            "trust.efficacy=0.6", "trust.grievance=0.8"]


class Identity(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.first = cls.simulate("first", 1, 0)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def simulate(cls, name, threads, storage, *more, **variables):
        path = Path(cls.folder.name, name + ".h5")
        settings = [x for setting in (*SETTINGS, f"run.storage={storage}", *more) for x in ("--set", setting)]
        done = subprocess.run([BINARY, "run", str(ROOT / "scenarios" / "baseline.cfg"), "-o", str(path), "--quiet",
                               "--threads", str(threads), *settings], capture_output=True, text=True, timeout=570,
                              env={**os.environ, **variables})
        if done.returncode:
            raise AssertionError(done.stderr)
        return path

    def assert_same(self, other):
        diff = subprocess.run(["h5diff", str(self.first), str(other)], capture_output=True, text=True)
        self.assertEqual((diff.returncode, diff.stdout), (0, ""))
        self.assertEqual(self.first.read_bytes(), other.read_bytes())

    def test_threads_and_storage_never_show(self):
        for threads, storage in ((1, 7), (2, 0), (2, 7), (4, 0), (4, 7)):
            with self.subTest(threads=threads, storage=storage):
                other = self.simulate("other", threads, storage)
                self.assert_same(other)
                log = json.loads(other.with_suffix(".log.json").read_text())
                self.assertEqual((log["threads"], log["storage"]), (threads, storage))

    def test_fresh_memory_never_shows(self):
        self.assert_same(self.simulate("filled", 2, 8, MALLOC_PERTURB_="85"))

    def test_other_luck_shows(self):
        """The comparison can tell two runs apart."""
        self.assertNotEqual(self.first.read_bytes(), self.simulate("luck", 1, 0, "run.replicate=1").read_bytes())

    def test_residents_are_listed_by_identity(self):
        with h5py.File(self.first, "r") as file:
            for name in ("residents_20110101", "residents_20110210"):
                identity = file[name]["resident"][:]
                subdistrict = file[name]["community"][:] // 1000
                self.assertGreater(len(identity), 100000)
                self.assertTrue((np.diff(subdistrict) >= 0).all())
                for code in np.unique(subdistrict):
                    self.assertTrue((identity[subdistrict == code][1:] > identity[subdistrict == code][:-1]).all())


if __name__ == "__main__":
    unittest.main()
