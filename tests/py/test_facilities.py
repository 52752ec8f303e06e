#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Facilities, access, indicators of plans and equity, computed anew from what else the file tells."""
import json
import math
import unittest

import h5py
import numpy as np

from runs import BASELINE, Folder, command, differences, run

PARTS = ["110108002000", "110108015000", "110108016000", "110108022000"]
NEARBY = 15 * 75.0 / 1.3  # metres of fifteen minutes
KINDS = ("service_station", "health", "elder_care", "child_care", "culture", "activity", "sport", "convenience")


def of_parts(parts):
    return "--set", "run.subdistricts=" + json.dumps(parts)


def distances(longitude, latitude):
    """Metres between all pairs of points."""
    middle = np.radians((latitude[:, None] + latitude) / 2)
    east = (longitude[:, None] - longitude) * np.cos(middle)
    return 111200 * np.hypot(east, latitude[:, None] - latitude)


class Facilities(Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        common = "--set", "output.snapshot=[]"
        at_once = "--set", "run.end=2010-11-02"
        year = "--set", "run.end=2011-12-01"
        open_to_all = [x for kind in KINDS for x in ("--set", f"facilities.{kind}.own_share=0.0")]
        cls.start = h5py.File(cls.simulate("start.h5", *common, *at_once, *open_to_all, "--set", "output.place=community"))
        cls.small = h5py.File(cls.simulate("small.h5", *common, *at_once, *open_to_all, *of_parts(PARTS), "--set",
                                           "output.place=community"))
        cls.fine = h5py.File(cls.simulate("fine.h5", *common, *year, *of_parts(PARTS), "--set", "output.place=community"))
        cls.coarse = h5py.File(cls.simulate("coarse.h5", *common, *year, *of_parts(PARTS)))
        cls.whole = h5py.File(cls.simulate("whole.h5", *common, *year, *of_parts(PARTS), "--set", "output.place=district"))

    @classmethod
    def tearDownClass(cls):
        for file in (cls.start, cls.small, cls.fine, cls.coarse, cls.whole):
            file.close()
        super().tearDownClass()

    # ---- access ----

    def test_access_is_what_lies_near(self):
        self.assertEqual(tuple(self.start["facility"].asstr()[:]), KINDS)
        near = distances(self.start["communities/longitude"][:], self.start["communities/latitude"][:]) <= NEARBY
        has = self.start["facilities"][0] > 0
        reach = (near[:, :, None] & has[None]).any(1)
        self.assertTrue(0.2 < reach[:, 2].mean() < 0.9 and reach[:, 1].mean() < 1)  # neither all nor none
        np.testing.assert_array_equal(self.start["access_coverage"][0], reach.astype(float))

    def test_a_part_has_the_neighbours_of_the_whole(self):
        at = np.isin(self.start["community"][:], self.small["community"][:])
        np.testing.assert_array_equal(self.start["access_coverage"][0][at], self.small["access_coverage"][0])
        np.testing.assert_array_equal(self.start["facilities"][0][at], self.small["facilities"][0])
        # Alone it would have fewer.
        near = distances(self.small["communities/longitude"][:], self.small["communities/latitude"][:]) <= NEARBY
        alone = (near[:, :, None] & (self.small["facilities"][0] > 0)[None]).any(1)
        self.assertLess(alone.sum(), self.small["access_coverage"][0].sum())

    def test_access_weighs_by_residents(self):
        people = self.people(self.fine)
        for t in (0, -1):
            reach = self.fine["access_coverage"][t]
            self.assertTrue(np.isin(reach, (0, 1)).all())
            for i, parts in enumerate(self.parts()):
                expected = (reach[parts] * people[t, parts, None]).sum(0) / people[t, parts].sum()
                np.testing.assert_allclose(self.coarse["access_coverage"][t, i], expected, rtol=1e-14)
            expected = (reach * people[t][:, None]).sum(0) / people[t].sum()
            np.testing.assert_allclose(self.whole["access_coverage"][t, 0], expected, rtol=1e-14)

    def test_those_who_keep_theirs(self):
        """With all of a compound's facilities kept, fewer others have access; none at home has less."""
        closed = [x for kind in KINDS for x in ("--set", f"facilities.{kind}.own_share=1.0")]
        with h5py.File(self.simulate("closed.h5", "--set", "output.snapshot=[]", "--set", "run.end=2010-11-02", *closed,
                                     *of_parts(PARTS), "--set", "output.place=community")) as file:
            np.testing.assert_array_equal(file["facilities"][0], self.small["facilities"][0])
            less = self.small["access_coverage"][0] - file["access_coverage"][0]
            self.assertTrue((less >= 0).all() and less.sum() > 0)
            self.assertTrue((file["access_coverage"][0][file["facilities"][0] > 0] == 1).all())

    def test_longer_walks_reach_more(self):
        def mean(*settings):
            with h5py.File(self.simulate("walk.h5", "--set", "output.snapshot=[]", "--set", "run.end=2010-11-02",
                                         *of_parts(PARTS), *settings)) as file:
                return file["access_coverage"][0].mean(0)

        base = mean()
        longer = mean("--set", "facilities.elder_care.walking_limit=30")
        others = np.arange(len(KINDS)) != 2
        self.assertGreater(longer[2], base[2])
        np.testing.assert_array_equal(longer[others], base[others])
        self.assertTrue((mean("--set", "access.detour=2.6") <= base).all())
        np.testing.assert_array_equal(mean("--set", "access.detour=2.6", "--set", "access.walking_speed=150"), base)

    # ---- indicators ----

    def people(self, file):
        return file["residents"][:].sum((2, 3, 4)).astype(float)

    def parts(self):
        """The rows of each subdistrict's communities, by the head of their codes."""
        codes = self.fine["community"][:] // 1000 * 1000
        return [codes == code for code in self.coarse["subdistrict"][:]]

    def test_indicators(self):
        file = self.coarse
        people, space = self.people(file), {"service_station": 150, "culture": 100, "activity": 150}
        kinds, desks = list(file["facility"].asstr()[:]), list(file["desk_kind"].asstr()[:])
        workers = sum(file["staff"][..., desks.index(d)] for d in ("committee", "station", "social_worker"))
        metres = sum(file["facilities"][..., kinds.index(k)] * m for k, m in space.items())
        grids = np.array([self.fine["communities/grids"][:][p].sum() for p in self.parts()])
        expected = {
            "community_workers_per_10000": workers / people * 1e4,
            "volunteer_share": file["volunteers"][:] / people,
            "service_space_per_100_households": metres / file["households"][:] * 100,
            "residents_per_grid": people / grids,
            "grids_staffed": file["staff"][..., desks.index("grid_team")] / grids,  # one officer to a grid, where there is one
        }
        for name, values in expected.items():
            with self.subTest(name):
                self.assertTrue(np.isfinite(values).all())
                np.testing.assert_allclose(file[name][:], values, rtol=1e-12)
                self.assertGreater(file[name].attrs["target"], 0)
                self.assertIn(file[name].attrs["target_evidence"].decode(), ("measured", "sign", "assumed"))
                self.assertTrue(file[name].attrs["target_source"].decode())
        self.assertNotIn("target", file["coverage"].attrs)
        # Of a community: what stands there.
        desks = list(self.fine["desk_kind"].asstr()[:])
        staffed = self.fine["grids_staffed"][:]
        officers = self.fine["staff"][..., desks.index("grid_team")]  # one to a grid, where the post is filled
        np.testing.assert_allclose(staffed, officers / self.fine["communities/grids"][:], rtol=1e-12)
        self.assertTrue(0.9 < staffed.mean() < 1.0, staffed.mean())
        rows = self.people(self.fine)[-1] > 0
        workers = sum(self.fine["staff"][-1][:, desks.index(d)] for d in ("committee", "station", "social_worker"))
        np.testing.assert_allclose(self.fine["community_workers_per_10000"][-1][rows],
                                   (workers / self.people(self.fine)[-1] * 1e4)[rows], rtol=1e-12)

    def test_targets_are_outputs(self):
        outputs = {row["name"] for row in json.loads(command("outputs", "--format", "json").stdout)}
        targets = [row["path"] for row in json.loads(command("params", "--format", "json").stdout)
                   if row["path"].startswith("targets.")]
        self.assertTrue(targets)
        for path in targets:
            self.assertIn(path.split(".")[1], outputs)
        with h5py.File(self.simulate("target.h5", "--set", "run.end=2010-11-02", "--set", "output.snapshot=[]",
                                     *of_parts(PARTS[:1]), "--set", "targets.volunteer_share=0.25")) as file:
            self.assertEqual(file["volunteer_share"].attrs["target"], 0.25)

    def test_grids_without_officers(self):
        with h5py.File(self.simulate("bare.h5", "--set", "run.end=2010-11-02", "--set", "output.snapshot=[]",
                                     *of_parts(PARTS[:1]), "--set", "desks.grid_team.staff=0.0")) as file:
            self.assertEqual(file["grids_staffed"][:].tolist(), [[0.0]] * 2)

    # ---- equity ----

    def year(self, name, t):
        """The sums of the twelve months up to row t: community, service."""
        return self.fine[name][t - 11:t + 1].astype(np.int64).sum(0)

    def test_dimensions(self):
        for name in ("coverage_gini", "observed_coverage_gini", "coverage_gini_by_luck", "coverage_theil", "coverage_theil_between",
                     "coverage_theil_within"):
            for file in (self.fine, self.coarse, self.whole):
                self.assertEqual([d[0].name for d in file[name].dims], ["/time", "/service"])
                np.testing.assert_array_equal(file[name][:], self.fine[name][:])
                self.assertTrue(np.isnan(file[name][:12]).all())
                self.assertTrue(np.isfinite(file[name][12:]).all())
        rows = {row["name"]: row for row in json.loads(command("outputs", "--format", "json").stdout)}
        self.assertEqual(rows["coverage_gini"]["dimensions"], ["time", "service"])
        self.assertIn("| `coverage_gini` | time, service |", command("outputs").stdout)

    def test_gini_follows_its_definition(self):
        for name, met, due in (("coverage_gini", "met_due", "due"),
                               ("observed_coverage_gini", "filed_met_due", "filed_due")):
            for t in (12, 13):
                met_year, due_year = self.year(met, t), self.year(due, t)
                for v in range(met_year.shape[1]):
                    w, m = due_year[:, v].astype(float), met_year[:, v]
                    x = np.divide(m, w, out=np.zeros_like(w), where=w > 0)
                    mean = m.sum() / w.sum()
                    gini = (w[:, None] * w * abs(x[:, None] - x)).sum() / (2 * w.sum() ** 2 * mean)
                    self.assertAlmostEqual(self.fine[name][t, v], gini, delta=1e-12)
        self.assertFalse(np.array_equal(self.fine["coverage_gini"][12], self.fine["coverage_gini"][13]))

    def test_theil_follows_its_definition(self):
        def theil(met, due):
            share, even = met / met.sum(), due / due.sum()
            return sum(s * math.log(s / e) for s, e in zip(share, even) if s > 0)

        for t in (12, 13):
            met, due = self.year("met_due", t), self.year("due", t)
            for v in range(met.shape[1]):
                m, d = met[:, v], due[:, v]
                groups = [(m[p], d[p]) for p in self.parts()]
                between = theil(np.array([g.sum() for g, _ in groups]), np.array([g.sum() for _, g in groups]))
                within = sum(g.sum() / m.sum() * theil(g, h) for g, h in groups if g.sum())
                total = self.fine["coverage_theil"][t, v]
                self.assertAlmostEqual(total, theil(m, d), delta=1e-12)
                self.assertAlmostEqual(self.fine["coverage_theil_between"][t, v], between, delta=1e-12)
                self.assertAlmostEqual(self.fine["coverage_theil_within"][t, v], within, delta=1e-12)
                self.assertAlmostEqual(between + within, total, delta=1e-12)

    def test_luck_alone_makes_unequal(self):
        """With the same coverage p everywhere, the Gini coefficient is about sqrt((1 - p) / (pi p n)): what communities have is
        not below half of it."""
        met, due = self.year("met_due", 13), self.year("due", 13)
        p, n = met.sum(0) / due.sum(0), due.mean(0)
        luck = np.sqrt((1 - p) / (math.pi * p * n))
        np.testing.assert_allclose(self.fine["coverage_gini_by_luck"][13], luck, rtol=1e-12)
        ratio = self.fine["coverage_gini"][13] / luck
        self.assertTrue((ratio > 0.5).all(), ratio)

    # ---- needs of facilities ----

    CARRIER = ("--set", "services.public_facilities.carrier=facility")

    def test_facilities_have_the_needs_of_their_service(self):
        """As many as when grids have them, in the whole district: each is a Poisson number of mean some 40,000, so that their
        difference is beyond 6.5 standard deviations with probability below 1e-10. Rates per simulated rather than per all
        facilities, or without those of one kind, are off by far more."""
        common = "--set", "run.end=2011-01-01", "--set", "output.snapshot=[]"
        with h5py.File(self.simulate("grid.h5", *common)) as a, \
                h5py.File(self.simulate("carrier.h5", *common, *self.CARRIER)) as b:
            v = list(a["service"].asstr()[:]).index("public_facilities")
            grid, facility = (int(f["needs_arisen"][..., v].sum()) for f in (a, b))
            self.assertGreater(grid, 30000)
            self.assertLess(abs(grid - facility), 6.5 * math.sqrt(grid + facility))
            # They follow facilities, not residents.
            places = b["facilities"][0].sum(1) / b["facilities"][0].sum()
            residents = self.people(b)[0] / self.people(b)[0].sum()
            arisen = b["needs_arisen"][..., v].sum(0) / facility
            self.assertLess(abs(arisen - places).max(), 0.01)
            self.assertGreater(abs(arisen - residents).max(), 0.01)
            apart = "child_care", "employment", "community_health", "culture_sport"  # no disorder, no repeats
            others = [i for i, code in enumerate(a["service"].asstr()[:]) if code in apart]
            np.testing.assert_array_equal(a["needs_arisen"][1][:, others], b["needs_arisen"][1][:, others])

    def test_a_part_has_the_needs_of_the_whole(self):
        common = "--set", "run.end=2010-12-01", "--set", "output.snapshot=[]", *self.CARRIER
        with h5py.File(self.simulate("all.h5", *common)) as a, \
                h5py.File(self.simulate("some.h5", *common, *of_parts(PARTS))) as b:
            v = list(a["service"].asstr()[:]).index("public_facilities")
            at = np.isin(a["subdistrict"][:], b["subdistrict"][:])
            self.assertGreater(b["needs_arisen"][1, :, v].min(), 20)
            np.testing.assert_array_equal(a["needs_arisen"][1, at, v], b["needs_arisen"][1, :, v])

    def test_storage_and_threads_never_show(self):
        common = "--set", "run.end=2011-01-01", "--set", "output.snapshot=[]", *of_parts(PARTS), *self.CARRIER
        first = self.simulate("first.h5", *common)
        for more in (("--set", "run.storage=7", "--threads", "1"), ("--set", "run.storage=8", "--threads", "2")):
            self.assertEqual(differences(first, self.simulate("other.h5", *common, *more)), [])

    def test_bad_facilities(self):
        for setting, words in (
            ("facilities.health.by_community_kind=[1.0,1.0]", "2 numbers (allowed: none or 4)"),
            ("facilities.health.by_community_kind=[1.0,4.0,1.0,1.0]", "4 times the share 0.35 for compound (allowed: up to 1"),
            ("facilities.health.space=-1", "facilities.health.space: -1 is out of range (allowed: 0 to 1000000)"),
            ("facilities.health.share_urban=1.5", "facilities.health.share_urban: 1.5 is out of range (allowed: 0 to 1)"),
            ("access.detour=0.5", "access.detour: 0.5 is out of range (allowed: 1 to 5)"),
            ("facilities.healht.space=1", 'did you mean "health"?'),
        ):
            with self.subTest(setting):
                done = run(BASELINE, "--set", setting)
                self.assertEqual(done.returncode, 2)
                self.assertIn(words, done.stderr)
        none = [x for kind in KINDS for word in ("share_urban", "share_rural")
                for x in ("--set", f"facilities.{kind}.{word}=0.0")]
        done = run(BASELINE, *none, *self.CARRIER)
        self.assertEqual(done.returncode, 2)
        self.assertIn("services.public_facilities.carrier: facility, but the district has no facilities", done.stderr)
        with h5py.File(self.simulate("none.h5", "--set", "run.end=2010-11-02", "--set", "output.snapshot=[]", *none,
                                     *of_parts(PARTS[:1]))) as file:
            self.assertEqual((file["facilities"][:].sum(), file["access_coverage"][:].sum()), (0, 0.0))


if __name__ == "__main__":
    unittest.main()
