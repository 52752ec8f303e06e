#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`wangge compare` of a study's file, made up so that everything it ought to say is known."""
import json
import os
import shutil
import tempfile
import unittest

import h5py
import numpy as np

from runs import command

VARIANTS = ["baseline", "more", "same_cost", "idle"]
DRAWS, REPLICATES, TIME = 12, 9, 14
COMMUNITIES = [110108001001, 110108001002, 110108001003, 110108002001, 110108002002]
SERVICES = ["sanitation", "elder_care"]
PARAMETERS = ["finding.share", "services.elder_care.mix", "policies.sanshe_linkage.params.skill"]
POLICIES = ["sanshe_linkage", "duty_list"]
MISSING = [(1, 3, 4), (0, 5, 8)]  # a run of `more`, and one of the baseline


def configuration(name, policies, finding="0.3"):
    entries = ",\n".join(f'  {{\n    policy = "{policy}";\n    strength = 1.0;\n    params: {{\n      {key} = {value};\n'
                         f'    }};\n  }}' for policy, key, value in policies)
    listed = f"policies = (\n{entries}\n);\n" if policies else "policies = ();\n"
    return (f'name = "{name}";\nlabel = "";\nrun: {{\n  start = "2010-11-01";\n  seed = 1;\n  replicate = 0;\n}};\n'
            f'finding: {{\n  share = {finding};\n}};\n'
            f'services: {{\n  sanitation: {{\n    network = "city";\n  }};\n'
            f'  elder_care: {{\n    network = "social";\n  }};\n}};\n{listed}')


def make(path, **changes):
    """The file, and what it is made of."""
    rng = np.random.default_rng(5)
    shape = (len(VARIANTS), DRAWS, REPLICATES)
    value = rng.uniform(size=(DRAWS, len(PARAMETERS)))
    luck = rng.normal(size=(DRAWS, REPLICATES))
    due = np.full(shape + (TIME, len(COMMUNITIES), len(SERVICES)), 1000.0)
    met = np.empty_like(due)
    # `more` rises with the third parameter, and only where it is in force; `same_cost` falls a little everywhere.
    met[...] = 500.0 + 20.0 * luck[None, :, :, None, None, None]
    met[1, :, :, 1:, :2] += (10.0 + 40.0 * value[:, 2])[:, None, None, None, None] + rng.normal(
        size=(DRAWS, REPLICATES))[:, :, None, None, None]
    met[2] -= 5.0 + rng.normal(size=(DRAWS, REPLICATES))[:, :, None, None, None]
    due[:, :, :, 0] = met[:, :, :, 0] = 0.0
    cost = np.full(shape + (TIME, len(COMMUNITIES), 1), 1e6)
    cost[1] += 2e5
    cost[2] += 1.99e5
    cost[..., 0, :, :] = 0.0
    adopted = np.full(shape + (len(COMMUNITIES), len(POLICIES)), np.nan)
    adopted[1, :, :, :2, 0] = 30.0
    adopted[2, :, :, :, 1] = 60.0
    status = np.ones(shape, dtype="i1")
    for cell in MISSING:
        status[cell] = 2
        for array in (due, met, cost):
            array[cell] = np.nan
    params = np.broadcast_to(value, (len(VARIANTS),) + value.shape).copy()
    params[[0, 2, 3], :, 2] = np.nan
    texts = [configuration("baseline", []), configuration("more", [("sanshe_linkage", "skill", "0.2")]),
             configuration("same_cost", [("duty_list", "returns", "0.7")]), configuration("idle", [])]
    days = [(np.datetime64("2010-11", "M") + i).astype("datetime64[D]").astype(int) for i in range(TIME)]
    contents = {"met_due": met, "met_on_time": met, "due": due, "cost_fen": cost, "adopted": adopted, "status": status,
                "parameter_value": params, "configuration": texts, "compared_with": ["baseline"] * len(VARIANTS),
                "variant": VARIANTS, "time": np.array(days, dtype=float) - days[0]}
    contents.update(changes)
    write(path, contents)
    return contents


def write(path, contents):
    text = h5py.string_dtype("utf-8")
    axes = {"variant": contents["variant"], "draw": np.arange(DRAWS), "replicate": np.arange(REPLICATES),
            "time": contents["time"], "community": np.array(COMMUNITIES), "service": SERVICES,
            "cost_kind": ["wages"], "policy": POLICIES, "parameter": PARAMETERS}
    cells = ("variant", "draw", "replicate")
    places = cells + ("time", "community")
    variables = {"due": places + ("service",), "met_due": places + ("service",), "met_on_time": places + ("service",),
                 "cost_fen": places + ("cost_kind",), "adopted": cells + ("community", "policy"), "status": cells,
                 "parameter_value": ("variant", "draw", "parameter"), "configuration": ("variant",),
                 "compared_with": ("variant",)}
    with h5py.File(path, "w") as file:
        file.attrs["source"], file.attrs["program_version"] = "wangge, made up", "0.1.0"
        for name, values in axes.items():
            is_text = isinstance(values, list)
            file.create_dataset(name, data=values, dtype=text if is_text else None)
            file[name].make_scale(name)
        for name, dimensions in variables.items():
            values = contents[name]
            file.create_dataset(name, data=values, dtype=text if isinstance(values, list) else None)
            for i, dimension in enumerate(dimensions):
                file[name].dims[i].attach_scale(file[dimension])
        for name in ("time", "adopted"):
            file[name].attrs["units"] = "days since 2010-11-01"


def compare(*arguments):
    return command("compare", *arguments)


class CompareStudy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.study = os.path.join(cls.folder.name, "study")
        os.mkdir(cls.study)
        cls.path = os.path.join(cls.study, "study.h5")
        cls.contents = make(cls.path)
        cls.all = cls.told(cls.study)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def told(cls, *arguments):
        done = compare(*arguments, "--format", "json")
        if done.returncode or done.stderr:
            raise AssertionError(done.stderr)
        return json.loads(done.stdout)

    def outcome(self, variant, name="coverage", told=None):
        variant = next(v for v in (told or self.all)["variants"] if v["variant"] == variant)
        return next(o for o in variant["outcomes"] if o["outcome"] == name)

    def coverage(self, places=slice(None)):
        """By variant, draw and replicate, over the last twelve months."""
        met, due = (self.contents[k][:, :, :, -12:, places].sum(axis=(3, 4, 5)) for k in ("met_due", "due"))
        return 100 * met / due

    def test_the_band_leads_and_luck_stands_beside_it(self):
        coverage = self.coverage()
        for i, name in ((1, "more"), (2, "same_cost")):
            pairs = coverage[i] - coverage[0]
            draws = np.nanmean(pairs, axis=1)
            told = self.outcome(name)
            self.assertAlmostEqual(told["difference"], draws.mean(), 9)
            np.testing.assert_allclose(told["band"], np.quantile(draws, [0.05, 0.95]), rtol=1e-9)
            np.testing.assert_allclose([told["draw_least"], told["draw_most"]], [draws.min(), draws.max()], rtol=1e-9)
            whole = pairs[:, np.isfinite(pairs).all(axis=0)].mean(axis=0)
            missing = int(np.isnan(pairs).sum())
            self.assertEqual((told["missing"], told["pairs"]), (missing, pairs.size - missing))
            self.assertEqual((told["draws"], told["replicates"]), (DRAWS, len(whole)))
            # Student's t at 97.5 %, by tables, of seven or eight replicates.
            t = {7: 2.4469118511449692, 8: 2.3646242515927844}[len(whole)]
            half = t * whole.std(ddof=1) / np.sqrt(len(whole))
            np.testing.assert_allclose(told["luck"], draws.mean() + np.array([-half, half]), rtol=1e-9)
            self.assertEqual(told["luck_bootstrap"] == [None, None], len(whole) < 8)
            self.assertAlmostEqual(told["runs_agree"], np.mean(np.sign(pairs[np.isfinite(pairs)]) == np.sign(draws.mean())))
            self.assertAlmostEqual(told["draws_agree"], np.mean(np.sign(draws) == np.sign(draws.mean())))

    def test_common_luck_is_told(self):
        coverage = self.coverage()
        x, y = coverage[0], coverage[1]
        there = np.isfinite(x) & np.isfinite(y)
        parts = np.zeros(4)
        for d in range(DRAWS):
            a, b = x[d][there[d]], y[d][there[d]]
            parts += [((a - a.mean())**2).sum(), ((b - b.mean())**2).sum(), ((a - a.mean()) * (b - b.mean())).sum(),
                      ((b - a - (b - a).mean())**2).sum()]
        told = self.outcome("more")
        self.assertAlmostEqual(told["correlation"], parts[2] / np.sqrt(parts[0] * parts[1]), 9)
        self.assertAlmostEqual(told["variance_ratio"] / ((parts[0] + parts[1]) / parts[3]), 1, 6)
        self.assertGreater(told["variance_ratio"], 10)

    def test_what_it_leans_on_is_named(self):
        self.assertEqual([p["parameter"] for p in self.outcome("more")["leans_on"]], [PARAMETERS[2]])
        self.assertEqual(self.outcome("more")["parameters_told"], 3)
        self.assertEqual(self.outcome("same_cost")["leans_on"], [])
        self.assertEqual(self.outcome("same_cost")["parameters_told"], 2)
        assumed = next(v for v in self.all["variants"] if v["variant"] == "more")["assumes"]
        self.assertEqual(assumed, [{"parameter": PARAMETERS[2], "value": "0.2", "drawn": True}])

    def test_spillovers_by_communities_are_exact(self):
        told = self.outcome("more")["spillovers"]
        for key, places in (("treated", [0, 1]), ("same_subdistrict", [2]), ("elsewhere", [3, 4])):
            coverage = self.coverage(places)
            pairs = coverage[1] - coverage[0]
            self.assertEqual(told[key]["places"], len(places))
            self.assertAlmostEqual(told[key]["difference"], np.nanmean(pairs, axis=1).mean(), 9)
        self.assertTrue(told["elsewhere"]["same_bits"])
        everywhere = self.outcome("same_cost")["spillovers"]
        self.assertEqual([everywhere[k]["places"] for k in ("treated", "same_subdistrict", "elsewhere")], [5, 0, 0])

    def test_equal_costs_stand_side_by_side(self):
        pairs = {(e["first"], e["second"]): e for e in self.all["equal_costs"]}
        self.assertEqual(set(pairs), {("more", "same_cost"), ("baseline", "idle")})
        e = pairs["more", "same_cost"]
        self.assertAlmostEqual(e["apart"], 1e3 / 1.2e6, 9)
        found = next(o for o in e["outcomes"] if o["outcome"] == "coverage")
        coverage = self.coverage()
        self.assertAlmostEqual(found["difference"], np.nanmean(coverage[2] - coverage[1], axis=1).mean(), 9)

    def test_cost_of_a_point(self):
        told, cost = self.outcome("more"), self.outcome("more", "cost")
        self.assertAlmostEqual(cost["difference"], 12 * 5 * 2e5 / 100, 6)
        self.assertAlmostEqual(told["cost_per_unit"], cost["difference"] / told["difference"], 6)
        self.assertIsNone(self.outcome("idle")["cost_per_unit"])

    def test_a_sentence_that_can_be_quoted(self):
        said = compare(self.study, "--lang", "en").stdout
        self.assertRegex(said, r"- coverage rises [\d.]+ points \(band \+[\d.]+ to \+[\d.]+ over 12 draws of 3 assumed "
                               r"parameters; luck only ± [\d.]+ over 7 replicates\), at [\d,]+ yuan per further met need; "
                               r"it leans on policies\.sanshe_linkage\.params\.skill\.\n")
        self.assertRegex(said, r"- 2 of 108 pairs of runs are missing; the luck-only intervals rest on the 7 replicates")
        self.assertIn("Spillovers cannot be told: it is in force in every community.", said)
        said = compare(self.study, "--lang", "zh").stdout
        self.assertRegex(said, r"· 需求覆盖率上升 [\d.]+ 个百分点（12 组假设参数取值（3 个参数）下的区间为 \+[\d.]+ 至 \+[\d.]+；"
                               r"7 次重复中仅由偶然造成的误差 ± [\d.]+），每多按期满足一件需求支出 [\d,]+ 元；结果取决于 "
                               r"policies\.sanshe_linkage\.params\.skill。\n")
        self.assertIn("缺 2 对运行（共 108 对）", said)

    def test_columns_line_up(self):
        """A Chinese character takes two cells."""
        for lang in ("en", "zh"):
            lines = compare(self.study, "--lang", lang).stdout.splitlines()
            at = next(i for i, line in enumerate(lines) if line.startswith(("outcome", "指标")))
            ends = {sum(2 if ord(c) > 0x2e7f else 1 for c in line[:line.rindex("%") + 1])
                    for line in lines[at + 1:at + 2] if "%" in line}
            head = sum(2 if ord(c) > 0x2e7f else 1 for c in lines[at])
            self.assertEqual(ends, {head})

    def test_any_variant_can_be_what_others_are_held_against(self):
        told = self.told(self.study, "--against", "more")
        self.assertEqual([v["variant"] for v in told["variants"]], ["baseline", "same_cost", "idle"])
        self.assertEqual(self.outcome("baseline", told=told)["difference"], -self.outcome("more")["difference"])

    def test_those_that_differ_in_more_than_policies_are_refused(self):
        path = os.path.join(self.folder.name, "swept.h5")
        texts = list(self.contents["configuration"])
        texts[2] = configuration("same_cost", [("duty_list", "returns", "0.7")], finding="0.6")
        make(path, configuration=texts, compared_with=["baseline", "baseline", "same_cost", "baseline"])
        told = self.told(path)  # each with its own
        self.assertEqual([v["variant"] for v in told["variants"]], ["more", "idle"])
        self.assertEqual([(e["first"], e["second"]) for e in told["equal_costs"]], [("baseline", "idle")])
        done = compare(path, "--against", "baseline")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("finding.share: 0.3, 0.6", done.stderr)

    def test_few_draws_or_replicates_are_told(self):
        path = os.path.join(self.folder.name, "few.h5")
        status = np.zeros((len(VARIANTS), DRAWS, REPLICATES), dtype="i1")
        status[:, :1, :1] = 1
        make(path, status=status)
        told = self.outcome("more", told=self.told(path))
        self.assertEqual((told["band"], told["luck"], told["sign"], told["pairs"]), ([None, None], [None, None], 0, 1))
        self.assertIn("in one pair of runs", compare(path, "--lang", "en").stdout)
        status[...] = 0
        make(path, status=status)
        told = self.outcome("more", told=self.told(path))
        self.assertEqual((told["difference"], told["pairs"]), (None, 0))

    def test_damaged_files_are_told(self):
        """Whatever stands there: an exit status of our own, and lines of our own, even where the HDF5 library crashes over it, in a
        process of its own, which no sanitizer need report."""
        environment = dict(os.environ, ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") +
                           ":log_path=stderr:allocator_may_return_null=1")
        path = os.path.join(self.folder.name, "damaged.h5")
        size = os.path.getsize(self.path)
        rng = np.random.default_rng(9)
        for trial in range(40):
            shutil.copy(self.path, path)
            with open(path, "r+b") as file:
                if trial % 4 == 0:
                    file.truncate(int(rng.integers(0, size)))
                for at in rng.integers(0, min(size, 60000), 20):
                    file.seek(int(at))
                    file.write(bytes([int(rng.integers(256))]))
            done = command("compare", path, "--lang", "en", errors="replace", env=environment)
            self.assertIn(done.returncode, (0, 2), done.stderr)
            self.assertEqual(done.returncode == 2, done.stderr != "")
            for line in done.stderr.splitlines():
                self.assertTrue(line.startswith("wangge: "), line)

    def test_configurations_that_are_none(self):
        path = os.path.join(self.folder.name, "strange.h5")
        for text in ("", "}", "x", "a: {", "a = 1", "a: {\n" * 20, "policies = (\n  {\n    policy = x;\n", "=;", "a =  ;",
                     '"' * 5000, "é = 1;"):
            make(path, configuration=[text] * len(VARIANTS))
            done = compare(path)
            self.assertEqual((done.returncode, done.stdout), (2, ""), text)
            self.assertIn("configuration is not as wangge writes it", done.stderr)

    def test_what_is_no_study_is_told(self):
        path = os.path.join(self.folder.name, "none.h5")
        make(path, compared_with=["nobody"] * len(VARIANTS))
        self.assertEqual(compare(path).returncode, 2)
        with h5py.File(path, "w") as file:
            file["x"] = 1
        done = compare(path)
        self.assertEqual(done.returncode, 2)
        self.assertIn("is no study", done.stderr)


if __name__ == "__main__":
    unittest.main()
