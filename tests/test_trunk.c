// SPDX-License-Identifier: GPL-3.0-or-later
// What runs have in common is made once, and their results are those of each alone, to the bit.
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/error.h"
#include "run/trunk.h"

// In force from the first month on, its places called by what was filed: what a trunk and its branches share.
#define EARLY                                                                                                          \
  "{ policy = \"network_fusion\"; from = \"2010-12-01\"; rollout: { communities_per_month = 2; order = \"need\"; }; }"
#define LATER                                                                                                          \
  "{ policy = \"sanshe_linkage\"; from = \"2011-04-01\"; ramp_months = 3; "                                            \
  "rollout: { communities_per_month = 3; order = \"need\"; }; }"
#define LATER_BY_DRAW                                                                                                  \
  "{ policy = \"sanshe_linkage\"; from = \"2011-05-01\"; scope: { share = 0.5; }; "                                    \
  "rollout: { communities_per_month = 3; order = \"draw\"; }; }"

static const char *const scenarios[] = {"", EARLY, EARLY ", " LATER, LATER ", " EARLY, LATER, EARLY ", " LATER_BY_DRAW};
enum { NONE, SHARED, SHARED_LATER, LATER_SHARED, LATER_ALONE, SHARED_DRAWN, SCENARIO_COUNT };

static char folder[] = "/tmp/test_trunk.XXXXXX";

static const char *path_of(const char *kind, int number, const char *ending) {
  static char paths[4][128];
  static int next;
  char *const path = paths[next++ % 4];
  snprintf(path, sizeof paths[0], "%s/%s%d%s", folder, kind, number, ending);
  return path;
}

static int write_scenarios(void **state) {
  (void)state;
  assert_non_null(mkdtemp(folder));
  for (int i = 0; i < SCENARIO_COUNT; i++) {
    FILE *file = fopen(path_of("scenario", i, ".cfg"), "w");
    assert_non_null(file);
    fprintf(file,
            "name = \"v%d\";\nrun: { subdistricts = [ \"110108015000\" ]; end = \"2011-07-15\"; };\n"
            "output: { place = \"community\"; };\npolicies = ( %s );\n",
            i, scenarios[i]);
    assert_int_equal(fclose(file), 0);
  }
  return 0;
}

static int remove_folder(void **state) {
  (void)state;
  char command[128];
  snprintf(command, sizeof command, "rm -r '%s'", folder);
  return system(command);
}

static wg_run_options options_of(int scenario, const char *kind) {
  return (wg_run_options){
      .scenario = path_of("scenario", scenario, ".cfg"), .output = path_of(kind, scenario, ".h5"), .threads = 1};
}

static void fail_if(int code, const wg_error *error) {
  if (code) {
    fprintf(stderr, "%s\n", error->text);
    _exit(99);
  }
}

// In a process of its own: the run alone, or from a trunk. The exit status tells whether the world was lent.
static void live(int scenario, wg_trunk *trunk, const char *kind) {
  wg_error error = {0};
  wg_run run = {0};
  bool lent = false;
  const wg_run_options options = options_of(scenario, kind);
  fail_if(wg_run_open(&options, &run, &error), &error);
  if (trunk)
    fail_if(wg_trunk_lend(trunk, &run, &lent, &error), &error);
  fail_if(wg_run_prepare(&run, &error), &error);
  fail_if(wg_run_live(&run, NULL, &error), &error);
  wg_run_free(&run);
  if (trunk)
    wg_trunk_free(trunk);
  _exit(lent);
}

static int live_apart(int scenario, wg_trunk *trunk, const char *kind) {
  const pid_t child = fork();
  if (child == 0)
    live(scenario, trunk, kind);
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  return WEXITSTATUS(status);
}

static void assert_same_file(const char *a, const char *b) {
  char command[320];
  snprintf(command, sizeof command, "cmp '%s' '%s'", a, b);
  assert_int_equal(system(command), 0);
}

// The trunk, too, in a process of its own: what it leaves behind is gone with it. Bit `i` tells that scenario `i` was lent its world.
static int branch_off(int trunk_scenario, wg_date branch_at) {
  const pid_t child = fork();
  if (child == 0) {
    wg_error error = {0};
    wg_trunk trunk = {0};
    const wg_run_options options = options_of(trunk_scenario, "trunk");
    fail_if(wg_trunk_grow(&options, branch_at, &trunk, &error), &error);
    int lent = 0;
    for (int i = 0; i < SCENARIO_COUNT; i++)
      lent |= live_apart(i, &trunk, "branch") << i;
    wg_trunk_free(&trunk);
    _exit(lent);
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  return WEXITSTATUS(status);
}

static void live_all_alone(void) {
  static bool done;
  for (int i = 0; i < SCENARIO_COUNT && !done; i++)
    assert_int_equal(live_apart(i, NULL, "alone"), 0);
  done = true;
}

static void assert_lent(int trunk_scenario, wg_date branch_at, int expected) {
  live_all_alone();
  assert_int_equal(branch_off(trunk_scenario, branch_at), expected);
  for (int i = 0; i < SCENARIO_COUNT; i++)
    assert_same_file(path_of("alone", i, ".h5"), path_of("branch", i, ".h5"));
}

static wg_date date(const char *text) {
  wg_date day = WG_DATE_NONE;
  assert_true(wg_date_parse(text, &day));
  return day;
}

static void a_synthesised_world_serves_all_policies(void **state) {
  (void)state;
  assert_lent(SHARED, WG_DATE_NONE, (1 << SCENARIO_COUNT) - 1);
}

static void a_lived_world_serves_policies_that_begin_later(void **state) {
  (void)state;
  const int with_early = 1 << SHARED | 1 << SHARED_LATER | 1 << LATER_SHARED | 1 << SHARED_DRAWN;
  assert_lent(SHARED, date("2011-04-01"), with_early);
  assert_lent(SHARED_LATER, date("2011-02-01"), with_early);
  assert_lent(NONE, date("2011-03-01"), 1 << NONE | 1 << LATER_ALONE);
}

static void where_a_policy_begins_earlier_each_lives_alone(void **state) {
  (void)state;
  assert_lent(SHARED_LATER, date("2011-05-01"), 1 << SHARED_LATER | 1 << LATER_SHARED);
}

static void scenarios_differ_in_their_results(void **state) {
  (void)state;
  live_all_alone();
  char command[320];
  snprintf(command, sizeof command, "cmp -s '%s' '%s'", path_of("alone", SHARED, ".h5"),
           path_of("alone", SHARED_LATER, ".h5"));
  assert_int_not_equal(system(command), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(scenarios_differ_in_their_results),
      cmocka_unit_test(a_synthesised_world_serves_all_policies),
      cmocka_unit_test(a_lived_world_serves_policies_that_begin_later),
      cmocka_unit_test(where_a_policy_begins_earlier_each_lives_alone),
  };
  return cmocka_run_group_tests(tests, write_scenarios, remove_folder);
}
