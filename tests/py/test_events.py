#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event log and the snapshots of open needs: every case takes a way that the cycle has, every transition is there once (the log's
counts are the monthly variables'), what is open is what arose and has not ended. All of it exact: no false alarms."""
import subprocess
import sys
import unittest
import warnings

import h5py
import numpy as np
import pandas as pd
import xarray as xr

from runs import BASELINE, ROOT, Folder, command, differences

warnings.filterwarnings("ignore", "invalid value encountered in cast")
PLACES = [110108015000, 110108016000, 110108029000]
LOGGED = PLACES[::2]
DATES = ["2010-11-01", "2011-02-01", "2011-06-11"]
LOG = "output.events=[" + ", ".join(f'"{code}"' for code in LOGGED) + "]"
# More officers than one a grid, so that more is found; the run ends within a month.
SETTINGS = ("run.subdistricts=[" + ", ".join(f'"{code}"' for code in PLACES) + "]", "run.end=2011-06-11",
            "output.snapshot=[" + ", ".join(f'"{date}"' for date in DATES) + "]", "desks.grid_team.staff=1.4")

# What may follow what. Every case begins with `arise`; `close`, `lapse`, `withdraw` and `refuse` end it.
GONE = {"lapse", "withdraw"}
CYCLE = {
    "arise": {"report", "find"} | GONE,
    "report": {"file"},
    "find": {"file"},
    "file": {"dispatch"} | GONE,
    "dispatch": {"handle", "transfer", "escalate"} | GONE,
    "transfer": {"dispatch"} | GONE,
    "escalate": {"dispatch"},
    "handle": {"verify", "close", "list", "refuse"},
    "verify": {"return", "close", "list", "refuse"} | GONE,
    "return": {"dispatch"},
    "list": {"close"} | GONE,
    "close": set(), "lapse": set(), "withdraw": set(), "refuse": set(),
}
ENDS = {name for name, after in CYCLE.items() if not after}
SAME_DAY = {("report", "file"), ("find", "file"), ("handle", "close"), ("handle", "verify"), ("escalate", "dispatch"),
            ("return", "dispatch")}
OUTPUTS = {"arise": "needs_arisen", "find": "needs_found", "file": "cases_filed", "transfer": "transfers",
           "return": "returned", "escalate": "escalated", "close": "closed", "withdraw": "withdrawn"}


def names(variable):
    return variable.attrs["flag_meanings"].split()


def read(path, group, engine="h5netcdf"):
    """A group as pandas reads it, with names for numbers."""
    with xr.open_dataset(path, group=group, engine=engine) as data:
        frame = data.to_dataframe().reset_index()
        for name in data.variables:
            if "flag_meanings" in data[name].attrs:
                frame[name] = pd.Categorical.from_codes(frame[name], names(data[name]))
    return frame


def settings(*more):
    return [x for setting in (*SETTINGS, *more) for x in ("--set", setting)]


class Events(Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.whole = cls.simulate("log.h5", "--threads", "1", *settings(LOG))
        cls.log = read(cls.whole, "events")
        cls.file = h5py.File(cls.whole, "r")
        cls.months = pd.to_datetime("2010-11-01") + pd.to_timedelta(cls.file["time"][:], unit="D")
        before = cls.log.groupby("need", sort=False)
        cls.log["before"] = before.activity.shift()
        cls.log["day_before"] = before.day.shift()

        cls.needs = {date: read(cls.whole, "needs_" + date.replace("-", "")) for date in DATES[1:]}

    @classmethod
    def tearDownClass(cls):
        cls.file.close()
        super().tearDownClass()

    def test_every_case_takes_a_way_of_the_cycle(self):
        pairs = set(map(tuple, self.log[["before", "activity"]].astype(object).dropna().drop_duplicates().values))
        self.assertEqual([pair for pair in pairs if pair[1] not in CYCLE[pair[0]]], [])
        self.assertEqual(set(self.log.activity[self.log.before.isna()]), {"arise"})
        self.assertEqual(set(pd.Series(names_of(self.file["events/activity"]))), set(CYCLE))
        self.assertGreaterEqual(pairs, (SAME_DAY - {("handle", "close")}) | {("dispatch", "transfer"), ("transfer", "dispatch"), ("file", "dispatch"),
                                                   ("verify", "close"), ("verify", "return"), ("dispatch", "escalate"),
                                                   ("arise", "lapse"), ("arise", "withdraw"), ("dispatch", "withdraw")})

    def test_what_takes_no_time_takes_no_time(self):
        for before, after in SAME_DAY:
            rows = self.log[(self.log.before == before) & (self.log.activity == after)]
            self.assertTrue((rows.day == rows.day_before).all(), (before, after))

    def test_order(self):
        day = self.log.day.values
        self.assertTrue((np.diff(day) >= np.timedelta64(0)).all())
        key = self.log[["day", "subdistrict", "need"]]
        self.assertTrue((key.sort_values(["day", "subdistrict", "need"], kind="stable").index == key.index).all())
        self.assertEqual(set(self.log.subdistrict), set(LOGGED))
        self.assertTrue((self.log.community // 1000 * 1000 == self.log.subdistrict).all())
        what = self.log[["need", "service", "subdistrict", "community", "grid"]].drop_duplicates()
        self.assertTrue(what.need.is_unique)

    def counts(self, rows):
        """By month, subdistrict and service, as the variables of the root group."""
        month = np.searchsorted(self.months, rows.day.values, side="right")
        place = np.searchsorted(LOGGED, rows.subdistrict)
        found = np.zeros((len(self.months), len(LOGGED), self.file["service"].size), int)
        np.add.at(found, (month, place, rows.service.cat.codes.values), 1)
        return found

    def output(self, name):
        return self.file[name][:][:, np.searchsorted(self.file["subdistrict"][:], LOGGED)]

    def same(self, rows, *outputs):
        found, told = self.counts(rows), sum(self.output(name) for name in outputs)
        self.assertTrue((found == told).all(), (outputs, found.sum(), told.sum()))
        self.assertGreater(found.sum(), 0, outputs)

    def test_counts_are_those_of_the_monthly_variables(self):
        for activity, output in OUTPUTS.items():
            self.same(self.log[self.log.activity == activity], output)
        self.same(self.log[self.log.activity.isin(["lapse", "refuse"])], "lapsed")
        # Verified, and then not gone before the evening's decision on a continuing service.
        once = ~self.log.service.isin(["elder_care", "disability_support", "social_assistance"])
        found = self.counts(self.log[(self.log.before == "verify") & self.log.activity.isin(["close", "return"]) & once])
        told = self.output("verified") * (found.sum(axis=(0, 1)) > 0)
        self.assertTrue((found == told).all())
        self.assertGreater(found.sum(), 1000)
        reported = self.counts(self.log[self.log.activity == "report"])
        self.assertTrue((reported == self.output("cases_filed") - self.output("needs_found")).all())

    def test_what_is_open_is_what_has_not_ended(self):
        fate = {"arise": {"latent"}, "file": {"on_way"}, "dispatch": {"waiting"}, "transfer": {"on_way"},
                "verify": {"verifying"}, "list": {"listed"}}
        for date in DATES[1:]:
            with self.subTest(date=date):
                needs = self.needs[date]
                needs = needs[needs.subdistrict.isin(LOGGED)].set_index("need")
                past = self.log[self.log.day < date]
                last = past.groupby("need").last()
                standing = last[~last.activity.isin(ENDS)]
                self.assertEqual(set(standing.index), set(needs.index))
                self.assertGreater(len(needs), 5000)
                both = standing.join(needs, rsuffix="_snapshot")
                for activity, state in both[["activity", "state"]].drop_duplicates().astype(object).values:
                    self.assertIn(state, fate[activity])
                for name in ("service", "community", "grid"):
                    self.assertTrue((both[name].astype(object) == both[name + "_snapshot"].astype(object)).all(), name)
                waiting = both[both.activity == "dispatch"]
                self.assertTrue((waiting.desk_kind.astype(object) == waiting.desk_kind_snapshot.astype(object)).all())
                self.dates(past, needs)
                self.marks(past, needs)

    def dates(self, past, needs):
        """Of onset and filing."""
        for activity, column in (("arise", "arose"), ("file", "filed")):
            told = past[past.activity == activity].set_index("need").day.reindex(needs.index)
            self.assertTrue(((told == needs[column]) | (told.isna() & needs[column].isna())).all(), column)
        self.assertTrue((needs.filed.isna() == (needs.state == "latent")).all())
        self.assertTrue((needs.legal_due.isna() == needs.filed.isna()).all())
        self.assertTrue((needs.due > needs.arose).all())

    def marks(self, past, needs):
        def times(activity):
            return past[past.activity == activity].groupby("need").size().reindex(needs.index, fill_value=0)

        self.assertTrue((times("return") == needs.returns).all())
        self.assertTrue(((needs.returns > 0) == needs.returned).all())
        self.assertTrue((times("transfer").clip(upper=15) == needs.hand_offs).all())
        self.assertTrue(((times("escalate") > 0) == needs.escalated).all())
        self.assertTrue(((times("find") > 0) == (needs.channel == "found")).all())
        self.assertTrue(((times("report") > 0) == needs.channel.isin(["counter", "hotline", "online"])).all())
        self.assertTrue((needs.reports >= (times("report") > 0)).all())
        self.assertGreater(needs.reports.max(), 1)  # one nuisance, many reporters, one case

    def test_snapshots(self):
        self.assertNotIn("needs_20101101", self.file)  # nothing is open before the first day
        open_needs = self.file["open_needs"][:]
        for date in DATES[1:]:
            needs = self.needs[date]
            t = int(np.searchsorted(self.months, np.datetime64(date)))
            for i, code in enumerate(PLACES):
                here = needs[needs.subdistrict == code]
                self.assertTrue((np.diff(here.need.values) > 0).all() or (here.need.values[1:] > here.need.values[:-1]).all())
                self.assertTrue((np.bincount(here.service.cat.codes, minlength=open_needs.shape[2]) ==
                                 open_needs[t, i]).all())
            self.assertTrue((np.diff(needs.subdistrict) >= 0).all())
            people = self.file["residents_" + date.replace("-", "")]["resident"][:]
            of_somebody = needs[needs.resident != 0]
            self.assertTrue(np.isin(of_somebody.resident, people).all())
            self.assertTrue(of_somebody.age_band.notna().all())
            self.assertTrue((needs.work[needs.state == "waiting"] > 0).all())
            self.assertTrue((needs.desk_kind.isna() == (needs.state == "latent")).all())

    def test_threads_and_storage_never_show(self):
        for threads, storage in ((2, 0), (1, 7), (2, 7)):
            other = self.simulate("other.h5", "--threads", str(threads), *settings(LOG, f"run.storage={storage}"))
            self.assertEqual(differences(self.whole, other), [])

    def test_the_log_changes_nothing_else(self):
        without = self.simulate("without.h5", "--threads", "2", *settings())
        told = differences(self.whole, without, ignore_attributes=("configuration", "configuration_hash", "run_identity"))
        self.assertEqual({name.split("/")[0] for name in told}, {"events"})

    def test_readers_agree(self):
        for group in ("events", "needs_20110201"):
            pd.testing.assert_frame_equal(read(self.whole, group), read(self.whole, group, "netcdf4"))
        with xr.open_dataset(self.whole, group="events") as data:
            self.assertEqual(str(data.day.dtype), "datetime64[ns]")
            for name in ("activity", "service", "desk_kind"):
                self.assertEqual(len(names(data[name])), len(data[name].attrs["flag_labels_zh"].split()))
                self.assertEqual(data[name].attrs["flag_values"].tolist(), list(range(len(names(data[name])))))
                self.assertEqual(data[name].attrs["flag_values"].dtype, data[name].dtype)

    def test_the_example_runs(self):
        text = (ROOT / "docs" / "event-log.md").read_text(encoding="utf-8")
        code = text.split("```python\n")[1].split("```")[0]
        done = subprocess.run([sys.executable, "-c", code.replace("output/baseline.h5", self.whole)], capture_output=True,
                              text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"(?m)^arise +\d+")

    def test_unknown_codes(self):
        config = self.path("unknown.cfg")
        with open(config, "w", encoding="utf-8") as file:
            file.write('name = "x";\nrun: { subdistricts = [ "110108029000" ]; };\n'
                       'output: {\n  events = [ "110108029000", "110108015000" ];\n};\n')
        done = command("check", config)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(f"{config}:4: output.events: ", done.stderr)
        self.assertIn('"110108015000"', done.stderr)
        self.assertIn("110108029000", done.stderr)
        for code in ("", "-1", "x", "110108029001", "11010802900099999999999999"):
            done = command("check", BASELINE, "--set", f'output.events=["{code}"]')
            self.assertEqual(done.returncode, 2, code)
            self.assertIn(f'"{code}"', done.stderr)


def names_of(item):
    text = item.attrs["flag_meanings"]
    return (text.decode() if isinstance(text, bytes) else text).split()


if __name__ == "__main__":
    unittest.main()
