#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rounds (巡查策略) and channels of self-report in whole runs of one subdistrict."""
import itertools
import unittest

import h5py

from runs import Folder, differences

PLACE = ("--set", 'run.subdistricts=["110108001000"]', "--set", "output.snapshot=[]", "--set", 'output.place="community"')
RULES = ["own", "district_first", "community_first", "cooperative", "random", "by_filed"]
ABOUT_THE_RUN = ("configuration", "configuration_hash", "run_identity", "evidence")


class Rounds(Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        month = PLACE + ("--set", "run.end=2011-01-01")
        cls.default = cls.simulate("default.h5", *month)
        cls.runs = {rule: cls.simulate(f"{rule}.h5", *month, "--set", f"finding.rounds={rule}") for rule in RULES}

    def test_own_is_what_is_done_without_a_choice(self):
        self.assertEqual(differences(self.default, self.runs["own"], ignore_attributes=ABOUT_THE_RUN), [])
        other = self.simulate("share.h5", *PLACE, "--set", "run.end=2011-01-01", "--set", "finding.rounds_share=0.9")
        self.assertEqual(differences(self.default, other, ignore_attributes=ABOUT_THE_RUN), [])

    def test_each_choice_is_another_one(self):
        found = {}
        for rule, path in self.runs.items():
            with h5py.File(path) as file:
                found[rule] = file["needs_found"][:].tobytes()
        for a, b in itertools.combinations(RULES, 2):
            self.assertNotEqual(found[a], found[b], f"{a} and {b}")

    def test_a_days_minutes_are_the_same_under_all(self):
        # Monday, the first day: no choice has had a consequence yet.
        sums, places = {}, {}
        for rule in RULES:
            path = self.simulate(f"day-{rule}.h5", *PLACE, "--set", "run.end=2010-11-02", "--set", f"finding.rounds={rule}")
            with h5py.File(path) as file:
                places[rule] = file["person_minutes_looked"][:].tolist()
                sums[rule] = file["person_minutes_looked"][:].sum()
                self.assertEqual(sums[rule], file["person_minutes_looking"][:].sum())
        self.assertGreater(sums["own"], 0)
        self.assertEqual(set(sums.values()), {sums["own"]})
        for rule in RULES[:4]:
            self.assertEqual(places[rule], places["own"])  # between communities nothing moves
        self.assertNotEqual(places["random"], places["own"])

    def test_no_order_of_storage_shows(self):
        for rule in ("random", "by_filed"):
            other = self.simulate(f"other-{rule}.h5", *PLACE, "--set", "run.end=2011-01-01", "--set", "run.storage=1",
                                  "--set", f"finding.rounds={rule}")
            self.assertEqual(differences(self.runs[rule], other, ignore_attributes=ABOUT_THE_RUN), [])


class Channels(Folder):
    def test_reports_and_cases_agree(self):
        path = self.simulate("base.h5", *PLACE, "--set", "run.end=2011-01-01")
        with h5py.File(path) as file:
            channels, reports, duplicates, filed, found = (file[name][:].astype(int) for name in (
                "reported_by_channel", "reports", "duplicates", "cases_filed", "needs_found"))
            self.assertEqual([code.decode() for code in file["channel"][:]], ["counter", "hotline", "online"])
        self.assertTrue((channels.sum(2) == (reports - duplicates).sum(2)).all())
        self.assertTrue((reports - duplicates + found == filed).all())
        self.assertTrue((channels.sum((0, 1)) > 0).all())
        self.assertGreater(duplicates.sum(), 0)

    def test_who_passes_later_reports_more(self):
        # What comes of a need moves disorder and repeats, and so needs; without them the same needs arise.
        still = [word for text in ("disorder.gain=0.0", *(f"services.{service}.{key}=0.0" for service in (
            "sanitation", "illegal_building", "parking_traffic", "property_management", "dispute_mediation")
            for key in ("repeat_share", "repeat_after_met"))) for word in ("--set", text)]
        base = self.simulate("still.h5", *PLACE, "--set", "run.end=2011-01-01", *still)
        later = self.simulate("later.h5", *PLACE, "--set", "run.end=2011-01-01", *still, "--set",
                              "services.sanitation.later_report_days=30.0")
        with h5py.File(base) as x, h5py.File(later) as y:
            sanitation = [code.decode() for code in x["service"][:]].index("sanitation")
            first, more = ((f["reports"][:].astype(int) - f["duplicates"][:]).sum((0, 1))[sanitation] for f in (x, y))
            found = [f["needs_found"][:].sum((0, 1))[sanitation] for f in (x, y)]
            self.assertEqual(x["needs_arisen"][:].tobytes(), y["needs_arisen"][:].tobytes())
        self.assertGreater(more, 1.5 * first)
        self.assertLess(found[1], found[0])


if __name__ == "__main__":
    unittest.main()
