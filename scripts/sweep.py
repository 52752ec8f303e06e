# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of variants on common luck, two at a time, and what their results say; for the scripts beside it and their tests."""
import json
import os
import re
import subprocess
import tempfile
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import h5py
import numpy as np

ROOT = Path(os.environ.get("WG_ROOT", Path(__file__).resolve().parent.parent))
BINARY = os.environ.get("WG_BINARY", str(ROOT / "build" / "wangge"))
BASELINE = ROOT / "scenarios" / "baseline.cfg"


def command(*arguments):
    return subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=570)


def known_parameters():
    return {row["path"] for row in json.loads(command("params", "--format", "json").stdout)}


def configured(text, kind, key):
    """A number of a kind of desks in the configuration that a result carries."""
    at = re.compile("^desks:", re.MULTILINE).search(text).end()
    at = re.compile(rf"\b{kind}: ").search(text, at).end()
    return float(re.compile(rf"\b{key} = ([^;]*);").search(text, at).group(1))


def continues(text, service):
    at = re.compile("^services:", re.MULTILINE).search(text).end()
    at = re.compile(rf"\b{service}: ").search(text, at).end()
    return 'course = "continuing"' in text[at:text.index("};", at)]


class Result:
    """Sums of a run over all its places; a period is a slice of rows, of which row 0 is the state at the start."""

    def __init__(self, path):
        self.path = path
        with h5py.File(path) as file:
            self.desk_kinds = list(file["desk_kind"].asstr()[:])
            self.services = list(file["service"].asstr()[:])
            self.months = len(file["time"]) - 1
            self.configuration = file.attrs["configuration"]
            if isinstance(self.configuration, bytes):
                self.configuration = self.configuration.decode()
            # Who is enrolled in a continuing service has no further need of it: what arises there follows handling.
            self.episodes = [code for code in self.services if not continues(self.configuration, code)]
            self._variables = {}
            for name, item in file.items():
                if isinstance(item, h5py.Dataset) and item.ndim >= 2 and item.shape[0] == self.months + 1:
                    self._variables[name] = item[:]

    def by_month(self, name, desk_kind=None, services=None):
        """The variable by row; of one kind of desks, or of some services, if asked for."""
        values = self._variables[name]
        if desk_kind:
            values = values[:, :, self.desk_kinds.index(desk_kind)]
        if services:
            values = values[:, :, [self.services.index(code) for code in services]]
        return values.reshape(len(values), -1).sum(axis=1)

    def sum(self, name, rows, **which):
        return self.by_month(name, **which)[rows].sum()

    def mean(self, name, rows):
        """Mean over rows and places, weighted with residents."""
        weights = self._variables["residents"][rows].sum(axis=(2, 3, 4)).astype(float)
        return float((self._variables[name][rows] * weights).sum() / weights.sum())

    def residents(self, rows):
        return float(self.by_month("residents")[rows].mean())

    def a_year(self, name, rows, **which):
        """Per resident and year."""
        return float(self.sum(name, rows, **which) / self.by_month("residents")[rows].sum() * 12)

    def coverage(self, rows):
        return float(self.sum("met_due", rows) / self.sum("due", rows))

    def observed(self, rows):
        return float(self.sum("filed_met_due", rows) / self.sum("filed_due", rows))

    def days_to_closing(self, rows):
        """Mean days from filing to closing, each bin of the histogram at its middle, the last one at its lower edge."""
        with h5py.File(self.path) as file:
            edges = file["delay_bin"][:].astype(float)
        closed = self._variables["response_time"][rows].sum(axis=(0, 1, 2)).astype(float)
        middles = np.append((edges[:-1] + edges[1:] - 1) / 2, edges[-1])
        return float((closed * middles).sum() / closed.sum())


def filled(text, width=124):
    """Markdown whose paragraphs are filled; tables, headings, lists and pictures stay as they are."""
    told = []
    for block in text.split("\n\n"):
        if block.lstrip().startswith(("|", "#", "-", "!")):
            told.append(block.strip("\n"))
        else:
            told.append(textwrap.fill(" ".join(block.split()), width, break_long_words=False, break_on_hyphens=False))
    return "\n\n".join(block for block in told if block) + "\n"


def table(head, rows):
    return "\n".join("| " + " | ".join(cells) + " |" if cells else "|" + "---|" * len(head) for cells in [head, None, *rows])


class Sweep:
    """Variants of the baseline in a part of the district, from its start to `end`."""

    def __init__(self, part, end, at_once=2):
        self.part, self.end, self.at_once = part, end, at_once
        self.folder = tempfile.TemporaryDirectory()
        self.lived = 0

    def scenario(self, name, policies=""):
        path = Path(self.folder.name) / f"{name}.cfg"
        part = ", ".join(f'"{code}"' for code in self.part)
        path.write_text(f'name = "variant"; extends = "{BASELINE}";\nrun: {{ subdistricts = [ {part} ]; end = "{self.end}"; '
                        f"threads = 1; }};\noutput: {{ snapshot = []; }};\npolicies = ( {policies} );\n", encoding="utf-8")
        return path

    def live(self, name, policies="", sets=()):
        options = [word for text in sets for word in ("--set", text)]
        file = Path(self.folder.name) / f"{name}.h5"
        done = command("run", self.scenario(name, policies), "-o", file, "--quiet", *options)
        if done.returncode:
            raise RuntimeError(f"{policies} {' '.join(sets)}: {done.stderr}")
        return Result(file)

    def live_all(self, variants):
        """Results by key of variants {key: (policies, settings)}."""
        with ThreadPoolExecutor(self.at_once) as pool:
            jobs = {key: pool.submit(self.live, f"v{self.lived + i}", *variant) for i, (key,
                                                                                        variant) in enumerate(variants.items())}
            self.lived += len(jobs)
            return {key: job.result() for key, job in jobs.items()}
