// SPDX-License-Identifier: GPL-3.0-or-later
// Shares into choices, and quantities between the years for which they are given.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/anchor_years.h"
#include "model/shares.h"

static void assert_near(double value, double wanted, double tolerance) {
  assert_true(value - wanted <= tolerance && wanted - value <= tolerance);
}

static void shares_divide_the_unit_interval(void **state) {
  (void)state;
  uint32_t t[4];
  wg_shares_cumulate((double[]){1.0, 0.0, 2.0, 1.0}, 4, t);
  assert_int_equal(wg_shares_pick(t, 4, 0), 0);
  assert_int_equal(wg_shares_pick(t, 4, 0x3fffffff), 0);
  assert_int_equal(wg_shares_pick(t, 4, 0x40000000), 2); // nobody falls into a share of nothing
  assert_int_equal(wg_shares_pick(t, 4, 0xbfffffff), 2);
  assert_int_equal(wg_shares_pick(t, 4, 0xc0000000), 3);
  assert_int_equal(wg_shares_pick(t, 4, UINT32_MAX), 3);
}

static void shares_of_nothing_choose_the_last(void **state) {
  (void)state;
  uint32_t t[2];
  wg_shares_cumulate((double[]){0.0, 0.0}, 2, t);
  assert_int_equal(wg_shares_pick(t, 2, 12345), 1);
}

static const double years[] = {2010.0, 2020.0}, values[] = {1.0, 10.0, 3.0, 20.0};
static const wg_anchors pairs = {.years = {2, years}, .values = {4, values}, .each = 2};

static double at(int year, int month, size_t i) {
  return wg_anchors_at(&pairs, i, year * 12 + month - 1);
}

static void straight_lines_between_years(void **state) {
  (void)state;
  // The middle of December 2014 and of January 2015 lie half a month before and after 2015.0.
  assert_true(at(2014, 12, 0) < 2.0 && at(2015, 1, 0) > 2.0);
  assert_near(at(2014, 12, 0) + at(2015, 1, 0), 4.0, 1e-9);
  assert_near(at(2015, 1, 0), 1.0 + 2.0 * (5.0 + 0.5 / 12.0) / 10.0, 1e-9);
  assert_near(at(2015, 1, 1), 10.0 + 10.0 * (5.0 + 0.5 / 12.0) / 10.0, 1e-9);
}

static void as_at_the_ends_beyond_them(void **state) {
  (void)state;
  assert_near(at(1990, 1, 0), 1.0, 0.0);
  assert_near(at(2009, 12, 1), 10.0, 0.0);
  assert_near(at(2020, 1, 0), 3.0, 0.0);
  assert_near(at(2100, 1, 1), 20.0, 0.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shares_divide_the_unit_interval),
      cmocka_unit_test(shares_of_nothing_choose_the_last),
      cmocka_unit_test(straight_lines_between_years),
      cmocka_unit_test(as_at_the_ends_beyond_them),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
