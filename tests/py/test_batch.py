#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Batches as a user sees them: nothing is lost and nothing is done twice, whatever is killed, full or in the way."""
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import time
import unittest
from pathlib import Path

from runs import Folder, command
from batches import (SETS, batch, descendants, journal, named_after, parents, results, start_batch, wait_until,
                     write_study)

LONG = tuple("run.end=2020-11-01" if s.startswith("run.end") else s for s in SETS)


def done_paths(folder):
    return sorted(line[4] for line in journal(folder) if line[1] == "done")


def status(folder):
    told = command("status", folder, "--format", "json")
    return told.returncode, json.loads(told.stdout)


class Batches(Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.study = write_study(cls.path("study.cfg"))
        cls.whole = cls.path("whole")
        done = batch(cls.study, cls.whole, "-j", "2")
        if done.returncode:
            raise AssertionError(done.stderr)
        cls.told = done

    def copy(self, name):
        return shutil.copytree(self.whole, self.path(name))

    def assert_whole(self, folder):
        self.assertEqual(results(folder), results(self.whole))
        self.assertEqual(done_paths(folder), done_paths(self.whole))

    def test_what_there_is_to_do_is_told_first(self):
        lines = self.told.stdout.splitlines()
        self.assertEqual(lines[0], "tiny 小研究: 2 entries × 2 replicates = 4 runs")
        self.assertRegex(lines[1], r"^about \d+ s with 2 processes, about 2\.\d MB in " + self.whole)
        self.assertEqual(lines[2], f"4 runs done, stacked in {self.whole}/study.h5")
        self.assertIn("4/4 runs", self.told.stderr.splitlines()[-1])

    def test_each_run_is_what_run_gives(self):
        single = self.path("single.h5")
        sets = [word for s in SETS for word in ("--set", s)]
        done = command("run", str(Path(self.whole) / "scenarios" / "sanshe.cfg"), "-o", single, "--replicate", "1", *sets)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(Path(single).read_bytes(), results(self.whole)["runs/sanshe/1.h5"])

    def test_status(self):
        code, told = status(self.whole)
        self.assertEqual((code, told["runs"], told["done"], told["failed"], told["running"], told["missing"]),
                         (0, 4, 4, 0, 0, 0))
        self.assertEqual([(e["name"], e["done"]) for e in told["entries"]], [("baseline", 2), ("sanshe", 2)])
        text = command("status", self.whole, "--lang", "zh").stdout
        self.assertIn("完成", text)
        self.assertRegex(text, r"(?m)^合计 +4 +0 +0 +0$")

    def test_a_dry_run_writes_nothing(self):
        folder = self.path("dry")
        before = sorted(os.listdir(self.folder.name))
        done = batch(self.study, folder, "--dry-run", cwd=self.folder.name)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("= 4 runs", done.stdout)
        self.assertRegex(done.stdout, r"(?m)^  sanshe +\S+/scenarios/sanshe\.cfg +三社联动$")
        self.assertEqual(sorted(os.listdir(self.folder.name)), before)

    def test_what_is_done_is_not_done_again(self):
        folder = self.copy("again")
        before = Path(folder, "journal").read_bytes()
        done = batch(self.study, folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("4 of them done", done.stdout)
        self.assertEqual(Path(folder, "journal").read_bytes(), before)

    def test_a_folder_is_moved_and_goes_on_by_itself(self):
        folder = self.copy("moved")
        os.unlink(Path(folder, "journal"))
        shutil.rmtree(Path(folder, "runs", "sanshe"))
        done = batch(str(Path(folder, "study.cfg")), folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_whole(folder)

    def test_results_without_a_line_are_put_down(self):
        folder = self.copy("unwritten")
        journal_file = Path(folder, "journal")
        lines = journal_file.read_text().splitlines(True)
        journal_file.write_text("".join(lines[1:3]) + lines[3][:20])
        ages = {file: file.stat().st_mtime_ns for file in Path(folder).glob("runs/*/*.h5")}
        self.assertEqual(status(folder)[1]["damaged_lines"], 1)
        done = batch(self.study, folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_whole(folder)
        self.assertEqual({file: file.stat().st_mtime_ns for file in ages}, ages)

    def test_results_that_are_gone_are_made_again(self):
        folder = self.copy("gone")
        os.unlink(Path(folder, "runs/baseline/1.h5"))
        os.truncate(Path(folder, "runs/sanshe/0.h5"), 1000)
        self.assertEqual((status(folder)[1]["done"], status(folder)[1]["missing"]), (2, 2))
        done = batch(self.study, folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(results(folder), results(self.whole))
        self.assertEqual(status(folder)[1]["done"], 4)

    def test_torn_and_foreign_results_are_not_put_down(self):
        folder = self.copy("torn")
        os.unlink(Path(folder, "journal"))
        torn, foreign = Path(folder, "runs/baseline/0.h5"), Path(folder, "runs/sanshe/1.h5")
        torn.write_bytes(torn.read_bytes()[:-100])
        shutil.copy(Path(folder, "runs/sanshe/0.h5"), foreign)
        done = batch(self.study, folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_whole(folder)

    def test_another_study_is_refused(self):
        folder = self.copy("other")
        before = results(folder)
        for change, told in (({"sets": (*SETS[:2], *SETS[2:], "run.seed=2")}, r"run\.seed=2"),
                             ({"names": ("baseline", "relief")}, "relief"),
                             ({"replicates": 2, "more": "branch_at = \"2010-12-01\";"}, "branch_at|2010-12-01")):
            other = write_study(self.path("other.cfg"), **change)
            done = batch(other, folder)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertRegex(done.stderr, told)
        self.assertEqual(results(folder), before)

    def test_more_replicates(self):
        folder = self.copy("more")
        done = batch(write_study(self.path("more.cfg"), replicates=3), folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(done_paths(folder)), 6)
        done = command("expand", folder, "--replicates", "4")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(done_paths(folder)), 8)
        self.assertEqual(len(journal(folder)), 8)
        self.assertEqual({path: data for path, data in results(folder).items() if path[-4] in "01"}, results(self.whole))
        # The file need not repeat what expand was told.
        self.assertIn("= 8 runs, 8 of them done", batch(self.study, folder).stdout)
        done = command("expand", folder, "--replicates", "3", "--lang", "en")
        self.assertEqual(done.returncode, 2)
        self.assertIn("allowed: 4, which the study has, or more", done.stderr)
        self.assertEqual(command("expand", folder, "--draws", "3").returncode, 2)

    def test_what_is_in_the_way_of_one_entry_costs_no_other(self):
        folder = self.path("way")
        os.makedirs(Path(folder, "runs"))
        Path(folder, "runs", "sanshe").write_text("in the way")
        done = batch(self.study, folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn("2 runs failed", done.stderr)
        self.assertIn("runs/sanshe", done.stderr.splitlines()[-1])
        code, told = status(folder)
        self.assertEqual((code, told["done"], told["failed"]), (1, 2, 2))
        self.assertEqual([f["path"] for f in told["failures"]], ["runs/sanshe/0.h5", "runs/sanshe/1.h5"])
        os.unlink(Path(folder, "runs", "sanshe"))
        done = batch(self.study, folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_whole(folder)

    def test_a_full_disk_is_told_and_gone_on_from(self):
        """Files may grow to 300 kB, half a result."""
        folder = self.path("full")
        done = batch(self.study, folder, "--quiet",
                     preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300000, 300000)))
        self.assertEqual(done.returncode, 1)
        self.assertIn("4 runs failed", done.stderr)
        self.assertIn("File too large", done.stderr)
        self.assertEqual([str(f) for f in Path(folder).glob("runs/**/*") if f.is_file()], [])
        done = batch(self.study, folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_whole(folder)

    def test_a_journal_that_cannot_grow_ends_the_batch(self):
        folder = self.path("stuck")
        os.makedirs(Path(folder, "journal"))
        done = batch(self.study, folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn("journal", done.stderr)
        self.assertEqual(named_after(folder), [])

    def test_wrong_usage(self):
        for arguments, told in ((("--runner", "cloud"), 'allowed: local'), (("--runner", "slurm"), "not built in yet"),
                                (("-j", "0"), "allowed: 1 to"), (("--lang", "fr"), "allowed: en, zh")):
            done = command("batch", self.study, *arguments)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn(told, done.stderr)
        self.assertEqual(command("status", self.path("nowhere")).returncode, 2)
        self.assertEqual(command("expand", self.whole).returncode, 2)


class Signals(Folder):
    """Runs of some seconds: ten years."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.study = write_study(cls.path("long.cfg"), replicates=1, sets=LONG)

    def tearDown(self):
        wait_until(lambda: not named_after(self.folder.name), 20)

    def test_a_run_that_is_killed_costs_no_other(self):
        for generation, message in ((1, "killed by signal 9"), (0, "its process was killed by signal 9")):
            folder = self.path(f"killed{generation}")
            driver = start_batch(self.study, folder, "-j", "1", "--quiet")
            # The run is forked by the worker, which is forked by the driver; its file is there when it is well under way.
            wait_until(lambda: Path(folder, "runs/baseline/0.h5.part").exists())
            os.kill(descendants(driver.pid)[generation][0], signal.SIGKILL)
            told = driver.communicate(timeout=120)[1]
            self.assertEqual(driver.returncode, 1, told)
            self.assertEqual([(line[1], line[4]) for line in journal(folder)],
                             [("failed", "runs/baseline/0.h5"), ("done", "runs/sanshe/0.h5")])
            self.assertIn(message, status(folder)[1]["failures"][0]["message"])

    def test_all_die_with_the_batch(self):
        folder = self.path("dead")
        driver = start_batch(self.study, folder, "-j", "1", "--quiet")
        wait_until(lambda: Path(folder, "runs/baseline/0.h5.part").exists())
        below = descendants(driver.pid)
        self.assertEqual([len(generation) for generation in below], [1, 1])
        driver.kill()
        driver.communicate(timeout=60)
        wait_until(lambda: not {below[0][0], below[1][0]} & set(parents()), 1)
        self.assertFalse(Path(folder, "runs/baseline/0.h5").exists())

    def test_a_batch_is_stopped_and_goes_on(self):
        folder, alone = self.path("stopped"), self.path("alone.h5")
        for number, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
            driver = start_batch(self.study, folder, "-j", "1", "--quiet", "--lang", "en")
            wait_until(lambda: Path(folder, "runs/baseline/0.h5.part").exists())
            driver.send_signal(number)
            told = driver.communicate(timeout=60)[1]
            self.assertEqual(driver.returncode, code, told)
            self.assertIn(f"to go on: wangge batch {self.study} -o {folder}", told)
            self.assertTrue(Path(folder, "runs/baseline/0.h5.checkpoint").exists())
            self.assertEqual(journal(folder), [])
            self.assertEqual(parents().get(driver.pid), None)
        done = batch(self.study, folder, "-j", "1")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertFalse(Path(folder, "runs/baseline/0.h5.checkpoint").exists())
        self.assertEqual([line[1] for line in journal(folder)], ["done", "done"])
        done = command("run", str(Path(folder, "scenarios/baseline.cfg")), "-o", alone, "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(Path(alone).read_bytes(), results(folder)["runs/baseline/0.h5"])


class Storm(Folder):
    """Fifteen variants twenty times; two drivers, one of which is killed at a random moment, ten times."""
    KILLS = 10

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = ", ".join(f"{0.01 * i:.2f}" for i in range(1, 15))
        cls.more = f'sweep = ( {{ path = "policies.sanshe_linkage.params.skill"; values = [ {values} ]; ' \
                   'variants = [ "sanshe" ]; } );'

    def kill(self, driver):
        below = [process for generation in descendants(driver.pid) for process in generation]
        driver.kill()
        driver.wait(timeout=60)
        driver.stderr.close()
        wait_until(lambda: not set(below) & set(parents()), 20)

    def test_each_run_is_done_once(self):
        chance = random.Random(20101101)
        folder, study = self.path("storm"), write_study(self.path("storm.cfg"), replicates=20, more=self.more)
        drivers = [start_batch(study, folder, "-j", "1", "--quiet") for _ in range(2)]
        killed_at = []
        for _ in range(self.KILLS):
            wanted = len(journal(folder)) + chance.randrange(30)
            wait_until(lambda: len(journal(folder)) >= wanted, 120)
            time.sleep(chance.random() * 0.3)
            victim = chance.randrange(2)
            self.kill(drivers[victim])
            killed_at.append(len(journal(folder)))
            drivers[victim] = start_batch(study, folder, "-j", "1", "--quiet")
        for driver in drivers:
            self.assertEqual(driver.communicate(timeout=300)[1], "")
            self.assertEqual(driver.returncode, 0)
        self.assertLess(killed_at[-1], 300)
        self.assertGreater(len(set(killed_at)), self.KILLS // 2)
        lines = journal(folder)
        self.assertEqual({line[1] for line in lines}, {"done"})
        self.assertEqual(len(lines), 300)
        self.assertEqual(len({line[0] for line in lines}), 300)
        self.assertEqual(sorted(line[4] for line in lines), sorted(results(folder)))
        self.assertEqual([str(f) for f in Path(folder).rglob("*.part")], [])
        self.assertEqual(named_after(folder), [])
        self.assertEqual(status(folder)[1]["damaged_lines"], 0)
        self.assert_equal_to_a_calm_study(folder)

    def assert_equal_to_a_calm_study(self, folder):
        """Of the first three replicates."""
        calm = self.path("calm")
        done = batch(write_study(self.path("calm.cfg"), replicates=3, more=self.more), calm, "-j", "2", "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        expected, found = results(calm), results(folder)
        self.assertEqual(len(expected), 45)
        self.assertEqual([path for path in expected if found[path] != expected[path]], [])


if __name__ == "__main__":
    unittest.main()
