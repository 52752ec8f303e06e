#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The population as it is written: accounts, reasons of moves, students' year, what is counted of everybody.

Everything here holds in whole numbers, or is a matter of rules; no chance is involved unless a comment says so."""
import unittest

import h5py
import numpy as np

from runs import BASELINE, Folder

PART = 'run.subdistricts=["110108002000","110108015000"]'  # a work-unit district and one of universities
IN, OUT, WITHIN, WITHIN_HERE = range(4)
STUDY, WORK, FAMILY, HOUSING, RETURN, RETIREMENT, RELIEF = range(7)
STILL = ["--set", "migration.in_households=0.0", "--set", "migration.out_outside=0.0", "--set",
         "migration.out_elsewhere=0.0"] + [
             x for name, count in (("out_household", 19), ("out_member", 19), ("out_collective", 19), ("in_collective", 38))
             for x in ("--set", f"migration.{name}=[" + ",".join(["0.0"] * count) + "]")]


class Living(Folder):
    """Two subdistricts, two years, by community."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = h5py.File(cls.simulate("lived.h5", "--set", PART, "--set", "run.end=2012-11-01", "--set",
                                          "output.place=community", "--set",
                                          'output.snapshot=["2010-11-01","2012-11-01"]'), "r")
        cls.moved = cls.file["moved_by_reason"][:].astype(np.int64)  # time, place, direction, reason
        cls.residents = cls.file["residents"][:].astype(np.int64)

    @classmethod
    def tearDownClass(cls):
        cls.file.close()
        super().tearDownClass()

    def sum(self, name):
        return self.file[name][:].astype(np.int64)

    def test_accounts_of_every_community_and_month(self):
        total = self.residents.sum(axis=(2, 3, 4))
        flow = self.moved.sum(axis=3)
        change = (self.sum("births") - self.sum("deaths") + flow[:, :, IN] - flow[:, :, OUT] - flow[:, :, WITHIN]
                  + flow[:, :, WITHIN_HERE])
        self.assertTrue(np.array_equal(np.diff(total, axis=0), change[1:]))
        self.assertTrue((flow.sum(axis=(0, 1)) > 100).all())

    def test_totals_are_sums_of_reasons(self):
        for name, direction in (("moved_in", IN), ("moved_out", OUT), ("moved_within", WITHIN),
                                ("moved_within_in", WITHIN_HERE)):
            self.assertTrue(np.array_equal(self.sum(name), self.moved[:, :, direction].sum(axis=2)), name)

    def test_reasons_are_those_that_can_be(self):
        by = self.moved.sum(axis=(0, 1))
        for direction, reason in ((IN, STUDY), (IN, WORK), (IN, FAMILY), (IN, HOUSING), (IN, RETURN), (OUT, STUDY),
                                  (OUT, WORK), (OUT, FAMILY), (OUT, HOUSING), (OUT, RETURN), (OUT, RETIREMENT),
                                  (WITHIN, HOUSING)):
            self.assertGreater(by[direction, reason], 0, (direction, reason))
        self.assertEqual(by[:, RELIEF].sum(), 0)
        self.assertEqual(by[IN, RETIREMENT], 0)

    def test_students_come_in_september_and_finish_in_july(self):
        months = (9 + np.arange(self.moved.shape[0])) % 12  # that a row tells of, January = 0; row 1: November
        came = self.moved[:, :, IN, STUDY].sum(axis=1)
        self.assertTrue((came[months != 7] == 0).all())  # on the first of September, at the end of August
        self.assertTrue((came[(months == 7)] > 0).all())
        left = self.moved[1:, :, OUT, STUDY].sum(axis=1)
        july = months[1:] == 6
        self.assertGreater(left[july].min(), 20 * left[~july].max())

    def test_everybody_is_counted_once_in_each_way(self):
        total = self.residents.sum(axis=(2, 3, 4))
        for name in ("activity_residents", "education_residents", "care_residents"):
            self.assertTrue(np.array_equal(self.sum(name).sum(axis=2), total), name)
        for name in ("partnered_residents", "party_members", "volunteers"):
            self.assertTrue((self.sum(name) <= total).all(), name)
            self.assertTrue((self.sum(name)[0].sum() > 0), name)
        self.assertTrue((self.sum("partnered_residents") % 2 == 0).all())

    def test_counts_are_those_of_the_snapshot(self):
        for group, row in (("residents_20101101", 0), ("residents_20121101", -1)):
            people = self.file[group]
            for name, column, count in (("activity_residents", "activity", 8), ("education_residents", "education", 6),
                                        ("care_residents", "care", 3)):
                self.assertTrue(np.array_equal(np.bincount(people[column][:], minlength=count),
                                               self.sum(name)[row].sum(axis=0)), (group, name))
            for name, column in (("partnered_residents", "partnered"), ("party_members", "party_member"),
                                 ("volunteers", "volunteer")):
                self.assertEqual(people[column][:].sum(), self.sum(name)[row].sum(), (group, name))
            collective = people["household_kind"][:] == 1
            self.assertEqual(collective.sum(), self.sum("collective_residents")[row].sum())
            homes, sizes = np.unique(people["household"][:][~collective], return_counts=True)
            self.assertEqual(homes.size, self.sum("households")[row].sum())
            self.assertTrue(np.array_equal(np.bincount(np.minimum(sizes, 6), minlength=7)[1:],
                                           self.sum("households_by_size")[row].sum(axis=0)))
            self.assertEqual(np.unique(people["household"][:][collective]).size,
                             self.sum("collective_households")[row].sum())
            self.assertEqual(people["here_at_start"][:].sum(), self.sum("cohort_residents")[row].sum())

    def test_the_first_ones_become_fewer(self):
        cohort = self.sum("cohort_residents").sum(axis=(1, 2, 3))
        self.assertEqual(cohort[0], self.residents[0].sum())
        self.assertTrue((np.diff(cohort) <= 0).all())
        self.assertTrue((self.sum("cohort_residents") <= self.residents.sum(axis=4)).all())
        self.assertEqual(self.sum("cohort_residents")[-1][:, 0].sum(), 0)  # the infants of then are two years old

    def test_shares_follow_from_residents(self):
        bands = self.residents.sum(axis=(3, 4)).astype(float)
        old, young, between = bands[:, :, 13:].sum(axis=2), bands[:, :, :4].sum(axis=2), bands[:, :, 4:14].sum(axis=2)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = old / bands.sum(axis=2)
            ratio = (young + bands[:, :, 14:].sum(axis=2)) / between
        self.assertTrue(np.allclose(self.file["share_60_plus"][:], share, equal_nan=True))
        self.assertTrue(np.allclose(self.file["dependency_ratio"][:], ratio, equal_nan=True))

    def test_nobody_has_more_than_there_is(self):
        open_dwellings = self.sum("dwellings")
        self.assertTrue((self.sum("households") <= open_dwellings).all())


class Parts(Folder):
    def file(self, name, *settings):
        return h5py.File(self.simulate(name, "--set", 'run.subdistricts=["110108015000"]', "--set", "run.end=2011-11-01",
                                       "--set", "output.snapshot=[]", *settings), "r")

    def test_places_for_students_are_filled(self):
        for factor in ("1.0", "0.8"):
            file = self.file(f"places{factor}.h5", "--set", f"study.places=[{factor},{factor}]", "--set",
                             "output.place=district")
            students = file["activity_residents"][:, 0, 2]
            with self.subTest(factor):
                # Row 10 is the first of September 2011. Students who live with their families are few there, and change a little.
                self.assertLess(abs(students[10] - float(factor) * students[0]), 0.01 * students[0])

    def test_nobody_moves_where_nothing_moves(self):
        none = ",".join(["0.0"] * 16)
        file = self.file("still.h5", *STILL, "--set", "migration.parent_follows=0.0", "--set",
                         "migration.child_follows=0.0", "--set", f"study.finish=[{none}]")
        moved = file["moved_by_reason"][:].sum(axis=(0, 1))
        self.assertEqual(moved[IN, WORK] + moved[IN, HOUSING] + moved[IN, RETURN], 0)
        self.assertEqual(moved[OUT, WORK] + moved[OUT, STUDY] + moved[OUT, RETURN] + moved[OUT, RETIREMENT], 0)


if __name__ == "__main__":
    unittest.main()
