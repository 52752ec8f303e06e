#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Relations that must hold for every policy of the registry, whatever it does: a new one is covered at once.

Equal means equal bit for bit, datasets and attributes; no chance is involved."""
import json
import unittest

import h5py
import numpy as np

from runs import BASELINE, Folder, command, differences

# A work-unit district and one of universities; the run begins and ends inside a month.
HERE, THERE = "110108002000", "110108015000"
START, END = "2010-11-01", "2011-03-20"
ELSEWHERE = "110108001000"
# What a file says of its policies, beside what they do.
TOLD = ("adopted", "policy", "policy_name", "community", "community_name")
TOLD_ATTRIBUTES = ("configuration", "configuration_hash", "run_identity", "evidence")

POLICIES = json.loads(command("policies", "--format", "json").stdout)
IDS = [policy["id"] for policy in POLICIES]


def entry(policy, **terms):
    """One entry of a scenario's list; dates and lists as libconfig has them."""
    parts = "".join(f" {key} = {value};" for key, value in terms.items())
    return f'{{ policy = "{policy}";{parts} }}'


class Policies(Folder):
    @classmethod
    def live(cls, name, *entries, levers=False):
        """Runs the two subdistricts under these entries; the same entries are run once."""
        scenario = cls.path(name + ".cfg")
        with open(scenario, "w", encoding="utf-8") as file:
            file.write(f'name = "policies"; extends = "{BASELINE}";\n'
                       f'run: {{ subdistricts = [ "{HERE}", "{THERE}" ]; start = "{START}"; end = "{END}"; }};\n'
                       f'output: {{ snapshot = [ "{END}" ]; levers = {str(levers).lower()}; }};\n'
                       f"policies = ( {', '.join(entries)} );\n")
        done = command("run", scenario, "-o", cls.path(name + ".h5"), "--quiet")
        if done.returncode:
            raise AssertionError(done.stderr)
        return cls.path(name + ".h5")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.base = cls.live("base")
        cls.base_levers = cls.live("base_levers", levers=True)

    def assert_same_as_base(self, file):
        self.assertEqual(differences(self.base, file, TOLD, TOLD_ATTRIBUTES), [])

    def test_comparison_sees_a_difference(self):
        file = self.live("seen", entry("grid_staffing", params="{ officers_per_grid = 3.0; }"))
        self.assertIn("staff", differences(self.base, file, TOLD, TOLD_ATTRIBUTES))

    def test_there_are_policies(self):
        self.assertGreaterEqual(len(IDS), 6)
        self.assertEqual(len(set(IDS)), len(IDS))

    def test_zero_strength_changes_nothing(self):
        for policy in IDS:
            with self.subTest(policy):
                self.assert_same_as_base(self.live(
                    f"zero_{policy}", entry(policy, strength="0.0", **{"from": '"2010-12-09"'}, ramp_months=2)))

    def test_nothing_before_the_start(self):
        for policy in IDS:
            with self.subTest(policy):
                self.assert_same_as_base(self.live(f"late_{policy}", entry(policy, **{"from": f'"{END}"'})))
                file = self.live(f"start_{policy}", entry(policy, **{"from": '"2011-01-20"'}))
                with h5py.File(self.base) as a, h5py.File(file) as b:
                    for name, item in a.items():
                        if isinstance(item, h5py.Dataset) and item.ndim > 1:
                            # Rows of the start, November and December.
                            self.assertEqual(item[:3].tobytes(), b[name][:3].tobytes(), name)

    def test_nothing_out_of_scope(self):
        for policy in IDS:
            with self.subTest(policy):
                self.assert_same_as_base(self.live(
                    f"out_{policy}", entry(policy, scope=f'{{ subdistricts = [ "{ELSEWHERE}" ]; }}')))
                self.assert_same_as_base(self.live(f"none_{policy}", entry(policy, scope="{ share = 0.0; }")))

    def test_the_order_in_the_file_does_not_matter(self):
        for policy in IDS:
            with self.subTest(policy):
                others = [entry(other, **{"from": '"2010-11-15"'}) for other in IDS if other != policy]
                first = self.live("first", entry(policy), *others)
                last = self.live("last", *others, entry(policy))
                self.assertEqual(differences(first, last), [])

    def test_instances_of_one_policy_compose(self):
        """Two entries, one for each place, are one entry for both; in either order."""
        for policy in IDS:
            with self.subTest(policy):
                here, there = (entry(policy, scope=f'{{ subdistricts = [ "{code}" ]; }}') for code in (HERE, THERE))
                both = self.live("both", entry(policy))
                self.assertEqual(differences(both, self.live("ht", here, there), TOLD, TOLD_ATTRIBUTES), [])
                self.assertEqual(differences(both, self.live("th", there, here), TOLD, TOLD_ATTRIBUTES), [])

    def test_entries_that_share_a_place_do_not_depend_on_order(self):
        for policy in IDS:
            with self.subTest(policy):
                weak, strong = entry(policy, strength="0.3"), entry(policy, strength="0.6", ramp_months=3)
                self.assertEqual(differences(self.live("ws", weak, strong), self.live("sw", strong, weak), TOLD,
                                             TOLD_ATTRIBUTES), [])

    def test_start_stop_restart(self):
        """In force in December and from February on: January is as neutral as without, February as moved as December; and an
        entry that follows another without a gap goes on with it, unless time since its start matters to the policy."""
        with h5py.File(self.base_levers) as file:
            neutral = file["lever"][2]
        for policy in IDS:
            with self.subTest(policy):
                again = self.live("again", entry(policy, **{"from": '"2010-12-01"'}, to='"2011-01-01"'),
                                  entry(policy, **{"from": '"2011-02-01"'}), levers=True)
                with h5py.File(again) as file:
                    lever = file["lever"][:]
                self.assertEqual(lever[3 - 1].tobytes() == lever[1 - 1].tobytes(), False, "December is moved")
                self.assertEqual(lever[3].tobytes(), neutral.tobytes())
                self.assertTrue(np.allclose(lever[2], lever[4], rtol=1e-12, equal_nan=True))
                without_gap = self.live("gap", entry(policy, to='"2011-01-13"'),
                                        entry(policy, **{"from": '"2011-01-13"'}), levers=True)
                whole = self.live("whole", entry(policy), levers=True)
                with h5py.File(whole) as a, h5py.File(without_gap) as b:
                    # Monthly means of one and the same value may differ in the last bit, as months do in length.
                    steady = np.allclose(a["lever"][1], a["lever"][-1], rtol=1e-12, atol=0.0, equal_nan=True)
                    same = a["lever"][:].tobytes() == b["lever"][:].tobytes()
                if steady:
                    # Means over a month of two halves may differ from one over the whole in the last bit: outcomes do not.
                    self.assertEqual(differences(whole, without_gap, (*TOLD, "lever"), TOLD_ATTRIBUTES), [])
                else:
                    self.assertFalse(same, "a policy to which time matters begins anew")

    def test_levers_are_monotone_in_strength(self):
        with h5py.File(self.base_levers) as file:
            neutral = file["lever"][1]
        for policy in IDS:
            with self.subTest(policy):
                last, moved = np.zeros_like(neutral), False
                for strength in (0.0, 0.25, 0.5, 0.75, 1.0):
                    file = self.live("monotone", entry(policy, strength=strength), levers=True)
                    with h5py.File(file) as f:
                        # Replacing levers show their target wherever they replace: as far from neutral as it may be.
                        distance = np.abs(np.where(np.isnan(f["lever"][1]), 0, f["lever"][1])
                                          - np.where(np.isnan(neutral), 0, neutral))
                        wages = f["cost_fen"][1].sum()
                    self.assertTrue(np.all(distance >= last - 1e-12), strength)
                    moved = moved or np.any(distance > last + 1e-12)
                    last = distance
                    if strength == 0.0:
                        free = wages
                self.assertTrue(moved)
                # Costs scale along: no policy comes for nothing but by taking staff away.
                self.assertNotEqual(wages, free)

    def test_only_the_levers_named_are_moved(self):
        with h5py.File(self.base_levers) as file:
            neutral = file["lever"][-1]
        for policy in POLICIES:
            with self.subTest(policy["id"]):
                with h5py.File(self.live("named", entry(policy["id"]), levers=True)) as file:
                    codes = [code.decode().split(".")[0] for code in file["lever_id"][:]]
                    lever = file["lever"][:]
                moved = {code for i, code in enumerate(codes)
                         if not all(np.array_equal(row[:, i], neutral[:, i], equal_nan=True) for row in lever[1:])}
                self.assertLessEqual(moved, set(policy["levers"]))
                self.assertTrue(moved)

    def test_all_policies_at_once_keep_exact_books(self):
        file = self.live("all", *(entry(policy, ramp_months=3, **{"from": '"2010-12-13"'}) for policy in IDS))
        with h5py.File(file) as f:
            data = {name: f[name][:].astype(np.int64) for name in
                    ("needs_arisen", "met_on_time", "met_late", "lapsed", "withdrawn", "open_needs")}
        ended = sum(data[name][1:] for name in ("met_on_time", "met_late", "lapsed", "withdrawn"))
        self.assertEqual(np.abs(data["needs_arisen"][1:] - ended - np.diff(data["open_needs"], axis=0)).max(), 0)

    def test_cases_of_a_desk_that_a_policy_ends_go_on(self):
        """Where a kind of desk loses all its hours, its cases go to others: none waits there until it lapses."""
        with h5py.File(self.live("ends", entry("sanshe_linkage", to='"2011-02-10"'))) as file:
            workers = list(file["desk_kind"].asstr()[:]).index("social_worker")
            self.assertGreater(file["backlog"][2, :, workers].sum(), 0)
            self.assertEqual(file["staff"][-1, :, workers].sum(), 0)
            self.assertEqual(file["backlog"][-1, :, workers].sum(), 0)

    def test_threads_and_storage_never_show(self):
        entries = [entry(policy, ramp_months=3, rollout="{ communities_per_month = 4; }", **{"from": '"2010-11-13"'})
                   for policy in IDS]
        one, other = self.live("one", *entries, levers=True), self.path("other.h5")
        done = command("run", self.path("one.cfg"), "-o", other, "--quiet", "--threads", "2", "--set", "run.storage=7")
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(one, "rb") as a, open(other, "rb") as b:
            self.assertEqual(a.read(), b.read())

    def test_unequal_replacements_are_refused(self):
        scenario = self.path("unequal.cfg")
        with open(scenario, "w", encoding="utf-8") as file:
            one = entry("grid_staffing", params="{ officers_per_grid = 1.0; }")
            two = entry("grid_staffing", params="{ officers_per_grid = 2.0; }")
            file.write(f'name = "unequal"; extends = "{BASELINE}";\nrun: {{ subdistricts = [ "{HERE}" ]; }};\n'
                       f"policies = ( {one}, {two} );\n")
        done = command("run", scenario, "-o", self.path("unequal.h5"), "--quiet")
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, "^wangge: policies: grid_staffing, grid_staffing#2: replace officers_per_grid by")


if __name__ == "__main__":
    unittest.main()
