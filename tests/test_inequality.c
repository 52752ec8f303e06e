// SPDX-License-Identifier: GPL-3.0-or-later
// Gini and Theil against closed forms, and against their definitions summed over all pairs.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/draw.h"
#include "model/inequality.h"

enum { MANY = 60 };

static void assert_near(double got, double expected) {
  if (!(fabs(got - expected) <= 1e-13))
    fail_msg("%.17g instead of %.17g", got, expected);
}

// Equal ratios of unequal weights.
static void equal_is_zero(void **state) {
  (void)state;
  wg_portion p[] = {{4, 1, 0}, {0, 0, 0}, {400, 100, 1}, {36, 9, 1}};
  assert_near(wg_theil_total(p, 4), 0.0);
  assert_near(wg_theil_between(p, 4), 0.0);
  assert_near(wg_theil_within(p, 4), 0.0);
  assert_true(wg_gini(p, 4) == 0.0);
}

// Of n parts of one weight one has all: (n - 1) / n and ln n. With n groups of one part each all is between them, in one group
// all is within.
static void all_in_one(void **state) {
  (void)state;
  for (size_t n = 1; n <= MANY; n++) {
    wg_portion apart[MANY], together[MANY];
    for (size_t i = 0; i < n; i++) {
      apart[i] = (wg_portion){.due = 7, .met = i == n / 2 ? 5 : 0, .group = (uint32_t)i};
      together[i] = (wg_portion){.due = 7, .met = i == n / 2 ? 5 : 0};
    }
    const double log_n = log((double)n);
    assert_near(wg_theil_total(apart, n), log_n);
    assert_near(wg_theil_between(apart, n), log_n);
    assert_near(wg_theil_within(apart, n), 0.0);
    assert_near(wg_theil_between(together, n), 0.0);
    assert_near(wg_theil_within(together, n), log_n);
    assert_near(wg_gini(apart, n), (double)(n - 1) / (double)n);
  }
}

// One part of weight share a has everything: 1 - a and -ln a.
static void weights_count(void **state) {
  (void)state;
  wg_portion p[] = {{75, 0, 0}, {25, 20, 0}};
  assert_near(wg_theil_total(p, 2), log(4.0));
  assert_near(wg_gini(p, 2), 0.75);
  // Splitting a part into equal ones changes nothing.
  wg_portion split[] = {{10, 5, 0}, {20, 4, 1}, {20, 4, 1}, {20, 4, 1}}, whole[] = {{60, 12, 0}, {10, 5, 0}};
  assert_near(wg_theil_total(split, 4), wg_theil_total(whole, 2));
  assert_near(wg_theil_within(split, 4), 0.0);
  assert_true(wg_gini(split, 4) == wg_gini(whole, 2));
}

static void nothing_met_is_nothing(void **state) {
  (void)state;
  wg_portion p[] = {{5, 0, 0}, {3, 0, 1}};
  assert_true(isnan(wg_theil_total(p, 2)) && isnan(wg_theil_between(p, 2)) && isnan(wg_theil_within(p, 2)));
  assert_true(isnan(wg_gini(p, 2)) && isnan(wg_gini(p, 0)) && isnan(wg_theil_total(p, 0)));
}

// 400 parts of 90 each, each unit met with probability 0.3: a Gini coefficient of 400 parts varies by about 1 / sqrt(800) of
// itself, the mean of 100 by 0.0035: within 3 % of the formula but for a chance below 1e-16. A factor missing in it shows.
static void luck_alone(void **state) {
  (void)state;
  enum { PARTS = 400, DUE = 90, TRIALS = 100 };
  wg_draw draw = wg_draw_open(wg_luck_make(2, 0), 1, 0, 1, 0);
  double sum = 0.0, expected = 0.0;
  for (int trial = 0; trial < TRIALS; trial++) {
    wg_portion p[PARTS] = {0};
    for (size_t i = 0; i < PARTS; i++) {
      p[i].due = DUE;
      for (int unit = 0; unit < DUE; unit++)
        p[i].met += wg_draw_unit(&draw) < 0.3;
    }
    expected += wg_gini_by_luck(p, PARTS) / TRIALS;
    sum += wg_gini(p, PARTS) / TRIALS;
  }
  assert_true(fabs(expected - sqrt(0.7 / (3.14159265358979 * 0.3 * DUE))) < 0.002);
  if (!(fabs(sum / expected - 1.0) < 0.03))
    fail_msg("%g by the formula, %g by luck", expected, sum);
  wg_portion none[] = {{5, 0, 0}};
  assert_true(isnan(wg_gini_by_luck(none, 1)));
}

// A group where nothing is met, and parts where nothing is due.
static void follow_the_definitions(void **state) {
  (void)state;
  wg_draw draw = wg_draw_open(wg_luck_make(1, 0), 1, 0, 1, 0);
  for (int trial = 0; trial < 200; trial++) {
    wg_portion p[MANY], turned[MANY];
    double due = 0.0, met = 0.0, pairs = 0.0, theil = 0.0;
    for (uint32_t i = 0; i < MANY; i++) {
      p[i].group = i / 7;
      p[i].due = wg_draw_below(&draw, 50);
      p[i].met = p[i].group == 3 ? 0 : wg_draw_below(&draw, (uint32_t)p[i].due + 1);
      turned[MANY - 1 - i] = p[i];
      due += (double)p[i].due;
      met += (double)p[i].met;
    }
    const double mean = met / due;
    for (size_t i = 0; i < MANY; i++) {
      for (size_t j = 0; j < MANY; j++)
        if (p[i].due && p[j].due)
          pairs += (double)(p[i].due * p[j].due) *
                   fabs((double)p[i].met / (double)p[i].due - (double)p[j].met / (double)p[j].due);
      const double ratio = p[i].due ? (double)p[i].met / (double)p[i].due / mean : 0.0;
      theil += ratio > 0.0 ? (double)p[i].due / due * ratio * log(ratio) : 0.0;
    }
    assert_near(wg_theil_total(p, MANY), theil);
    assert_near(wg_theil_between(p, MANY) + wg_theil_within(p, MANY), theil);
    assert_true(wg_theil_between(p, MANY) > 0.0 && wg_theil_within(p, MANY) > 0.0);
    const double gini = wg_gini(p, MANY);
    assert_near(gini, pairs / (2.0 * due * due * mean));
    assert_true(gini == wg_gini(turned, MANY));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equal_is_zero),          cmocka_unit_test(all_in_one),
      cmocka_unit_test(weights_count),          cmocka_unit_test(nothing_met_is_nothing),
      cmocka_unit_test(follow_the_definitions), cmocka_unit_test(luck_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
