#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every case of tests/bad_input/cases.py is refused in time, by name, with the right exit status, and leaves nothing."""
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from runs import BINARY, ROOT

sys.path.insert(0, str(ROOT / "tests" / "bad_input"))
import cases  # noqa: E402

SECONDS = 10.0 if "sanitize" in BINARY else 2.0
ENVIRONMENT = dict(os.environ, ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":allocator_may_return_null=1")


def contents(folder):
    """Everything below, with what tells whether it was touched."""
    found = {}
    for path in sorted(Path(folder).rglob("*")):
        status = path.lstat()
        found[str(path.relative_to(folder))] = (status.st_mode, status.st_size, status.st_mtime_ns)
    return found


def place(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    if callable(content):
        content(str(path))
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # A copy of the program with configs/ of its own beside it, for the damaged tables.
        cls.copy = tempfile.TemporaryDirectory()
        cls.program = shutil.copy(BINARY, cls.copy.name)
        cls.configs = Path(cls.copy.name, "configs", "haidian")
        shutil.copytree(ROOT / "configs", cls.configs.parent)

    @classmethod
    def tearDownClass(cls):
        cls.copy.cleanup()

    def call(self, program, case, arguments, folder):
        """Returns the exit status and the lines on standard error."""
        def limit():
            resource.setrlimit(getattr(resource, case.limit[0]), (case.limit[1], case.limit[1]))
        with open(case.stdout, "wb") if case.stdout else tempfile.TemporaryFile() as out:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            done = subprocess.run([program, *arguments], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE,
                                  cwd=folder, timeout=60, env=ENVIRONMENT, preexec_fn=limit if case.limit else None)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            # Time of the processor, whatever else the machine has to do; what waits for ever meets the time-out.
            self.assertLess(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, SECONDS)
            if not case.stdout:
                self.assertEqual(out.seek(0, 2), 0, "something on standard output")
        return done.returncode, done.stderr.decode().splitlines()

    def refused(self, program, case, arguments, folder):
        before = contents(folder)
        status, lines = self.call(program, case, arguments, folder)
        self.assertEqual(contents(folder), before)
        self.assertEqual(status, case.status, lines)
        self.assertTrue(lines and lines[0].startswith("wangge: "), lines)
        own = [line for line in lines if line.startswith("wangge: ") and not line.startswith("wangge: 0.1")]
        # What is not a problem is how the command is used, or what commands there are.
        for line in lines[len(own):]:
            self.assertTrue(line.startswith(("usage: ", "wangge ", "  ")) or not line, lines)
        for line in own:
            self.assertTrue(line.isprintable(), repr(line))
        where = str(self.configs / case.where) if case.table and case.where.split(":")[0].endswith(
            (".csv", ".cfg")) else case.where
        self.assertTrue(any(line.startswith("wangge: " + where) and case.holds in line for line in own), lines[:8])

    def run_case(self, number, case):
        with tempfile.TemporaryDirectory() as folder:
            for name, content in case.files.items():
                if name != "TABLE":
                    place(Path(folder, name), content)
            if case.table:
                self.with_table(case, folder)
                return
            self.refused(BINARY, case, case.arguments, folder)
            # Which looks at everything, so that it takes longer.
            if case.also_check and case.arguments[0] == "run" and number % 6 == 0:
                arguments = [argument for argument in case.arguments if argument not in ("-o", "x.h5", "--quiet")]
                self.refused(BINARY, case, ["check", *arguments[1:]], folder)

    def with_table(self, case, folder):
        path = self.configs / case.table
        good = path.read_bytes()
        path.unlink()
        try:
            change = case.files["TABLE"]
            if change in (cases.folder, cases.fifo):
                change(str(path))
            elif change:
                path.write_bytes(change(good))
            self.refused(self.program, case, case.arguments, folder)
        finally:
            if path.is_dir():
                path.rmdir()
            elif path.exists():
                path.unlink()
            path.write_bytes(good)

    def test_every_case(self):
        self.assertGreaterEqual(len(cases.ALL), 150)
        for number, case in enumerate(cases.ALL):
            with self.subTest(case.name, number=number):
                self.run_case(number, case)

    def test_a_good_one_passes(self):
        """Otherwise everything might be refused, for whatever reason."""
        with tempfile.TemporaryDirectory() as folder:
            place(Path(folder, "s.cfg"), '@include "name.cfg"\nextends = "base.cfg";\nrun: { seed = 3000000000L; };\n')
            place(Path(folder, "name.cfg"), '// 注释\nname = "s"; label = "标签；";')
            place(Path(folder, "base.cfg"), 'run: { end = "2010-12-01"; };')
            for program in (BINARY, self.program):
                done = subprocess.run([program, "check", "s.cfg", "--set", cases.PART], cwd=folder, capture_output=True,
                                      text=True, timeout=60)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertEqual(sorted(os.listdir(folder)), ["base.cfg", "name.cfg", "s.cfg"])
            done = subprocess.run([BINARY, "run", "s.cfg", "-o", "x.h5", "--quiet", "--set", cases.PART], cwd=folder,
                                  capture_output=True, text=True, timeout=60)
            self.assertEqual((done.returncode, done.stderr, done.stdout), (0, "", "x.h5\n"))
            self.assertEqual(sorted(os.listdir(folder)), ["base.cfg", "name.cfg", "s.cfg", "x.h5", "x.log.json"])

    def test_folders_that_may_not_be_written_to(self):
        """Root may write everywhere, so that it becomes somebody else for this."""
        root = os.geteuid() == 0
        os.chmod(self.copy.name, 0o755)
        with tempfile.TemporaryDirectory() as folder:
            place(Path(folder, "s.cfg"), 'name = "s"; run: { end = "2010-12-01"; };')
            os.mkdir(Path(folder, "locked"))
            for path in (Path(folder, "locked"), Path(folder)):
                os.chmod(path, 0o555)
            told = {"locked/x.h5": "-o: locked/x.h5: the output folder cannot be written to: Permission denied",
                    "x.h5": "-o: x.h5: the output folder cannot be written to: Permission denied",
                    None: "output/s.h5: cannot create: No such file or directory"}
            for path, line in told.items():
                before = contents(folder)
                done = subprocess.run([self.program, "run", "s.cfg", "--quiet", "--set", cases.PART] +
                                      (["-o", path] if path else []), cwd=folder, capture_output=True, text=True, timeout=60,
                                      preexec_fn=(lambda: os.setuid(65534)) if root else None)
                self.assertEqual((done.returncode, done.stderr), (2, f"wangge: {line}\n"))
                self.assertEqual(contents(folder), before)
            os.chmod(folder, 0o755)


if __name__ == "__main__":
    unittest.main()
