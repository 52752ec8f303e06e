#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`wangge check STUDY.cfg`: what is wrong is told with file, line and key, all at once; what is good is summed up; a run of the
plan can be typed."""
import os
import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from runs import BINARY, ROOT

sys.path.insert(0, str(ROOT / "tests" / "bad_input"))
import bad_studies as studies  # noqa: E402


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        for name, text in studies.SCENARIOS.items():
            self.write(name, text)

    def write(self, name, text):
        Path(self.folder.name, name).write_bytes(text if isinstance(text, bytes) else text.encode())

    def wangge(self, *arguments):
        return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=300, cwd=self.folder.name,
                              errors="replace")


class Bad(Folder):
    def test_every_case(self):
        self.assertGreaterEqual(len(studies.CASES), 40)
        for text, told in studies.CASES:
            with self.subTest(text=text[-100:]):
                self.write("s.cfg", text)
                done = self.wangge("check", "s.cfg")
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                lines = done.stderr.splitlines()
                self.assertEqual(len(lines), len(told), done.stderr)
                for start, holds in told:
                    self.assertTrue(any(line.startswith("wangge: " + start) and holds in line for line in lines),
                                    f"{start} … {holds}\n{done.stderr}")
        self.assertEqual(sorted(os.listdir(self.folder.name)), ["base.cfg", "list.cfg", "s.cfg"])

    def test_everything_at_once(self):
        self.write("base.cfg", 'name = "base"; run: { end = "2011-01-01"; seeed = 1; subdistricts = [ "110108001000" ]; };\n')
        self.write("s.cfg", 'name = "s"; baseline = "bse";\nvariants = ( { name = "base"; scenario = "base.cfg"; },\n'
                            '  { name = "list"; scenario = "list.cfg"; set = ( "trust.silence=9" ); } );\nset = ( "a.b=1" );\n')
        done = self.wangge("check", "s.cfg")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        told = ['s.cfg:1: baseline: "bse" is no variant; did you mean "base"?', "base.cfg:1: run.seeed: unknown key",
                "s.cfg:4: set: a.b: unknown key", "s.cfg:3: variants[2]: set: trust.silence: 9 is out of range"]
        lines = done.stderr.splitlines()
        self.assertEqual(len(lines), len(told), done.stderr)  # what both variants have to tell, once
        for line, start in zip(lines, told):
            self.assertTrue(line.startswith("wangge: " + start), line)

    def test_damaged_bytes(self):
        # Beginnings and changed bytes of a study, which is refused whatever is changed (trust.decay does not exist). Only what is no study
        # any more can be good, as a scenario.
        text = ('draws = 2; spread = 1.5;\nranges = ( { path = "trust.decay"; low = 0.1; high = 0.2; } );\n' + studies.HEAD +
                f"variants = ( {studies.BASE}, {studies.POLICY} );\n"
                'set = ( "run.end=2010-12-01" );\nsweep = ( { path = "trust.silence"; values = [ 0.5, 1.0 ]; } );\n').encode()
        damage = random.Random(1)
        variants = [text[:length] for length in range(0, len(text), 9)]
        for _ in range(80):
            changed = bytearray(text)
            for _ in range(damage.randint(1, 3)):
                changed[damage.randrange(len(changed))] = damage.choice(b'\0\n"(){}[];=,.#/*\\\xff1x@')
            variants.append(bytes(changed))
        for changed in variants:
            self.write("s.cfg", changed)
            done = self.wangge("check", "s.cfg")
            self.assertEqual(done.returncode, 2 if b"variants" in changed or done.stderr else 0, (changed, done.stderr))
            self.assertTrue(all(line.startswith("wangge: ") for line in done.stderr.splitlines()), done.stderr)
            self.assertEqual(done.stdout == "", done.returncode == 2)


class Good(Folder):
    def test_summary(self):
        self.write("s.cfg", studies.GOOD + 'draws = 2; replicates = 3; drawn = [ "trust.baseline_mean", "policies" ];\n')
        done = self.wangge("check", "s.cfg")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, "s.cfg: good (2 variants x 2 draws x 3 replicates: 12 runs)\n"
                                      "  base\n  list, compared with base\n"
                                      "4 parameters drawn (assumed 4):\n"
                                      "  policies.duty_list.params.misroute: 0.5 to 0.692308 (assumed)\n"
                                      "  policies.duty_list.params.returns: 0.608696 to 0.777778 (assumed)\n"
                                      "  policies.duty_list.params.upkeep_fen: 6666.67 to 15000 fen / community / month (assumed)\n"
                                      "  trust.baseline_mean: 0.4 to 0.6 (assumed)\n")
        done = self.wangge("check", "s.cfg", "--lang", "zh")
        self.assertTrue(done.stdout.startswith("s.cfg: 无误（方案 2 个 × 抽样 2 次 × 重复 3 次：12 次运行）\n"), done.stdout)

    def test_nothing_drawn(self):
        self.write("s.cfg", studies.GOOD + 'until: { variable = "coverage"; half_width = 0.01; max = 8; };\n')
        done = self.wangge("check", "s.cfg")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout.splitlines()[0], "s.cfg: good (2 variants x up to 8 replicates: up to 16 runs; nothing is drawn)")

    def test_all_ranges(self):
        self.write("s.cfg", studies.GOOD + "draws = 1;\n")
        few, all_of_them = self.wangge("check", "s.cfg"), self.wangge("check", "s.cfg", "--ranges")
        self.assertRegex(few.stdout, r"and \d+ more \(--ranges lists all\)\n$")
        count = int(all_of_them.stdout.splitlines()[3].split()[0])
        self.assertEqual(len(all_of_them.stdout.splitlines()), 4 + count)
        self.assertGreater(count, 500)

    def test_options_of_scenarios(self):
        self.write("s.cfg", studies.GOOD)
        for option in ("--set=run.seed=1", "--seed=1", "--replicate=1"):
            done = self.wangge("check", "s.cfg", option)
            self.assertEqual(done.returncode, 2)
            self.assertTrue(done.stderr.startswith("wangge: s.cfg is a study: --set"), done.stderr)

    def test_includes(self):
        self.write("more.cfg", "replicates = 7;\n")
        self.write("s.cfg", studies.GOOD + '@include "more.cfg"\n')
        self.assertIn("7 replicates", self.wangge("check", "s.cfg").stdout)

    def test_shipped_studies_are_good(self):
        shipped = sorted((ROOT / "scenarios" / "studies").glob("*.cfg"))
        self.assertEqual([path.stem for path in shipped], ["policies", "quick", "sanshe", "staffing"])
        # Those of the whole district or of many draws take minutes: here in two subdistricts, with two draws.
        for path in shipped:
            with self.subTest(path.name):
                text = path.read_text(encoding="utf-8")
                small = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("draws"))
                small = small.replace('"../', f'"{ROOT}/scenarios/') + "draws = 2;\n"
                if "run.subdistricts" not in small:
                    small = small.replace("set = ( ", 'set = ( "run.subdistricts=[\\"110108017000\\"]", ')
                self.write("s.cfg", small)
                done = self.wangge("check", "s.cfg")
                self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
