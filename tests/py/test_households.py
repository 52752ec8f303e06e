#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Three years of two subdistricts: households form, split and dissolve, and nothing is lost on the way."""
import subprocess
import unittest

import h5py
import numpy as np

from runs import Folder

SETTINGS = ["--set", 'run.subdistricts=["110108016000","110108022000"]', "--set", "run.end=2013-11-01",
            "--set", 'output.snapshot=["2010-11-01","2013-11-01"]', "--set", "output.place=community",
            # What is rare is made frequent.
            "--set", "partnership.separation=0.05", "--set", "partnership.partner_from_outside=0.5",
            "--set", "leaving_home.care_home=0.1", "--set", "leaving_home.leave_room=[" + ",".join(["0.05"] * 19) + "]"]


class Households(Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = cls.simulate("first.h5", "--threads", "1", *SETTINGS)

    def people(self, date):
        with h5py.File(self.file) as file:
            return {name: item[:] for name, item in file[f"residents_{date}"].items() if item.ndim == 1}

    def check_households(self, date, least_partnered):
        p = self.people(date)
        year, month = int(date[:4]), int(date[4:6])
        age = (year * 12 + month - (p["birth_year"].astype(int) * 12 + p["birth_month"])) // 12
        _, home = np.unique(p["household"], return_inverse=True)
        homes = home.max() + 1
        for name in ("community", "grid", "household_kind"):
            least, most = np.full(homes, 1 << 62), np.zeros(homes, np.int64)
            np.minimum.at(least, home, p[name].astype(np.int64))
            np.maximum.at(most, home, p[name].astype(np.int64))
            self.assertTrue((least == most).all(), name)
        self.assertTrue((np.bincount(home, age >= 16) > 0).all(), "minors alone")
        men = np.bincount(home, (p["partnered"] == 1) & (p["sex"] == 0))
        women = np.bincount(home, (p["partnered"] == 1) & (p["sex"] == 1))
        self.assertTrue((men == women).all())
        self.assertGreater(men.sum(), least_partnered)
        self.assertFalse(((p["partnered"] == 1) & (p["household_kind"] == 1)).any())
        self.assertEqual(len(np.unique(p["resident"])), len(p["resident"]))
        return p, home

    def test_households_are_whole(self):
        for date in ("20101101", "20131101"):
            with self.subTest(date=date):
                p, home = self.check_households(date, 10000)
                sizes = np.bincount(home)[np.unique(home[p["household_kind"] == 0])]
                with h5py.File(self.file) as file:
                    counted = file["households_by_size"][0 if date == "20101101" else -1].sum(0)
                    self.assertEqual([int((sizes == n).sum()) for n in range(1, 6)] + [int((sizes > 5).sum())],
                                     counted.tolist())
                    self.assertEqual(int(file["partnered_residents"][0 if date == "20101101" else -1].sum()),
                                     int(p["partnered"].sum()))

    def test_sizes_add_up(self):
        with h5py.File(self.file) as file:
            residents = file["residents"][:].sum((2, 3, 4))
            family = residents - file["collective_residents"][:]
            sizes = file["households_by_size"][:]
            self.assertTrue((sizes.sum(2) == file["households"][:]).all())
            least = (sizes * np.arange(1, 7)).sum(2)
            self.assertTrue((family >= least).all())
            self.assertTrue((family[sizes[:, :, 5] == 0] == least[sizes[:, :, 5] == 0]).all())
            self.assertTrue((file["households"][:] <= file["dwellings"][:]).all())
            self.assertTrue((file["households"][:] >= 0).all())

    def test_accounts_are_exact(self):
        with h5py.File(self.file) as file:
            residents = file["residents"][:].sum((2, 3, 4))
            flow = {name: file[name][1:].astype(np.int64) for name in
                    ("births", "deaths", "moved_in", "moved_out", "moved_within", "moved_within_in")}
            balance = (flow["births"] - flow["deaths"] + flow["moved_in"] - flow["moved_out"] -
                       flow["moved_within"] + flow["moved_within_in"])
            self.assertTrue((np.diff(residents, axis=0) == balance).all())
            self.assertEqual(flow["moved_within"].sum(), flow["moved_within_in"].sum())
            family = file["moved_by_reason"][:].sum((0, 1))[:, list(file["move_reason"].asstr()[:]).index("family")]
            self.assertTrue((family > 20).all(), family)
            self.assertGreater(file["dwellings"][-1].sum(), file["dwellings"][0].sum())

    def test_rooms_are_shared(self):
        p = self.people("20131101")
        _, sizes = np.unique(p["household"][(p["household_kind"] == 1) & (p["here_at_start"] == 0)], return_counts=True)
        self.assertGreater(sizes.mean(), 1.3)
        mixed = {}
        for room, sex, kind in zip(p["household"], p["sex"], p["household_kind"]):
            if kind == 1:
                mixed.setdefault(room, set()).add(sex)
        self.assertEqual(max(len(sexes) for sexes in mixed.values()), 1)

    def test_threads_and_storage_never_show(self):
        for threads, storage in ((2, 0), (1, 7), (2, 7)):
            with self.subTest(threads=threads, storage=storage):
                other = self.simulate("other.h5", "--threads", str(threads), "--set", f"run.storage={storage}", *SETTINGS)
                diff = subprocess.run(["h5diff", self.file, other], capture_output=True, text=True)
                self.assertEqual((diff.returncode, diff.stdout), (0, ""))


if __name__ == "__main__":
    unittest.main()
