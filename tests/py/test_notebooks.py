# SPDX-License-Identifier: GPL-3.0-or-later
"""The notebooks run from beginning to end on real results, say what is in them, and draw every character."""
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import unittest

import h5py
import nbformat
import numpy as np
import xarray as xr
from matplotlib import font_manager, ft2font
from nbformat.v4 import new_code_cell, new_notebook
from PIL import Image

import runs
import studies

sys.path.insert(0, str(runs.ROOT / "scripts"))
import notebook_pictures as makers  # noqa: E402

NAMES = ("quickstart", "compare")
PICTURES = {"quickstart": {"population", "coverage", "map", "needs", "cost"}, "compare": {"differences", "plane", "time"}}
PART = "110108015000"
T_975 = {1: 12.706204736432095}  # of Student's t, by degrees of freedom


def notebook(name):
    return nbformat.read(makers.NOTEBOOKS / f"{name}.ipynb", 4)


class Stored(unittest.TestCase):
    def test_without_outputs(self):
        self.assertEqual({path.stem for path in makers.NOTEBOOKS.glob("*.ipynb")}, set(NAMES))
        for name in NAMES:
            stored = notebook(name)
            nbformat.validate(stored)
            self.assertEqual(stored.metadata.kernelspec.name, "python3")
            for cell in stored.cells:
                if cell.cell_type == "code":
                    self.assertEqual((cell.outputs, cell.execution_count), ([], None), f"{name}: {cell.source[:60]}")

    def test_readable(self):
        for name in NAMES:
            for cell in notebook(name).cells:
                lines = cell.source.splitlines()
                self.assertLess(len(lines), 40, f"{name}: {lines[0]}")
                for line in lines:
                    self.assertLessEqual(len(line), 140, f"{name}: {line}")

    def test_every_notebook_opens_its_file_in_one_line(self):
        for name, variable in (("quickstart", "WANGGE_RESULT"), ("compare", "WANGGE_STUDY")):
            text = "\n".join(cell.source for cell in notebook(name).cells)
            self.assertIn(variable, text)
            self.assertIn("xr.open_dataset(", text)


FONTS = tempfile.TemporaryDirectory()


def setUpModule():
    """The fonts are listed anew: a list of old may lack those that have been installed since."""
    made = subprocess.run([sys.executable, "-c", "import matplotlib.font_manager"], capture_output=True, text=True,
                          env={**os.environ, "MPLCONFIGDIR": FONTS.name})
    if made.returncode or not os.listdir(FONTS.name):
        raise AssertionError(made.stderr)


def tearDownModule():
    FONTS.cleanup()


class Drawn(runs.Folder):
    """Runs notebooks, each in a kernel of its own."""

    def execute(self, nodes, asked="None", **environment):
        """What the code `asked` gives, as JSON, once the notebook has run, and its pictures."""
        nodes.cells.append(new_code_cell(f"import json as _json\nprint(_json.dumps({asked}))"))
        makers.executed(nodes, MPLCONFIGDIR=FONTS.name, **environment)
        self.assertEqual(makers.complaints(nodes), [])
        return json.loads(nodes.cells[-1].outputs[0].text), makers.pictures(nodes)

    def draw(self, name, asked="None", **environment):
        answer, pictures = self.execute(notebook(name), asked, **environment)
        self.assertEqual(set(pictures), PICTURES[name])
        for picture, png in pictures.items():
            self.assertLess(len(png), 200_000, picture)
            with Image.open(io.BytesIO(png)) as image:
                self.assertGreater(min(image.size), 200, picture)
                grey = np.asarray(image.convert("L"))
                self.assertGreater((grey < 250).mean(), 0.01, f"{picture} is empty")
        return answer, pictures


class Fonts(Drawn):
    def test_the_font_has_every_character(self):
        path = font_manager.findfont("Noto Sans CJK JP", fallback_to_default=False)
        have = set(ft2font.FT2Font(path).get_charmap())
        told = "".join(cell.source for name in NAMES for cell in notebook(name).cells)
        result = self.simulate("labels.h5", "--set", "run.end=2010-12-01", "--set", "output.snapshot=[]", "--set",
                               f'run.subdistricts=["{PART}"]')
        with h5py.File(result) as file:
            for name, item in file.items():
                if isinstance(item, h5py.Dataset) and h5py.check_string_dtype(item.dtype):
                    told += "".join(item.asstr()[()])
        told += "".join(runs.command("policies", "--format", "json").stdout)
        told += "".join(path.read_text(encoding="utf-8") for path in (runs.ROOT / "scenarios").glob("*.cfg"))
        wanted = {c for c in told if ord(c) > 126}
        self.assertGreater(len(wanted), 300)
        self.assertEqual(sorted(c for c in wanted if ord(c) not in have), [])

    def test_a_character_that_no_font_has_is_told(self):
        fonts = 'import matplotlib.pyplot as plt\nplt.rcParams["font.family"] = ["Noto Sans CJK JP", "DejaVu Sans"]\n'
        for text, told in (("海淀区", False), ("海淀\\ue123", True)):
            nodes = new_notebook(cells=[new_code_cell(f'{fonts}plt.figure().suptitle("{text}");')])
            makers.executed(nodes, MPLCONFIGDIR=FONTS.name)
            self.assertEqual("Glyph" in "".join(makers.complaints(nodes)), told, text)


class Quickstart(Drawn):
    def test_by_subdistrict(self):
        result = self.simulate("subdistrict.h5", "--set", "run.end=2012-02-01", "--set", "output.snapshot=[]", "--set",
                               f'run.subdistricts=["{PART}"]')
        answer, _ = self.draw("quickstart", '[float(flows.met_due.sel(service_network="order")[-1]), '
                              "float(coverage[0]), people.isel(time=-1).sum().item(), "
                              "[float(v) for v in share.sum('reason')], sorted(share.service_network.values.tolist())"
                              " if 'service_network' in share.coords else None]", WANGGE_RESULT=result)
        with h5py.File(result) as file:
            order = [file["service"].asstr()[i] in ("safety_hazards", "dispute_mediation", "fire_safety", "floating_population")
                     for i in range(len(file["service"]))]
            met, due = file["met_due"][-12:], file["due"][-12:]
            self.assertAlmostEqual(answer[0], met[..., order].sum())
            self.assertAlmostEqual(answer[1], 100 * met.sum() / due.sum())
            self.assertAlmostEqual(answer[2], file["residents"][-1].sum() / 1e3)
        np.testing.assert_allclose(answer[3], 100)

    def test_by_community_or_for_the_district_or_of_a_few_months(self):
        for place in ("community", "district"):
            with self.subTest(place):
                result = self.simulate(f"{place}.h5", "--set", "run.end=2011-02-01", "--set", "output.snapshot=[]", "--set",
                                       f'output.place="{place}"', "--set", f'run.subdistricts=["{PART}"]')
                answer, _ = self.draw("quickstart", "[PLACE, coverage.tolist()]", WANGGE_RESULT=result)
                with h5py.File(result) as file:
                    own = 100 * file["met_due"][:].sum((0, 2)) / file["due"][:].sum((0, 2))
                    own = np.broadcast_to(own, len(file["communities/community"]))
                self.assertEqual(answer[0], place)
                np.testing.assert_allclose(answer[1], own)


ASKED = """{"difference": difference.coverage.values.tolist(), "band": band.coverage.values.tolist(),
  "half": half.coverage.values.tolist(), "variants": others.tolist(), "cost": difference.cost.values.tolist(),
  "last": by_draw.isel(time=-1).transpose("variant", "draw").values.tolist()}"""


class Compare(Drawn):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.study = str(studies.study(cls.folder.name))

    def part(self, name, change):
        """A further study.h5: what `change` makes of the data set."""
        with xr.open_dataset(self.study, drop_variables="adopted") as study:
            change(study.load()).to_netcdf(self.path(name), engine="h5netcdf")
        return self.path(name)

    def expected(self):
        """Differences in coverage (points) and cost (million yuan) by variant, draw and replicate, without xarray."""
        with h5py.File(self.study) as file:
            last = {name: file[name][:, :, :, -12:].sum((3, 4, 5)) for name in ("met_due", "due", "cost_fen")}
        coverage, cost = 100 * last["met_due"] / last["due"], last["cost_fen"] / 1e8
        return coverage[1:] - coverage[0], cost[1:] - cost[0]

    def test_differences_bands_and_intervals(self):
        answer, _ = self.draw("compare", ASKED, WANGGE_STUDY=self.study)
        coverage, cost = self.expected()
        self.assertEqual(answer["variants"], ["officers", "sanshe"])
        np.testing.assert_allclose(answer["difference"], coverage)
        np.testing.assert_allclose(answer["cost"], cost)
        self.assertGreater(coverage[0].min(), 0.5)  # officers do something
        for v, variant in enumerate(coverage):
            low, high = sorted(variant.mean(1))
            np.testing.assert_allclose([row[v] for row in answer["band"]],
                                       [low, low + 0.05 * (high - low), low + 0.95 * (high - low), high])
            luck = variant.mean(0)
            self.assertAlmostEqual(answer["half"][v], T_975[1] * statistics.stdev(luck) / 2**0.5)
        np.testing.assert_allclose(answer["last"], coverage.mean(2))
        self.as_told(answer)

    def as_told(self, answer):
        """The same as `wangge compare` says."""
        told = json.loads(runs.command("compare", os.path.dirname(self.study), "--format", "json").stdout)
        for v, variant in enumerate(told["variants"]):
            outcomes = {outcome["outcome"]: outcome for outcome in variant["outcomes"]}
            said, mine = outcomes["coverage"], np.asarray(answer["difference"][v])
            self.assertEqual(variant["variant"], answer["variants"][v])
            self.assertAlmostEqual(said["difference"], mine.mean())
            np.testing.assert_allclose(said["band"], [answer["band"][1][v], answer["band"][2][v]])
            np.testing.assert_allclose(said["luck"], [mine.mean() - answer["half"][v], mine.mean() + answer["half"][v]])
            self.assertAlmostEqual(outcomes["cost"]["difference"] / 1e6, np.mean(answer["cost"][v]))

    def test_one_draw_and_one_replicate(self):
        path = self.part("one.h5", lambda study: study.isel(draw=[0], replicate=[0]))
        answer, _ = self.draw("compare", ASKED.replace("half.coverage", "half.coverage.fillna(-1)"), WANGGE_STUDY=path)
        coverage, _ = self.expected()
        np.testing.assert_allclose(np.ravel(answer["difference"]), coverage[:, 0, 0])
        self.assertEqual(answer["half"], [-1, -1])  # one run tells nothing of luck

    def test_a_missing_run_stays_missing(self):
        def without_one(study):
            position = {"variant": "sanshe", "draw": 1, "replicate": 0}
            for name, values in study.data_vars.items():
                if set(studies.AXES) <= set(values.dims) and values.dtype.kind == "f":
                    values.loc[position] = np.nan
            study.status.loc[position] = 0
            return study
        path = self.part("missing.h5", without_one)
        nodes = notebook("compare")
        answer, _ = self.execute(nodes, "[difference.coverage.fillna(-99).values.tolist(), "
                                 "difference.cost.isnull().sum().item()]", WANGGE_STUDY=path)
        expected, _ = self.expected()
        expected[1, 1, 0] = -99
        np.testing.assert_allclose(answer[0], expected)
        self.assertEqual(answer[1], 1)
        told = "".join(output.text for cell in nodes.cells for output in cell.get("outputs", ()) if output.output_type == "stream")
        self.assertIn("     1 runs missing", told)
        self.assertIn("    11 runs done", told)


if __name__ == "__main__":
    unittest.main()
