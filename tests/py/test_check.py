#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`wangge check` tells every problem at once and writes nothing; `run` refuses early; a full disk leaves nothing."""
import os
import resource
import subprocess
import tempfile
import unittest
from pathlib import Path

from runs import BASELINE, BINARY, ROOT

PART = ("--set", 'run.subdistricts=["110108015000"]')

MANY = """name = "many";
run: {
  start = "2011-01-01"; end = "2010-12-01"; seeed = 1;
  subdistricts = [ "110108015001", "110108015000" ];
};
needs: { filed_share = 0.9; };
vital_events: { fertility = [ 0.1 ]; };
migration: { out_member = [ 0.1 ]; };
services: { sanitation: { takes = [ 0.5 ]; }; };
output: { snapshot = [ "2011-01-15" ]; file = "nowhere/x.h5"; };
@include "more.cfg"
"""
MORE = """
housing: {
  move = [ 0.1, 0.2 ]; };
"""
# What each stage has to tell, in one go: file and line, key, what is allowed.
TOLD = [("many.cfg:3: run.seeed: ", "seed"), ("many.cfg:6: needs.filed_share: ", "allowed: 0.2 to 0.6"),
        ("--set: run.seed: ", "allowed: 0"), ("many.cfg:10: output.file: ", "output folder missing"),
        ("many.cfg:3: run.end: ", "later than"), ("many.cfg:9: services.sanitation.takes: ", "allowed: one for each"),
        ("many.cfg:4: run.subdistricts: ", "110108015000"), ("many.cfg:10: output.snapshot: ", "allowed: first days"),
        ("many.cfg:7: vital_events.fertility: ", "allowed: 28"), ("more.cfg:3: housing.move: ", "allowed: 19"),
        ("many.cfg:8: migration.out_member: ", "allowed: 19")]


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        path = Path(self.folder.name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def wangge(self, *arguments, **more):
        return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=120, cwd=self.folder.name,
                              **more)

    def names(self):
        return sorted(str(path.relative_to(self.folder.name)) for path in Path(self.folder.name).rglob("*"))


class Check(Folder):
    def test_good(self):
        done = self.wangge("check", BASELINE)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, f"{BASELINE}: good (29 subdistricts, 2010-11-01 to 2020-11-01, 3,280,670 residents, "
                                      "17 services, 10 kinds of desks)\n"
                                      "disorder: one open need brings about at most 0.53 further ones (allowed: below 1)\n")
        self.assertEqual(self.names(), [])

    def test_good_part_in_chinese(self):
        done = self.wangge("check", BASELINE, "--lang", "zh", *PART, "--set=run.end=2011-01-01")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue(done.stdout.startswith(f"{BASELINE}: 无误（1 个街镇，2010-11-01 至 2011-01-01，"), done.stdout)

    def test_every_scenario_is_good(self):
        for path in sorted((ROOT / "scenarios").glob("*.cfg")):
            with self.subTest(path.name):
                done = self.wangge("check", str(path))
                self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_every_problem_at_once(self):
        self.write("many.cfg", MANY)
        self.write("more.cfg", MORE)
        done = self.wangge("check", "many.cfg", "--set", "run.seed=abc")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        lines = done.stderr.splitlines()
        self.assertEqual(len(lines), len(TOLD), done.stderr)
        for line, (start, part) in zip(sorted(lines), sorted(TOLD, key=lambda pair: "wangge: " + pair[0])):
            self.assertTrue(line.startswith("wangge: " + start), line)
            self.assertIn(part, line)
        self.assertEqual(self.names(), ["many.cfg", "more.cfg"])

    def test_hundreds_of_problems(self):
        self.write("s.cfg", 'name = "s";\n' + "".join(f"k{i} = 1;\n" for i in range(500)))
        done = self.wangge("check", "s.cfg")
        self.assertEqual(done.returncode, 2)
        lines = done.stderr.splitlines()
        self.assertGreater(len(lines), 100)
        self.assertTrue(all(line.startswith("wangge: s.cfg:") for line in lines[:-1]), done.stderr)
        self.assertTrue(lines[-1].endswith("…"))

    def test_outside(self):
        self.write("own/s.cfg", 'name = "s";\n@include "../label.cfg"\n@include "below.cfg"\n')
        self.write("own/below.cfg", "run: { seed = 3; };")
        self.write("label.cfg", 'label = "标签";')
        done = self.wangge("check", "own/s.cfg", *PART)
        self.assertEqual(done.returncode, 2)
        self.assertTrue(done.stderr.startswith("wangge: own/s.cfg:2: @include: own/../label.cfg: lies outside"), done.stderr)
        self.assertIn("--allow-outside", done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1)
        for command in ("check", "synthesis"):
            done = self.wangge(command, "own/s.cfg", "--allow-outside", *PART)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
        done = self.wangge("run", "own/s.cfg", "--allow-outside", *PART, "--set=run.end=2010-12-01", "--quiet")
        self.assertEqual((done.returncode, done.stderr, done.stdout), (0, "", "output/s.h5\n"))

    def test_the_projects_folders_are_inside(self):
        self.write("s.cfg", f'@include "{BASELINE}"\n@include "{ROOT}/configs/haidian/../../scenarios/below.cfg"\n')
        done = self.wangge("check", "s.cfg", *PART)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stderr, f"wangge: s.cfg:2: @include: {ROOT}/configs/haidian/../../scenarios/below.cfg: cannot "
                                      "be read: No such file or directory\n")
        self.write("s.cfg", f'@include "{BASELINE}"\n')
        self.assertEqual(self.wangge("check", "s.cfg", *PART).returncode, 0)


class Run(Folder):
    def test_an_absent_folder_is_told_before_the_run(self):
        done = self.wangge("run", BASELINE, "-o", "none/x.h5")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(done.stderr, "wangge: -o: none/x.h5: output folder missing: No such file or directory\n")

    def test_devices_stay(self):
        for device in ("/dev/null", "/dev/full"):
            done = self.wangge("run", BASELINE, "-o", device, *PART)
            self.assertEqual((done.returncode, done.stderr), (2, f"wangge: -o: {device}: is not a regular file\n"))
            self.assertFalse(os.path.isfile(device))

    def full_disk(self, size, *arguments):
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        return self.wangge("run", BASELINE, "--quiet", *PART, "--set=run.end=2010-12-01", *arguments, preexec_fn=limit)

    def test_full_disk(self):
        for size in (0, 1, 1000, 20000, 100000):
            for arguments in ((), ("-o", "x.h5")):
                with self.subTest(size=size, arguments=arguments):
                    done = self.full_disk(size, *arguments)
                    self.assertEqual((done.returncode, done.stdout), (1, ""))
                    self.assertRegex(done.stderr, r"\Awangge: (output/baseline|x)\.h5: [^\n]*File too large\n\Z")
                    self.assertEqual(self.names(), [])

    def test_full_disk_leaves_the_earlier_file(self):
        self.write("x.h5", "earlier")
        done = self.full_disk(20000, "-o", "x.h5")
        self.assertEqual(done.returncode, 1)
        self.assertEqual((self.names(), Path(self.folder.name, "x.h5").read_text()), (["x.h5"], "earlier"))

    def test_output_that_cannot_be_printed(self):
        with open("/dev/full", "w") as full:
            for arguments in (("params",), ("check", BASELINE, *PART), ("--version",)):
                done = subprocess.run([BINARY, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
                # A write that failed early has left no reason behind when the last one is flushed.
                self.assertEqual(done.returncode, 1)
                self.assertRegex(done.stderr, r"\Awangge: standard output: (No space left on device|cannot be written)\n\Z")


    def test_closed_streams_do_not_end_up_in_the_results(self):
        command = (f"'{BINARY}' run '{BASELINE}' --set run.end=2010-12-01 --set output.snapshot=[] "
                   f"--set '{PART[1]}' -o ")
        for name, streams in (("all.h5", ""), ("none.h5", " <&- >&- 2>&-"), ("out.h5", " >&-"), ("err.h5", " 2>&-")):
            done = subprocess.run(["sh", "-c", command + name + streams], capture_output=True, cwd=self.folder.name,
                                  timeout=60)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(Path(self.folder.name, name).read_bytes(), Path(self.folder.name, "all.h5").read_bytes())


class Usage(Folder):
    def test_help_of_a_command(self):
        for command in ("run", "check", "params", "outputs", "synthesis"):
            done = self.wangge(command, "--help")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertTrue(done.stdout.startswith(f"usage: wangge {command} "))

    def test_what_is_quoted_stays_text(self):
        done = subprocess.run([BINARY, "check", b"a\nb\x1b[31m\xff.cfg"], capture_output=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr),
                         (2, b"wangge: a?b?[31m?.cfg: cannot be read: No such file or directory\n"))
        done = subprocess.run([BINARY, "run", b"-\nb\x1b\xff"], capture_output=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr.splitlines()[0]), (2, b"wangge: unknown option -?b??"))


if __name__ == "__main__":
    unittest.main()
