#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a credible model must show of policies, and for each policy where it does nothing, or harm.

Variants share the luck of the baseline, so that the directions below are not a matter of chance."""
import unittest

import h5py

from runs import BASELINE, Folder, command, differences

# Subdistricts of campuses and of villages; a year to settle, then a year that is looked at.
PART = '"110108015000", "110108029000"'
LATER = slice(13, 25)
TOLD = ("adopted", "policy", "policy_name", "community", "community_name", "cost_fen")
TOLD_ATTRIBUTES = ("configuration", "configuration_hash", "run_identity", "evidence")


class Patterns(Folder):
    @classmethod
    def live(cls, name, policies="", *sets):
        scenario = cls.path(name + ".cfg")
        with open(scenario, "w", encoding="utf-8") as file:
            file.write(f'name = "patterns"; extends = "{BASELINE}";\n'
                       f'run: {{ subdistricts = [ {PART} ]; end = "2012-11-01"; }};\n'
                       f"output: {{ snapshot = []; }};\npolicies = ( {policies} );\n")
        options = [word for text in sets for word in ("--set", text)]
        done = command("run", scenario, "-o", cls.path(name + ".h5"), "--quiet", *options)
        if done.returncode:
            raise AssertionError(done.stderr)
        return cls.path(name + ".h5")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.base = cls.live("base")

    @staticmethod
    def total(name, *variables, rows=LATER):
        with h5py.File(name) as file:
            return [file[variable][rows].sum() for variable in variables]

    def coverage(self, name, *services):
        with h5py.File(name) as file:
            codes = list(file["service"].asstr()[:])
            chosen = [codes.index(service) for service in services] or slice(None)
            return file["met_due"][LATER][:, :, chosen].sum() / file["due"][LATER][:, :, chosen].sum()

    def days(self, name, *services):
        """Mean days from filing to closing, each bin of the histogram at its lower edge."""
        with h5py.File(name) as file:
            codes = list(file["service"].asstr()[:])
            chosen = [codes.index(service) for service in services] or slice(None)
            closed = file["response_time"][LATER][:, :, chosen].sum(axis=(0, 1, 2)).astype(float)
            return (closed * file["delay_bin"][:]).sum() / closed.sum()

    def assert_same_hours(self, name):
        """But for whole minutes of the departments' quotas, which follow what was filed."""
        hours = [self.total(f, "person_minutes_available")[0] for f in (name, self.base)]
        self.assertAlmostEqual(hours[0] / hours[1], 1.0, delta=1e-5)

    def assert_only_costs(self, name, base):
        self.assertEqual(differences(base, name, TOLD, TOLD_ATTRIBUTES), [])
        with h5py.File(base) as a, h5py.File(name) as b:
            self.assertGreater(b["cost_fen"][1:].sum(), a["cost_fen"][1:].sum())

    # ---- patterns 3 and 4 of the model's description ----

    def test_silos_cost_time(self):
        """Fusing the networks shortens response and hand-offs without a minute more of anybody's time."""
        fused = self.live("fused", '{ policy = "network_fusion"; }')
        self.assert_same_hours(fused)
        self.assertAlmostEqual(self.total(fused, "staff")[0], self.total(self.base, "staff")[0], places=6)
        self.assertLess(self.days(fused), 0.97 * self.days(self.base))
        self.assertLess(self.total(fused, "transfers")[0], 0.85 * self.total(self.base, "transfers")[0])
        self.assertGreater(self.coverage(fused), self.coverage(self.base))
        # The less is misdirected to begin with, the less there is to gain.
        apart = self.live("apart", "", "dispatch.misroute=0.0")
        self.assertLess(self.days(apart), self.days(self.base))

    def test_capacity_is_scarce_and_shared(self):
        """A year of duty takes its share of the hours, and what they would have found and handled is missing."""
        duty = self.live("duty", '{ policy = "event_security"; from = "2011-11-01"; to = "2012-11-01";'
                                 " params: { preparation_days = 0; facilities = 1.0; order = 1.0; }; }")
        with h5py.File(self.base) as a, h5py.File(duty) as b:
            kinds = list(a["desk_kind"].asstr()[:])
            hours = [f["person_minutes_available"][LATER].sum(axis=(0, 1)) for f in (a, b)]
            for kind, share in (("grid_team", 0.3), ("city_team", 0.4), ("committee", 0.2), ("station", 0.0)):
                i = kinds.index(kind)
                self.assertAlmostEqual(hours[1][i] / hours[0][i], 1.0 - share, delta=0.01)  # whole minutes
            # What is left undone brings some more, in the networks that disorder touches only; who is enrolled in a
            # continuing service does not have the need anew: all others are the same.
            services = list(a["service"].asstr()[:])
            needs = [f["needs_arisen"][LATER].sum(axis=(0, 1)) for f in (a, b)]
            self.assertEqual(needs[0][services.index("child_care")], needs[1][services.index("child_care")])
            self.assertTrue(1.0 < needs[1].sum() / needs[0].sum() < 1.02, needs)
        self.assertLess(self.total(duty, "needs_found")[0], 0.9 * self.total(self.base, "needs_found")[0])
        self.assertLess(self.coverage(duty), self.coverage(self.base) - 0.01)
        self.assertGreater(self.days(duty), 1.1 * self.days(self.base))
        # Office work takes hours in the same way.
        office = self.live("office", "", "desks.grid_team.clerical_share=0.65")
        self.assertLess(self.coverage(office), self.coverage(self.base) - 0.01)

    # ---- where each policy does nothing, or harm ----

    def test_grid_staffing_as_it_is_changes_nothing(self):
        file = self.live("as_it_is", '{ policy = "grid_staffing"; params: { officers_per_grid = 1.0; }; }')
        self.assertEqual(differences(self.base, file, TOLD[:-1], TOLD_ATTRIBUTES), [])

    def test_more_officers_first_raise_what_is_filed(self):
        file = self.live("more", '{ policy = "grid_staffing"; params: { officers_per_grid = 2.0; }; }')
        filed, base = self.total(file, "cases_filed")[0], self.total(self.base, "cases_filed")[0]
        self.assertGreater(filed, 1.15 * base)
        with h5py.File(self.base) as a, h5py.File(file) as b:
            team = list(a["desk_kind"].asstr()[:]).index("city_team")
            used = [f["person_minutes_used"][LATER][:, :, team].sum() for f in (a, b)]
        self.assertGreater(used[1], 1.15 * used[0])  # what they find falls to the teams

    def test_shared_officers_lose_time_on_the_way(self):
        near, far = (self.live(f"travel{loss}", '{ policy = "grid_staffing"; params: { officers_per_grid = 0.5; }; }',
                               f"desks.grid_team.travel_loss={loss}") for loss in (0.0, 0.3))
        self.assertLess(self.coverage(far), self.coverage(near))
        # Whoever sets the staff: the configuration's half officer is the policy's.
        half = self.live("half", "", "desks.grid_team.travel_loss=0.3", "desks.grid_team.staff=0.5")
        self.assertEqual(self.total(half, "person_minutes_available", "met_on_time"),
                         self.total(far, "person_minutes_available", "met_on_time"))

    def test_network_fusion_with_nothing_to_mend_only_costs(self):
        sets = "dispatch.misroute=0.0", "handling.transfer_days=0.0"
        base = self.live("no_silos", "", *sets)
        file = self.live("no_silos_fused", '{ policy = "network_fusion"; params: { light_cases = 0.0; }; }', *sets)
        self.assert_only_costs(file, base)

    def test_light_cases_overload_officers(self):
        """Where officers cannot keep up with their own, the social cases they take over wait longer."""
        few = "desks.grid_team.staff=0.5"
        entry = '{{ policy = "network_fusion"; params: {{ misroute = 1.0; transfer_delay = 1.0; light_cases = {}; }}; }}'
        without = self.live("few", entry.format(0.0), few)
        light = self.live("few_light", entry.format(0.5), few)
        errands = "administrative_errands", "community_health"
        self.assertGreater(self.days(light, *errands), 1.5 * self.days(without, *errands))

    def test_duty_list_without_misdirected_cases_only_costs(self):
        sets = "dispatch.misroute=0.0", "verification.return_probability=0.0"
        base = self.live("straight", "", *sets)
        self.assert_only_costs(self.live("straight_list", '{ policy = "duty_list"; }', *sets), base)

    def test_duty_list_saves_returns(self):
        file = self.live("list", '{ policy = "duty_list"; }')
        self.assertLess(self.total(file, "returned")[0], 0.8 * self.total(self.base, "returned")[0])

    def test_duty_list_saves_transfers(self):
        file = self.live("list", '{ policy = "duty_list"; }')
        self.assertLess(self.total(file, "transfers")[0], 0.95 * self.total(self.base, "transfers")[0])

    def test_sanshe_linkage_without_social_workers_refers_to_nobody(self):
        self.assert_only_costs(
            self.live("nobody", '{ policy = "sanshe_linkage"; params: { social_workers = 0.0; referral_share = 1.0; '
                                "outreach_share = 0.0; skill = 0.0; }; }"), self.base)

    def test_sanshe_linkage_finds_and_handles_more_of_elder_care(self):
        file = self.live("sanshe", '{ policy = "sanshe_linkage"; }')
        self.assertGreater(self.coverage(file, "elder_care"), self.coverage(self.base, "elder_care") + 0.01)

    def test_stations_without_staff_of_their_own_get_slower(self):
        file = self.live("no_staff", '{ policy = "station_separation"; params: { station_staff = 0.0; }; }')
        self.assertGreater(self.days(file, "administrative_errands"), 1.1 * self.days(self.base, "administrative_errands"))

    def test_event_leaves_the_time_before_its_duty_better(self):
        """While it is prepared fewer needs of city management and order arise, and no hours are taken."""
        file = self.live("prepared", '{ policy = "event_security"; from = "2011-11-01"; params: { preparation_days = 366; }; }')
        self.assert_same_hours(file)
        self.assertLess(self.total(file, "needs_arisen")[0], 0.98 * self.total(self.base, "needs_arisen")[0])
        self.assertGreater(self.coverage(file), self.coverage(self.base))

    def test_relief_of_a_place_without_workplaces_only_costs(self):
        sets = "synthesis.workplaces_per_1000=0.0",
        base = self.live("no_workplaces", "", *sets)
        file = self.live("no_workplaces_relief", '{ policy = "population_relief"; params: { workplaces = 0.1; follow = 1.0; '
                         "dwellings = 0.0; beds = 0.0; order = 1.0; }; }", *sets)
        self.assert_only_costs(file, base)

    def test_relief_moves_people_next_door(self):
        """Where dwellings are vacant near by, not one who must go for want of a dwelling leaves the district."""
        vacant = ("housing.near=1.0", "migration.in_households=0.0")  # newcomers take no dwelling
        file = self.live("next_door", '{ policy = "population_relief"; from = "2011-01-01"; ramp_months = 0; '
                         "scope: { share = 0.3; }; params: { workplaces = 0.0; lag_days = 0; dwellings = 0.12; beds = 0.0; "
                         "reuse = 0.0; order = 1.0; }; }", *vacant)
        with h5py.File(file) as f:
            reasons, directions = (list(f[axis].asstr()[:]) for axis in ("move_reason", "move_direction"))
            moved = f["moved_by_reason"][:, :, :, reasons.index("relief")].sum(axis=(0, 1))
        self.assertGreater(moved[directions.index("within")], 100)
        self.assertEqual(moved[directions.index("out")], 0)


if __name__ == "__main__":
    unittest.main()
