#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results that change bring a new version of the answers: a study never mixes runs of two, nor resumes one with the other."""
import hashlib
import re
import unittest

import h5py

import runs

SCENARIO = """
name = "answers";
run: { subdistricts = [ "110108015000", "110108016000" ]; end = "2011-11-20"; };
output: { place = "community"; snapshot = [ "2011-07-01" ]; events = [ "110108015000" ]; };
policies = (
  { policy = "sanshe_linkage"; from = "2011-02-01"; rollout: { communities_per_month = 3; }; },
  { policy = "network_fusion"; from = "2011-05-01"; ramp_months = 3; },
  { policy = "population_relief"; from = "2011-03-01"; scope: { share = 0.5; }; }
);
"""
# The hash of a run's data sets by the version of the answers. A change of results: raise WG_ANSWERS_VERSION, put the new hash here.
RESULTS = {6: "a0588371e72db30348d256ad1c8ffd642a4202a5677a1fa5bf1c03641a6b014e"}


def results_hash(path):
    """Of every data set, apart from attributes: they tell of the program."""
    total = hashlib.sha256()
    with h5py.File(path, "r") as file:
        for name, item in sorted(runs.datasets(file).items()):
            total.update(repr((name, runs.bits(item))).encode())
    return total.hexdigest()


class Answers(runs.Folder):
    def test_results_are_those_of_their_version(self):
        header = (runs.ROOT / "src" / "run" / "provenance.h").read_text(encoding="utf-8")
        version = int(re.search(r"WG_ANSWERS_VERSION = (\d+)", header)[1])
        with open(self.path("answers.cfg"), "w", encoding="utf-8") as file:
            file.write(SCENARIO)
        done = runs.run(self.path("answers.cfg"), "-o", self.path("answers.h5"), "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(results_hash(self.path("answers.h5")), RESULTS.get(version),
                         "results differ from those of this version of the answers: raise WG_ANSWERS_VERSION")


if __name__ == "__main__":
    unittest.main()
