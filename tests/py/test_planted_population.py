#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The oracles of births and deaths notice defects: each is planted in a copy of the sources, one line at a time, and the oracles
must fail; without it they pass."""
import subprocess
import tempfile
import unittest
from pathlib import Path

from runs import copy_tree, make_in, replace_once

LIFE, STABLE = ("test_population", "test_stable_population")
EVENTS, SCHEDULE, YEARS = ("mechanism/vital_events.c", "model/fertility_schedule.h", "model/anchor_years.h")
# Defect; file; what stands there; what is planted; the oracles that must notice.
PLANTS = [
    ("deaths a year too old", EVENTS, "  const uint32_t sex = traits & WG_TRAIT_FEMALE;",
     "  const uint32_t sex = traits & WG_TRAIT_FEMALE;\n  years += years < WG_AGE_MAX;", (LIFE, STABLE)),
    ("deaths by the other sex", EVENTS, "  const uint32_t sex = traits & WG_TRAIT_FEMALE;",
     "  const uint32_t sex = (traits & WG_TRAIT_FEMALE) ^ 1U;", (LIFE, STABLE)),
    ("a year's hazard of death in each month", EVENTS, "hazard[years] / wg_life_table_months(years);", "hazard[years];",
     (LIFE, STABLE)),
    ("births a year too old", EVENTS, "  const double births = wg_between(",
     "  years -= years > 0;\n  const double births = wg_between(", (LIFE,)),
    ("a year's births in each month", EVENTS, "c->anchors[m.after].birth[years]) * factor;",
     "c->anchors[m.after].birth[years]) * factor * 12.0;",
     (LIFE,)),  # lived for long, they would be too many
    ("the other share of girls", EVENTS, "wg_draw_u32(&draw) < c->girls", "wg_draw_u32(&draw) >= c->girls", (LIFE, STABLE)),
    ("no waiting after a birth", EVENTS, "  if (waits(c, context->s, mother, context->month))\n    return 0.0;\n", "",
     (LIFE, STABLE)),
    ("waiting not made up for", SCHEDULE, "return births / (1.0 - waiting);", "return births + 0.0 * waiting;", (LIFE, STABLE)),
    ("rates that stay as they were", YEARS, "return before + (after - before) * m.share;", "return after == m.share ? 0.0 : before;",
     (LIFE,)),
]


class Planted(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.tree = Path(cls.folder.name) / "tree"
        copy_tree(cls.tree, "src", "tests", "Makefile", "VERSION")

    @classmethod
    def build(cls):
        make_in(cls.tree, *(f"build/tests/oracle/{oracle}" for oracle in (LIFE, STABLE)), "WERROR=", opt="-O2")

    def oracle(self, name):
        """Whether it passes."""
        done = subprocess.run([str(self.tree / "build" / "tests" / "oracle" / name)], capture_output=True, text=True, timeout=120)
        self.assertIn("test(s) run.", done.stdout + done.stderr)
        return done.returncode == 0

    def test_nothing_planted(self):
        self.build()
        for name in (LIFE, STABLE):
            self.assertTrue(self.oracle(name), name)

    def test_each_defect_is_noticed(self):
        for defect, file, old, new, oracles in PLANTS:
            path = self.tree / "src" / file
            whole = path.read_text(encoding="utf-8")
            with self.subTest(defect):
                replace_once(path, old, new)
                try:
                    self.build()
                    for name in oracles:
                        self.assertFalse(self.oracle(name), name)
                finally:
                    path.write_text(whole, encoding="utf-8")


if __name__ == "__main__":
    unittest.main()
