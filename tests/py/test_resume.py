#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that are interrupted and go on, as a user sees them: the file is the one of a run that was never interrupted."""
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import time
import unittest
from pathlib import Path

from runs import BINARY, ROOT, Folder, command, differences

# Two small subdistricts, ten months that begin in the middle of one; turns by need, relief, snapshots and a log of events.
SCENARIO = """
name = "resumed"; label = "继续";
run: {{ start = "2010-11-15"; end = "2011-08-20"; subdistricts = [ "110108015000", "110108016000" ]; }};
output: {{ place = "community"; levers = true; events = [ "110108016000" ];
          snapshot = [ "2010-11-15", "2011-01-01", "2011-05-01", "2011-08-20" ]; }};
policies = (
  {{ policy = "sanshe_linkage"; from = "2011-01-20"; ramp_months = 4;
    rollout: {{ communities_per_month = 3; order = "need"; }}; }},
  {{ policy = "population_relief"; from = "2010-12-01"; ramp_months = 6; params: {{ follow_days = 548; }}; }}
);
// {}
"""
MONTHS = 10
KEPT = re.compile(r"state-(\d{4,})")
RANDOM = random.Random(6)


class Resume(Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scenario = cls.path("resumed.cfg")
        Path(cls.scenario).write_text(SCENARIO.format(""), encoding="utf-8")
        start = time.monotonic()
        done = cls.run_it("whole.h5", "--threads", "1", "--set", "run.checkpoint_every_months=0")
        cls.seconds = time.monotonic() - start
        if done.returncode:
            raise AssertionError(done.stderr)
        cls.whole = Path(cls.path("whole.h5")).read_bytes()

    @classmethod
    def arguments(cls, name, *more):
        return ["run", cls.scenario, "-o", cls.path(name), "--quiet", *more]

    @classmethod
    def run_it(cls, name, *more, **options):
        return command(*cls.arguments(name, *more), **options)

    @classmethod
    def months(cls, name):
        folder = Path(cls.path(name) + ".checkpoint")
        names = os.listdir(folder) if folder.is_dir() else []
        return sorted(int(match[1]) for match in map(KEPT.fullmatch, names) if match)

    def start(self, name, *more):
        return subprocess.Popen([BINARY, *self.arguments(name, *more)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True)

    def stop_at(self, name, months, *more, number=signal.SIGKILL):
        """Starts a run with a checkpoint every month and sends it the signal as soon as the month's is there. Where this
        process slept until the run had come to its end, once more."""
        for _ in range(10):
            process = self.start(name, "--set", "run.checkpoint_every_months=1", *more)
            until = time.monotonic() + 120
            while process.poll() is None and time.monotonic() < until:
                if any(month >= months for month in self.months(name)):
                    break
                time.sleep(0.002)
            process.send_signal(number)
            out, err = process.communicate(timeout=120)
            if process.returncode != 0:
                break
            os.remove(self.path(name))
        return process.returncode, out, err

    def assert_whole(self, name):
        path = Path(self.path(name))
        if path.read_bytes() != self.whole:
            self.fail(f"{name} differs from the uninterrupted run: {differences(path, self.path('whole.h5'))}")
        self.assertFalse(Path(str(path) + ".checkpoint").exists())

    def resume(self, name, *more, code=0):
        done = self.run_it(name, "--resume", *more)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    # ---- results ----

    def test_checkpoints_do_not_show(self):
        for every in (1, 4):
            done = self.run_it("every.h5", "--set", f"run.checkpoint_every_months={every}")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assert_whole("every.h5")
            log = json.loads(Path(self.path("every.log.json")).read_text())
            self.assertEqual((log["resumed"], log["checkpoints"]), (False, (MONTHS - 1) // every))
            self.assertGreater(log["checkpoint_bytes"], 1000000)

    def test_killed_and_resumed(self):
        for months, threads, storage in ((1, 2, 0), (5, 1, 7), (MONTHS - 1, 4, 0)):
            with self.subTest(months=months, threads=threads, storage=storage):
                self.stop_at("killed.h5", months)
                kept = self.months("killed.h5")
                done = self.resume("killed.h5", "--threads", str(threads), "--set", f"run.storage={storage}")
                self.assertIn(f"{kept[-1]} of {MONTHS} months lived", done.stderr)
                self.assert_whole("killed.h5")
                self.assertFalse(Path(self.path("killed.h5.part")).exists())

    def test_killed_again_and_again_at_random_moments(self):
        lived = 0
        for _ in range(60):
            process = self.start("again.h5", "--resume", "--set", "run.checkpoint_every_months=1")
            try:
                out, err = process.communicate(timeout=self.seconds * (0.4 + RANDOM.random() * 0.8))
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                if Path(self.path("again.h5")).exists():  # killed behind the end
                    continue
                kept = self.months("again.h5")
                self.assertGreaterEqual(kept[-1] if kept else 0, lived)  # nothing is ever lost
                lived = kept[-1] if kept else 0
                continue
            self.assertEqual(process.returncode, 0, err)
            break
        self.assert_whole("again.h5")

    # ---- signals ----

    def test_a_signal_stops_after_a_checkpoint(self):
        for number, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
            for wait in (RANDOM.random() * self.seconds, 0.6 * self.seconds):
                with self.subTest(signal=number, wait=wait):
                    process = self.start("stopped $(x) '1'.h5", "--set", "run.checkpoint_every_months=0")
                    time.sleep(wait)
                    process.send_signal(number)
                    out, err = process.communicate(timeout=120)
                    if process.returncode == -number:  # it did not listen yet
                        continue
                    if process.returncode == 0:  # the signal came when the results were being written
                        self.assert_whole("stopped $(x) '1'.h5")
                        continue
                    self.assertEqual((process.returncode, out), (code, ""), err)
                    self.assertEqual(len(self.months("stopped $(x) '1'.h5")), 1)
                    self.assertFalse(Path(self.path("stopped $(x) '1'.h5")).exists())
                    line = err.splitlines()[-1].strip()
                    self.assertTrue(line.endswith("--resume"), err)
                    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=120)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assert_whole("stopped $(x) '1'.h5")
                    os.remove(self.path("stopped $(x) '1'.h5"))

    def test_the_second_signal_stops_at_once(self):
        process = self.start("twice.h5")
        caught = 0
        while process.poll() is None and not caught & 1 << (signal.SIGTERM - 1):  # not before it listens
            status = Path(f"/proc/{process.pid}/status").read_text()
            caught = int(re.search(r"SigCgt:\s*([0-9a-f]+)", status)[1], 16)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.01)
        self.assertIsNone(process.poll())  # the first is only noted: the world is being made
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        self.assertEqual(process.returncode, -signal.SIGTERM)
        self.assertEqual(self.months("twice.h5"), [])

    def test_stopped_run_speaks_chinese(self):
        code, _, err = self.stop_at("zh.h5", 2, "--lang", "zh", number=signal.SIGTERM)
        self.assertEqual(code, 143, err)
        self.assertIn("检查点已保存", err)
        self.assertIn("从检查点继续", self.resume("zh.h5", "--lang", "zh").stderr)
        self.assert_whole("zh.h5")

    # ---- what is there ----

    def test_without_a_checkpoint_it_starts_from_the_beginning(self):
        done = self.resume("fresh.h5")
        self.assertIn("starts from the beginning", done.stderr)
        self.assert_whole("fresh.h5")
        before = os.stat(self.path("fresh.h5")).st_mtime_ns
        done = self.resume("fresh.h5")  # finished: nothing is left to be done
        self.assertIn("finished", done.stderr)
        self.assertEqual(done.stdout, self.path("fresh.h5") + "\n")
        self.assertEqual(os.stat(self.path("fresh.h5")).st_mtime_ns, before)
        done = self.resume("fresh.h5", "--seed", "2")  # another run is not
        self.assertIn("starts from the beginning", done.stderr)
        self.assertNotEqual(Path(self.path("fresh.h5")).read_bytes(), self.whole)

    def test_a_foreign_checkpoint_is_refused(self):
        code, _, err = self.stop_at("foreign.h5", 2, number=signal.SIGTERM)
        self.assertEqual(code, 143, err)
        kept = self.months("foreign.h5")
        for more, told in ((("--seed", "2"), "run.seed = 1 there, 2 here"),
                           (("--set", "run.end=2011-09-01"), "run.end"),
                           (("--set", "trust.efficacy=0.3"), "trust.efficacy")):
            done = self.resume("foreign.h5", *more, code=2)
            self.assertIn("belongs to another run", done.stderr)
            self.assertIn(told, done.stderr)
            self.assertEqual(self.months("foreign.h5"), kept)
        self.resume("foreign.h5")
        self.assert_whole("foreign.h5")

    def test_starting_anew_keeps_the_old_until_there_is_a_new_one(self):
        self.stop_at("anew.h5", 4, number=signal.SIGTERM)
        old = self.months("anew.h5")
        process = self.start("anew.h5", "--seed", "2", "--set", "run.checkpoint_every_months=0")
        time.sleep(self.seconds / 2)
        process.kill()
        process.communicate()
        self.assertEqual(self.months("anew.h5"), old)
        process = self.start("anew.h5", "--seed", "2", "--set", "run.checkpoint_every_months=1")
        until = time.monotonic() + 120
        while old[-1] in self.months("anew.h5") and time.monotonic() < until:
            time.sleep(0.002)
        process.send_signal(signal.SIGTERM)
        self.assertEqual((process.wait(120), process.communicate()[0]), (143, ""))
        self.assertIn("run.seed = 2 there, 1 here", self.resume("anew.h5", code=2).stderr)  # the old ones are gone

    def test_damage_costs_one_generation(self):
        code, _, err = self.stop_at("damaged.h5", 6, number=signal.SIGTERM)
        self.assertEqual(code, 143, err)
        kept = self.months("damaged.h5")
        self.assertEqual(len(kept), 2)
        folder = Path(self.path("damaged.h5.checkpoint"))
        shutil.copytree(folder, self.path("copy"))
        newest = folder / f"state-{kept[-1]:04d}"
        good = newest.read_bytes()
        for change in ("flip", "flip", "cut", "empty", "gone"):
            with self.subTest(change=change):
                shutil.rmtree(folder, ignore_errors=True)
                shutil.copytree(self.path("copy"), folder)
                at = RANDOM.randrange(len(good))
                if change == "flip":
                    newest.write_bytes(good[:at] + bytes([good[at] ^ (1 << RANDOM.randrange(8))]) + good[at + 1:])
                elif change == "gone":
                    newest.unlink()
                else:
                    newest.write_bytes(good[:at] if change == "cut" else b"")
                done = self.resume("damaged.h5")
                self.assertIn(f"{kept[0]} of {MONTHS} months lived", done.stderr)
                self.assertEqual("is damaged" in done.stderr, change != "gone")
                self.assert_whole("damaged.h5")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.path("copy"), folder)
        for name in folder.iterdir():
            name.write_bytes(name.read_bytes()[:-1])
        done = self.resume("damaged.h5", code=2)
        self.assertIn("no checkpoint in it can be used", done.stderr)
        self.assertEqual(self.months("damaged.h5"), kept)

    def test_a_missing_group_makes_a_state_useless(self):
        code, _, err = self.stop_at("group.h5", 4, number=signal.SIGTERM)
        self.assertEqual(code, 143, err)
        groups = sorted(Path(self.path("group.h5.checkpoint")).glob("group-*"))
        self.assertEqual(len(groups), 3)  # residents twice; no needs are open at the start
        groups[0].unlink()
        self.assertIn("cannot be opened", self.resume("group.h5", code=2).stderr)

    # ---- a disk that is full ----

    def test_a_checkpoint_that_cannot_be_written_loses_nothing(self):
        code, _, err = self.stop_at("full.h5", 3, number=signal.SIGTERM)
        self.assertEqual(code, 143, err)
        folder = Path(self.path("full.h5.checkpoint"))
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        size = max(len(content) for content in before.values())
        for limit in (100, size - 10):
            with self.subTest(limit=limit):
                done = self.run_it("full.h5", "--resume", "--set", "run.checkpoint_every_months=1",
                                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn("File too large", done.stderr)
                now = {path.name: path.read_bytes() for path in folder.iterdir()}
                self.assertEqual({name: now.get(name) for name in before}, before)
                self.assertFalse([name for name in now if name.endswith(".part")])
        self.resume("full.h5")
        self.assert_whole("full.h5")

    def test_a_folder_that_cannot_be_made_is_told(self):
        Path(self.path("file.h5.checkpoint")).write_text("not a folder")
        self.assertEqual(self.resume("file.h5", code=2).stdout, "")
        done = self.run_it("file.h5", "--set", "run.checkpoint_every_months=1")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("file.h5.checkpoint", done.stderr)


if __name__ == "__main__":
    unittest.main()
