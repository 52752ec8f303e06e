#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The oracles of the case cycle notice defects: each is planted in a copy of the sources and the oracle named with it must
fail; without any they pass."""
import subprocess
import tempfile
import unittest
from pathlib import Path

from runs import copy_tree, make_in, replace_once

LAWS, PRIORITY, WAYS = "test_queue_laws", "test_priority", "test_case_ways"
MECHANISM = "mechanism/"
# Defect; file; what stands there and what is planted, in pairs; the oracle and, of its tests, the one that must notice.
PLANTS = [
    ("two people on one case", MECHANISM + "handling.c",
     [("desk->today < desk->a_person ? desk->today : desk->a_person;",
       "desk->today < 2 * desk->a_person ? desk->today : 2 * desk->a_person;")], LAWS, "people_follow_erlang"),
    ("a minute a day unused while cases wait", MECHANISM + "handling.c", [("  uint32_t aside = WG_NO_ROW;",
      "  uint32_t aside = WG_NO_ROW;\n  desk->today -= desk->today > 1;")], LAWS, "fixed_work_follows_lindley"),
    ("a day's last minute unused", MECHANISM + "handling.c", [("desk->queue != WG_NO_ROW && desk->today > 0) {",
      "desk->queue != WG_NO_ROW && desk->today > 1) {")], PRIORITY, "priority_conserves_work"),
    ("more hours than there are", MECHANISM + "handling.c", [("  desk->today -= minutes;\n", "  desk->today -= minutes - minutes / 16;\n")],
     LAWS, "a_case_a_day_follows_pollaczek_and_khinchine"),
    ("work lost on hand-off", MECHANISM + "handling.c", [("  wg_need_count_hand_off(n);\n  wg_need_pass_on(s, row);\n",
      "  wg_need_count_hand_off(n);\n  wg_need_pass_on(s, row);\n  n->work = (uint16_t)(n->work - n->work / 10);\n")],
     WAYS, "wrong_desks_are_geometric"),
    ("misdirected only once", MECHANISM + "transfer.c", [("wg_draw_unit(draw) < c->misroute * factor",
      "wg_draw_unit(draw) < 0.0 * c->misroute * factor")], WAYS, "wrong_desks_are_geometric"),
    ("fractions of days always rounded down", "model/route.h", [("return (uint32_t)(mean + uniform);",
      "return (uint32_t)(mean + 0.0 * uniform);")], WAYS, "wrong_desks_are_geometric"),
    ("priority by arrival only", MECHANISM + "dispatch.c", [("c->dispatch.severity_days * (double)p->severity",
      "c->dispatch.severity_days * (double)p->severity * 0.0")], PRIORITY, "priority_conserves_work"),
    ("severity before everything", MECHANISM + "dispatch.c", [("c->dispatch.severity_days * (double)p->severity",
      "(c->dispatch.severity_days > 0.0) * 9000.0 * (double)p->severity")], PRIORITY, "priority_conserves_work"),
    ("the same luck at each verification", MECHANISM + "verification.c", [("wg_route_round(wg_need_returns(n), context->today)", "0")], WAYS, "returns_are_geometric"),
    ("verified by the handler", MECHANISM + "verification.c", [("wg_desks(s)[desk].kind != wg_desks(s)[n->handler].kind",
      "wg_desks(s)[desk].kind <= wg_desks(s)[n->handler].kind")], WAYS, "returns_are_geometric"),
    ("verifying costs nothing", MECHANISM + "verification.c", [("n->work = (uint16_t)p->minutes;", "n->work = 0 * (uint16_t)p->minutes;")],
     WAYS, "returns_are_geometric"),
    ("found a day late", "engine/registry.c", [("&wg_finding,", ""), ("&wg_needs_mechanism,", "&wg_finding, &wg_needs_mechanism,")],
     WAYS, "finding_competes_with_lapsing"),
    ("lapsed a day early", "model/onset.c", [("(uint32_t)today + 1 + (uint32_t)(lapse * p->lapse_days)",
      "(uint32_t)today + (uint32_t)(lapse * p->lapse_days)")], WAYS, "finding_competes_with_lapsing"),
    ("escalated a day late", MECHANISM + "dispatch.c", [("n->legal_due + wg_route_patience(",
      "n->legal_due + 1U + wg_route_patience(")], WAYS, "cases_escalate_on_their_day"),
    ("escalated once only", MECHANISM + "escalation.c", [("(uint32_t)context->today + wg_route_patience(",
      "WG_NEVER + wg_route_patience(")], WAYS, "cases_escalate_on_their_day"),
]


class Planted(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.tree = Path(cls.folder.name) / "tree"
        copy_tree(cls.tree, "src", "tests", "Makefile", "VERSION")
        cls.build(LAWS, PRIORITY, WAYS)

    @classmethod
    def build(cls, *oracles):
        make_in(cls.tree, *(f"build/tests/oracle/{oracle}" for oracle in oracles), "WERROR=", opt="-O1")

    def oracle(self, name, *test):
        """Whether it passes."""
        done = subprocess.run([str(self.tree / "build" / "tests" / "oracle" / name), *test], capture_output=True, text=True,
                              timeout=120)
        self.assertIn("test(s) run.", done.stdout + done.stderr)
        return done.returncode == 0

    def test_1_nothing_planted(self):
        for name in (LAWS, PRIORITY, WAYS):
            self.assertTrue(self.oracle(name), name)

    def test_2_each_defect_is_noticed(self):
        for defect, file, changes, oracle, test in PLANTS:
            path = self.tree / "src" / file
            whole = path.read_text(encoding="utf-8")
            with self.subTest(defect):
                for old, new in changes:
                    replace_once(path, old, new)
                try:
                    self.build(oracle)
                    self.assertFalse(self.oracle(oracle, test), oracle)
                finally:
                    path.write_text(whole, encoding="utf-8")


if __name__ == "__main__":
    unittest.main()
