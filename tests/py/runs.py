#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running the program and comparing what it writes; for the tests beside it."""
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import h5py
import numpy as np

ROOT = Path(os.environ.get("WG_ROOT", Path(__file__).resolve().parents[2]))
BINARY = os.environ.get("WG_BINARY", str(ROOT / "build" / "wangge"))
BASELINE = str(ROOT / "scenarios" / "baseline.cfg")


def command(*arguments, binary=None, **options):
    return subprocess.run([binary or BINARY, *arguments], capture_output=True, text=True, timeout=570, **options)


def run(*arguments):
    return command("run", *arguments)


def copy_tree(tree, *names):
    """A copy of these files and folders of the project in the new folder `tree`."""
    tree.mkdir()
    for name in names:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tree / name)


def replace_once(path, old, new):
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise AssertionError(f"{path}: {old!r} stands there {text.count(old)} times")
    path.write_text(text.replace(old, new), encoding="utf-8")


def make_in(tree, *targets, opt="-O0"):
    """Builds in a copy, apart from the build that calls this test."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    done = subprocess.run(["make", "-C", str(tree), "-j2", *targets, "LTO=", "FAT=", f"OPT={opt}", "BUILD=build"],
                          capture_output=True, text=True, timeout=500, env=environment)
    if done.returncode:
        raise AssertionError(done.stdout + done.stderr)


class Folder(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    @classmethod
    def simulate(cls, name, *arguments):
        done = run(BASELINE, "-o", cls.path(name), "--quiet", *arguments)
        if done.returncode:
            raise AssertionError(done.stderr)
        return cls.path(name)


def datasets(file):
    """Every dataset of a file by its path."""
    found = {}
    file.visititems(lambda name, item: found.__setitem__(name, item) if isinstance(item, h5py.Dataset) else None)
    return found


def bits(item):
    """Values of a dataset or attribute so that equal means equal bit for bit."""
    array = np.asarray(item[()] if isinstance(item, h5py.Dataset) else item)
    return array.tolist() if array.dtype.kind in "OSU" else (str(array.dtype), array.shape, array.tobytes())


def differences(a, b, ignore=(), ignore_attributes=()):
    """Names of datasets and attributes in which two files differ. References between them (dimension scales) aside."""
    structural = {"DIMENSION_LIST", "REFERENCE_LIST"}
    told = []
    with h5py.File(a, "r") as x, h5py.File(b, "r") as y:
        left, right = ({"/": f, **datasets(f)} for f in (x, y))
        for name in sorted((set(left) | set(right)) - set(ignore)):
            if name not in left or name not in right:
                told.append(name)
                continue
            if name != "/" and bits(left[name]) != bits(right[name]):
                told.append(name)
            attributes = (set(left[name].attrs) | set(right[name].attrs)) - structural - set(ignore_attributes)
            told += [f"{name}@{key}" for key in sorted(attributes)
                     if key not in left[name].attrs or key not in right[name].attrs
                     or bits(left[name].attrs[key]) != bits(right[name].attrs[key])]
    return told
