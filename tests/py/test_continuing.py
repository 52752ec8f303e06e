#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Continuing services in whole runs: flows balance, care keeps to its share, coverage follows supply. No chance is involved:
all runs have the same luck."""
import unittest

import h5py
import numpy as np

from runs import BASELINE, Folder, run

KINDS = ("committee", "station", "social_worker", "social_team")
SERVICES = ("elder_care", "disability_support", "social_assistance")
SHARES = (0.0, 0.05, 0.2)


class Continuing(Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.results = {}
        for share in SHARES:
            settings = ['run.subdistricts=["110108001000"]', "run.end=2011-05-10"]
            settings += [f"desks.{kind}.care_share={share}" for kind in KINDS]
            settings += [f"services.{service}.review_months=0" for service in SERVICES]
            path = cls.path(f"share-{share}.h5")
            done = run(BASELINE, "-o", path, "--quiet", *(x for s in settings for x in ("--set", s)))
            if done.returncode:
                raise AssertionError(done.stderr)
            with h5py.File(path) as file:
                cls.results[share] = {name: file[name][:] for name in file if isinstance(file[name], h5py.Dataset)}
        names = [name.decode() for name in cls.results[0.0]["service"]]
        cls.going_on = [names.index(service) for service in SERVICES]
        cls.once = [i for i in range(len(names)) if i not in cls.going_on]

    def test_enrolments_balance(self):
        for share, r in self.results.items():
            with self.subTest(share=share):
                flow = r["care_begun"] - r["care_ended"].sum(axis=-1)
                np.testing.assert_array_equal(np.diff(r["enrolled"], axis=0), flow[1:])
                self.assertTrue((flow[0] == 0).all())

    def test_only_continuing_services_have_enrolments(self):
        r = self.results[0.2]
        for name in ("enrolled", "waiting_list", "care_begun", "care_days_needed", "care_days_served"):
            self.assertFalse(r[name][:, :, self.once].any(), name)
        self.assertTrue(np.isnan(r["care_coverage"][:, :, self.once]).all())
        self.assertTrue((r["enrolled"][:, :, self.going_on] > 0).all())

    def test_care_keeps_to_its_share_of_the_hours(self):
        for share, r in self.results.items():
            self.assertTrue((r["person_minutes_care"] <= share * r["person_minutes_available"]).all(), share)
        self.assertTrue((self.results[0.2]["person_minutes_care"].sum() > 0))

    def test_less_supply_covers_less_and_none_covers_nothing(self):
        covered = []
        for share in SHARES:
            r = self.results[share]
            served, needed = r["care_days_served"][1:], r["care_days_needed"][1:]
            self.assertTrue((served <= needed).all())
            covered.append(served.sum(axis=0)[0, self.going_on] / needed.sum(axis=0)[0, self.going_on])
        self.assertTrue((covered[0] == 0).all())
        self.assertTrue((covered[1] > 0).all() and (covered[2] > covered[1]).all(), covered)
        self.assertFalse(self.results[0.0]["enrolled"].any())

    def test_supply_of_care_changes_no_other_need(self):
        """Of the services whose rates and repeats know nothing of how others are handled: those of the social service network."""
        none = self.results[SHARES[0]]
        apart = [i for i in self.once if none["service"][i].decode() in
                 ("child_care", "employment", "community_health", "culture_sport", "administrative_errands")]
        arisen = [self.results[share]["needs_arisen"][:, :, apart] for share in SHARES]
        self.assertGreater(arisen[0].sum(), 1000)
        for other in arisen[1:]:
            np.testing.assert_array_equal(arisen[0], other)


if __name__ == "__main__":
    unittest.main()
