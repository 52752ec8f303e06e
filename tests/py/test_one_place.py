#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One change touches one place: in a copy of the sources a policy is one new file and one line of the registry, a parameter
one row, an output one row; a service and a desk kind are configuration only. And a policy that draws a number, which no
relation between runs may allow, is caught."""
import json
import os
import re
import tempfile
import unittest
from pathlib import Path

import h5py

from runs import BINARY, command, copy_tree, differences, make_in, replace_once

POLICY = r"""// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/policy.h"

#define PARAMS(X, T) \
  X(T, REAL, hours, "0.1", 0.0, 1.0, "1", ASSUMED, "工时", "Share of officers' hours it takes.", "a fixture")
WG_POLICY_PARAMS(street_lights, params, PARAMS, "路灯");

static void move(const void *params_, uint32_t days, wg_lever_moves *moves) {
  const params *p = params_;
  (void)days;
  wg_lever_move(moves, WG_LEVER_SURGE_HOURS, WG_ROLE_OFFICERS, p->hours);
}

const wg_policy wg_policy_street_lights = {
    .id = "street_lights", .label = "路灯", .doc = "A fixture.", .idle = "Never.", .source = "a test",
    .params = &street_lights_params, .levers = {WG_LEVER_SURGE_HOURS}, .lever_count = 1, .move = move,
};
"""

SCENARIO = """name = "place"; extends = "baseline.cfg";
run: { subdistricts = [ "110108015000" ]; end = "2011-01-01"; };
output: { snapshot = []; };
"""

SERVICE = """
services: { stray_dogs: {
  label = "流浪犬"; network = "city"; carrier = "grid"; mix = 0.03; limit = 5; self_report = 0.2;
  work_minutes = 30.0; desks = [ "dog_warden", "city_team" ]; takes = [ 0.9, 1.0 ];
}; };
desks: { dog_warden: { label = "犬只管理"; area = "subdistrict"; staff = 1.5; }; };
"""


class OnePlace(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.tree = Path(cls.folder.name) / "tree"
        copy_tree(cls.tree, "src", "configs", "scenarios", "scripts", "Makefile", "VERSION")
        src = cls.tree / "src"
        # The policy: a new file and a line.
        (src / "policy" / "street_lights.c").write_text(POLICY, encoding="utf-8")
        registry = src / "policy" / "registry.h"
        last = re.findall(r"^  P\(\w+\)$", registry.read_text(encoding="utf-8"), re.MULTILINE)[-1]
        replace_once(registry, last + "\n", last + " \\\n  P(street_lights)\n")
        # The parameter: a row, put first.
        replace_once(src / "model" / "case_params.h", "#define WG_DISPATCH_PARAMS(X, T)",
                     "#define WG_DISPATCH_PARAMS(X, T) \\\n"
                     '  X(T, REAL, lantern, "0.25", 0.0, 1.0, "1", ASSUMED, "灯笼", "A fixture.", "a test")')
        # The output: a row with its evaluator.
        replace_once(src / "mechanism" / "dispatch.c", "static const wg_output outputs[] = {",
                     "static void lanterns(const wg_world *world, wg_place place, void *block) {\n"
                     "  (void)world;\n  *(int64_t *)block = 3 + (int64_t)(place.last - place.first);\n}\n\n"
                     "static const wg_output outputs[] = {\n"
                     '    {"lanterns", WG_I32, {WG_AXIS_NONE}, "lantern", "A fixture", "灯笼", lanterns},')
        cls.binary = cls.build()
        cls.scenario = cls.write("place", SCENARIO)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def build(cls):
        make_in(cls.tree, "program")
        return str(cls.tree / "build" / "wangge")

    @classmethod
    def write(cls, name, text):
        path = cls.tree / "scenarios" / (name + ".cfg")
        path.write_text(text, encoding="utf-8")
        return str(path)

    def simulate(self, scenario, *arguments, binary=None):
        name = os.path.join(self.folder.name, f"{len(os.listdir(self.folder.name))}.h5")
        done = command("run", scenario, "-o", name, "--quiet", *arguments, binary=binary or self.binary)
        self.assertEqual(done.returncode, 0, done.stderr)
        return name

    def test_policy(self):
        listed = json.loads(command("policies", "--format", "json", binary=self.binary).stdout)
        known = json.loads(command("policies", "--format", "json").stdout)
        self.assertEqual([p["id"] for p in listed], [p["id"] for p in known] + ["street_lights"])
        self.assertEqual(listed[-1]["params"][0]["name"], "hours")
        entry = 'policies = ( {{ policy = "street_lights"; params: {{ hours = {}; }}; }} );\n'
        lit = self.simulate(self.write("lit", SCENARIO + entry.format(0.5)))
        with h5py.File(self.simulate(self.scenario)) as a, h5py.File(lit) as b:
            team = list(a["desk_kind"].asstr()[:]).index("grid_team")
            hours = [f["person_minutes_available"][1:, :, team].sum() for f in (a, b)]
            self.assertAlmostEqual(hours[1] / hours[0], 0.5, delta=0.01)
            self.assertIn("policies.street_lights.params.hours: assumed", b.attrs["evidence"].decode())
        done = command("run", self.write("dark", SCENARIO + entry.format(1.5)), "--quiet", binary=self.binary)
        self.assertEqual(done.returncode, 2)
        self.assertIn("dark.cfg:4: policies.street_lights.params.hours: 1.5 is out of range (allowed: 0 to 1)", done.stderr)

    def test_parameter(self):
        self.assertIn("`dispatch.lantern` 灯笼 | 0.25 | 0 … 1", command("params", binary=self.binary).stdout)
        done = command("run", self.scenario, "--set", "dispatch.lantern=2", binary=self.binary)
        self.assertEqual(done.returncode, 2)
        self.assertIn("dispatch.lantern: 2 is out of range (allowed: 0 to 1)", done.stderr)
        with h5py.File(self.simulate(self.scenario, "--set", "dispatch.lantern=0.75")) as file:
            self.assertIn("lantern = 0.75;", file.attrs["configuration"].decode())
            self.assertIn("dispatch.lantern: assumed", file.attrs["evidence"].decode())
        self.assertIn("lantern = 0.25;", command("params", "--format", "cfg", binary=self.binary).stdout)

    def test_output(self):
        self.assertIn("`lanterns` | time, PLACE | lantern | A fixture | 灯笼", command("outputs", binary=self.binary).stdout)
        with h5py.File(self.simulate(self.scenario)) as file:
            self.assertEqual(file["lanterns"][:].tolist(), [[4], [4], [4]])
            self.assertEqual(file["lanterns"].attrs["units"].decode(), "lantern")

    def test_service_and_desk_kind_are_configuration(self):
        """With the program as it is."""
        with h5py.File(self.simulate(self.write("dogs", SCENARIO + SERVICE), binary=BINARY)) as file:
            dogs = list(file["service"].asstr()[:]).index("stray_dogs")
            warden = list(file["desk_kind"].asstr()[:]).index("dog_warden")
            self.assertEqual(file["service_name"].asstr()[dogs], "流浪犬")
            self.assertGreater(file["needs_arisen"][:, :, dogs].sum(), 0)
            self.assertGreater(file["met_on_time"][:, :, dogs].sum(), 0)
            self.assertGreater(file["person_minutes_used"][:, :, warden].sum(), 0)
            self.assertEqual(file["posts"][0, 0, warden], 1.5)

    def test_policy_that_draws_a_number_is_caught(self):
        """Planted where a policy is in force: one number more from the case's stream. At zero strength nothing may differ."""
        entry = 'policies = ( { policy = "duty_list"; strength = 0.0; } );\n'
        zero = self.write("zero", SCENARIO + entry)
        told = ("adopted", "policy", "policy_name", "community", "community_name")
        attributes = ("configuration", "configuration_hash", "run_identity", "evidence")
        base = self.simulate(self.scenario)
        self.assertEqual(differences(base, self.simulate(zero), told, attributes), [])
        replace_once(self.tree / "src" / "mechanism" / "dispatch.c", "  const double astray =",
                     "  if (wg_adoptions_count(s))\n    (void)wg_draw_u32(draw);\n  const double astray =")
        planted = self.build()
        self.assertEqual(differences(base, self.simulate(self.scenario, binary=planted), told, attributes), [])
        self.assertIn("transfers", differences(base, self.simulate(zero, binary=planted), told, attributes))


if __name__ == "__main__":
    unittest.main()
