// SPDX-License-Identifier: GPL-3.0-or-later
// A study's plan: entries, their settings, draws, identities and places.
#include <math.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/hdf5_read.h"
#include "io/study_file.h"
#include "model/disorder.h"
#include "model/reporting.h"
#include "study/plan_parts.h"
#include "study/study_load.h"

static char folder[64];

static int enter_folder(void **state) {
  (void)state;
  strcpy(folder, "/tmp/wg_plan_XXXXXX");
  return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state) {
  (void)state;
  char command[96];
  snprintf(command, sizeof command, "rm -r '%s'", folder);
  return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void write_text(const char *path, const char *text) {
  FILE *const file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
  assert_int_equal(fclose(file), 0);
}

// A baseline, a policy, and the same policy with more.
static void write_scenarios(void) {
  write_text("base.cfg", "name = \"base\"; label = \"基准\"; run: { end = \"2011-11-01\"; "
                         "subdistricts = [ \"110108001000\" ]; };");
  write_text("list.cfg", "name = \"list\"; label = \"清单\"; extends = \"base.cfg\";\n"
                         "policies = ( { policy = \"duty_list\"; from = \"2011-01-01\"; } );");
  write_text("both.cfg", "name = \"both\"; extends = \"base.cfg\";\n"
                         "policies = ( { policy = \"duty_list\"; }, { policy = \"sanshe_linkage\"; } );");
}

#define VARIANTS                                                                                                       \
  "name = \"s\"; baseline = \"base\";\n"                                                                               \
  "variants = ( { name = \"base\"; scenario = \"base.cfg\"; }, { name = \"list\"; scenario = \"list.cfg\"; },\n"       \
  "  { name = \"both\"; scenario = \"both.cfg\"; set = ( \"policies.duty_list.strength=0.5\" ); } );\n"

typedef struct study {
  wg_study_spec spec;
  wg_plan plan;
} study;

static study *open_file(const char *path) {
  study *const s = calloc(1, sizeof *s);
  wg_error error = {0};
  if (wg_study_load(path, false, &s->spec, &error) || wg_plan_make(&s->spec, false, &s->plan, &error))
    fail_msg("%s", error.text);
  return s;
}

static study *open_study(const char *text) {
  write_text("s.cfg", text);
  return open_file("s.cfg");
}

static void close_study(study *s) {
  wg_plan_free(&s->plan);
  wg_study_spec_free(&s->spec);
  free(s);
}

static size_t entry_called(const study *s, const char *name) {
  for (size_t e = 0; e < s->plan.entry_count; e++)
    if (strcmp(s->plan.entries[e].name, name) == 0)
      return e;
  fail_msg("no entry %s", name);
  return 0;
}

static size_t parameter_at(const study *s, const char *path) {
  for (size_t p = 0; p < s->plan.design.parameter_count; p++)
    if (strcmp(s->plan.design.paths[p], path) == 0)
      return p;
  return SIZE_MAX;
}

static void identify(const study *s, wg_cell cell, char identity[WG_IDENTITY_SIZE]) {
  wg_identities all = {0};
  wg_error error = {0};
  if (wg_identities_find(&all, &s->plan, cell, identity, &error))
    fail_msg("%s", error.text);
  wg_identities_free(&all);
}

// ---- entries ----

static void entries_are_variants_at_points(void **state) {
  (void)state;
  write_scenarios();
  study *const s = open_study(VARIANTS "sweep = ( { path = \"desks.grid_team.staff\"; values = [ 1.0, 1.5 ]; },\n"
                                       "  { path = \"handling.transfer_days\"; values = ( 1, 2.5, 4 ); } );");
  static const char *const names[] = {"base,staff=1.0,transfer_days=1",   "base,staff=1.0,transfer_days=2.5",
                                      "base,staff=1.0,transfer_days=4",   "base,staff=1.5,transfer_days=1",
                                      "base,staff=1.5,transfer_days=2.5", "base,staff=1.5,transfer_days=4"};
  assert_int_equal(s->plan.entry_count, 18);
  for (size_t e = 0; e < 18; e++) {
    assert_int_equal(s->plan.entries[e].point, e % 6);
    assert_int_equal(s->plan.entries[e].compared_with, e % 6);
  }
  for (size_t e = 0; e < 6; e++)
    assert_string_equal(s->plan.entries[e].name, names[e]);
  assert_string_equal(s->plan.entries[7].name, "list,staff=1.0,transfer_days=2.5");
  assert_string_equal(s->plan.entries[6].label, "清单，人数 1.0，移交天数 1");
  assert_string_equal(s->plan.entries[12].label, "基准，人数 1.0，移交天数 1"); // inherited
  assert_int_equal(s->plan.entries[12].sets.count, 3);
  assert_string_equal(s->plan.entries[12].sets.items[0], "policies.duty_list.strength=0.5");
  assert_string_equal(s->plan.entries[13].sets.items[1], "desks.grid_team.staff=1.0");
  assert_string_equal(s->plan.entries[13].sets.items[2], "handling.transfer_days=2.5");
  close_study(s);
}

static void sweeps_may_name_variants(void **state) {
  (void)state;
  write_scenarios();
  study *const s =
      open_study(VARIANTS "sweep = ( { path = \"policies.duty_list.params.misroute\"; values = [ 0.2, 0.4 ];\n"
                          "  variants = [ \"list\" ]; } );");
  assert_int_equal(s->plan.entry_count, 4);
  assert_string_equal(s->plan.entries[0].name, "base");
  assert_string_equal(s->plan.entries[1].name, "list,misroute=0.2");
  assert_string_equal(s->plan.entries[2].name, "list,misroute=0.4");
  assert_string_equal(s->plan.entries[3].name, "both");
  for (size_t e = 0; e < 4; e++)
    assert_int_equal(s->plan.entries[e].compared_with, 0);
  close_study(s);
}

static void keys_of_one_name_are_told_apart(void **state) {
  (void)state;
  write_scenarios();
  study *const s = open_study(
      VARIANTS
      "sweep = ( { path = \"desks.grid_team.staff\"; values = [ 1.0 ]; },\n"
      "  { path = \"desks.committee.staff\"; values = [ 1.0 ]; },\n"
      "  { path = \"run.subdistricts\"; values = ( [ \"110108001000\" ], [ \"110108001000\", \"110108002000\", "
      "\"110108003000\" ] ); } );");
  assert_string_equal(s->plan.entries[0].name,
                      "base,grid_team.staff=1.0,committee.staff=1.0,subdistricts=110108001000");
  // Too long for a folder's name.
  assert_string_equal(s->plan.entries[1].name, "base,grid_team.staff=1.0,committee.staff=1.0,subdistricts=#2");
  close_study(s);
}

// ---- draws ----

static void variants_share_what_is_drawn(void **state) {
  (void)state;
  write_scenarios();
  study *const s = open_study(VARIANTS "draws = 5;");
  const wg_plan *const plan = &s->plan;
  const size_t base = entry_called(s, "base"), list = entry_called(s, "list"), both = entry_called(s, "both");
  size_t common = 0, of_policies = 0;
  for (size_t p = 0; p < plan->design.parameter_count; p++) {
    const bool policy = strncmp(plan->design.paths[p], "policies.", 9) == 0;
    assert_true(p == 0 || strcmp(plan->design.paths[p - 1], plan->design.paths[p]) < 0);
    for (size_t d = 0; d < 5; d++) {
      const double value = wg_plan_value(plan, both, d, p);
      const wg_drawn *const drawn = plan->entries[both].drawn + p;
      assert_true(value <= drawn->high * (1 + 1e-9));
      if (policy) {
        assert_true(isnan(wg_plan_value(plan, base, d, p)) && isnan(plan->entries[base].drawn[p].low));
      } else {
        assert_true(value == wg_plan_value(plan, base, d, p) && value == wg_plan_value(plan, list, d, p));
      }
    }
    common += !policy;
    of_policies += policy;
  }
  assert_true(common > 400);
  assert_int_equal(of_policies, 8); // three of duty_list, five of linkage
  const size_t misroute = parameter_at(s, "policies.duty_list.params.misroute");
  assert_true(wg_plan_value(plan, list, 2, misroute) == wg_plan_value(plan, both, 2, misroute));
  close_study(s);
}

static void what_is_swept_or_fixed_is_not_drawn(void **state) {
  (void)state;
  write_scenarios();
  study *const s = open_study(
      VARIANTS "draws = 3; drawn = [ \"dispatch\", \"policies.duty_list.params.misroute\", \"trust.baseline_mean\" ];\n"
               "sweep = ( { path = \"dispatch.misroute\"; values = [ 0.1, 0.2 ]; } );\n"
               "ranges = ( { path = \"dispatch.severity_days\"; low = 2.0; high = 2.0; },\n"
               "  { path = \"handling.transfer_days\"; low = 1.0; high = 3; } );");
  static const char *const wanted[] = {"dispatch.acceptance_days", "handling.transfer_days",
                                       "policies.duty_list.params.misroute", "trust.baseline_mean"};
  assert_int_equal(s->plan.design.parameter_count, 4);
  for (size_t p = 0; p < 4; p++)
    assert_string_equal(s->plan.design.paths[p], wanted[p]);
  const wg_drawn *const drawn = s->plan.entries[0].drawn;
  assert_true(drawn[1].low == 1.0 && drawn[1].high == 3.0 && drawn[1].scale == WG_SCALE_LINEAR);
  assert_true(drawn[0].scale == WG_SCALE_LOG && fabs(drawn[0].low - 0.5 / 1.5) < 1e-15);
  close_study(s);
}

static void the_spread_is_the_studys(void **state) {
  (void)state;
  write_scenarios();
  study *const s = open_study(VARIANTS "draws = 3; spread = 3.0; drawn = [ \"dispatch.acceptance_days\" ];");
  assert_true(fabs(s->plan.entries[0].drawn[0].low - 0.5 / 3) < 1e-15 && s->plan.entries[0].drawn[0].high == 1.5);
  close_study(s);
}

// Loops and chances that are reckoned anew for every draw stay below 1, as wide as the study spreads.
static void bounded_parameters_stay_within_their_bounds(void **state) {
  (void)state;
  write_scenarios();
  study *const s = open_study(VARIANTS "draws = 64; spread = 2.5;");
  wg_world *const world = calloc(1, sizeof *world);
  size_t moved = 0;
  double most = 0.0;
  for (size_t d = 0; d < 64; d++) {
    wg_config *config;
    assert_int_equal(wg_plan_drawn_config(&s->plan, 0, d, &config, NULL), WG_OK);
    memset(world, 0, sizeof *world);
    world->config = config;
    assert_int_equal(wg_catalogue_resolve(config, &world->catalogue, NULL), WG_OK);
    const double loop = wg_disorder_loop(world);
    assert_true(loop < 0.951);
    most = loop > most ? loop : most;
    for (size_t i = 0; i < s->plan.limit_count; i++) {
      const double factor = s->plan.limits[i].factors[d];
      assert_true(factor > 0.0 && factor <= 1.0);
      moved += factor < 1.0;
    }
    wg_config_free(config);
  }
  assert_true(moved > 20);
  assert_true(most > 0.6); // no more than needed
  assert_int_equal(s->plan.limit_count, 1 + 17);
  free(world);
  close_study(s);
}

static void more_draws_leave_the_first_alone(void **state) {
  (void)state;
  write_scenarios();
  study *const few = open_study(VARIANTS "draws = 4; replicates = 2;"),
               *const more = open_study(VARIANTS "draws = 7; draw_blocks = [ 4, 3 ]; replicates = 5;");
  assert_int_equal(more->plan.draw_count, 7);
  for (size_t e = 0; e < few->plan.entry_count; e++)
    for (size_t d = 0; d < 4; d++)
      for (size_t r = 0; r < 2; r++) {
        char a[WG_IDENTITY_SIZE], b[WG_IDENTITY_SIZE], here[WG_CELL_PATH_SIZE], there[WG_CELL_PATH_SIZE];
        const wg_cell cell = {e, d, r};
        identify(few, cell, a);
        identify(more, cell, b);
        assert_string_equal(a, b);
        wg_plan_cell_path(&few->plan, cell, here);
        wg_plan_cell_path(&more->plan, cell, there);
        assert_string_equal(here, there);
      }
  close_study(few);
  close_study(more);
}

// ---- runs ----

static void identities_are_those_of_the_runs(void **state) {
  (void)state;
  write_scenarios();
  study *const s = open_study(VARIANTS "draws = 2; replicates = 2; set = ( \"run.seed=5\", \"run.end=2011-03-01\" );");
  const wg_plan *const plan = &s->plan;
  char seen[16][WG_IDENTITY_SIZE];
  size_t count = 0;
  wg_identities all = {0};
  assert_int_equal(wg_plan_cells(plan), 12);
  for (size_t e = 0; e < plan->entry_count; e++)
    for (size_t d = 0; d < 2; d++)
      for (size_t r = 0; r < 2; r++, count++) {
        const wg_cell cell = {e, d, r};
        wg_arena arena = {0};
        wg_error error = {0};
        wg_run run = {0};
        wg_run_options options = {.planned = true};
        char opened[WG_IDENTITY_SIZE];
        assert_int_equal(wg_identities_find(&all, plan, cell, seen[count], &error), WG_OK);
        assert_int_equal(wg_plan_cell_options(plan, cell, &arena, &options, &error), WG_OK);
        if (wg_run_open(&options, &run, &error))
          fail_msg("%s", error.text);
        wg_run_identity(&run, opened);
        assert_string_equal(opened, seen[count]);
        const wg_run_params *const params = wg_config_get(run.config, &wg_run_group);
        assert_int_equal(params->replicate, r);
        assert_int_equal(params->seed, 5);
        assert_int_equal(strspn(opened, "0123456789abcdef"), 32);
        for (size_t k = 0; k < count; k++)
          assert_string_not_equal(seen[k], seen[count]);
        wg_run_free(&run);
        wg_arena_free(&arena);
      }
  wg_identities_free(&all);
  close_study(s);
}

// Somebody who types a run's settings behind wangge run gets that run.
static void a_run_can_be_typed(void **state) {
  (void)state;
  write_scenarios();
  study *const s = open_study(VARIANTS "draws = 2; replicates = 2; set = ( \"run.end=2010-12-01\" );");
  const wg_cell cell = {entry_called(s, "both"), 1, 1};
  wg_arena arena = {0};
  wg_error error = {0};
  wg_run_options options = {.planned = true};
  wg_run run = {0};
  assert_int_equal(wg_plan_cell_options(&s->plan, cell, &arena, &options, &error), WG_OK);
  if (wg_run_open(&options, &run, &error))
    fail_msg("%s", error.text);
  const char **const typed = calloc(2 * options.set_count + 8, sizeof *typed);
  size_t count = 0;
  typed[count++] = getenv("WG_BINARY");
  typed[count++] = "run";
  typed[count++] = options.scenario;
  typed[count++] = "--quiet";
  typed[count++] = "-o";
  typed[count++] = "x.h5";
  for (size_t i = 0; i < options.set_count; i++) {
    typed[count++] = "--set";
    typed[count++] = options.sets[i];
  }
  assert_non_null(typed[0]); // tests/run sets it
  pid_t process;
  int status = -1;
  assert_int_equal(posix_spawn(&process, typed[0], NULL, NULL, (char *const *)typed, environ), 0);
  assert_int_equal(waitpid(process, &status, 0), process);
  assert_int_equal(status, 0);
  wg_hdf5_reader *reader;
  if (wg_hdf5_reader_open("x.h5", &reader, &error))
    fail_msg("%s", error.text);
  assert_string_equal(wg_content_attribute_text(wg_hdf5_reader_content(reader), "configuration_hash"),
                      run.provenance.hash);
  wg_hdf5_reader_close(reader);
  free(typed);
  wg_run_free(&run);
  wg_arena_free(&arena);
  close_study(s);
}

static void results_have_their_places(void **state) {
  (void)state;
  write_scenarios();
  char path[WG_CELL_PATH_SIZE];
  study *s = open_study(VARIANTS "replicates = 12;");
  wg_plan_cell_path(&s->plan, (wg_cell){1, 0, 11}, path);
  assert_string_equal(path, "runs/list/11.h5");
  close_study(s);
  s = open_study(VARIANTS "draws = 101;");
  wg_plan_cell_path(&s->plan, (wg_cell){2, 7, 0}, path);
  assert_string_equal(path, "runs/both/d07/0.h5");
  wg_plan_cell_path(&s->plan, (wg_cell){2, 100, 0}, path);
  assert_string_equal(path, "runs/both/d100/0.h5");
  close_study(s);
}

// What a folder keeps, read again after the scenarios have gone, is the same study.
static void a_printed_study_is_the_same(void **state) {
  (void)state;
  write_scenarios();
  study *const s = open_study(
      VARIANTS
      "label = \"研究\"; draws = 5; draw_blocks = [ 2, 3 ]; spread = 1.25; drawn = [ \"trust\", \"desks\" ];\n"
      "set = ( \"run.end=2011-03-01\" ); until: { variable = \"coverage\"; half_width = 0.002; max = 9; };\n"
      "sweep = ( { path = \"output.place\"; values = [ \"district\", \"community\" ]; },\n"
      "  { path = \"housing.construction\"; values = ( [ 0.01 ], [ 0.02 ] ); } );\n"
      "ranges = ( { path = \"handling.transfer_days\"; low = 0.5; high = 3.0; } ); branch_at = \"2011-01-01\";");
  const char *const scenarios[] = {"kept-base.cfg", "kept-list.cfg", "kept-both.cfg"};
  for (size_t v = 0; v < 3; v++) {
    char *const text = wg_config_text(s->plan.entries[v * 4].config);
    write_text(scenarios[v], text);
    free(text);
  }
  FILE *const file = fopen("study.cfg", "w");
  assert_int_equal(wg_study_file_print(&s->spec, scenarios, file), WG_OK);
  fclose(file);
  assert_int_equal(system("rm base.cfg list.cfg both.cfg s.cfg"), 0);
  study *const again = open_file("study.cfg");
  assert_string_equal(again->spec.label, "研究");
  assert_int_equal(again->plan.replicate_count, 9);
  assert_int_equal(again->spec.replicates, s->spec.replicates);
  assert_true(again->spec.until.half_width == 0.002 && again->spec.branch_at == s->spec.branch_at);
  assert_int_equal(again->plan.entry_count, 12);
  for (size_t e = 0; e < 12; e++) {
    assert_string_equal(again->plan.entries[e].name, s->plan.entries[e].name);
    assert_string_equal(again->plan.entries[e].label, s->plan.entries[e].label);
    char a[WG_IDENTITY_SIZE], b[WG_IDENTITY_SIZE];
    for (size_t d = 0; d < 5; d++) {
      identify(s, (wg_cell){e, d, 3}, a);
      identify(again, (wg_cell){e, d, 3}, b);
      assert_string_equal(a, b);
    }
  }
  close_study(again);
  close_study(s);
}

// ---- what only a world can tell ----

static void problems_of_a_draw_are_told_with_it(void **state) {
  (void)state;
  write_scenarios();
  study *const s = open_study(
      "name = \"s\"; baseline = \"base\"; draws = 2; drawn = [ \"synthesis.old_alone\" ];\n"
      "variants = ( { name = \"base\"; scenario = \"base.cfg\"; }, { name = \"list\"; scenario = \"list.cfg\"; } );\n"
      "ranges = ( { path = \"synthesis.old_alone\"; low = 0.1; high = 0.99; } );");
  wg_error error = {0};
  const double value = wg_plan_value(&s->plan, 0, 0, 0);
  const size_t bad = value > 0.545 ? 0 : 1; // the upper half of the range is one draw's
  assert_int_equal(wg_plan_check(&s->plan, 2, &error), WG_FAIL_CONFIG);
  char where[32];
  snprintf(where, sizeof where, "base with draw %zu: ", bad);
  assert_true(strncmp(error.text, where, strlen(where)) == 0);
  assert_non_null(strstr(error.text, "old_alone"));
  assert_null(strchr(error.text, '\n'));
  close_study(s);
}

static void a_good_plan_has_nothing_to_tell(void **state) {
  (void)state;
  write_scenarios();
  study *const s = open_study(VARIANTS "draws = 2;");
  wg_error error = {0};
  if (wg_plan_check(&s->plan, 2, &error))
    fail_msg("%s", error.text);
  assert_int_equal(error.code, 0);
  close_study(s);
}

int main(void) {
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)
  const struct CMUnitTest tests[] = {
      IN_FOLDER(entries_are_variants_at_points),
      IN_FOLDER(sweeps_may_name_variants),
      IN_FOLDER(keys_of_one_name_are_told_apart),
      IN_FOLDER(variants_share_what_is_drawn),
      IN_FOLDER(what_is_swept_or_fixed_is_not_drawn),
      IN_FOLDER(the_spread_is_the_studys),
      IN_FOLDER(bounded_parameters_stay_within_their_bounds),
      IN_FOLDER(more_draws_leave_the_first_alone),
      IN_FOLDER(identities_are_those_of_the_runs),
      IN_FOLDER(a_run_can_be_typed),
      IN_FOLDER(results_have_their_places),
      IN_FOLDER(a_printed_study_is_the_same),
      IN_FOLDER(problems_of_a_draw_are_told_with_it),
      IN_FOLDER(a_good_plan_has_nothing_to_tell),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
