#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Relief (疏解): workplaces and dwellings close by date and place, people go by reason, neighbours take some of them in, and the
vacated space serves those who stay.

Variants share the luck of the run without relief. Unless a test says otherwise, what it compares is exact."""
import unittest

import h5py
import numpy as np

from runs import BASELINE, Folder, command

# A town of villages and communities, by community; relief in its villages only.
TOWN = "110108029000"
SCOPE = 'scope: { kind = "village"; };'
PARAMS = ("workplaces = 0.3; follow = 0.5; follow_days = 200; lag_days = 90; dwellings = 0.3; beds = 0.4; reuse = 0.5; "
          "station_staff = 20.0; order = 0.9; compensation_fen = 3000000.0; ")
# Rows of the time axis: 0 is the start, 1 November 2010. Relief from 2011-01-01, its dwellings from 2011-04-01, people follow
# until 2011-07-19.
BEGINS, EMPTIES, FOLLOWED, LAST = 3, 6, 9, 18
RELIEF = 6  # of the axis move_reason
IN, OUT, WITHIN, WITHIN_HERE = range(4)


def entry(params=PARAMS, **terms):
    parts = "".join(f" {key} = {value};" for key, value in {"from": '"2011-01-01"', **terms}.items())
    return f'{{ policy = "population_relief";{parts} {SCOPE} params: {{ {params} }}; }}'


class Relief(Folder):
    @classmethod
    def scenario(cls, name, policies):
        with open(cls.path(name + ".cfg"), "w", encoding="utf-8") as file:
            file.write(f'name = "relief"; extends = "{BASELINE}";\n'
                       f'run: {{ subdistricts = [ "{TOWN}" ]; end = "2012-05-01"; }};\n'
                       "disorder: { gain = 0.0; };\n"  # needs are compared one by one
                       f'output: {{ place = "community"; snapshot = []; }};\npolicies = ( {policies} );\n')
        return cls.path(name + ".cfg")

    @classmethod
    def live(cls, name, policies, *options):
        done = command("run", cls.scenario(name, policies), "-o", cls.path(name + ".h5"), "--quiet", *options)
        if done.returncode:
            raise AssertionError(done.stderr)
        with h5py.File(cls.path(name + ".h5")) as file:
            return {key: item[:] for key, item in file.items() if isinstance(item, h5py.Dataset)}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.base = cls.live("base", "")
        cls.relief = cls.live("relief", entry())
        kinds = [code.decode() for code in cls.base["desk_kind"][:]]
        cls.station = kinds.index("station")
        services = [code.decode() for code in cls.base["service"][:]]
        cls.safety = services.index("safety_hazards")  # of workplaces
        with h5py.File(cls.path("base.h5")) as file:
            cls.villages = file["communities/kind"][:] == 3
            cls.beds = file["communities/beds"][:].astype(int)

    @staticmethod
    def reason(data, direction):
        return data["moved_by_reason"][:, :, direction, RELIEF].astype(int)

    def test_closes_by_date_and_place(self):
        here, dwellings = self.villages, self.base["dwellings"].astype(int)
        self.assertTrue(here.any() and not here.all())
        closed, reused = self.relief["closed_dwellings"], self.relief["reused_dwellings"]
        self.assertEqual(closed[:EMPTIES].max(), 0)
        self.assertTrue(np.array_equal(closed[EMPTIES:], np.where(here, np.floor(0.3 * dwellings[EMPTIES:] + 0.5), 0)))
        self.assertTrue(np.array_equal(reused[EMPTIES:], np.where(here, np.floor(0.15 * dwellings[EMPTIES:] + 0.5), 0)))
        self.assertEqual(reused[:EMPTIES].max(), 0)
        beds = self.relief["closed_beds"]
        self.assertEqual(beds[:EMPTIES].max(), 0)
        self.assertTrue((beds[EMPTIES:] == np.where(here, np.floor(0.4 * self.beds + 0.5), 0)).all())
        workplaces = self.relief["closed_workplaces"]
        self.assertEqual(workplaces[:BEGINS].max(), 0)
        self.assertEqual(workplaces[BEGINS:, ~here].max(), 0)
        self.assertTrue((workplaces[BEGINS:] == workplaces[-1]).all())
        self.assertGreater(workplaces[-1].sum(), 0)

    def test_households_never_exceed_open_dwellings(self):
        open_dwellings = self.relief["dwellings"].astype(int) - self.relief["closed_dwellings"]
        self.assertGreaterEqual((open_dwellings - self.relief["households"]).min(), 0)
        self.assertGreaterEqual((self.beds - self.relief["closed_beds"] - self.relief["collective_residents"]).min(), 0)

    def test_people_and_households_become_fewer_there(self):
        here = self.villages
        for name, axes in (("households", ()), ("residents", (2, 3, 4)), ("collective_residents", ())):
            a, b = (data[name].astype(int).sum(axis=axes) if axes else data[name].astype(int)
                    for data in (self.base, self.relief))
            self.assertTrue(np.array_equal(a[:BEGINS], b[:BEGINS]), name)
            self.assertLess(b[-1, here].sum(), 0.85 * a[-1, here].sum(), name)

    def test_the_account_of_moves_is_exact(self):
        for data in (self.base, self.relief):
            moved = data["moved_by_reason"].astype(int).sum(axis=3)
            for direction, name in enumerate(("moved_in", "moved_out", "moved_within", "moved_within_in")):
                self.assertTrue(np.array_equal(moved[:, :, direction], data[name]), name)
            change = np.diff(data["residents"].astype(int).sum(axis=(2, 3, 4)), axis=0)
            flows = (data["births"].astype(int) - data["deaths"] + moved[:, :, IN] - moved[:, :, OUT] - moved[:, :, WITHIN]
                     + moved[:, :, WITHIN_HERE])
            self.assertTrue(np.array_equal(change, flows[1:]))
            self.assertTrue(np.array_equal(moved[:, :, WITHIN].sum(axis=1), moved[:, :, WITHIN_HERE].sum(axis=1)))

    def test_relief_is_a_reason_only_where_and_when_it_is(self):
        here = self.villages
        self.assertEqual(self.base["moved_by_reason"][..., RELIEF].max(), 0)
        self.assertEqual(self.reason(self.relief, IN).max(), 0)
        for direction in (OUT, WITHIN):
            moved = self.reason(self.relief, direction)
            self.assertEqual(moved[:BEGINS].max(), 0)
            self.assertEqual(moved[:, ~here].max(), 0)
            self.assertGreater(moved[EMPTIES].sum(), 0)
        # Functions first: people who follow leave before a dwelling closes, and until their time is over.
        self.assertGreater(self.reason(self.relief, OUT)[BEGINS:EMPTIES].sum(axis=1).min(), 0)
        self.assertEqual(self.reason(self.relief, WITHIN)[:EMPTIES].max(), 0)
        self.assertEqual(self.reason(self.relief, OUT)[FOLLOWED + 1:].max(), 0)

    def test_neighbours_gain(self):
        here = self.villages
        came = self.reason(self.relief, WITHIN_HERE)
        self.assertGreater(came[:, ~here].sum(), 0)
        households = [data["households"][EMPTIES, ~here].astype(int).sum() for data in (self.base, self.relief)]
        self.assertGreater(households[1], households[0])

    def test_space_is_reused_by_stations(self):
        here = self.villages
        staff = self.relief["posts"][..., self.station] - self.base["posts"][..., self.station]
        self.assertEqual(np.abs(staff[:EMPTIES]).max(), 0)
        self.assertEqual(np.abs(staff[:, ~here]).max(), 0)
        # Twenty to a station, 0.15 of all dwellings: three; staff are counted in hundredths.
        self.assertTrue(np.allclose(staff[EMPTIES:, here], 3.0, atol=0.011))
        none = self.live("no_reuse", entry(PARAMS.replace("reuse = 0.5", "reuse = 0.0")))
        self.assertTrue(np.array_equal(none["posts"], self.base["posts"]))
        self.assertEqual(none["reused_dwellings"].max(), 0)

    def test_costs(self):
        here = self.villages
        programme = self.relief["cost_fen"][..., 1].astype(int) - self.base["cost_fen"][..., 1]
        self.assertTrue(np.array_equal(programme[BEGINS:], np.broadcast_to(np.where(here, 3000000, 0), programme[BEGINS:].shape)))
        self.assertEqual(programme[:BEGINS].max(), 0)

    def test_closed_workplaces_bear_no_needs(self):
        """The more are closed, the fewer bear needs, in every place and month: those that were closed stay so."""
        here = self.villages
        alone = "follow = 0.0; dwellings = 0.0; beds = 0.0; order = 1.0; workplaces = {};"
        arisen = [data["needs_arisen"][..., self.safety].astype(int) for data in
                  (self.base, *(self.live("shut", entry(alone.format(share))) for share in (0.3, 0.6, 1.0)))]
        for fewer, more in zip(arisen[1:], arisen):
            self.assertTrue((fewer <= more).all())
            self.assertTrue(np.array_equal(fewer[:, ~here], more[:, ~here]))
            self.assertTrue(np.array_equal(fewer[:BEGINS], more[:BEGINS]))
            self.assertLess(fewer[BEGINS:].sum(), more[BEGINS:].sum())
        self.assertEqual(arisen[3][BEGINS:, here].max(), 0)

    def test_what_was_closed_opens_again(self):
        """When the policy ends; and people come back to where they find room."""
        here = self.villages
        ended = self.live("ended", entry(to='"2011-08-01"'))
        for name in ("closed_dwellings", "reused_dwellings", "closed_beds", "closed_workplaces"):
            self.assertTrue(np.array_equal(ended[name][:10], self.relief[name][:10]), name)
            self.assertEqual(ended[name][10:].max(), 0, name)
        for name in ("households", "collective_residents"):
            self.assertGreater(ended[name][-1, here].sum(), self.relief[name][-1, here].sum(), name)
        self.assertEqual(ended["needs_arisen"][10:, :, self.safety].tolist(),
                         self.base["needs_arisen"][10:, :, self.safety].tolist())

    def test_a_ramp_closes_step_by_step(self):
        ramp = self.live("ramp", entry(PARAMS.replace("lag_days = 90", "lag_days = 0"), ramp_months=6))
        for name in ("closed_dwellings", "closed_beds", "closed_workplaces"):
            closed = ramp[name].astype(int).sum(axis=1)
            self.assertEqual(closed[BEGINS - 1], 0)
            self.assertTrue((np.diff(closed[BEGINS - 1:BEGINS + 6]) > 0).all(), name)
            self.assertEqual(closed[BEGINS + 5:].tolist(), self.relief[name].astype(int).sum(axis=1)[BEGINS + 5:].tolist())
        self.assertGreaterEqual((ramp["dwellings"].astype(int) - ramp["closed_dwellings"] - ramp["households"]).min(), 0)

    def test_those_registered_outside_go_first(self):
        """Of those who follow all are, but for their families; of the others the share that goes is smaller."""
        here = self.villages
        a, b = (data["residents"][LAST, here].astype(int).sum(axis=(0, 1, 2)) for data in (self.base, self.relief))
        self.assertLess(b[2] / a[2], b[0] / a[0] - 0.05)

    def test_cohort_and_population_part_ways(self):
        """Who was here at the start is a fixed set of people, and most of those who must go find a dwelling elsewhere in the
        district; the population lacks the newcomers too who find no room. So it loses the larger share. (Whole district.)"""
        def people(name, policies):
            with open(self.path(name + ".cfg"), "w", encoding="utf-8") as file:
                file.write(f'name = "relief"; extends = "{BASELINE}"; run: {{ end = "2013-11-01"; }};\n'
                           f"output: {{ snapshot = []; }}; policies = ( {policies} );\n")
            done = command("run", self.path(name + ".cfg"), "-o", self.path(name + ".h5"), "--quiet")
            self.assertEqual(done.returncode, 0, done.stderr)
            with h5py.File(self.path(name + ".h5")) as file:
                residents = file["residents"][:].sum(axis=(2, 3, 4)).astype(float)
                cohort = file["cohort_residents"][:].sum(axis=(2, 3)).astype(float)
                self.assertTrue((file["cohort_share"][0] == 1.0).all())
                self.assertTrue(np.allclose(file["cohort_share"][:], cohort / residents, rtol=1e-15))
            return residents[-1].sum(), cohort[-1].sum()
        base = people("long_base", "")
        relief = people("long", '{ policy = "population_relief"; ramp_months = 12; params: { follow_days = 548; }; }')
        self.assertLess(relief[0], 0.99 * base[0])
        self.assertLess(relief[1], base[1])
        self.assertGreater(relief[1] / base[1], relief[0] / base[0] + 0.002)

    def test_a_rate_above_its_cap_is_an_error(self):
        scenario = self.scenario("above", entry("workplaces = 1.0; follow = 1.0;"))
        done = command("run", scenario, "-o", self.path("above.h5"), "--quiet")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertRegex(done.stderr, r"^wangge: policies: out_migration 1 in \S+ exceeds what relief.follow_cap = 0.02 a month")
        self.live("below", entry("workplaces = 1.0; follow = 1.0;"), "--set", "relief.follow_cap=0.084")

    def test_threads_and_storage_never_show(self):
        done = command("run", self.path("relief.cfg"), "-o", self.path("other.h5"), "--quiet", "--set", "run.storage=5")
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(self.path("relief.h5"), "rb") as a, open(self.path("other.h5"), "rb") as b:
            self.assertEqual(a.read(), b.read())


class Moved(Folder):
    def test_needs_of_people_moved_away_count_as_unmet(self):
        """People whom relief takes out of the district leave needs behind that stay due; who leaves of their own takes them along."""
        def live(name, entries):
            with open(self.path(name + ".cfg"), "w", encoding="utf-8") as file:
                file.write(f'name = "relief"; extends = "{BASELINE}";\nrun: {{ subdistricts = [ "{TOWN}" ]; end = "2011-08-01"; }};\n'
                           f'output: {{ snapshot = []; }};\npolicies = ( {entries} );\n')
            done = command("run", self.path(name + ".cfg"), "-o", self.path(name + ".h5"), "--quiet")
            self.assertEqual(done.returncode, 0, done.stderr)
            with h5py.File(self.path(name + ".h5")) as file:
                reason = list(file["reason"].asstr()[:]).index("moved_by_policy")
                return file["unmet_reason"][..., reason].sum(), file["moved_by_reason"][:, :, OUT, RELIEF].sum()

        unmet, moved = live("with", entry(PARAMS.replace("follow_days = 200", "follow_days = 100")))
        self.assertGreater(moved, 500)
        self.assertTrue(0.005 * moved < unmet < moved, (unmet, moved))  # some have an open need of their own
        self.assertEqual(live("without", ""), (0, 0))


if __name__ == "__main__":
    unittest.main()
