#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`wangge info` tells what is in a result file, and survives every other file."""
import os
import random
import resource
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import h5py
import numpy as np

from runs import BASELINE, BINARY

SECONDS = 10.0 if "sanitize" in BINARY else 2.0
HEADLINE = ["residents", "needs_arisen", "cases_filed", "due", "met_due", "filed_due", "filed_met_due", "closed",
            "closed_on_legal_time", "met_on_time", "cost_fen"]


class Folder(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.good = cls.path("good.h5")
        cls.simulate(cls.good, "--set", "run.end=2012-01-01", "--set", 'output.snapshot=["2011-01-01"]', "--set",
                     'output.events=["110108029000"]', "--seed", "7", "--replicate", "3")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    @classmethod
    def simulate(cls, path, *arguments):
        done = subprocess.run([BINARY, "run", BASELINE, "-o", path, "--quiet", "--set",
                               'run.subdistricts=["110108015000","110108029000"]', *arguments], capture_output=True,
                              text=True, timeout=120)
        if done.returncode:
            raise AssertionError(done.stderr)

    def info(self, path, *arguments, status=0):
        """Whatever the file: an exit status of our own, in time, and on standard error nothing but lines of our own."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([BINARY, "info", path, *arguments], capture_output=True, timeout=60)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        # Time of the processor, whatever else the machine has to do; what waits for ever meets the time-out.
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
        self.assertIn(done.returncode, (0, 2), done.stderr)
        self.assertLess(spent, SECONDS)
        if status is not None:
            self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(done.returncode != 0, done.stderr != "", done.stderr)
        for line in done.stderr.splitlines():
            self.assertTrue(line.startswith(f"wangge: {path}: "), done.stderr)
            self.assertTrue(line.isprintable(), done.stderr)
        self.assertTrue(all(c.isprintable() or c == "\n" for c in done.stdout), done.stdout)
        return done

    def refused(self, path, text):
        done = self.info(path, status=2)
        self.assertEqual(done.stdout, "")
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertIn(text, done.stderr)


def number(text):
    return float(text.replace(",", ""))


class Good(Folder):
    def test_where_it_comes_from(self):
        text = self.info(self.good).stdout
        lines = {line[:16].rstrip(): line[16:] for line in text.splitlines()}
        with h5py.File(self.good, "r") as file:
            attributes = {key: value.decode() if isinstance(value, bytes) else value for key, value in file.attrs.items()}
        self.assertEqual(text.splitlines()[0], attributes["title"])
        self.assertEqual(lines["scenario"], "baseline  2010年做法延续")
        self.assertEqual(lines["period"], "2010-11-01 to 2012-01-01 (14 months)")
        self.assertEqual(lines["places"], "subdistrict (2)")
        self.assertEqual((lines["seed"], lines["replicate"]), ("7", "3"))
        self.assertEqual(lines["version"], attributes["program_version"])
        self.assertEqual(lines["configuration"], attributes["configuration_hash"])
        grades = [line.rsplit(": ", 1)[1] for line in attributes["evidence"].splitlines()]
        self.assertTrue(lines["parameters"].startswith(
            f"{len(grades)}: {grades.count('measured')} measured, {grades.count('sign')} sign, "
            f"{grades.count('assumed')} assumed;"), lines["parameters"])
        self.assertNotIn("missing", text)
        self.assertNotIn("not written by wangge", text)

    def test_headline(self):
        lines = self.info(self.good).stdout.splitlines()
        at = next(i for i, line in enumerate(lines) if line.startswith("year "))
        rows = [line[26:].replace(" %", "").split() for line in lines[at + 1:at + 4]]
        periods = [line[:26].strip() for line in lines[at + 1:at + 4]]
        self.assertEqual(periods, ["2010-11-01 – 2011-11-01", "2011-11-01 – 2012-01-01", "all"])
        with h5py.File(self.good, "r") as file:
            sums = {name: file[name][:].astype(np.int64).reshape(15, -1).sum(axis=1) for name in HEADLINE}
        for row, first, last in zip(rows, (0, 12, 0), (12, 14, 14)):
            part = {name: int(sums[name][first + 1:last + 1].sum()) for name in HEADLINE}
            expected = [int(sums["residents"][last]), part["needs_arisen"], part["cases_filed"],
                        100 * part["met_due"] / part["due"], 100 * part["filed_met_due"] / part["filed_due"],
                        100 * part["closed_on_legal_time"] / part["closed"], part["cost_fen"] / 100,
                        part["cost_fen"] / 100 / part["met_on_time"]]
            for cell, value, error in zip(row, expected, (0, 0, 0, .051, .051, .051, .51, .051)):
                self.assertLessEqual(abs(number(cell) - value), error, (row, expected))

    def test_axes_groups_and_variables(self):
        text = self.info(self.good).stdout
        with h5py.File(self.good, "r") as file:
            for name in [key for key in file if isinstance(file[key], h5py.Dataset) and file[key].ndim > 1]:
                district_wide = name.startswith(("coverage_gini", "observed_coverage_gini", "coverage_theil"))
                self.assertIn(f"\n  {name} (time, {'service)' if district_wide else 'subdistrict'}", text)
            for name in ("communities", "residents_20110101", "needs_20110101", "events"):
                self.assertIn(f"\ngroup {name}\n", text)
                for variable in file[name]:
                    self.assertIn(f"\n  {variable} (", text.split(f"\ngroup {name}")[1])
        self.assertIn("\n  residents (time, subdistrict, age_band, sex, registration) [resident]  Residents by age, sex and "
                      "registration\n", text)
        self.assertRegex(text, r"\n  subdistrict +2  燕园, 苏家坨\n")
        self.assertRegex(text, r"\n  service +17  环境卫生, ")

    def test_chinese(self):
        text = self.info(self.good, "--lang", "zh").stdout
        self.assertIn("2010-11-01 至 2012-01-01（14 个月）", text)
        self.assertIn("[resident]  常住人口\n", text)
        self.assertIn("期末人口", text)
        done = subprocess.run([BINARY, "info", self.good], capture_output=True, text=True, timeout=60,
                              env=dict(os.environ, LC_ALL="zh_CN.UTF-8"))
        self.assertEqual(done.stdout, text)

    def test_other_places(self):
        for place, count in (("community", 33), ("district", 1)):
            path = self.path(place + ".h5")
            self.simulate(path, "--set", "run.end=2010-12-01", "--set", f"output.place={place}", "--set",
                          "output.snapshot=[]")
            text = self.info(path).stdout
            self.assertIn(f"{place} ({count}), 2 subdistricts\n", text)
            self.assertIn("2010-11-01 – 2010-12-01", text)
            self.assertNotIn("\nall ", text)

    def test_usage(self):
        for arguments in ((), ("",), (self.good, self.good), (self.good, "--lang", "fr"), (self.good, "--nosuch"),
                          (self.good, "--lang")):
            done = subprocess.run([BINARY, "info", *arguments], capture_output=True, text=True, timeout=60)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertTrue(done.stderr.startswith("wangge: "))


class NoResult(Folder):
    def test_no_hdf5_file(self):
        Path(self.path("empty.h5")).write_bytes(b"")
        Path(self.path("text.h5")).write_text("name = 1;\n" * 100)
        Path(self.path("head.h5")).write_bytes(b"\x89HDF\r\n\x1a\n")
        Path(self.path("zeros.h5")).write_bytes(bytes(1 << 20))
        os.mkdir(self.path("folder.h5"))
        os.mkfifo(self.path("fifo.h5"))
        os.symlink("loop.h5", self.path("loop.h5"))
        self.refused(self.path("empty.h5"), "is empty")
        self.refused(self.path("text.h5"), "is not an HDF5 file")
        self.refused(self.path("head.h5"), "HDF5")
        self.refused(self.path("zeros.h5"), "is not an HDF5 file")
        self.refused(self.path("folder.h5"), "is a folder")
        self.refused(self.path("fifo.h5"), "is not a regular file")
        self.refused("/dev/zero", "is not a regular file")
        self.refused(self.path("loop.h5"), "Too many levels of symbolic links")
        self.refused(self.path("none.h5"), "No such file or directory")
        self.refused(self.good + "/x.h5", "Not a directory")
        self.refused(BINARY, "is not an HDF5 file")

    def test_unreadable(self):
        path = self.path("locked.h5")
        shutil.copy(self.good, path)
        os.chmod(path, 0)
        os.chmod(self.folder.name, 0o755)
        if os.geteuid() != 0:
            self.refused(path, "Permission denied")
            return
        # Root reads everything; and another user may not be able to reach the program where it lies.
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            program = shutil.copy(BINARY, folder)
            done = subprocess.run([program, "info", path], capture_output=True, text=True, timeout=60, cwd="/",
                                  preexec_fn=lambda: os.setuid(65534))
        self.assertEqual((done.returncode, done.stderr),
                         (2, f"wangge: {path}: cannot be read: Permission denied\n"))


class Foreign(Folder):
    """Files that others wrote with h5py: nothing may be taken for granted."""

    def make(self, name, fill):
        path = self.path(name)
        with h5py.File(path, "w") as file:
            fill(file)
        return path

    def test_nothing_in_it(self):
        text = self.info(self.make("nothing.h5", lambda file: None)).stdout
        self.assertIn("not written by wangge", text)
        self.assertIn("missing or unreadable: " + ", ".join(HEADLINE), text)

    def test_some_variables_are_missing(self):
        path = self.path("less.h5")
        shutil.copy(self.good, path)
        with h5py.File(path, "a") as file:
            for name in ("due", "cost_fen", "time"):
                del file[name]
        text = self.info(path).stdout
        self.assertIn("missing or unreadable: due, cost_fen\n", text)
        self.assertIn("\n#0 – #12 ", text)
        self.assertIn("\n  met_due (", text)

    def test_variables_of_another_kind(self):
        def fill(file):
            file["time"] = np.array([0.0, np.nan, 1e300])
            file["time"].attrs["units"] = "days since 2010-02-30"
            file["residents"] = "many"
            file["needs_arisen"] = np.array([b"a", b"b", b"c"])
            file["cases_filed"] = np.array([1.0, np.nan, np.inf])
            file["due"] = np.zeros((3, 2), dtype=[("a", "i4"), ("b", "f8")])
            file["met_due"] = np.zeros((4, 2))
            file["filed_due"] = np.arange(3, dtype="u8") + np.uint64(2**64 - 5)
            file["filed_met_due"] = np.zeros((3, 0))
            file["closed"] = h5py.Empty("i4")
            file.create_dataset("closed_on_legal_time", (3,), dtype=h5py.ref_dtype)
            file["met_on_time"] = np.array([True, False, True])
            file["cost_fen"] = np.array([-1e308, -1e308, -1e308])
        text = self.info(self.make("kinds.h5", fill)).stdout
        self.assertIn("missing or unreadable: residents, needs_arisen, due, met_due, closed, closed_on_legal_time, "
                      "met_on_time\n", text)
        self.assertIn("#0 – #2", text)

    def test_attributes_of_other_types(self):
        def fill(file):
            root = file.attrs
            root["title"] = 7
            root["source"] = np.array(["wangge", "a list"], dtype=object)
            root["scenario"] = np.bytes_(b"latin \xe9\x1b[31m\nsecond line")
            root["label_zh"] = h5py.Empty("S4")
            root["seed"] = "a seed"
            root["replicate"] = 2.5
            root["program_version"] = np.arange(1000)
            root["git_revision"] = np.zeros(2, dtype=[("a", "i4")])[0]
            root["configuration_hash"] = "0" * 60000
            root["evidence"] = "no grade\n: sign\nx: assumed\n\n\n"
            # A text of variable length that was never written is a null pointer.
            space = h5py.h5s.create(h5py.h5s.SCALAR)
            kind = h5py.h5t.C_S1.copy()
            kind.set_size(h5py.h5t.VARIABLE)
            h5py.h5a.create(file.id, b"comment", kind, space)
            for name in ("units", "long_name", "label_zh"):
                file["x_" + name] = np.zeros(3)
                h5py.h5a.create(file["x_" + name].id, name.encode(), kind, space)
                file["y_" + name] = np.zeros(3)
                file["y_" + name].attrs[name] = 5
                file["z_" + name] = np.zeros(3)
                file["z_" + name].attrs[name] = "two\nlines \x1b]0;title\x07 " + "很长" * 200
        text = self.info(self.make("attributes.h5", fill)).stdout
        self.assertTrue(text.startswith("7\n"), text)
        self.assertIn("latin ??[31m …\n", text)
        self.assertIn("a seed\n", text)
        self.assertIn("2.5\n", text)
        self.assertIn("3: 0 measured, 1 sign, 1 assumed", text)
        self.assertLess(max(map(len, text.splitlines())), 400)

    def test_texts_that_were_never_written(self):
        def fill(file):
            for name in ("subdistrict", "service"):
                file.create_dataset(name, (3,), dtype=h5py.string_dtype())
                file[name].make_scale(name)
            file.create_dataset("service_name", (3,), dtype="S5")
            file["due"] = np.zeros((2, 3, 3))
            file["due"].dims[1].attach_scale(file["subdistrict"])
            file["due"].dims[2].attach_scale(file["service"])
        text = self.info(self.make("unwritten.h5", fill)).stdout
        self.assertIn("due (2, subdistrict, service)", text)

    def test_huge_shapes(self):
        def fill(file):
            file.create_dataset("residents", (2**40, 2**20), "i4", chunks=(64, 64))
            file.create_dataset("time", (2**40,), "f8", chunks=(64,))
            file.create_dataset("due", (2**20, 2**7), "i8", chunks=(1024, 128), compression="gzip")
            file.create_dataset("met_due", (16, 2**24), "i8", chunks=(1, 2**20))
            file.create_dataset("closed", (2**20, 2**10), "i1", chunks=(2**20, 2**10), compression="gzip")
            file.create_dataset("cost_fen", (2,) * 32, "i1", chunks=(1,) * 32)
            file.create_dataset("empty", (0, 5), "i1", maxshape=(None, 5))
            file.create_dataset("subdistrict", (2**50,), h5py.string_dtype(), chunks=(64,))
        text = self.info(self.make("huge.h5", fill), status=None).stdout
        self.assertIn("residents (1099511627776, 1048576)", text)

    def test_huge_variables_of_fitting_length(self):
        for name, shape, chunks in (("due", (4, 2**40), (1, 2**20)), ("due", (4, 2**26), (4, 2**26)),
                                    ("due", (2**30,), (2**20,))):
            with self.subTest(shape=shape):
                def fill(file):
                    file.create_dataset(name, shape, "i4", chunks=chunks)
                done = self.info(self.make("fitting.h5", fill), status=None)
                self.assertIn("missing or unreadable: ", done.stdout)

    def test_odd_names_and_links(self):
        def fill(file):
            for name in ("a b", "新", "\x1b[2J", "line\nbreak", "n" * 3000, "..", "%s%n%d"):
                file[name] = np.zeros(2)
            low = h5py.h5g.create(file.id, b"bad \xff\xfe utf8")
            del low
            file["soft"] = h5py.SoftLink("/nowhere")
            file["external"] = h5py.ExternalLink("/etc/passwd", "/x")
            group = file.create_group("round")
            group["again"] = file["/"]
            group["itself"] = group
            deep = file
            for i in range(40):
                deep = deep.create_group("deep")
            file["type"] = np.dtype("i4")
        text = self.info(self.make("names.h5", fill)).stdout
        self.assertIn("\n  新 (2)\n", text)
        self.assertIn("\n  ?[2J (2)\n", text)
        self.assertIn("more that is not listed", text)

    def test_other_files_are_left_alone(self):
        """A pipe without a writer would be waited for for ever."""
        os.mkfifo(self.path("pipe.bin"))

        def fill(file):
            properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            properties.set_external(self.path("pipe.bin").encode(), 0, 24)
            space = h5py.h5s.create_simple((3,))
            h5py.h5d.create(file.id, b"residents", h5py.h5t.NATIVE_INT64, space, dcpl=properties)
            layout = h5py.VirtualLayout(shape=(3,), dtype="i8")
            layout[:] = h5py.VirtualSource(self.path("pipe.bin"), "x", shape=(3,))
            file.create_virtual_dataset("due", layout)
        done = self.info(self.make("elsewhere.h5", fill), status=2)
        self.assertIn("variable `residents` lies in other files", done.stderr)
        self.assertIn("variable `due` lies in other files", done.stderr)
        self.assertIn("\n  residents (3)\n", done.stdout)

    def test_many(self):
        def fill(file):
            for i in range(6000):
                file.create_dataset(f"v{i:04}", (1,), "i1")
            for i in range(600):
                file.attrs[f"a{i}"] = i
        text = self.info(self.make("many.h5", fill)).stdout
        self.assertIn("v0000 (1)", text)
        self.assertIn("more that is not listed", text)


class Damaged(Folder):
    def test_cut_short(self):
        data = Path(self.good).read_bytes()
        lengths = {0, 1, 7, 8, 9, 20, 47, 48, 95, 96, 97, 511, 512, 513, 2047, 2048, 2049, len(data) - 1, len(data) - 8}
        lengths |= {len(data) * i // 41 for i in range(1, 41)}
        self.assertGreaterEqual(len(lengths), 40)
        path = self.path("cut.h5")
        for length in sorted(lengths):
            with self.subTest(length=length):
                Path(path).write_bytes(data[:length])
                self.refused(path, path)

    def test_flipped_bytes(self):
        """The library itself breaks down over a few of these: that, too, is told in one line."""
        data = Path(self.good).read_bytes()
        luck = random.Random(1)
        places = list(range(48)) + [luck.randrange(60000) for _ in range(150)] + \
            [luck.randrange(len(data)) for _ in range(60)]
        path = self.path("flipped.h5")
        told = 0
        for place in places:
            with self.subTest(place=place):
                damaged = bytearray(data)
                damaged[place] ^= luck.choice((0xff, 0x01, 0x80, 0x10))
                Path(path).write_bytes(damaged)
                told += self.info(path, status=None).returncode == 2
        self.assertGreater(told, 40)

    def test_zeroed_and_swapped_blocks(self):
        data = Path(self.good).read_bytes()
        luck = random.Random(2)
        path = self.path("blocks.h5")
        for _ in range(60):
            damaged = bytearray(data)
            place, other = luck.randrange(40000), luck.randrange(40000)
            size = luck.choice((8, 64, 512, 4096))
            damaged[place:place + size] = luck.choice((bytes(size), b"\xff" * size, data[other:other + size]))
            Path(path).write_bytes(damaged[:len(data)])
            with self.subTest(place=place, size=size):
                self.info(path, status=None)

    def test_a_damaged_variable_is_named_and_the_rest_is_told(self):
        path = self.path("one.h5")
        shutil.copy(self.good, path)
        with h5py.File(path, "r") as file:
            chunk = file["cases_filed"].id.get_chunk_info(0)
        with open(path, "r+b") as file:
            file.seek(chunk.byte_offset + chunk.size // 2)
            byte = file.read(1)
            file.seek(-1, 1)
            file.write(bytes([byte[0] ^ 0xff]))
        done = self.info(path, status=2)
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertIn("variable `cases_filed`: HDF5: ", done.stderr)
        self.assertIn("missing or unreadable: cases_filed\n", done.stdout)
        self.assertIn("2010-11-01 – 2011-11-01", done.stdout)


if __name__ == "__main__":
    unittest.main()
