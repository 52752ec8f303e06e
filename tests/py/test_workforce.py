#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Posts, the people in them and their hours: what adds up, what is paid, and what more turnover must do.

All runs share their luck, so that directions are not a matter of chance."""
import unittest

import h5py
import numpy as np

from runs import Folder, differences

PART = ("--set", 'run.subdistricts=["110108015000", "110108029000"]', "--set", "output.snapshot=[]")
KINDS = ("grid_team", "committee", "station", "social_worker", "city_team", "social_team", "order_team", "city_department",
         "social_department", "order_department")
CLERICAL = {"grid_team": 0.45, "committee": 0.56, "station": 0.45, "city_team": 0.3, "social_team": 0.31, "order_team": 0.3,
            "city_department": 0.3, "social_department": 0.3, "order_department": 0.3}
WAGES = np.array([4000, 3500, 3500, 4500, 6000, 6000, 6000, 7000, 7000, 7000])  # fen a month for a hundredth of a person
NEUTRAL = {"turnover": 0.0, "leave_days": 0.0, "training_days": 0.0, "novice_loss": 0.0, "travel_loss": 0.0}


def of_all(**values):
    return [word for kind in KINDS for name, value in values.items() for word in ("--set", f"desks.{kind}.{name}={value}")]


class Workforce(Folder):
    @classmethod
    def live(cls, name, *arguments, end="2011-11-01"):
        return cls.simulate(name, *PART, "--set", f"run.end={end}", *arguments)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.name = cls.live("base.h5", "--set", "output.place=community")
        with h5py.File(cls.name) as file:
            cls.data = {key: item[:] for key, item in file.items() if isinstance(item, h5py.Dataset)}
            cls.kinds = list(file["desk_kind"].asstr()[:])
        cls.days = np.diff(cls.data["time"])
        # Monday to Friday but for public holidays: as many as the hours of the officers' posts tell.
        posts = cls.data["posts"][1:, :, 0].sum(axis=1)
        cls.working_days = cls.data["person_minutes_posts"][1:, :, 0].sum(axis=1) / posts / 480

    def kind(self, name):
        return self.kinds.index(name)

    def test_hours_add_up(self):
        d = self.data
        self.assertTrue(np.array_equal(d["person_minutes_available"] + d["person_minutes_lost"].sum(axis=-1),
                                       d["person_minutes_posts"]))
        self.assertTrue((d["person_minutes_lost"] >= 0).all())
        self.assertTrue((d["person_minutes_used"] <= d["person_minutes_available"]).all())
        self.assertTrue((d["person_minutes_looking"] <= d["person_minutes_used"]).all())
        self.assertGreater(d["person_minutes_used"].sum(), 0)
        # 254 or so working days a year, whole ones; grids have whole posts, so that their hours are exact.
        self.assertTrue(np.array_equal(self.working_days, np.round(self.working_days)))
        self.assertTrue(245 < self.working_days.sum() < 260)
        whole = d["posts"][1:, :, 0] * 480 * self.working_days[:, None]
        self.assertTrue(np.array_equal(whole, d["person_minutes_posts"][1:, :, 0]))
        # Desks that stand alone in a community lose less than a minute a day to rounding.
        for kind in ("committee", "station"):
            k = self.kind(kind)
            whole = d["posts"][1:, :, k] * 480 * self.working_days[:, None]
            off = whole - d["person_minutes_posts"][1:, :, k]
            self.assertTrue((off > -1e-6).all() and (off <= self.working_days[:, None]).all())

    def test_staff_are_those_posts_that_are_filled(self):
        d = self.data
        self.assertTrue(np.array_equal(np.round(100 * d["posts"]), np.round(100 * (d["staff"] + d["vacancies"]))))
        grid = self.kind("grid_team")  # of one post each: people are posts
        change = np.diff(d["staff"][:, :, grid], axis=0)
        self.assertTrue(np.array_equal(change, d["hired"][1:, :, grid] - d["left"][1:, :, grid]))
        self.assertGreater(d["left"].sum(), 20)
        self.assertGreater(d["vacancies"].sum(), 0)
        known = d["staff"] > 0
        self.assertTrue(np.array_equal(known, ~np.isnan(d["experience"])))
        self.assertTrue((d["experience"][known] <= 1).all() and (d["experience"][known] >= 0.9 - 1e-4).all())
        # Vacant posts are lost hours, and nothing else is: an officer's desk that is vacant has none.
        vacant = (d["staff"][1:, :, grid] == 0) & (d["posts"][1:, :, grid] > 0)
        self.assertTrue(vacant.any())
        self.assertEqual(d["person_minutes_available"][1:, :, grid][vacant].sum(), 0)

    @staticmethod
    def owed(data):
        """Wages of the staff at the end of each month: they change on firsts of months only."""
        return (np.round(100 * data["staff"][1:]) * WAGES).sum(axis=-1).astype(np.int64)

    def test_wages_are_those_of_filled_posts(self):
        self.assertTrue(np.array_equal(self.owed(self.data), self.data["cost_fen"][1:, :, 0]))
        self.assertGreater(self.data["cost_fen"][:, :, 0].sum(), 0)
        with h5py.File(self.live("teams.h5")) as file:  # the subdistricts' own desks too
            self.assertEqual(file["cost_kind"].asstr()[0], "wages")
            self.assertTrue(np.array_equal(self.owed(file), file["cost_fen"][1:, :, 0]))

    def test_without_losses_hours_are_staff_times_minutes(self):
        with h5py.File(self.live("neutral.h5", *of_all(**NEUTRAL), "--set", "output.place=community")) as file:
            posts, available = file["posts"][1:], file["person_minutes_available"][1:]
            self.assertTrue(np.array_equal(file["staff"][:], file["posts"][:]))
            self.assertTrue((file["experience"][:][posts[:1].repeat(13, axis=0) > 0] == 1).all())
            self.assertEqual(file["hired"][:].sum() + file["left"][:].sum(), 0)
            loss = list(file["loss"].asstr()[:])
            lost = file["person_minutes_lost"][:].sum(axis=(0, 1, 2))
        for name, minutes in zip(loss, lost):
            self.assertEqual(minutes > 0, name == "office_work", name)
        for kind in ("committee", "station"):  # one desk to a community
            a_day = np.floor(np.round(100 * posts[:, :, self.kind(kind)]) * 480 / 100 * (1 - CLERICAL[kind]))
            self.assertTrue(np.array_equal(a_day * self.working_days[:, None], available[:, :, self.kind(kind)]))
        grids = np.round(posts[:, :, 0]) * 264 * self.working_days[:, None]
        self.assertTrue(np.array_equal(grids, available[:, :, 0]))

    def test_more_turnover_lowers_hours_and_experience(self):
        hours, experience, wages, transfers = [], [], [], []
        for rate in (0.0, 0.2, 1.0, 3.0):
            with h5py.File(self.live(f"turnover{rate}.h5", *of_all(turnover=rate), end="2012-11-01")) as file:
                hours.append(file["person_minutes_available"][:].sum())
                experience.append(np.nansum(file["experience"][1:] * file["staff"][1:]) / file["staff"][1:].sum())
                wages.append(file["cost_fen"][:].sum())
                transfers.append(file["transfers"][:].sum() / file["cases_filed"][:].sum())
        for falls in (hours, experience, wages):
            self.assertTrue(all(a > b for a, b in zip(falls, falls[1:])), falls)
        # Novices alone pass more on.
        passed = []
        for loss in (0.0, 0.5, 1.0):
            with h5py.File(self.live(f"novice{loss}.h5", *of_all(turnover=1.0, vacancy_months=0.0, novice_loss=loss))) as file:
                passed.append(file["transfers"][:].sum() / file["cases_filed"][:].sum())
        self.assertEqual(passed, sorted(passed))
        self.assertGreater(passed[2], 1.1 * passed[0])

    def test_each_loss_takes_hours(self):
        base = self.data["person_minutes_available"][..., :3].sum()  # of the desks that stand in a community
        for name, value in (("leave_days", 30.0), ("training_days", 20.0), ("vacancy_months", 6.0)):
            with h5py.File(self.live(f"{name}.h5", *of_all(**{name: value}))) as file:
                self.assertLess(file["person_minutes_available"][..., :3].sum(), 0.98 * base, name)

    def test_threads_and_storage_never_show(self):
        churn = of_all(turnover=4.0, vacancy_months=1.5, travel_loss=0.3) + ["--set", "desks.grid_team.staff=0.7"]
        one = self.live("one.h5", *churn, "--threads", "1")
        other = self.live("other.h5", *churn, "--threads", "2", "--set", "run.storage=7")
        self.assertEqual(differences(one, other), [])

    def test_days_away_beyond_a_year_are_refused(self):
        with self.assertRaisesRegex(AssertionError, "desks.station.leave_days: 300 days with training_days "
                                                    r"\(allowed: up to 250 together\)"):
            self.live("away.h5", "--set", "desks.station.leave_days=200.0", "--set", "desks.station.training_days=100.0")


if __name__ == "__main__":
    unittest.main()
