// SPDX-License-Identifier: GPL-3.0-or-later
// Comparisons of outcomes that are made up, without any file; and settings read from a configuration's text.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "compare/comparison.h"
#include "engine/registry.h"
#include "schema/config.h"

// ---- settings ----

static wg_settings read_settings(const char *text, wg_arena *arena) {
  wg_error error = {0};
  wg_settings settings;
  if (wg_settings_read(text, "file", arena, &settings, &error))
    fail_msg("%s", error.text);
  return settings;
}

static void every_line_of_a_configuration_is_a_setting(void **state) {
  (void)state;
  wg_config *config = NULL;
  wg_error error = {0};
  const wg_param_group *groups[WG_GROUPS_MAX];
  const size_t count = wg_registry_groups(groups);
  assert_int_equal(wg_config_create(groups, count, &config, &error), WG_OK);
  assert_int_equal(wg_config_add(config, "policies", "sanshe_linkage", "x", &error), WG_OK);
  assert_int_equal(wg_config_add(config, "policies", "sanshe_linkage#2", "x", &error), WG_OK);
  assert_int_equal(wg_config_add(config, "policies", "duty_list", "x", &error), WG_OK);
  char *const text = wg_config_text(config);
  assert_non_null(text);
  size_t values = 0;
  for (const char *c = text; (c = strstr(c, " = ")); c++)
    values += strncmp(c, " = (", 4) != 0;
  wg_arena arena = {0};
  const wg_settings settings = read_settings(text, &arena);
  assert_int_equal(settings.count, values - 3); // but for the names of the entries
  assert_string_equal(wg_settings_value(&settings, "run.seed"), "1");
  assert_string_equal(wg_settings_value(&settings, "policies.sanshe_linkage#2.params.social_workers"), "1.0");
  assert_string_equal(wg_settings_value(&settings, "policies.duty_list.strength"), "1.0");
  assert_null(wg_settings_value(&settings, "policies.sanshe_linkage#3.strength"));
  wg_arena_free(&arena);
  free(text);
  wg_config_free(config);
}

typedef struct differing {
  char text[512];
} differing;

static void note(void *context, const char *path, const char *a, const char *b) {
  differing *const d = context;
  const size_t end = strlen(d->text);
  snprintf(d->text + end, sizeof d->text - end, "%s:%s:%s ", path, a ? a : "-", b ? b : "-");
}

static void differences_are_found_on_both_sides(void **state) {
  (void)state;
  wg_arena arena = {0};
  const wg_settings a = read_settings("x: {\n  a = 1;\n  b = [1, 2];\n};\npolicies = ();\n", &arena);
  const wg_settings b = read_settings("x: {\n  b = [1, 3];\n  c = \"d = e;\";\n};\n", &arena);
  differing found = {""};
  wg_settings_compare(&a, &b, note, &found);
  assert_string_equal(found.text, "x.a:1:- x.b:[1, 2]:[1, 3] x.c:-:\"d = e;\" ");
  wg_arena_free(&arena);
}

static void what_counts_and_what_does_not(void **state) {
  (void)state;
  size_t end = 0;
  assert_false(wg_setting_counts("run.threads"));
  assert_false(wg_setting_counts("run.replicate"));
  assert_true(wg_setting_counts("run.seed"));
  assert_true(wg_setting_is_of_policy("policies.x#2.params.y", &end));
  assert_int_equal(end, strlen("policies.x#2"));
  assert_false(wg_setting_is_of_policy("policiesx.y", NULL));
}

// ---- comparisons ----

enum { VARIANTS = 3, DRAWS = 2, REPLICATES = 3, PLACES = 2, ROWS = 2 };

// One outcome of three variants; the second is the first plus 1, 2, 4 in each draw, the third has no run.
typedef struct made_up {
  wg_samples samples;
  wg_sample_variant variants[VARIANTS];
  const wg_outcome *outcomes[1];
  const char *parts[1], *labels[1];
  wg_date dates[ROWS];
  int64_t codes[PLACES];
  double values[VARIANTS][DRAWS][REPLICATES], series[VARIANTS][ROWS][DRAWS][REPLICATES];
  double over[VARIANTS][DRAWS][REPLICATES][PLACES];
  bool adopted[1], taken[VARIANTS][DRAWS][REPLICATES];
} made_up;

static made_up *make_up(const char *outcome) {
  made_up *const m = calloc(1, sizeof *m);
  assert_non_null(m);
  m->outcomes[0] = wg_outcome_find(outcome);
  m->parts[0] = m->labels[0] = "all";
  m->dates[1] = 31;
  for (int d = 0; d < DRAWS; d++)
    for (int r = 0; r < REPLICATES; r++)
      for (int v = 0; v < VARIANTS; v++) {
        const double x = v == 2 ? NAN : 10.0 * d + r * r + (v ? (double)(1 << r) : 0.0);
        m->values[v][d][r] = m->series[v][1][d][r] = x;
        m->series[v][0][d][r] = NAN;
        m->over[v][d][r][0] = m->over[v][d][r][1] = x / 2.0;
        m->taken[v][d][r] = v != 2;
      }
  static const char *const names[VARIANTS] = {"base", "plus", "none"};
  for (int v = 0; v < VARIANTS; v++)
    m->variants[v] = (wg_sample_variant){.name = names[v], .label = "", .compared_with = 0};
  m->samples = (wg_samples){
      .source = "made up",
      .version = "0",
      .variants = m->variants,
      .variant_count = VARIANTS,
      .draws = DRAWS,
      .replicates = REPLICATES,
      .axes = {.rows = ROWS, .dates = m->dates, .place = "subdistrict", .place_count = PLACES, .codes = m->codes},
      .last = 1,
      .parts = m->parts,
      .part_labels = m->labels,
      .part_count = 1,
      .outcomes = m->outcomes,
      .outcome_count = 1,
      .values = &m->values[0][0][0],
      .series = &m->series[0][0][0][0],
      .over = &m->over[0][0][0][0],
      .under = &m->over[0][0][0][0],
      .adopted = m->adopted,
      .taken = &m->taken[0][0][0]};
  return m;
}

static void each_variant_is_compared_with_its_own(void **state) {
  (void)state;
  made_up *const m = make_up("needs_arisen");
  wg_comparison c = {0};
  wg_error error = {0};
  assert_int_equal(wg_comparison_make(&m->samples, &c, &error), WG_OK);
  assert_int_equal(c.variant_count, 2);
  assert_string_equal(c.variants[0].name, "plus");
  assert_string_equal(c.variants[0].against, "base");
  assert_true(fabs(c.variants[0].differences[0].difference - 7.0 / 3.0) < 1e-12);
  assert_true(c.variants[0].series_difference[1] == c.variants[0].differences[0].difference);
  assert_true(isnan(c.variants[0].series_difference[0]));
  assert_int_equal(c.variants[1].differences[0].pairs, 0);
  assert_true(isnan(c.variants[1].series_difference[1]));
  assert_int_equal(c.equal_cost_count, 0); // costs are not among the outcomes
  assert_int_equal(wg_comparison_outcome(&c, "needs_arisen"), 0);
  assert_int_equal(wg_comparison_outcome(&c, "cost"), 1);
  wg_comparison_free(&c);
  free(m);
}

// Differences 1, 2, 4 of the replicates: t(0.975; 2) * sqrt(7 / 3 / 3).
static void a_rule_sees_the_widest_interval(void **state) {
  (void)state;
  const double half = 4.302652729696142 * sqrt(7.0 / 9.0);
  made_up *const m = make_up("needs_arisen");
  double found = 0.0;
  wg_error error = {0};
  assert_int_equal(wg_samples_half_width(&m->samples, "needs_arisen", &found, &error), WG_OK);
  assert_true(isnan(found)); // one variant has no run
  m->samples.variant_count = 2;
  assert_int_equal(wg_samples_half_width(&m->samples, "needs_arisen", &found, &error), WG_OK);
  assert_true(fabs(found - half) < 1e-9);
  m->outcomes[0] = wg_outcome_find("coverage");
  assert_int_equal(wg_samples_half_width(&m->samples, "coverage", &found, &error), WG_OK);
  assert_true(fabs(found - half / 100.0) < 1e-9); // shares in parts of 1
  assert_int_equal(wg_samples_half_width(&m->samples, "trust", &found, &error), WG_FAIL_CONFIG);
  free(m);
}

// Every dimension that a variable names is there, and every number can be read.
static int look(void *self, const wg_group *group, wg_error *error) {
  (void)error;
  size_t *const count = self;
  assert_string_equal(group->name, "comparison");
  double sum = 0.0;
  for (size_t i = 0; i < group->variable_count; i++) {
    const wg_variable *const v = group->variables + i;
    size_t elements = 1;
    for (size_t d = 0; d < v->rank; d++) {
      size_t k = 0;
      while (k < group->dimension_count && strcmp(group->dimensions[k].name, v->dimensions[d]) != 0)
        k++;
      assert_true(k < group->dimension_count);
      elements *= group->dimensions[k].length;
    }
    assert_non_null(v->data);
    for (size_t e = 0; e < elements; e++)
      sum += v->type == WG_STRING ? (double)strlen(((const char *const *)v->data)[e])
                                  : (double)((const char *)v->data)[e * wg_type_size(v->type)];
  }
  assert_true(sum == sum);
  *count = group->variable_count;
  return WG_OK;
}

static void a_group_is_whole(void **state) {
  (void)state;
  made_up *const m = make_up("needs_arisen");
  wg_comparison c = {0};
  wg_error error = {0};
  assert_int_equal(wg_comparison_make(&m->samples, &c, &error), WG_OK);
  size_t count = 0;
  const wg_sink sink = {&count, look};
  assert_int_equal(wg_comparison_put(&c, "comparison", &sink, &error), WG_OK);
  assert_true(count > 30);
  wg_comparison_free(&c);
  free(m);
}

static void a_baseline_alone_is_no_comparison(void **state) {
  (void)state;
  made_up *const m = make_up("needs_arisen");
  wg_comparison c = {0};
  wg_error error = {0};
  m->samples.variant_count = 1;
  assert_int_equal(wg_comparison_make(&m->samples, &c, &error), WG_FAIL_CONFIG);
  wg_comparison_free(&c);
  free(m);
}

static void signs_need_band_and_luck_to_agree(void **state) {
  (void)state;
  const wg_interval above = {1, 2}, below = {-2, -1}, across = {-1, 1}, untold = {NAN, NAN}, touching = {0, 2};
  const struct {
    wg_interval band, luck;
    int sign;
  } cases[] = {{above, above, 1},  {below, below, -1},  {above, below, 0},   {above, across, 0},  {across, above, 0},
               {untold, above, 1}, {below, untold, -1}, {untold, untold, 0}, {touching, above, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const wg_difference d = {.band = cases[i].band, .luck_t = cases[i].luck};
    assert_int_equal(wg_difference_sign(&d), cases[i].sign);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_line_of_a_configuration_is_a_setting),
      cmocka_unit_test(differences_are_found_on_both_sides),
      cmocka_unit_test(what_counts_and_what_does_not),
      cmocka_unit_test(each_variant_is_compared_with_its_own),
      cmocka_unit_test(a_rule_sees_the_widest_interval),
      cmocka_unit_test(a_group_is_whole),
      cmocka_unit_test(a_baseline_alone_is_no_comparison),
      cmocka_unit_test(signs_need_band_and_luck_to_agree),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
