#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole runs of the program, as a user sees them: the census at the start, exact books, directions."""
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

import h5py
import numpy as np

from runs import BASELINE, BINARY, ROOT, Folder, run

# Two subdistricts, of campuses and of villages: a few per cent of the district at full fidelity.
PART = 'run.subdistricts=["110108015000","110108029000"]'


def census_table(name):
    text = (ROOT / "configs" / "haidian" / name).read_text()
    lines = [line.strip() for line in text.splitlines() if not line.startswith("#")]
    return [line.split(",") for line in lines if line]


def balance_error(file):
    """Largest violation of arisen = met on time + met late + lapsed + withdrawn + change of open."""
    data = {name: file[name][:].astype(np.int64) for name in
            ("needs_arisen", "met_on_time", "met_late", "lapsed", "withdrawn", "open_needs")}
    change = np.diff(data["open_needs"], axis=0)
    ended = sum(data[name][1:] for name in ("met_on_time", "met_late", "lapsed", "withdrawn"))
    return int(np.abs(data["needs_arisen"][1:] - ended - change).max())


def accounts_error(file):
    """Largest violation of start + births - deaths + moves in - moves out = end, by place."""
    total = file["residents"][:].astype(np.int64).sum(axis=(2, 3, 4))
    flow = {name: file[name][:].astype(np.int64)[1:] for name in
            ("births", "deaths", "moved_in", "moved_out", "moved_within", "moved_within_in")}
    change = (flow["births"] - flow["deaths"] + flow["moved_in"] - flow["moved_out"]
              - flow["moved_within"] + flow["moved_within_in"])
    return int(np.abs(np.diff(total, axis=0) - change).max())


class WholeDistrict(Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = h5py.File(cls.simulate("whole.h5", "--set", "run.end=2011-11-01", "--set", "output.snapshot=[]"), "r")

    @classmethod
    def tearDownClass(cls):
        cls.file.close()
        super().tearDownClass()

    def test_row_0_is_the_census_by_age_and_sex(self):
        residents = self.file["residents"][0].sum(axis=(0, 3))
        table = [[int(row[1]), int(row[2])] for row in census_table("age_sex_2010.csv")[1:]]
        self.assertEqual(residents.sum(), 3280670)
        self.assertTrue(np.array_equal(residents, np.array(table)))
        self.assertEqual(self.file["residents"].shape[1], 29)

    def test_row_0_is_the_census_by_registration_and_subdistrict(self):
        residents = self.file["residents"][0]
        self.assertEqual(list(residents.sum(axis=(0, 1, 2))), [3280670 - 1256145 - 165874, 165874, 1256145])
        rows = {row[0]: row for row in census_table("subdistricts.csv")[1:]}
        head = census_table("subdistricts.csv")[0]
        known = {code: int(row[head.index("population_2010")]) for code, row in rows.items()
                 if row[head.index("population_2010")]}
        self.assertGreater(len(known), 8)
        by_place = dict(zip(map(str, self.file["subdistrict"][:]), residents.sum(axis=(1, 2, 3))))
        for code, population in known.items():
            self.assertEqual(by_place[code], population)

    def test_row_0_households(self):
        self.assertEqual(self.file["households"][0].sum(), 976376)
        self.assertEqual(self.file["collective_residents"][0].sum(), 951440)

    def test_books_are_exact(self):
        self.assertEqual(balance_error(self.file), 0)
        self.assertEqual(accounts_error(self.file), 0)

    def test_first_year_volumes(self):
        """1.54 needs per resident-year are configured: 5.06 million, standard deviation 2,250 (Poisson), so 1 % is more
        than 20 standard deviations. Filings (0.54) are calibrated, not configured: within 5 %."""
        residents = self.file["residents"][:].sum(axis=(1, 2, 3, 4))[:-1].mean()
        self.assertAlmostEqual(self.file["needs_arisen"][:].sum() / residents, 0.54 / 0.35, delta=0.0154)
        self.assertAlmostEqual(self.file["cases_filed"][:].sum() / residents, 0.54, delta=0.027)

    def test_every_service_arises_and_is_met(self):
        self.assertEqual(self.file["service"].shape[0], 17)
        self.assertTrue((self.file["needs_arisen"][:].sum(axis=(0, 1)) > 5000).all())
        self.assertTrue((self.file["met_on_time"][:].sum(axis=(0, 1)) > 200).all())

    def test_hours_spent_are_hours_available(self):
        self.assertTrue((self.file["person_minutes_used"][:] <= self.file["person_minutes_available"][:]).all())
        spent = (self.file["person_minutes_used"][:] - self.file["person_minutes_looking"][:]
                 - self.file["person_minutes_care"][:]).sum()
        self.assertEqual(spent, self.file["person_minutes"][:].sum())

    def test_ratios_are_nan_where_nothing_was_due(self):
        self.assertTrue(np.isnan(self.file["coverage"][0]).all())
        due = self.file["due"][1:]
        coverage = self.file["coverage"][1:]
        self.assertTrue((np.isnan(coverage) == (due == 0)).all())
        self.assertTrue((self.file["met_due"][:] <= self.file["due"][:]).all())

    def test_dwellings_hold_their_households(self):
        self.assertTrue((self.file["households"][:] <= self.file["dwellings"][:]).all())

    def test_communities(self):
        group = self.file["communities"]
        self.assertEqual(group["community"].shape[0], 654)
        self.assertEqual(int((group["kind"][:] == 3).sum()), 84)
        self.assertTrue(((group["longitude"][:] > 115.9) & (group["longitude"][:] < 116.5)).all())
        self.assertTrue(((group["latitude"][:] > 39.8) & (group["latitude"][:] < 40.2)).all())
        self.assertTrue(2400 < group["grids"][:].sum() < 3100)


class Part(Folder):
    def test_luck_is_the_replicates(self):
        same = [self.simulate(f"luck{i}.h5", "--set", PART, "--set", "run.end=2010-12-01", *more)
                for i, more in enumerate(((), ("--replicate", "1"), ("--seed", "2")))]
        arisen = [h5py.File(name, "r")["needs_arisen"][:] for name in same]
        self.assertFalse(np.array_equal(arisen[0], arisen[1]))
        self.assertFalse(np.array_equal(arisen[0], arisen[2]))

    def test_part_is_the_same_people(self):
        whole = h5py.File(self.simulate("all0.h5", "--set", "run.end=2010-12-01", "--set", "output.snapshot=[]"), "r")
        part = h5py.File(self.simulate("part0.h5", "--set", PART, "--set", "run.end=2010-12-01"), "r")
        at = [list(whole["subdistrict"][:]).index(code) for code in part["subdistrict"][:]]
        self.assertTrue(np.array_equal(whole["residents"][0][at], part["residents"][0]))
        self.assertTrue(np.array_equal(whole["births"][:][:, at], part["births"][:]))
        self.assertTrue(np.array_equal(whole["needs_arisen"][:][:, at], part["needs_arisen"][:]))

    def test_officers_move_filing_coverage_and_backlog(self):
        """Common luck: the same needs arise, so the directions below are not a matter of chance."""
        files = {}
        for staff in ("0.5", "1.0", "2.0", "3.0"):
            name = self.simulate(f"staff{staff}.h5", "--set", PART, "--set", "run.end=2012-11-01", "--set",
                                 f"desks.grid_team.staff={staff}", "--set", "output.snapshot=[]")
            files[staff] = h5py.File(name, "r")
        order = list(files)
        filed = [files[s]["cases_filed"][:].sum() for s in order]
        met = [files[s]["met_due"][:].sum() / files[s]["due"][:].sum() for s in order]
        kind = [k.decode() for k in files["1.0"]["desk_kind"][:]].index("grid_team")
        waiting = [files[s]["backlog"][-12:, :, kind].sum() / files[s]["cases_filed"][-12:].sum() for s in order]
        self.assertEqual(filed, sorted(filed))
        self.assertEqual(met, sorted(met))
        # Cases wait where hours are short; beyond the load only those of the last days do, however many officers there are.
        self.assertGreater(waiting[0], 2 * waiting[1])
        self.assertGreater(waiting[1], waiting[3])
        # Diminishing returns: an officer more adds less each time.
        gains = [(met[1] - met[0]) / 0.5, met[2] - met[1], met[3] - met[2]]
        self.assertEqual(gains, sorted(gains, reverse=True))
        self.assertGreater(gains[-1], 0)
        # Who looks, finds: filings rise by a fifth at the least from half an officer to three.
        self.assertGreater(filed[-1], 1.2 * filed[0])
        for file in files.values():
            self.assertEqual(balance_error(file), 0)
            self.assertEqual(accounts_error(file), 0)

    def test_queues_grow_without_bound_below_the_load(self):
        """With a tenth of an officer and nobody who gives up, each year adds about as much to the queue as the one before;
        with two officers the queue of the second year is that of the first."""
        patience = [x for name in ("sanitation", "parking_traffic", "public_facilities", "illegal_building",
                                   "property_management", "safety_hazards", "fire_safety", "floating_population")
                    for x in ("--set", f"services.{name}.patience_days=0.0")]
        # A desk without its one officer gives its cases away, one far from its grids has no hours, and overdue cases go up: the
        # queue is to be one alone.
        patience += ["--set", "desks.grid_team.turnover=0.0", "--set", "desks.grid_team.travel_loss=0.0",
                     "--set", "escalation.least_days=10000"]
        growth = []
        for staff in ("0.1", "2.0"):
            name = self.simulate(f"queue{staff}.h5", "--set", PART, "--set", "run.end=2012-11-01", "--set",
                                 f"desks.grid_team.staff={staff}", "--set", "output.snapshot=[]", "--set", "disorder.gain=0.0", *patience)
            file = h5py.File(name, "r")
            kind = [k.decode() for k in file["desk_kind"][:]].index("grid_team")
            waiting = file["backlog"][:, :, kind].sum(axis=1)
            growth.append((waiting[12], waiting[24]))
        self.assertGreater(growth[0][1], 1.7 * growth[0][0])
        self.assertLess(growth[1][1], 1.7 * growth[1][0])
        self.assertGreater(growth[0][1], 20 * growth[1][1])

    def test_filed_share_keeps_the_filed_volume(self):
        filed = []
        for share in ("0.25", "0.35", "0.5"):
            name = self.simulate(f"share{share}.h5", "--set", PART, "--set", "run.end=2011-11-01", "--set",
                                 f"needs.filed_share={share}", "--set", "output.snapshot=[]")
            filed.append(h5py.File(name, "r")["cases_filed"][:].sum())
        for other in (filed[0], filed[2]):
            self.assertLess(abs(other / filed[1] - 1), 0.15)

    def test_places(self):
        communities = h5py.File(self.simulate("c.h5", "--set", PART, "--set", "run.end=2011-02-01", "--set",
                                              "output.place=community"), "r")
        district = h5py.File(self.simulate("d.h5", "--set", PART, "--set", "run.end=2011-02-01", "--set",
                                           "output.place=district"), "r")
        self.assertEqual(communities["needs_arisen"].shape[1], 7 + 26)
        self.assertTrue(np.array_equal(communities["needs_arisen"][:].sum(axis=1), district["needs_arisen"][:, 0]))
        self.assertTrue(np.array_equal(communities["residents"][:].sum(axis=1), district["residents"][:, 0]))
        self.assertEqual(communities["community_name"].shape[0], 33)

    def test_cut_months(self):
        file = h5py.File(self.simulate("cut.h5", "--set", PART, "--set", "run.start=2010-11-20", "--set",
                                       "run.end=2011-01-10", "--set", "output.snapshot=[\"2011-01-10\"]"), "r")
        self.assertEqual(list(file["time"][:]), [0.0, 11.0, 42.0, 51.0])
        self.assertEqual(balance_error(file), 0)
        self.assertEqual(accounts_error(file), 0)
        self.assertEqual(file["residents_20110110/resident"].shape[0], file["residents"][-1].sum())

    def test_snapshot_is_the_population(self):
        file = h5py.File(self.simulate("snap.h5", "--set", PART, "--set", "run.end=2011-02-01", "--set",
                                       'output.snapshot=["2011-01-01"]'), "r")
        group = file["residents_20110101"]
        self.assertEqual(len(np.unique(group["resident"][:])), group["resident"].shape[0])
        registration = np.bincount(group["registration"][:], minlength=3)
        self.assertTrue(np.array_equal(registration, file["residents"][2].sum(axis=(0, 1, 2))))
        months = 2011 * 12 - (group["birth_year"][:].astype(int) * 12 + group["birth_month"][:] - 1)
        infants = int((months < 12).sum())
        self.assertEqual(infants, file["residents"][2][:, 0].sum())


READ = """
import sys, xarray
data = xarray.open_dataset(sys.argv[1], engine=sys.argv[2])
assert str(data.time.values[0])[:10] == "2010-11-01" and str(data.time.values[1])[:10] == "2010-12-01"
assert data.coverage.dims == ("time", "subdistrict", "service")
assert "万寿路" in list(data.subdistrict_name.values) and "养老服务" in list(data.service_name.values)
assert int(data.residents.isel(time=0).sum()) == 3280670
assert data.person_minutes.dtype.kind in "iu", data.person_minutes.dtype
assert data.attrs["scenario"] == "baseline" and "evidence" in data.attrs and data.attrs["Conventions"] == "CF-1.8"
print(len(data.data_vars))
"""


class Readers(Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.name = cls.simulate("read.h5", "--set", "run.end=2010-12-01", "--set", "output.snapshot=[\"2010-12-01\"]")

    def test_xarray_h5netcdf(self):
        done = subprocess.run([sys.executable, "-c", READ, self.name, "h5netcdf"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(int(done.stdout), 40)

    def test_xarray_netcdf4(self):
        done = subprocess.run([sys.executable, "-c", READ, self.name, "netcdf4"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_ncdump(self):
        done = subprocess.run(["ncdump", "-h", self.name], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("coverage(time, subdistrict, service)", done.stdout)

    def test_configuration_in_the_file_can_be_run_again(self):
        text = h5py.File(self.name, "r").attrs["configuration"]
        text = text.decode() if isinstance(text, bytes) else text
        again = self.path("again.cfg")
        Path(again).write_text(text)
        done = run(again, "-o", self.path("again.h5"), "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        diff = subprocess.run(["h5diff", self.name, self.path("again.h5")], capture_output=True, text=True)
        self.assertEqual((diff.returncode, diff.stdout), (0, ""))

    def test_log_beside_the_results(self):
        log = json.loads(Path(self.name[:-3] + ".log.json").read_text())
        self.assertEqual(log["resident_days"] // 1000000, 3280670 * 30 // 1000000)


class Refusals(Folder):
    def refused(self, status, text, *arguments):
        before = sorted(os.listdir(self.folder.name))
        done = run(*arguments)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertIn(text, done.stderr)
        self.assertTrue(done.stderr.startswith("wangge: "))
        self.assertEqual(sorted(os.listdir(self.folder.name)), before)

    def test_wrong_configurations(self):
        cases = [("desks.grid_team.stafff=2", "staff"), ("desks.grid_team.staff=-1", "allowed"),
                 ("run.end=2010-13-01", "run.end"), ("run.end=2010-11-01", "run.end"), ("run.seed=abc", "run.seed"),
                 ('run.subdistricts=["110108999000"]', "110108999000"), ("needs.filed_share=0.9", "0.6"),
                 ('output.snapshot=["2011-01-15"]', "2011-01-15"), ("services.sanitation.takes=[0.5]", "takes"),
                 ('services.sanitation.desks=["grid_taem","city_team","city_department"]', "grid_team"), ("migration.out_member=[0.1]", "19"),
                 ("services.nosuch.mix=0.1", "services.nosuch"), ("needs.cap=1.0", "cap")]
        for setting, text in cases:
            with self.subTest(setting):
                self.refused(2, text, BASELINE, "-o", self.path("x.h5"), "--set", setting)

    def test_wrong_usage(self):
        self.refused(2, "scenario", "-o", self.path("x.h5"))
        self.refused(2, "--nosuch", BASELINE, "--nosuch")
        self.refused(2, "--threads", BASELINE, "--threads", "0")
        self.refused(2, "nosuch.cfg", self.path("nosuch.cfg"))

    def test_output_that_cannot_be_written(self):
        self.refused(2, "output folder missing", BASELINE, "-o", self.path("nosuch/x.h5"), "--set", PART)


if __name__ == "__main__":
    unittest.main()
