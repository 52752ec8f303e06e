// SPDX-License-Identifier: GPL-3.0-or-later
// Fertility by single year of age, and the waiting time between births.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/fertility_schedule.h"

static void bands_keep_their_sums(void **state) {
  (void)state;
  static const double schedules[][WG_FERTILE_BANDS] = {{0.0023, 0.0237, 0.0657, 0.0423, 0.0137, 0.0032, 0.0},
                                                       {0.0, 0.0, 0.3, 0.0, 0.0, 0.0, 0.0},
                                                       {0.5, 0.0001, 0.5, 0.0, 0.1, 0.2, 0.5}};
  for (size_t i = 0; i < sizeof schedules / sizeof *schedules; i++) {
    double rates[WG_AGE_MAX + 1];
    wg_fertility_single_years(schedules[i], rates);
    for (uint32_t x = 0; x <= WG_AGE_MAX; x++) {
      assert_true(rates[x] >= 0.0);
      if (x < WG_FERTILE_FIRST || x >= WG_FERTILE_BEYOND)
        assert_true(rates[x] == 0.0);
    }
    for (uint32_t b = 0; b < WG_FERTILE_BANDS; b++) {
      double sum = 0.0;
      for (uint32_t x = 0; x < 5; x++)
        sum += rates[WG_FERTILE_FIRST + 5 * b + x];
      assert_true(fabs(sum - 5.0 * schedules[i][b]) < 1e-12);
    }
  }
}

static void equal_bands_give_equal_years(void **state) {
  (void)state;
  static const double even[WG_FERTILE_BANDS] = {0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2};
  double rates[WG_AGE_MAX + 1];
  wg_fertility_single_years(even, rates);
  for (uint32_t x = 20; x < 45; x++)
    assert_true(fabs(rates[x] - 0.2) < 1e-12);
}

// Rates rise to their mode and fall from there without steps at the bands' edges.
static void years_run_smoothly(void **state) {
  (void)state;
  static const double schedules[][WG_FERTILE_BANDS] = {{0.0023, 0.0237, 0.0657, 0.0423, 0.0137, 0.0032, 0.0},
                                                       {0.0022, 0.0250, 0.0780, 0.0721, 0.0324, 0.0092, 0.0014},
                                                       {0.0013, 0.0154, 0.0505, 0.0531, 0.0258, 0.0076, 0.0013}};
  for (size_t i = 0; i < sizeof schedules / sizeof *schedules; i++) {
    double rates[WG_AGE_MAX + 1];
    wg_fertility_single_years(schedules[i], rates);
    uint32_t turns = 0;
    for (uint32_t x = 15; x < 50; x++)
      turns += (rates[x] > rates[x - 1]) != (rates[x + 1] > rates[x]) && rates[x + 1] > 0.0;
    assert_int_equal(turns, 1);
    for (uint32_t x = 15; x <= 50; x++)
      assert_true(fabs(rates[x] - rates[x - 1]) < 0.02);
  }
}

// Counted by hand: of the months back from the i-th since the birthday, those beyond i lie in the year of age before.
static void waiting_falls_into_years_of_age(void **state) {
  (void)state;
  double weights[WG_WAITING_YEARS];
  wg_waiting_weights(10, weights);
  assert_true(fabs(weights[0] - 65.0 / 12.0) < 1e-12 && fabs(weights[1] - 55.0 / 12.0) < 1e-12);
  assert_true(weights[2] == 0.0 && weights[3] == 0.0);
  wg_waiting_weights(0, weights);
  assert_true(weights[0] == 0.0 && weights[1] == 0.0);
  wg_waiting_weights(36, weights);
  assert_true(fabs(weights[0] + weights[1] + weights[2] + weights[3] - 36.0) < 1e-9);
  assert_true(fabs(weights[0] - 5.5) < 1e-12 && fabs(weights[1] - 12.0) < 1e-12 && fabs(weights[3] - 6.5) < 1e-12);
}

// One woman's chances lived forward month by month: the births come out as wanted.
static void the_hazard_makes_up_for_waiting(void **state) {
  (void)state;
  enum { SPACING = 10, MONTHS = 600 };
  const double wanted = 0.02, hazard = wg_birth_hazard(wanted, SPACING * wanted);
  double births[MONTHS];
  for (int t = 0; t < MONTHS; t++) {
    double waiting = 0.0;
    for (int k = 1; k <= SPACING && k <= t; k++)
      waiting += births[t - k];
    births[t] = hazard * (1.0 - waiting);
  }
  assert_true(fabs(births[MONTHS - 1] - wanted) < 1e-9);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bands_keep_their_sums),
      cmocka_unit_test(equal_bands_give_equal_years),
      cmocka_unit_test(years_run_smoothly),
      cmocka_unit_test(waiting_falls_into_years_of_age),
      cmocka_unit_test(the_hazard_makes_up_for_waiting),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
