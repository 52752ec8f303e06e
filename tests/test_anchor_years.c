// SPDX-License-Identifier: GPL-3.0-or-later
// Quantities given for some years: lines between them, or steps.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/anchor_years.h"

static const double years[] = {2010.0, 2012.0, 2020.5}, values[] = {1.0, 10.0, 3.0, 30.0, 5.0, 50.0};
static const wg_anchors two = {
    .years = {.count = 3, .items = years}, .values = {.count = 6, .items = values}, .each = 2};

static void assert_near(double value, double wanted) {
  assert_true(value > wanted - 1e-9 && value < wanted + 1e-9);
}

static void lines_run_from_year_to_year(void **state) {
  (void)state;
  assert_near(wg_anchors_at(&two, 0, 1900 * 12), 1.0);
  assert_near(wg_anchors_at(&two, 1, 2009 * 12 + 11), 10.0);
  assert_near(wg_anchors_at(&two, 0, 2010 * 12), 1.0 + 2.0 * 0.5 / 24.0); // the middle of January
  assert_near(wg_anchors_at(&two, 1, 2011 * 12), 10.0 + 20.0 * 12.5 / 24.0);
  assert_near(wg_anchors_at(&two, 0, 2016 * 12 + 2), 3.0 + 2.0 * 50.5 / 102.0);
  assert_near(wg_anchors_at(&two, 1, 2020 * 12 + 6), 50.0); // July has passed the middle of the year
  assert_near(wg_anchors_at(&two, 0, 2100 * 12), 5.0);
}

static void steps_hold_from_their_year_on(void **state) {
  (void)state;
  assert_near(wg_anchors_step(&two, 0, 2009 * 12 + 11), 0.0);
  assert_near(wg_anchors_step(&two, 0, 2010 * 12), 1.0);
  assert_near(wg_anchors_step(&two, 1, 2011 * 12 + 11), 10.0);
  assert_near(wg_anchors_step(&two, 1, 2012 * 12), 30.0);
  assert_near(wg_anchors_step(&two, 0, 2020 * 12 + 5), 3.0);
  assert_near(wg_anchors_step(&two, 0, 2020 * 12 + 6), 5.0);
  assert_near(wg_anchors_step(&(wg_anchors){.each = 1}, 0, 2020 * 12), 0.0); // nothing is given
}

static void one_year_holds_always(void **state) {
  (void)state;
  const wg_anchors one = {.years = {.count = 1, .items = years}, .values = {.count = 2, .items = values}, .each = 2};
  for (wg_month month = 2000 * 12; month < 2030 * 12; month++)
    assert_near(wg_anchors_at(&one, 1, month), 10.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lines_run_from_year_to_year),
      cmocka_unit_test(steps_hold_from_their_year_on),
      cmocka_unit_test(one_year_holds_always),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
