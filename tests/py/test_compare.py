#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`wangge compare` says of runs what a few lines of plain Python find in their files, and refuses what cannot be compared."""
import csv
import io
import json
import math
import os
import shutil
import statistics
import unittest

import h5py
import numpy as np

from runs import Folder, command

PLACES = '["110108001000","110108029000"]'
# In force in the first subdistrict from the second month on; the second waits for ten years.
SANSHE = ('policies=({ policy = "sanshe_linkage"; from = "2010-12-01"; strength = %s; '
          'rollout: { pilots = [ "110108001000" ]; after_months = 120; }; })')
T_95 = {1: 12.706204736432095, 2: 4.302652729696142}  # Student's t at 97.5 %, by degrees of freedom (tables)


def sums(path, name, service=None, place=None, last=False):
    """A variable's sum over the months (or the last one), of a service and a place or of all."""
    with h5py.File(path, "r") as file:
        data = file[name][()].astype(float)
        months = data[-1:] if last else data[1:]
        if place is not None:
            months = months[:, [place]]
        if service is not None:
            services = [code.decode() if isinstance(code, bytes) else code for code in file["service"][()]]
            months = months[:, :, [services.index(service)]]
        return float(months.sum())


def weighted(path, name):
    """A state of places, each resident counting once in each month; over further axes a plain mean."""
    with h5py.File(path, "r") as file:
        residents = file["residents"][()].astype(float)
        residents = residents.reshape(*residents.shape[:2], -1).sum(axis=2)[1:]
        state = file[name][()][1:]
        state = state.reshape(*state.shape[:2], -1).mean(axis=2)
        return float((state * residents).sum() / residents.sum())


def delays(path):
    with h5py.File(path, "r") as file:
        histogram = file["response_time"][()][1:].astype(float).sum(axis=(0, 1, 2))
        return histogram, file["delay_bin"][()].astype(float)


def mean_delay(path):
    histogram, least = delays(path)
    days = [(a + b - 1) / 2 for a, b in zip(least, least[1:])] + [least[-1]]
    return float((histogram * days).sum() / histogram.sum())


def median_delay(path):
    histogram, least = delays(path)
    half, before = histogram.sum() / 2, 0.0
    for i, count in enumerate(histogram):
        if before + count >= half and count:
            return least[i] + (least[i + 1] - least[i]) * (half - before) / count
        before += count
    raise AssertionError("no median")


def ended(path):
    return sums(path, "met_on_time") + sums(path, "met_late") + sums(path, "lapsed")


ORACLE = {
    "coverage": lambda p: 100 * sums(p, "met_due") / sums(p, "due"),
    "observed_coverage": lambda p: 100 * sums(p, "filed_met_due") / sums(p, "filed_due"),
    "elder_care_coverage": lambda p: 100 * sums(p, "met_due", "elder_care") / sums(p, "due", "elder_care"),
    "care_coverage": lambda p: 100 * sums(p, "care_days_served") / sums(p, "care_days_needed"),
    "met_on_time_share": lambda p: 100 * sums(p, "met_on_time") / ended(p),
    "lapsed_share": lambda p: 100 * sums(p, "lapsed") / ended(p),
    "on_time_closing": lambda p: 100 * sums(p, "closed_on_legal_time") / sums(p, "closed"),
    "response_time_mean": mean_delay,
    "response_time_median": median_delay,
    "access_coverage": lambda p: 100 * weighted(p, "access_coverage"),
    "satisfaction": lambda p: 100 * sums(p, "satisfied") / sums(p, "rated"),
    "trust": lambda p: 100 * weighted(p, "trust"),
    "disorder": lambda p: 100 * weighted(p, "disorder"),
    "needs_arisen": lambda p: sums(p, "needs_arisen"),
    "met_on_time": lambda p: sums(p, "met_on_time"),
    "lapsed": lambda p: sums(p, "lapsed"),
    "open_needs": lambda p: sums(p, "open_needs", last=True),
    "residents": lambda p: sums(p, "residents", last=True),
    "staff_use": lambda p: 100 * sums(p, "person_minutes_used") / sums(p, "person_minutes_available"),
    "cost": lambda p: sums(p, "cost_fen") / 100,
    "cost_per_met": lambda p: sums(p, "cost_fen") / 100 / sums(p, "met_on_time"),
}
UNTOLD = {"coverage_gini"}  # before twelve months have been lived


def compare(*arguments, **options):
    return command("compare", *arguments, **options)


class Compare(Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        common = ("--threads", "2", "--set", f"run.subdistricts={PLACES}")
        short = ("--set", "run.end=2011-02-01")
        cls.base = [cls.simulate(f"base-{r}.h5", *common, *short, "--replicate", str(r)) for r in range(3)]
        name = ("--set", "name=sanshe", "--set", "label=三社联动")
        cls.sanshe = [cls.simulate_with(f"sanshe-{r}.h5", SANSHE % "1.0", *common, *short, "--replicate", str(r), *name)
                      for r in range(3)]
        cls.idle = [cls.simulate_with(f"idle-{r}.h5", SANSHE % "0.0", *common, *short, "--replicate", str(r), "--set",
                                      "name=idle") for r in range(2)]
        cls.longer = cls.simulate("longer.h5", *common, "--set", "run.end=2011-01-01")
        cls.seeded = cls.simulate("seeded.h5", *common, *short, "--seed", "7")

    @classmethod
    def simulate_with(cls, name, policies, *arguments):
        """With a scenario of its own, as --set gives no new policies."""
        scenario = cls.path(name + ".cfg")
        with open(scenario, "w", encoding="utf-8") as file:
            file.write(f'extends = "{os.path.join(os.environ.get("WG_ROOT", "."), "scenarios", "baseline.cfg")}";\n'
                       f'name = "x";\n{policies.replace("policies=", "policies = ")};\n')
        done = command("run", scenario, "-o", cls.path(name), "--quiet", "--allow-outside", *arguments)
        if done.returncode:
            raise AssertionError(done.stderr)
        return cls.path(name)

    def told(self, *arguments):
        done = compare(*arguments, "--format", "json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)

    def outcomes(self, *arguments, variant=0):
        return {o["outcome"]: o for o in self.told(*arguments)["variants"][variant]["outcomes"]}

    def refused(self, *arguments, says=()):
        done = compare(*arguments)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stdout, "")
        for words in says:
            self.assertIn(words, done.stderr)
        for line in done.stderr.splitlines():
            self.assertRegex(line, "^(wangge|usage): ")

    def test_values_are_those_of_the_files(self):
        found = self.outcomes(*self.base, *self.sanshe)
        self.assertEqual(set(found), set(ORACLE) | UNTOLD)
        for name, value_of in ORACLE.items():
            base, value = [value_of(p) for p in self.base], [value_of(p) for p in self.sanshe]
            pairs = [b - a for a, b in zip(base, value)]
            told = found[name]
            with self.subTest(name):
                self.assertAlmostEqual(told["base"] / statistics.fmean(base), 1, 9)
                self.assertAlmostEqual(told["value"] / statistics.fmean(value), 1, 9)
                self.assertAlmostEqual(told["difference"], statistics.fmean(pairs), delta=1e-9 * abs(told["base"]))
                half = T_95[2] * statistics.stdev(pairs) / math.sqrt(3)
                self.assertAlmostEqual(told["luck"][1] - told["luck"][0], 2 * half, delta=1e-9 * abs(told["base"]))
                self.assertEqual((told["pairs"], told["missing"], told["replicates"], told["draws"]), (3, 0, 3, 1))
                self.assertEqual(told["same_bits"], all(x == 0 for x in pairs))
                unpaired, paired = statistics.variance(base) + statistics.variance(value), statistics.variance(pairs)
                if paired > 1e-9 * unpaired:
                    self.assertAlmostEqual(told["variance_ratio"], unpaired / paired, delta=1e-6 * unpaired / paired)
                    self.assertAlmostEqual(told["correlation"], np.corrcoef(base, value)[0, 1], 6)
                self.assertEqual(told["band"], [None, None])
        for name in UNTOLD:
            self.assertEqual((found[name]["difference"], found[name]["pairs"]), (None, 0))
        # It does something, or the comparison above would be empty.
        self.assertGreater(found["cost"]["difference"], 0)
        self.assertEqual(found["cost"]["sign"], 1)

    def test_cost_of_a_unit_only_where_the_sign_is_agreed(self):
        found = self.outcomes(*self.base, *self.sanshe)
        told = {name for name, o in found.items() if o["cost_per_unit"] is not None}
        self.assertEqual(told, {name for name, o in found.items() if o["sign"] and name != "cost"})
        self.assertTrue(told)
        for name in told:
            self.assertAlmostEqual(found[name]["cost_per_unit"] * found[name]["difference"] / found["cost"]["difference"],
                                   1, 9)
        # Of a single pair no sign is agreed.
        single = self.outcomes(self.base[0], self.sanshe[0])
        self.assertEqual({o["cost_per_unit"] for o in single.values()}, {None})
        self.assertEqual(single["cost"]["luck"], [None, None])

    def test_turned_round_the_signs_turn(self):
        one, other = self.outcomes(*self.base, *self.sanshe), self.outcomes(*self.sanshe, *self.base)
        for name, o in one.items():
            if o["pairs"]:
                self.assertEqual(other[name]["difference"], -o["difference"])
                self.assertEqual((other[name]["base"], other[name]["value"]), (o["value"], o["base"]))
                self.assertEqual(other[name]["sign"], -o["sign"])
                self.assertEqual(other[name]["runs_agree"], o["runs_agree"])
        # The same by name, in whatever order the files come.
        named = self.outcomes(*reversed(self.base), *self.sanshe, "--against", "sanshe")
        for name, o in other.items():
            self.assertEqual(named[name]["difference"], o["difference"])

    def test_no_strength_is_no_difference_to_the_bit(self):
        told = self.told(*self.base[:2], *self.idle)
        for o in told["variants"][0]["outcomes"]:
            if o["pairs"]:
                self.assertEqual((o["difference"], o["same_bits"], o["luck"], o["sign"]), (0, True, [0, 0], 0), o)
                self.assertIsNone(o["variance_ratio"])
                self.assertIsNone(o["runs_agree"])
        done = compare(*self.base[:2], *self.idle, "--lang", "en")
        self.assertIn("same bits", done.stdout)
        self.assertIn("coverage: no difference, 2 pairs of runs are equal to the bit.", done.stdout)
        self.assertEqual([(e["first"], e["second"], e["apart"]) for e in told["equal_costs"]], [("baseline", "idle", 0)])

    def test_a_replicate_without_its_pair_is_told(self):
        found = self.outcomes(*self.base, *self.sanshe[:2])
        self.assertEqual((found["coverage"]["pairs"], found["coverage"]["missing"]), (2, 1))
        two = self.outcomes(*self.base[:2], *self.sanshe[:2])
        for name, o in two.items():
            self.assertEqual(found[name]["difference"], o["difference"])
        self.assertIn("1 of 3 pairs of runs are missing", compare(*self.base, *self.sanshe[:2], "--lang", "en").stdout)

    def test_months_can_be_chosen(self):
        told = self.told(*self.base, *self.sanshe, "--from", "2010-12-15", "--to", "2011-02-01")
        self.assertEqual((told["from"], told["to"], told["months"]), ("2011-01-01", "2011-02-01", 1))
        due = []
        for path in self.base:
            with h5py.File(path, "r") as file:
                due.append(100 * file["met_due"][3].sum() / file["due"][3].sum())
        coverage = next(o for o in told["variants"][0]["outcomes"] if o["outcome"] == "coverage")
        self.assertAlmostEqual(coverage["base"], statistics.fmean(due), 9)
        self.refused(*self.base, *self.sanshe, "--from", "2015-01-01", says=["--from", "2010-11-01 to 2011-02-01"])

    def test_parts_are_parts(self):
        for by, count in (("place", 2), ("service", 17), ("network", 3), ("group", 26)):
            coverage = self.outcomes(*self.base, *self.sanshe, "--by", by)["coverage"]
            self.assertEqual(len(coverage["parts"]), count)
        place = {p["part"]: p for p in self.outcomes(*self.base, *self.sanshe, "--by", "place")["coverage"]["parts"]}
        for i, code in enumerate(("110108001000", "110108029000")):
            wanted = [100 * sums(p, "met_due", place=i) / sums(p, "due", place=i) for p in self.base]
            self.assertAlmostEqual(place[code]["base"], statistics.fmean(wanted), 9)
        service = {p["part"]: p for p in self.outcomes(*self.base, *self.sanshe, "--by", "service")["coverage"]["parts"]}
        whole = self.outcomes(*self.base, *self.sanshe)["elder_care_coverage"]
        self.assertEqual(service["elder_care"]["difference"], whole["difference"])
        needs = self.outcomes(*self.base, *self.sanshe, "--by", "network")["met_on_time"]
        self.assertAlmostEqual(sum(p["difference"] for p in needs["parts"]), needs["difference"], 6)
        group = {p["part"]: p for p in self.outcomes(*self.base, *self.sanshe, "--by", "group")["coverage"]["parts"]}
        self.assertAlmostEqual(group["urban"]["base"], self.urban(), 9)

    def urban(self):
        shares = []
        for path in self.base:
            with h5py.File(path, "r") as file:
                groups = [g.decode() if isinstance(g, bytes) else g for g in file["group"][()]]
                at = groups.index("urban")
                shares.append(100 * file["met_due_by_group"][1:, :, at].sum() / file["due_by_group"][1:, :, at].sum())
        return statistics.fmean(shares)

    def test_spillovers_are_by_where_it_is_in_force(self):
        found = self.outcomes(*self.base, *self.sanshe)["coverage"]["spillovers"]
        self.assertEqual([found[k]["places"] for k in ("treated", "same_subdistrict", "elsewhere")], [1, 0, 1])
        for i, key in enumerate(("treated", "elsewhere")):
            pairs = [100 * (sums(b, "met_due", place=i) / sums(b, "due", place=i) -
                            sums(a, "met_due", place=i) / sums(a, "due", place=i))
                     for a, b in zip(self.base, self.sanshe)]
            self.assertAlmostEqual(found[key]["difference"], statistics.fmean(pairs), 9)
        self.assertEqual(found["same_subdistrict"]["pairs"], 0)

    def test_what_cannot_be_compared_is_refused_with_the_keys(self):
        self.refused(self.base[0], self.longer, says=["run.end", '"2011-02-01", "2011-01-01"'])
        self.refused(self.base[0], self.seeded, says=["run.seed: 1, 7"])
        self.refused(self.base[0], self.base[1], says=["replicates of one variant"])
        self.refused(self.base[0], self.base[0], says=["the same run"])
        self.refused(self.base[0], self.sanshe[1], says=["no run.replicate in common"])
        self.refused(*self.base, *self.sanshe, "--against", "nobody", says=["nobody", "baseline, sanshe"])
        older, later = self.path("older.h5"), self.path("later.h5")
        shutil.copy(self.sanshe[0], older)
        with h5py.File(older, "r+") as file:
            file.attrs["program_version"] = "0.0.9"
        self.refused(self.base[0], older, says=["program_version", "0.0.9"])
        shutil.copy(self.sanshe[0], later)
        with h5py.File(later, "r+") as file:
            file["time"][1] += 1
        self.refused(self.base[0], later, says=["axes `time` differ"])

    def test_wrong_usage_is_told(self):
        self.refused(says=["usage: wangge compare"])
        self.refused(self.base[0], says=["holds one run"])
        self.refused(self.folder.name, says=["is not a study's folder"])
        self.refused(*self.base, *self.sanshe, "--outcome", "covrage", says=['did you mean "coverage"'])
        self.refused(*self.base, *self.sanshe, "--by", "luck", says=["place, service, network, group"])
        self.refused(*self.base, *self.sanshe, "--format", "xml", says=["text, csv, json"])
        self.refused(*self.base, *self.sanshe, "--from", "yesterday", says=["YYYY-MM-DD"])
        self.refused(self.base[0], self.path("absent.h5"), says=["absent.h5"])
        with open(self.path("text.h5"), "w", encoding="utf-8") as file:
            file.write("not HDF5")
        self.refused(self.base[0], self.path("text.h5"), says=["text.h5: is not an HDF5 file"])

    def test_a_study_that_has_only_begun(self):
        folder = self.path("begun")
        os.mkdir(folder)
        open(os.path.join(folder, "journal"), "wb").close()
        self.refused(folder, says=["no study.h5 yet", "wangge status", "wangge batch"])

    def test_csv_says_what_json_says(self):
        done = compare(*self.base, *self.sanshe, "--format", "csv", "--by", "network")
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        told = self.told(*self.base, *self.sanshe, "--by", "network")["variants"][0]
        self.assertEqual({len(row) for row in rows}, {len(rows[0])})
        self.assertNotIn(None, rows[0].values())
        wholes = {row["outcome"]: row for row in rows if row["kind"] == "all"}
        for o in told["outcomes"]:
            row = wholes[o["outcome"]]
            for key in ("base", "value", "difference", "runs_agree", "correlation"):
                self.assertEqual(float(row[key]) if row[key] else None, o[key])
            self.assertEqual([float(row[k]) if row[k] else None for k in ("luck_low", "luck_high")], o["luck"])
            self.assertEqual({r["part"] for r in rows if r["outcome"] == o["outcome"] and r["kind"] == "network"},
                             {"city", "social", "order"})
        self.assertEqual({r["part"] for r in rows if r["kind"] == "spillover"},
                         {"treated", "same_subdistrict", "elsewhere"})

    def test_text_speaks_both_languages(self):
        english = compare(*self.base, *self.sanshe, "--lang", "en").stdout
        chinese = compare(*self.base, *self.sanshe, "--lang", "zh").stdout
        self.assertIn("cost rises ", english)
        self.assertIn("支出上升 ", chinese)
        for text in (english, chinese):
            self.assertIn("policies.sanshe_linkage.params.social_workers = 1.0", text)
            self.assertIn("三社联动", text)
            self.assertNotIn("significan", text.lower())
            self.assertNotIn("nan", text.lower().replace("finan", ""))
            self.assertNotRegex(text, r"\bp\s*[=<]")
        self.assertNotRegex(chinese.replace("luck only", ""), "outcome|difference|replicates")
        only = compare(*self.base, *self.sanshe, "--outcome", "trust", "--lang", "en").stdout
        self.assertIn("trust", only)
        self.assertNotIn("disorder", only)

    def test_the_file_is_ready_to_be_drawn(self):
        path = self.path("comparison.h5")
        told = self.outcomes(*self.base, *self.sanshe, "-o", path)
        import xarray as xr
        with xr.open_dataset(path) as data:
            self.assertEqual(data.difference.dims, ("variant", "outcome", "part"))
            for name, o in told.items():
                found = data.difference.sel(variant="sanshe", outcome=name, part="all").item()
                self.assertTrue(found == o["difference"] or (o["difference"] is None and math.isnan(found)))
            series = data.series_difference.sel(variant="sanshe", outcome="coverage").values
            self.assertEqual(series.shape, (4,))
            self.assertTrue(np.isnan(series[0]) and np.isfinite(series[1:]).all())
            low, high = (data[k].sel(variant="sanshe", outcome="coverage").values for k in ("series_low", "series_high"))
            self.assertTrue((low[1:] <= series[1:]).all() and (series[1:] <= high[1:]).all())
            self.assertEqual(str(data.time.values[-1])[:10], "2011-02-01")
        again = self.path("again.h5")
        self.outcomes(*self.base, *self.sanshe, "-o", again)
        with open(path, "rb") as one, open(again, "rb") as other:
            self.assertEqual(one.read(), other.read())


if __name__ == "__main__":
    unittest.main()
