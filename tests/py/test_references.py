#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The references as programs read them: JSON, and all parameters as a scenario that runs."""
import json
import unittest

from runs import BASELINE, Folder, command, differences

PART = ("--set", 'run.subdistricts=["110108015000"]', "--set", "run.end=2011-01-15", "--set", "output.snapshot=[]")


class References(Folder):
    def listed(self, name):
        done = command(name, "--format", "json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)

    def test_params(self):
        rows = {row["path"]: row for row in self.listed("params")}
        self.assertGreater(len(rows), 150)
        self.assertEqual(rows["run.seed"]["default"], 1)
        self.assertEqual(rows["output.place"]["choices"], ["district", "subdistrict", "community"])
        self.assertIsNone(rows["services.ID.mix"]["default"])
        self.assertEqual(rows["policies.POLICY.scope.share"]["max"], 1)
        self.assertEqual(rows["policies.duty_list.params.misroute"]["evidence"], "assumed")
        for path, row in rows.items():
            self.assertIn(row["evidence"], ("measured", "sign", "assumed", "setting"), path)
            if row["type"] in ("int", "real") and row["default"] is not None:
                self.assertTrue(row["min"] <= row["default"] <= row["max"], path)

    def test_outputs(self):
        rows = {row["name"]: row for row in self.listed("outputs")}
        self.assertEqual(rows["coverage"]["dimensions"], ["time", "PLACE", "service"])
        self.assertEqual(rows["cost_fen"]["unit"], "fen")

    def test_policies(self):
        rows = {row["id"]: row for row in self.listed("policies")}
        for row in rows.values():
            self.assertLessEqual({"id", "label", "doc", "source", "levers", "params"}, set(row))
            self.assertTrue(row["idle"] and row["levers"])
            for param in row["params"]:
                self.assertLessEqual({"name", "unit", "default", "min", "max", "evidence", "source"}, set(param))

    def test_all_parameters_are_a_scenario(self):
        """It is accepted, has every parameter, and with every policy at strength 0 runs as the baseline does, bit for bit."""
        text = command("params", "--format", "cfg").stdout
        for row in self.listed("params"):
            name = row["path"].rsplit(".", 1)[-1]
            self.assertRegex(text, rf"(?m)^ *{name} = ")
        scenario = self.path("all.cfg")
        with open(scenario, "w", encoding="utf-8") as file:
            file.write(text)
        done = command("check", scenario)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for name, path in (("all", scenario), ("base", BASELINE)):
            done = command("run", path, "-o", self.path(name + ".h5"), "--quiet", *PART)
            self.assertEqual(done.returncode, 0, done.stderr)
        told = ("adopted", "policy", "policy_name", "community", "community_name")
        names = ("configuration", "configuration_hash", "run_identity", "evidence", "scenario", "variant", "title", "label_zh")
        self.assertEqual(differences(self.path("all.h5"), self.path("base.h5"), told, names), [])

    def test_unknown_format(self):
        for name, allowed in (("params", "md, json, cfg"), ("policies", "md, json"), ("outputs", "md, json")):
            done = command(name, "--format", "yaml")
            self.assertEqual(done.returncode, 2)
            self.assertIn(f'--format: "yaml" (allowed: {allowed})', done.stderr)


if __name__ == "__main__":
    unittest.main()
