// SPDX-License-Identifier: GPL-3.0-or-later
// Life tables against numbers from elsewhere: the law integrated by Simpson's rule and survivors by the trapezoidal rule on a
// fine grid, in another language.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/life_table.h"

static void assert_near(double value, double expected, double relative) {
  if (!(fabs(value - expected) <= relative * fabs(expected)))
    fail_msg("%.12g, expected %.12g", value, expected);
}

static void the_law_is_integrated_over_each_year_of_age(void **state) {
  (void)state;
  const wg_mortality_law law = {.slope = 0.095, .makeham = 0.0002, .infant = 0.003};
  double hazard[WG_AGE_MAX + 1];
  wg_life_table_hazards(&law, 3e-5, hazard);
  assert_near(hazard[0], 0.0030045090202987, 1e-10);
  assert_near(hazard[1], 0.0002346076029046, 1e-10);
  assert_near(hazard[40], 0.0016068006955947, 1e-10);
  assert_near(hazard[80], 0.0630856574390805, 1e-10);
  assert_near(hazard[110], 1.0873535267074932, 1e-10);
  assert_near(wg_life_expectancy(hazard), 77.940704825662, 1e-7);
}

static void life_expectancy_of_constant_hazards_is_their_inverse(void **state) {
  (void)state;
  static const double hazards[] = {1e-9, 1e-6, 0.01, 0.5};
  for (size_t i = 0; i < sizeof hazards / sizeof *hazards; i++) {
    double hazard[WG_AGE_MAX + 1];
    for (uint32_t x = 0; x <= WG_AGE_MAX; x++)
      hazard[x] = hazards[i];
    assert_near(wg_life_expectancy(hazard), 1.0 / hazards[i], 1e-9);
  }
}

static void the_scale_is_fitted(void **state) {
  (void)state;
  static const struct {
    wg_mortality_law law;
    double years, at_0, at_30, at_65, at_90;
  } cases[] = {
      {{0.095, 0.0002, 0.0033}, 78.3, 0.0033054570087265, 0.0007242342880962, 0.0147731882632266, 0.1568765391811227},
      {{0.105, 0.0001, 0.0020}, 84.8, 0.0020020026706731, 0.0002863434188949, 0.0074509975895816, 0.1015773915669798},
      {{0.08, 0.0, 0.05}, 50.0, 0.0512932943875505, 0.0080410609393869, 0.1322324068130845, 0.9770726720384932},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    double hazard[WG_AGE_MAX + 1];
    assert_true(wg_life_table_fit(&cases[i].law, cases[i].years, hazard));
    assert_near(wg_life_expectancy(hazard), cases[i].years, 1e-12);
    assert_near(hazard[0], cases[i].at_0, 1e-7);
    assert_near(hazard[30], cases[i].at_30, 1e-6);
    assert_near(hazard[65], cases[i].at_65, 1e-6);
    assert_near(hazard[90], cases[i].at_90, 1e-6);
  }
}

static void what_no_scale_gives_is_refused(void **state) {
  (void)state;
  double hazard[WG_AGE_MAX + 1];
  assert_false(wg_life_table_fit(&(wg_mortality_law){0.1, 0.01, 0.0}, 99.0, hazard)); // for ever at the Makeham term
  assert_false(wg_life_table_fit(&(wg_mortality_law){0.095, 0.0, 0.5}, 60.0, hazard));
  assert_false(wg_life_table_fit(&(wg_mortality_law){0.095, 0.0, 0.0}, 1.0, hazard));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_law_is_integrated_over_each_year_of_age),
      cmocka_unit_test(life_expectancy_of_constant_hazards_is_their_inverse),
      cmocka_unit_test(the_scale_is_fitted),
      cmocka_unit_test(what_no_scale_gives_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
