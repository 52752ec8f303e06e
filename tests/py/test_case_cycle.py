#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of a case as runs write it (docs/case-cycle.md): accounts that are exact, and what each rule of the way does.

What is compared is exact unless a test says otherwise; variants share the luck of the base."""
import unittest

import h5py
import numpy as np

from runs import Folder

PLACES = '["110108010000", "110108023000"]'
YEAR = slice(1, 13)


class Cycle(Folder):
    @classmethod
    def live(cls, name, *sets):
        options = [option for pair in (f"run.subdistricts={PLACES}", "run.end=2011-11-01", "output.snapshot=[]", *sets)
                   for option in ("--set", pair)]
        with h5py.File(cls.simulate(name + ".h5", *options)) as file:
            return {key: item.asstr()[:] if item.dtype.kind == "O" else item[:] for key, item in file.items()
                    if isinstance(item, h5py.Dataset)}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.base = cls.live("base")

    @staticmethod
    def year(run, name):
        return run[name][YEAR].sum(axis=(0, 1))

    def test_all_needs_are_accounted_for(self):
        b = self.base
        ended = sum(b[name].astype(np.int64) for name in ("met_on_time", "met_late", "lapsed", "withdrawn"))
        self.assertTrue((b["needs_arisen"].cumsum(0) == ended.cumsum(0) + b["open_needs"]).all())
        self.assertGreater(ended.sum(), 10000)

    def test_littles_law_in_integers(self):
        b = self.base
        self.assertTrue((b["need_days"].cumsum(0) == b["ended_need_days"].cumsum(0) + b["open_need_days"]).all())
        self.assertGreater(b["need_days"].sum(), 100000)

    def test_every_need_not_met_in_time_has_one_reason(self):
        b = self.base
        moved = list(b["reason"]).index("moved_by_policy")
        self.assertTrue((b["unmet_reason"].sum(-1) - b["unmet_reason"][..., moved] == b["met_late"] + b["lapsed"]).all())
        for reason in ("not_found", "lapsed", "misdirected", "queued_too_long", "returned"):
            self.assertGreater(b["unmet_reason"][..., list(b["reason"]).index(reason)].sum(), 0, reason)

    def test_hours_are_not_exceeded(self):
        b = self.base
        self.assertTrue((b["person_minutes_used"] <= b["person_minutes_available"]).all())
        losses = b["person_minutes_lost"].sum(-1)
        self.assertTrue((b["person_minutes_available"] + losses == b["person_minutes_posts"]).all())

    def test_response_times_give_a_median_within_a_twentieth(self):
        bins = self.base["delay_bin"].astype(float)
        low, high = bins[:-1], bins[1:] - 1  # whole days in the bin
        middle = (low + high) / 2
        wrong = np.maximum(middle - low, high - middle)
        self.assertTrue((wrong <= 0.05 * np.maximum(middle, 1e-9))[low > 0].all())
        self.assertTrue((self.base["response_time"].sum(-1) == self.base["closed"]).all())

    def test_nobody_verifies_where_nothing_is_to_be_verified(self):
        services = {key: "[]" for key in self.base["service"]}
        bare = self.live("unverified", *(f"services.{service}.verified_by={value}" for service, value in services.items()))
        self.assertEqual(bare["verified"].sum() + bare["returned"].sum(), 0)
        self.assertGreater(self.base["verified"].sum(), 1000)
        self.assertGreater(self.base["returned"].sum(), 50)
        # Verifying takes hours of desks that look, which then find less.
        self.assertLess(self.base["needs_found"].sum(), bare["needs_found"].sum())

    def test_returns_come_in_proportion(self):
        """Binomial: of some 90,000 verified cases 6 % come back; beyond 7 standard deviations once in 4e11 by chance. Power: a
        probability half a point off lies 6 deviations further out."""
        verified, returned = self.base["verified"].sum(), self.base["returned"].sum()
        self.assertLess(abs(returned - 0.06 * verified), 7 * np.sqrt(verified * 0.06 * 0.94))

    def test_without_misdirection_nothing_goes_astray(self):
        straight = self.live("straight", "dispatch.misroute=0.0")
        self.assertEqual(straight["misdirected"].sum(), 0)
        self.assertEqual(straight["unmet_reason"][..., list(straight["reason"]).index("misdirected")].sum(), 0)
        self.assertLess(straight["transfers"].sum(), self.base["transfers"].sum())

    def test_slow_acceptance_slows_what_departments_handle(self):
        slow = self.live("slow", "dispatch.acceptance_days=6.0")
        self.assertLess(self.year(slow, "closed_on_legal_time").sum() / self.year(slow, "closed").sum(),
                        self.year(self.base, "closed_on_legal_time").sum() / self.year(self.base, "closed").sum() - 0.01)

    def test_triage_spares_hand_offs(self):
        seen = self.live("seen", "dispatch.triage_accuracy=1.0", "dispatch.misroute=0.0")
        blind = self.live("blind", "dispatch.misroute=0.0")
        self.assertLess(seen["transfers"].sum(), 0.2 * blind["transfers"].sum())

    def test_load_awareness_levels_queues(self):
        """Officers have too little time: where loads are seen, cases that others can take as well go to them."""
        few = "desks.grid_team.staff=0.4"
        blind, aware = self.live("few", few), self.live("few_aware", few, "dispatch.load_aware=1.0")
        officers = list(self.base["desk_kind"]).index("grid_team")
        self.assertLess(aware["backlog"][-1, :, officers].sum(), 0.8 * blind["backlog"][-1, :, officers].sum())
        self.assertGreater(aware["met_due"].sum(), blind["met_due"].sum())

    def test_overdue_cases_escalate_where_desks_are_overloaded(self):
        few = "desks.grid_team.staff=0.3"
        up, never = self.live("up", few), self.live("never", few, "escalation.least_days=365")
        self.assertGreater(up["escalated"].sum(), 100)
        self.assertEqual(never["escalated"].sum(), 0)
        self.assertGreater(up["escalated"].sum(), 2 * self.base["escalated"].sum())

    def test_a_departments_staff_is_shared_out_exactly(self):
        for kind in ("city_department", "social_department", "order_department"):
            k = list(self.base["desk_kind"]).index(kind)
            posts = np.rint(self.base["posts"][1:, :, k] * 100).astype(int)
            self.assertEqual(len(set(posts.sum(axis=1))), 1, kind)
            self.assertGreater(len(set(posts[:, 0])), 1, kind)  # by the work that waits, it moves from month to month
        even = self.live("even", "quota.by_backlog=0.0")
        k = list(even["desk_kind"]).index("city_department")
        self.assertEqual(len(set(np.rint(even["posts"][2:, 0, k] * 100))), 1)


if __name__ == "__main__":
    unittest.main()
