#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""study.h5: all runs of a study in one file, each as in its own, and what is missing or damaged marked."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import h5py
import numpy as np

from runs import BASELINE, ROOT, bits, datasets, run

TOOL = os.path.join(os.environ.get("WG_TEST_BUILD", "build/tests"), "test_stack")
AXES = ("variant", "draw", "replicate")
NAMES = ("baseline", "sanshe", "officers")
STUDY = f"""
name = "small"; label = "小研究"; baseline = "baseline";
variants = (
  {{ name = "baseline"; scenario = "baseline.cfg"; }},
  {{ name = "sanshe"; scenario = "sanshe.cfg"; }},
  {{ name = "officers"; scenario = "officers.cfg"; }}
);
set = ( "run.subdistricts=[\\"110108029000\\"]", "run.end=2011-01-01", "output.snapshot=[\\"2010-12-01\\"]" );
draws = 2; drawn = ( "dispatch.misroute", "finding" );
replicates = 2;
"""
POLICIES = {
    "baseline": "",
    "sanshe": '{ policy = "sanshe_linkage"; from = "2010-12-01"; }',
    "officers": '{ policy = "grid_staffing"; from = "2010-12-01"; }, { policy = "sanshe_linkage"; from = "2010-11-01"; }',
}
# Opening is one line; what follows is looked at in the values.
OPEN = """
import sys
import xarray as xr
data = xr.open_dataset(sys.argv[1], engine=sys.argv[2])
data.load()
group = xr.open_dataset(sys.argv[1], engine=sys.argv[2], group="comparison")
assert group.difference.values.tolist() == [1, 2, 3]
assert data.coverage.dims == ("variant", "draw", "replicate", "time", "subdistrict", "service"), data.coverage.dims
assert data.residents.dims[3:] == ("time", "subdistrict", "age_band", "sex", "registration")
assert data.adopted.dims == ("variant", "draw", "replicate", "community", "policy")
assert str(data.time.values[1])[:10] == "2010-12-01"
assert data.coverage.attrs["units"] == "1" and data.coverage.attrs["label_zh"] == "覆盖率"
assert data.sel(variant="sanshe", draw=1, replicate=0).needs_arisen.sum() > 0
assert data.variant.values.tolist() == ["baseline", "sanshe", "officers"]
assert data.variant_label.values.tolist() == ["基准", "三社", "增员"]
assert data.compared_with.values.tolist() == ["baseline"] * 3
assert data.subdistrict.dtype.kind == "i" and data.subdistrict.values.tolist() == [110108029000]
assert data.draw.values.tolist() == [0, 1] and data.replicate.values.tolist() == [0, 1]
assert data.policy.values.tolist() == ["sanshe_linkage", "grid_staffing"], data.policy.values
day = data.adopted.sel(policy="grid_staffing")
assert day.sel(variant=["baseline", "sanshe"]).isnull().all()
assert (day.sel(variant="officers").max().values.astype("datetime64[D]").astype(str)) == "2010-12-01"
assert data.status.attrs["flag_meanings"] == "missing done failed"
assert data.status.attrs["flag_values"].tolist() == [0, 1, 2]
assert set(data.message.values.ravel()) == {""}
assert data.attrs["study"] == "small" and data.attrs["label_zh"] == "小研究"
assert data.attrs["not_stacked"].split() == ["residents_20101201", "needs_20101201", "communities"], data.attrs["not_stacked"]
assert "parameter" in data.parameter_value.dims and data.parameter_value.notnull().all()
"""


def tool(*arguments, **options):
    return subprocess.run([TOOL, *map(str, arguments)], capture_output=True, text=True, timeout=300, **options)


def setUpModule():
    Stack.make()


def tearDownModule():
    Stack.folder.cleanup()


class Stack(unittest.TestCase):
    """A study of 3 variants, 2 draws and 2 replicates that has been run, once for all tests."""

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    @classmethod
    def make(cls):
        cls.folder = tempfile.TemporaryDirectory()
        for name, label in zip(NAMES, ("基准", "三社", "增员")):
            Path(cls.path(name + ".cfg")).write_text(
                f'name = "{name}"; label = "{label}"; extends = "{BASELINE}"; policies = ( {POLICIES[name]} );\n',
                encoding="utf-8")
        cls.study = cls.path("study.cfg")
        Path(cls.study).write_text(STUDY, encoding="utf-8")
        listed = tool("--list", cls.study)
        if listed.returncode:
            raise AssertionError(listed.stderr)
        cls.runs = [line.split("\t") for line in listed.stdout.splitlines()]
        cls.whole = Path(cls.path("whole"))
        for identity, path, scenario, *sets in cls.runs:
            (cls.whole / path).parent.mkdir(parents=True, exist_ok=True)
            done = run(scenario, "-o", str(cls.whole / path), "--quiet", "--threads", "1", "--allow-outside",
                       *(f"--set={text}" for text in sets))
            if done.returncode:
                raise AssertionError(done.stderr)
            with h5py.File(cls.whole / path, "a") as file:
                if "run_identity" not in file.attrs:
                    file.attrs["run_identity"] = np.bytes_(identity)
        cls.build(cls.whole)

    @classmethod
    def note(cls, folder, runs, status="done", message=""):
        for identity, path, *_ in runs:
            done = tool("--note", folder, identity, status, path, message)
            if done.returncode:
                raise AssertionError(done.stderr)

    @classmethod
    def build(cls, folder, *arguments, note=True):
        if note:
            cls.note(folder, cls.runs)
        done = tool("--stack", folder, cls.study, *arguments)
        if done.returncode:
            raise AssertionError(f"{done.returncode}: {done.stderr}")
        return done.stdout

    def copied(self, name, *but):
        """The study's folder once more, without results but those of the runs, of which some may be left out."""
        folder = Path(self.path(name))
        for _, path, *_ in self.runs:
            if path not in but:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                os.link(self.whole / path, folder / path)
        return folder

    def own(self, folder, path):
        """A run's file that may be changed."""
        data = (folder / path).read_bytes()
        (folder / path).unlink()
        (folder / path).write_bytes(data)
        return folder / path

    def cells(self):
        for i, row in enumerate(self.runs):
            yield (i // 4, i // 2 % 2, i % 2), row

    def assert_equal_to_runs(self, folder, but=()):
        """Each cell is the run's own file bit for bit; those of `but` are missing."""
        seen = 0
        with h5py.File(folder / "study.h5") as study:
            policies = [text.decode() for text in study["policy"][()]]
            for place, (identity, path, *_) in self.cells():
                gone = path in but
                self.assertEqual(study["status"][place], 1 if not gone else but[path])
                self.assertEqual(study["run_identity"][place].decode(), identity)
                with h5py.File(self.whole / path) as one:
                    for name, item in datasets(one).items():
                        if "/" in name or item.dtype.kind == "O" or h5py.h5ds.is_scale(item.id):
                            continue
                        values = study[name][place]
                        self.assertEqual(values.dtype, np.float64, name)
                        expected = item[()].astype(np.float64)
                        if name == "adopted":
                            columns = [policies.index(text.decode()) for text in one["policy"][()]]
                            wide = np.full(values.shape, np.nan)
                            wide[:, columns] = expected
                            expected = wide
                        if gone:
                            self.assertTrue(np.isnan(values).all(), name)
                        elif item.dtype.kind == "i":
                            self.assertTrue((values == item[()]).all(), name)
                        else:
                            # NaN is NaN, whichever of its many forms.
                            same = (values.view("i8") == expected.view("i8")) | (np.isnan(values) & np.isnan(expected))
                            self.assertTrue(same.all(), name)
                        seen += 1
        self.assertGreater(seen, 12 * 90)


class Whole(Stack):
    def test_opens_in_one_line(self):
        for engine in ("h5netcdf", "netcdf4"):
            done = subprocess.run(["/usr/bin/python3", "-W", "ignore", "-c", OPEN, str(self.whole / "study.h5"), engine],
                                  capture_output=True, text=True, timeout=120)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_what_the_guide_shows(self):
        """The snippet of docs/study-file.md, on this study, gives what numpy gives."""
        code = (ROOT / "docs" / "study-file.md").read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
        code = code.replace("output/policies/study.h5", str(self.whole / "study.h5")).replace("2012-12-01", "2010-12-01")
        code += "\nprint(repr(difference.transpose(*'variant draw replicate'.split()).values.tolist()))\n"
        done = subprocess.run(["/usr/bin/python3", "-W", "ignore", "-c", code], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        coverage = np.empty((3, 2, 2))
        for place, (_, path, *_) in self.cells():
            with h5py.File(self.whole / path) as one:
                coverage[place] = one["met_due"][1:].sum() / one["due"][1:].sum()
        told = np.array(json.loads(done.stdout.splitlines()[-1]))
        np.testing.assert_allclose(told, coverage - coverage[:1], rtol=1e-12, atol=1e-15)
        self.assertGreater(np.abs(told[1:]).max(), 0)
        self.assertIn("dispatch.misroute", done.stdout)

    def test_each_cell_is_the_runs_own(self):
        self.assert_equal_to_runs(self.whole)

    def test_coordinates_labels_and_attributes_are_kept(self):
        with h5py.File(self.whole / "study.h5") as study, h5py.File(self.whole / self.runs[4][1]) as one:
            for name, item in datasets(one).items():
                if "/" in name:
                    continue
                own = study[name]
                for key in set(item.attrs) - {"DIMENSION_LIST", "REFERENCE_LIST", "_FillValue", "CLASS", "NAME"}:
                    self.assertEqual(bits(item.attrs[key]), bits(own.attrs[key]), f"{name}@{key}")
                if (item.dtype.kind == "O" or h5py.h5ds.is_scale(item.id)) and not name.startswith("policy"):
                    self.assertEqual(item[()].tolist(), own[()].tolist(), name)
            self.assertEqual([text.decode() for text in study["policy_name"][()]], ["三社联动", "网格工作人员配置"])

    def test_drawn_parameters(self):
        with h5py.File(self.whole / "study.h5") as study:
            parameters = [text.decode() for text in study["parameter"][()]]
            self.assertIn("dispatch.misroute", parameters)
            self.assertEqual(parameters, sorted(parameters))
            for place, (_, path, *_) in self.cells():
                with h5py.File(self.whole / path) as one:
                    text = one.attrs["configuration"]
                    text = text.decode() if isinstance(text, bytes) else text
                misroute = float(text.split("\ndispatch: {")[1].split("misroute = ")[1].split(";")[0])
                at = parameters.index("dispatch.misroute")
                self.assertEqual(study["parameter_value"][place[0], place[1], at], misroute)
                self.assertLess(study["parameter_low"][place[0], at], misroute)
                self.assertGreater(study["parameter_high"][place[0], at], misroute)
            self.assertNotEqual(study["parameter_value"][0, 0, 0], study["parameter_value"][0, 1, 0])
            self.assertIn("assumed", {text.decode() for text in study["parameter_evidence"][()]})
            self.assertIn("sanshe_linkage", study["configuration"][1].decode())
            self.assertNotIn("sanshe_linkage", study["configuration"][0].decode())

    def test_no_word_of_where_and_when(self):
        data = (self.whole / "study.h5").read_bytes()
        for word in (self.folder.name, os.uname().nodename if len(os.uname().nodename) > 5 else "no such word", "/home/"):
            self.assertNotIn(word.encode(), data)

    def test_same_runs_same_bytes(self):
        """Whatever the order in which they ended, wherever the folder lies."""
        folder = self.copied("permuted")
        self.note(folder, reversed(self.runs[3:]))
        self.note(folder, self.runs[:3])
        self.build(folder, note=False)
        self.assertEqual((folder / "study.h5").read_bytes(), (self.whole / "study.h5").read_bytes())

    def test_earlier_file_is_replaced_at_once_or_not_at_all(self):
        folder = self.copied("stopped")
        self.build(folder)
        before = (folder / "study.h5").read_bytes()
        done = tool("--stack", folder, self.study, 5)
        self.assertEqual((done.returncode, done.stderr), (3, "stopped after 5 cells\n"))
        self.assertEqual((folder / "study.h5").read_bytes(), before)
        self.assertEqual(sorted(os.listdir(folder)), ["journal", "runs", "study.h5"])
        self.build(folder, note=False)
        self.assertEqual((folder / "study.h5").read_bytes(), before)


class Incomplete(Stack):
    def test_missing_and_failed(self):
        missing, failed = self.runs[2], self.runs[7]
        folder = self.copied("missing", missing[1], failed[1])
        self.note(folder, [row for row in self.runs if row not in (missing, failed)])
        self.note(folder, [failed], "failed", f"{folder}/{failed[1]}: No space left on device")
        self.assertEqual(self.build(folder, note=False), "10 done 1 missing 1 failed 0 damaged\n")
        self.assert_equal_to_runs(folder, {missing[1]: 0, failed[1]: 2})
        with h5py.File(folder / "study.h5") as study:
            messages = [text.decode() for text in study["message"][()].ravel()]
        self.assertEqual(messages[7], f"{failed[1]}: No space left on device")
        self.assertEqual(set(messages[:7] + messages[8:]), {""})

    def test_of_the_first_variant_nothing(self):
        folder = self.copied("late", *(row[1] for row in self.runs[:4]))
        self.note(folder, self.runs[4:])
        self.assertEqual(self.build(folder, note=False), "8 done 4 missing 0 failed 0 damaged\n")
        self.assert_equal_to_runs(folder, {row[1]: 0 for row in self.runs[:4]})

    def test_more_replicates_than_have_been_run(self):
        """Those asked for are missing; of those that `until` may add only what has been begun is there at all."""
        folder = self.copied("more")
        self.note(folder, self.runs)
        for name, line, length in (("three", "replicates = 3;", 3), (
                "until", 'replicates = 2; until: { variable = "coverage"; half_width = 0.001; max = 50; };', 2)):
            study = Path(self.path(name + ".cfg"))
            study.write_text(STUDY.replace("replicates = 2;", line), encoding="utf-8")
            done = tool("--stack", folder, study)
            self.assertEqual((done.returncode, done.stdout),
                             (0, f"12 done {6 * (length - 2)} missing 0 failed 0 damaged\n"), done.stderr)
            with h5py.File(folder / "study.h5") as file:
                self.assertEqual(file["births"].shape[:3], (3, 2, length))
                self.assertEqual(file["replicate"][()].tolist(), list(range(length)))
                self.assertTrue((file["status"][:, :, :2] == 1).all() and (file["status"][:, :, 2:] == 0).all())
                with h5py.File(self.whole / self.runs[11][1]) as one:
                    self.assertEqual(file["births"][2, 1, 1].tolist(), one["births"][()].tolist())

    def test_nothing_at_all(self):
        folder = Path(self.path("nothing"))
        folder.mkdir()
        done = tool("--stack", folder, self.study)
        self.assertEqual((done.returncode, done.stderr), (1, f"{folder}: no run has a result that could be read\n"))
        self.assertEqual(os.listdir(folder), [])

    def test_damaged_results_are_marked_and_the_rest_is_built(self):
        folder = self.copied("damaged")
        with h5py.File(self.whole / self.runs[1][1]) as one:
            chunk = one["cases_filed"].id.get_chunk_info(0)
        data = bytearray((self.whole / self.runs[1][1]).read_bytes())
        data[chunk.byte_offset + chunk.size // 2] ^= 0xff
        self.own(folder, self.runs[1][1]).write_bytes(data)
        self.own(folder, self.runs[0][1]).write_bytes(b"nothing of the kind")
        cut = self.own(folder, self.runs[5][1])
        os.truncate(cut, cut.stat().st_size // 2)
        (folder / self.runs[6][1]).unlink()
        os.mkfifo(folder / self.runs[6][1])
        (folder / self.runs[8][1]).unlink()
        shutil.copy(folder / self.runs[9][1], folder / self.runs[8][1])
        self.assertEqual(self.build(folder), "7 done 0 missing 5 failed 5 damaged\n")
        self.assert_equal_to_runs(folder, {self.runs[i][1]: 2 for i in (0, 1, 5, 6, 8)})
        with h5py.File(folder / "study.h5") as study:
            messages = [text.decode() for text in study["message"][()].ravel()]
        for i, words in ((0, "is not an HDF5 file"), (1, "cases_filed"), (5, "cut short"), (6, "not a regular file"),
                         (8, f"is not the result of this run but of {self.runs[9][0]}")):
            self.assertTrue(messages[i].startswith(self.runs[i][1] + ": "), messages[i])
            self.assertIn(words, messages[i])

    def test_flipped_bytes_never_end_it(self):
        """The library breaks down over some of these: in a process of its own."""
        folder = self.copied("flipped")
        path = self.own(folder, self.runs[3][1])
        data = path.read_bytes()
        luck = np.random.default_rng(1)
        told = 0
        self.note(folder, self.runs[2:4])
        for _ in range(20):
            damaged = bytearray(data)
            for place in luck.integers(0, 40000, 4):
                damaged[place] ^= int(luck.integers(1, 256))
            path.write_bytes(damaged)
            counts = self.build(folder, note=False)
            self.assertRegex(counts, r"^[12] done 10 missing [01] failed [01] damaged\n$")
            told += counts.startswith("1")
        self.assertGreater(told, 5)

    def test_other_axes_are_refused(self):
        """Of one run, which is damaged then, and of all runs of a variant, which cannot be stacked with the others."""
        folder = self.copied("axes")
        self.note(folder, self.runs)
        for i in (9, 8, 10, 11):
            with h5py.File(self.own(folder, self.runs[i][1]), "a") as one:
                one["time"][1] += 1
            if i == 9:
                self.assertEqual(self.build(folder, note=False), "11 done 0 missing 1 failed 1 damaged\n")
                self.assert_equal_to_runs(folder, {self.runs[9][1]: 2})
                with h5py.File(folder / "study.h5") as study:
                    self.assertEqual(study["message"][2, 0, 1].decode(),
                                     f"{self.runs[9][1]}: axis `time` differs; beside {self.runs[0][1]}")
        (folder / "study.h5").unlink()
        done = tool("--stack", folder, self.study)
        self.assertEqual((done.returncode, done.stderr),
                         (2, f"{self.runs[8][1]}: axis `time` differs; beside {self.runs[0][1]}\n"))
        self.assertEqual(sorted(os.listdir(folder)), ["journal", "runs"])

    def test_counts_are_exact_or_not_taken(self):
        folder = self.copied("large")
        self.note(folder, self.runs[8:])
        for i, count in ((9, 2**53 - 1), (10, 2**53), (11, -2**53)):
            with h5py.File(self.own(folder, self.runs[i][1]), "a") as one:
                one["cost_fen"][0, 0, 0] = count
        self.assertEqual(self.build(folder, note=False), "2 done 8 missing 2 failed 2 damaged\n")
        with h5py.File(folder / "study.h5") as study:
            self.assertEqual(int(study["cost_fen"][2, 0, 1, 0, 0, 0]), 2**53 - 1)
            self.assertIn("`cost_fen` has a count of 9007199254740992", study["message"][2, 1, 0].decode())
            self.assertIn("`cost_fen` has a count of -9007199254740992", study["message"][2, 1, 1].decode())


if __name__ == "__main__":
    unittest.main()
