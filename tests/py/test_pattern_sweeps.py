#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sweeps of docs/patterns.md, patterns 1 to 5: their direction and shape, in one subdistrict. No sizes.

Runs share their luck, so that directions are no matter of chance; tolerances are for what luck two settings do not share."""
import sys
import unittest

import numpy as np

from runs import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import patterns  # noqa: E402
import ranking  # noqa: E402
from sweep import Sweep  # noqa: E402

PART = ["110108029000"]  # 苏家坨: villages


def column(rows, key, **where):
    return [row[key] for row in rows if all(row[k] == v for k, v in where.items())]


class PatternSweeps(unittest.TestCase):
    @classmethod
    def tearDownClass(cls):
        for sweep in (cls.sweep, cls.three):
            sweep.folder.cleanup()

    @classmethod
    def setUpClass(cls):
        cls.sweep = Sweep(PART, "2012-11-01")
        cls.base = patterns.Base(cls.sweep)
        cls.three = Sweep(PART, "2013-11-01")
        cls.base_of_three = patterns.Base(cls.three)

    def assert_rising(self, values, least=0.0):
        self.assertTrue((np.diff(values) > least).all(), values)

    def assert_concave(self, places, values):
        """Each further step gives less."""
        slopes = np.diff(values) / np.diff(places)
        self.assertTrue((np.diff(slopes) < 0).all(), slopes)

    # ---- 1 ----

    def test_more_staff_gives_ever_less(self):
        rows = patterns.officers_sweep(self.sweep, [0.5, 1.0, 2.0, 4.0])
        self.assert_rising(column(rows, "coverage"), 0.002)
        self.assert_concave(column(rows, "officers"), column(rows, "coverage"))

    def test_below_the_load_queues_grow_without_bound(self):
        rows = patterns.load_sweep(self.three, self.base_of_three, [0.1, 0.2, 0.5, 1.0, 2.0])
        self.assertLess(np.ptp(column(rows, "filed")), 0.002)  # the same cases are offered to all
        for row in rows:
            first, last = row["growth"][0], row["growth"][-1]
            if row["hours_by_work"] < 0.9:
                self.assertTrue(0.8 < last / first < 1.1, row)  # as much in the third year as in the first; people leave
                self.assertTrue(0.85 < last / row["growth"][1] < 1.15, row)
                self.assertGreater(row["backlog"][-1], 4 * row["backlog_lapsing"][-1])  # only lapsing bounds it
                self.assertLess(row["backlog_lapsing"][-1], 1.2 * row["backlog_lapsing"][24])
            if row["shortest"] > 1.3:
                self.assertLess(abs(last), 0.05 * rows[0]["growth"][-1])
        self.assertTrue(any(row["hours_by_work"] < 0.9 for row in rows) and any(row["shortest"] > 1.3 for row in rows))
        coverage = column(rows, "coverage")
        self.assert_rising(coverage)
        self.assert_concave([0.5, 1.0, 2.0], coverage[2:])

    # ---- 2 ----

    def test_patrol_first_raises_cases_filed_then_coverage(self):
        rows = patterns.patrol_sweep(self.sweep, self.base, [1.0, 1.5, 2.0])
        self.assertEqual(len(set(column(rows, "arisen"))), 1)  # rates of needs are fixed
        for who in ("both", "patrol"):
            self.assert_rising(column(rows, "patrol", who=who), 1.0)
            self.assert_rising(column(rows, "filed", who=who), 0.01)
            self.assert_concave(column(rows, "patrol", who=who), column(rows, "filed", who=who))
        filed, coverage = patterns.rise(rows, 2.0, months=8)
        self.assertGreater(filed[0], 1.1)  # the stock of what nobody knew of comes first
        self.assertLess(coverage[0], 0.9)
        self.assert_rising(column(rows, "coverage", who="both"), 0.005)
        # Who only finds helps less than who handles as well, and what officials see falls.
        self.assertLess(column(rows, "coverage", who="patrol")[-1], column(rows, "coverage", who="both")[-1] - 0.02)
        self.assertLess(column(rows, "observed", who="patrol")[-1], column(rows, "observed", who="patrol")[0] - 0.1)

    # ---- 3 ----

    def test_fusing_the_networks_shortens_response_in_equal_hours(self):
        rows = patterns.network_sweep(self.sweep, [0.0, 0.15, 0.3], [0.0, 0.5, 1.0])
        self.assertEqual(len({tuple(row["hours"]) for row in rows}), 1)
        apart, fused = (np.array(column(rows, "days", what=what)) for what in ("apart", "fused"))
        self.assert_rising(apart, 0.2)
        self.assert_rising(column(rows, "transfers", what="apart"), 0.05)
        self.assert_rising((apart - fused)[1:], 0.2)  # the more is misdirected, the more is saved
        self.assertLess(abs(apart[0] - fused[0]), 0.5 * (apart - fused)[1])
        self.assert_rising(-np.array(column(rows, "days", what="strength")), 0.02)
        self.assert_rising(-np.array(column(rows, "transfers", what="strength")), 0.02)

    # ---- 4 ----

    def test_hours_taken_are_missing_whatever_for(self):
        rows = patterns.taken_sweep(self.sweep, self.base, [0.0, 0.3, 0.6])
        for what in ("event", "office"):
            hours = np.array(column(rows, "hours", what=what))
            np.testing.assert_allclose(hours / hours[0], [1.0, 0.7, 0.4], atol=0.01)
            self.assert_rising(-np.array(column(rows, "coverage", what=what)), 0.01)
            self.assert_rising(-np.array(column(rows, "found", what=what)), 0.02)
            self.assert_rising(column(rows, "days", what=what), 0.1)
        np.testing.assert_allclose(column(rows, "coverage", what="event"), column(rows, "coverage", what="office"),
                                   atol=0.003)

    # ---- 5 ----

    def test_trust_feeds_on_handling_and_does_not_run_away(self):
        rows = patterns.trust_sweep(self.three, self.base_of_three, [0.0, 5.0, 10.0])
        trust, reported = ({how: np.array(column(rows, key, handling=how)) for how in ("good", "bad")}
                           for key in ("trust_by_year", "reported_by_year"))
        np.testing.assert_array_equal(trust["good"][0], trust["bad"][0])  # channels closed: nothing is left of either
        np.testing.assert_array_equal(reported["good"][0], reported["bad"][0])
        for year in (1, 2):
            self.assert_rising(trust["good"][:, year], 0.002)
            self.assert_rising(-trust["bad"][:, year], 0.002)
            self.assert_rising(reported["good"][:, year])
            self.assert_rising(-reported["bad"][:, year])
        for how in trust:  # each year moves less than the one before it
            moved = np.abs(np.diff(trust[how][1:] - trust[how][0], axis=1))
            self.assertTrue((moved[:, 1] < 0.7 * moved[:, 0]).all(), moved)
            self.assertTrue(((trust[how] > 0.3) & (trust[how] < 0.7)).all())

    def test_disorder_feeds_on_handling_and_does_not_run_away(self):
        rows = patterns.disorder_sweep(self.three, self.base_of_three, (0.0, 1.0, None))
        if not rows:
            self.skipTest("this program has no disorder")
        arisen = {how: np.array(column(rows, "arisen_by_year", handling=how), dtype=float) for how in ("good", "bad")}
        np.testing.assert_array_equal(arisen["good"][0], arisen["bad"][0])  # no gain: nothing is left of it
        for year in (1, 2):
            self.assert_rising(-arisen["good"][:, year])
            self.assert_rising(arisen["bad"][:, year])
        self.assertTrue(0.9 < max(column(rows, "loop")) < 1.0)
        for how in arisen:  # near the bound, too, the third year differs from the second no more than without gain
            change = arisen[how][:, 2] / arisen[how][:, 1]
            np.testing.assert_allclose(change, change[0], atol=0.01)
            level = np.array(column(rows, "disorder_by_year", handling=how))
            self.assertTrue(((level > 0.05) & (level < 0.95)).all(), level)


class FiledShare(unittest.TestCase):
    """What docs/ranking.md asks of the range of needs.filed_share."""

    def test_fewer_needs_behind_the_same_filings(self):
        """The volume filed stays near what it is set to, and coverage rises with the share of needs that are filed."""
        sets, told = ranking.settings_for_all()  # raises where a share of the range cannot be run
        self.assertEqual(bool(sets), "refused" in told)
        self.assertEqual((min(ranking.SHARES), max(ranking.SHARES)), (0.2, 0.6))
        sweep = Sweep(PART, "2012-11-01")
        self.addCleanup(sweep.folder.cleanup)
        runs = sweep.live_all({s: ("", [f"needs.filed_share={s}", *sets]) for s in (0.2, 0.35, 0.6)})
        arisen, filed, coverage = (np.array([f(run) for run in runs.values()]) for f in (
            lambda run: run.a_year("needs_arisen", patterns.LATER), lambda run: run.a_year("cases_filed", patterns.LATER),
            lambda run: run.coverage(patterns.LATER)))
        np.testing.assert_allclose(arisen / arisen[0], [1.0, 0.2 / 0.35, 0.2 / 0.6], rtol=0.05)
        np.testing.assert_allclose(filed / filed[1], 1.0, atol=0.12)
        self.assertTrue((np.diff(coverage) > 0.03).all(), coverage)


if __name__ == "__main__":
    unittest.main()
