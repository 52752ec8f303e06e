// SPDX-License-Identifier: GPL-3.0-or-later
// Which parameters are drawn, and over which ranges.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "schema/param_range.h"

typedef struct values {
  double real;
  int64_t whole;
  wg_reals list;
} values;

static wg_param row_of(wg_param_type type, double min, double max, const char *unit, wg_evidence evidence) {
  const size_t offset = type == WG_PARAM_INT     ? offsetof(values, whole)
                        : type == WG_PARAM_REALS ? offsetof(values, list)
                                                 : offsetof(values, real);
  return (wg_param){
      .name = "x", .type = type, .offset = offset, .min = min, .max = max, .unit = unit, .evidence = evidence};
}

static wg_param real_row(double min, double max, const char *unit) {
  return row_of(WG_PARAM_REAL, min, max, unit, WG_ASSUMED);
}

static void expect_range(const wg_param *row, const values *v, double spread, wg_range_scale scale, double low,
                         double high) {
  wg_param_range range;
  assert_true(wg_param_range_find(row, v, spread, &range));
  assert_int_equal(range.scale, scale);
  assert_true(fabs(range.low - low) <= 1e-12 * fabs(low));
  assert_true(fabs(range.high - high) <= 1e-12 * fabs(high));
}

static void expect_none(const wg_param *row, const values *v) {
  wg_param_range range;
  assert_false(wg_param_range_find(row, v, 1.5, &range));
}

static void sizes_are_divided_and_multiplied(void **state) {
  (void)state;
  const wg_param row = real_row(0, 10000, "day");
  expect_range(&row, &(values){.real = 30}, 1.5, WG_SCALE_LOG, 20, 45);
  expect_range(&row, &(values){.real = 30}, 2, WG_SCALE_LOG, 15, 60);
  // Cut to what is allowed.
  expect_range(&row, &(values){.real = 9000}, 1.5, WG_SCALE_LOG, 6000, 10000);
  const wg_param from_one = real_row(1, 10000, "person minute");
  expect_range(&from_one, &(values){.real = 1.2}, 1.5, WG_SCALE_LOG, 1, 1.8);
}

static void odds_of_shares_are(void **state) {
  (void)state;
  const wg_param row = real_row(0, 1, "1");
  // Odds 3/7: 2/7 and 9/14.
  expect_range(&row, &(values){.real = 0.3}, 1.5, WG_SCALE_ODDS, 2.0 / 9.0, 9.0 / 23.0);
  expect_range(&row, &(values){.real = 0.97}, 1.5, WG_SCALE_ODDS, 97.0 / 101.5, 145.5 / 148.5);
  const wg_param to_a_tenth = real_row(0, 0.1, "1");
  expect_range(&to_a_tenth, &(values){.real = 0.05}, 1.5, WG_SCALE_ODDS, 0.04, 0.06);
  // Certain ones have no odds.
  expect_none(&row, &(values){.real = 0});
  expect_none(&row, &(values){.real = 1});
}

static void a_narrow_allowed_range_is_the_range(void **state) {
  (void)state;
  const wg_param filed = real_row(0.2, 0.6, "1"), gap = real_row(22, 32, "year"), wide = real_row(0.19, 0.6, "1");
  expect_range(&filed, &(values){.real = 0.35}, 1.5, WG_SCALE_LINEAR, 0.2, 0.6);
  expect_range(&gap, &(values){.real = 27}, 1.5, WG_SCALE_LINEAR, 22, 32);
  wg_param_range range;
  assert_true(wg_param_range_find(&wide, &(values){.real = 0.35}, 1.5, &range));
  assert_int_equal(range.scale, WG_SCALE_ODDS);
}

static void whole_numbers_are_drawn_where_they_can_change(void **state) {
  (void)state;
  const wg_param row = row_of(WG_PARAM_INT, 0, 1000, "day", WG_ASSUMED);
  expect_none(&row, &(values){.whole = 0});
  expect_none(&row, &(values){.whole = 1});
  expect_range(&row, &(values){.whole = 2}, 1.5, WG_SCALE_LOG, 4.0 / 3.0, 3);
  wg_param_range range;
  assert_true(wg_param_range_find(&row, &(values){.whole = 2}, 1.5, &range));
  assert_true(wg_param_range_value(&row, &range, 0.001) == 1.0);
  assert_true(wg_param_range_value(&row, &range, 0.999) == 3.0);
  assert_true(wg_param_range_value(&row, &range, 0.5) == 2.0);
}

static void schedules_have_one_factor(void **state) {
  (void)state;
  const double rates[] = {0.0, 0.1, 0.8};
  const values v = {.list = {3, rates}};
  const wg_param share = row_of(WG_PARAM_REALS, 0, 1, "1 / year", WG_SIGN),
                 size = row_of(WG_PARAM_REALS, 0, 1.6, "birth / woman / year", WG_ASSUMED);
  expect_range(&share, &v, 1.5, WG_SCALE_ODDS, 1 / 1.5, 1.5);
  expect_range(&size, &v, 1.5, WG_SCALE_LOG, 1 / 1.5, 1.5);
  expect_range(&size, &v, 4, WG_SCALE_LOG, 0.25, 2); // 0.8 times 2 is what is allowed
  wg_param_range range;
  assert_true(wg_param_range_find(&share, &v, 2, &range));
  char *text = wg_param_range_text(&share, &v, &range, 2.0);
  assert_string_equal(text, "[0.0, 0.181818, 0.888889]"); // odds 1/9 and 4 twice
  free(text);
  assert_true(wg_param_range_find(&size, &v, 2, &range));
  text = wg_param_range_text(&size, &v, &range, 1.5);
  assert_string_equal(text, "[0.0, 0.15, 1.2]");
  free(text);
  const double nothing[] = {0.0, 0.0};
  expect_none(&share, &(values){.list = {2, nothing}});
  expect_none(&share, &(values){.list = {0, NULL}});
}

static void what_is_not_drawn(void **state) {
  (void)state;
  const values v = {.real = 0.5, .whole = 45};
  const wg_param measured = row_of(WG_PARAM_REAL, 0, 100, "day", WG_MEASURED),
                 setting = row_of(WG_PARAM_REAL, 0, 100, "day", WG_SETTING), either = real_row(-1, 1, "1"),
                 degree = real_row(0, 0.1e3, "degree_east"), slope = real_row(0.01, 0.8, "1 / year of age"),
                 age = row_of(WG_PARAM_INT, 0, 110, "year", WG_ASSUMED);
  expect_none(&measured, &v);
  expect_none(&setting, &v);
  expect_none(&either, &v);
  expect_none(&degree, &v);
  expect_none(&slope, &v);
  expect_none(&age, &v);
  const double shares[] = {0.2, 0.8};
  const wg_param list = row_of(WG_PARAM_REALS, 0, 1, "1", WG_ASSUMED);
  expect_none(&list, &(values){.list = {2, shares}});
  static const wg_param_type others[] = {WG_PARAM_BOOL, WG_PARAM_TEXT, WG_PARAM_CHOICE, WG_PARAM_DATE, WG_PARAM_TEXTS};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    const wg_param row = row_of(others[i], 0, 100, "", WG_ASSUMED);
    expect_none(&row, &v);
  }
}

static void asked_for_ranges_are_uniform_and_allowed(void **state) {
  (void)state;
  const double rates[] = {0.0, 0.4};
  const values v = {.real = 0.5, .list = {2, rates}};
  const wg_param row = row_of(WG_PARAM_REAL, 0, 1, "1", WG_MEASURED),
                 list = row_of(WG_PARAM_REALS, 0, 1, "1", WG_ASSUMED),
                 text = row_of(WG_PARAM_TEXT, 0, 1, "", WG_ASSUMED);
  wg_param_range range;
  assert_true(wg_param_range_make(&row, &v, 0.2, 0.6, &range));
  assert_true(wg_param_range_value(&row, &range, 0.25) == 0.3);
  assert_false(wg_param_range_make(&row, &v, 0.2, 1.1, &range));
  assert_false(wg_param_range_make(&row, &v, -0.1, 0.5, &range));
  assert_true(wg_param_range_make(&list, &v, 0.5, 2.5, &range));
  char *const scaled = wg_param_range_text(&list, &v, &range, wg_param_range_value(&list, &range, 0.75));
  assert_string_equal(scaled, "[0.0, 0.8]");
  free(scaled);
  assert_false(wg_param_range_make(&list, &v, 0.5, 2.6, &range));
  assert_false(wg_param_range_make(&text, &v, 0, 1, &range));
}

// Rising, within the range, the configured value in the middle, six digits, and typed as it is.
static void values_go_through_the_range(void **state) {
  (void)state;
  const wg_param rows[] = {real_row(0, 10000, "day"), real_row(0, 1, "1"), real_row(0.2, 0.6, "1")};
  const values v[] = {{.real = 30}, {.real = 0.3}, {.real = 0.4}};
  for (size_t i = 0; i < 3; i++) {
    wg_param_range range;
    assert_true(wg_param_range_find(rows + i, v + i, 1.5, &range));
    assert_true(fabs(wg_param_range_value(rows + i, &range, 0.5) - v[i].real) <= 1e-6 * v[i].real);
    double last = 0.0;
    for (int k = 0; k <= 100; k++) {
      const double value = wg_param_range_value(rows + i, &range, k / 100.0);
      char six[32];
      snprintf(six, sizeof six, "%.6g", value);
      assert_true(value > last && value >= range.low && value <= range.high);
      assert_true(k == 0 || k == 100 || strtod(six, NULL) == value);
      char *const typed = wg_param_range_text(rows + i, v + i, &range, value);
      assert_true(strtod(typed, NULL) == value);
      free(typed);
      last = value;
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sizes_are_divided_and_multiplied),
      cmocka_unit_test(odds_of_shares_are),
      cmocka_unit_test(a_narrow_allowed_range_is_the_range),
      cmocka_unit_test(whole_numbers_are_drawn_where_they_can_change),
      cmocka_unit_test(schedules_have_one_factor),
      cmocka_unit_test(what_is_not_drawn),
      cmocka_unit_test(asked_for_ranges_are_uniform_and_allowed),
      cmocka_unit_test(values_go_through_the_range),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
