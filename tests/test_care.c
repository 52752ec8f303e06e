// SPDX-License-Identifier: GPL-3.0-or-later
// Need of care: onset and recovery on birthdays, and the shares by age that they lead to.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "life_world.h"
#include "mechanism/care.h"

enum { PEOPLE = 40000 };

static const char *const rates[] = {"care.fall_ill", "care.recover", "care.disable", "care.improve"};

static void set_all(wg_config *config, const char *path, double number) {
  double list[WG_AGE_BAND_COUNT];
  for (int i = 0; i < WG_AGE_BAND_COUNT; i++)
    list[i] = number;
  life_set_list(config, path, list, WG_AGE_BAND_COUNT);
}

static wg_config *none_but(const char *path) {
  wg_config *config = life_config();
  for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
    set_all(config, rates[i], path && strcmp(path, rates[i]) == 0 ? 1.0 : 0.0);
  return config;
}

static void expect(wg_config *config, wg_care before, wg_care after) {
  const uint32_t others = WG_TRAIT_FEMALE | WG_TRAIT_COHORT | WG_TRAIT_STIRRED | 5U << WG_TRAIT_BIRTHS_SHIFT |
                          WG_TRAIT_PARTNERED | WG_TRAIT_VOLUNTEER | WG_RETIRED << WG_TRAIT_ACTIVITY_SHIFT |
                          WG_COLLEGE << WG_TRAIT_EDUCATION_SHIFT | WG_REGISTERED_OUTSIDE << WG_TRAIT_REGISTRATION_SHIFT;
  life l;
  life_begin(&l, config, &wg_care_mechanism);
  const uint32_t home = life_home(&l, WG_FAMILY);
  for (uint32_t years = 1; years <= WG_AGE_MAX; years++) {
    const uint32_t who = life_join(&l, home, years, wg_trait_with_care(others, before));
    const uint32_t joined = life_traits(&l, who);
    wg_care_mechanism.birthday(&l.context, who, years, life_luck(&l, 7, years));
    assert_int_equal(life_traits(&l, who), wg_trait_with_care(joined, after));
  }
  life_assert_counts(&l);
  life_end(&l);
}

static void each_step_goes_where_it_should(void **state) {
  (void)state;
  for (int care = WG_CARE_NONE; care < WG_CARE_COUNT; care++)
    expect(none_but(NULL), (wg_care)care, (wg_care)care);
  expect(none_but("care.fall_ill"), WG_CARE_NONE, WG_CARE_CHRONIC);
  expect(none_but("care.fall_ill"), WG_CARE_CHRONIC, WG_CARE_CHRONIC);
  expect(none_but("care.recover"), WG_CARE_CHRONIC, WG_CARE_NONE);
  expect(none_but("care.disable"), WG_CARE_CHRONIC, WG_CARE_DISABLED);
  expect(none_but("care.disable"), WG_CARE_NONE, WG_CARE_NONE);
  expect(none_but("care.improve"), WG_CARE_DISABLED, WG_CARE_CHRONIC);
}

// The shares by age, reckoned here from the configuration alone.
static void profile(const wg_config *config, double shares[WG_LIFE_AGES][WG_CARE_COUNT]) {
  const wg_care_params *p = wg_config_get(config, &wg_care_group);
  double none = 1.0, chronic = 0.0, disabled = 0.0;
  for (uint32_t years = 0; years < WG_LIFE_AGES; years++) {
    if (years > 0) {
      const uint32_t b = wg_age_band(years);
      const double ill = none * p->fall_ill.items[b], well = chronic * p->recover.items[b];
      const double worse = chronic * p->disable.items[b], better = disabled * p->improve.items[b];
      none += well - ill;
      chronic += ill - well - worse + better;
      disabled += worse - better;
    }
    shares[years][WG_CARE_NONE] = none;
    shares[years][WG_CARE_CHRONIC] = chronic;
    shares[years][WG_CARE_DISABLED] = disabled;
  }
}

static void the_start_is_what_the_rates_lead_to(void **state) {
  (void)state;
  life l;
  life_begin(&l, life_config(), &wg_care_mechanism);
  double shares[WG_LIFE_AGES][WG_CARE_COUNT];
  profile(l.config, shares);
  for (uint32_t years = 0; years < WG_LIFE_AGES; years++) {
    const uint32_t *row = l.world->life->care[years];
    double sum = 0.0;
    for (uint32_t care = 0; care < WG_CARE_COUNT; care++) {
      sum += shares[years][care];
      const double gap = (double)row[care] * 0x1p-32 - sum;
      assert_true(gap < 1e-9 && gap > -1e-9);
    }
  }
  assert_true(shares[0][WG_CARE_NONE] == 1.0);
  life_end(&l);
}

// Births followed for a life, and residents of 40 as they are at the start followed to old age, both end with the shares
// of the start at that age. Each of the 12 counts has a false-alarm rate of 2e-9 (see life_assert_share); at 80, where
// about a tenth are disabled, 40,000 people show an error of 0.8 percentage points.
static void nothing_drifts(void **state) {
  (void)state;
  static const uint32_t ages[] = {20, 60, 80};
  life l;
  life_begin(&l, life_config(), &wg_care_mechanism);
  double shares[WG_LIFE_AGES][WG_CARE_COUNT];
  profile(l.config, shares);
  const uint32_t who = life_join(&l, life_home(&l, WG_FAMILY), 40, 0), plain = life_traits(&l, who);
  uint32_t born[3][WG_CARE_COUNT] = {{0}}, grown[WG_CARE_COUNT] = {0};
  for (uint64_t i = 0; i < PEOPLE; i++) {
    wg_resident_change(&l.s, who, plain, LIFE_MONTH + 1);
    for (uint32_t years = 1; years <= 80; years++) {
      wg_care_mechanism.birthday(&l.context, who, years, life_luck(&l, i, years));
      for (size_t k = 0; k < 3; k++)
        born[k][wg_trait_care(life_traits(&l, who))] += years == ages[k];
    }
    wg_draw draw = wg_draw_open(l.world->luck, WG_PURPOSE_SYNTHESIS_STATUS, 0, i, 0);
    wg_resident_change(&l.s, who, wg_life_with_care(l.world->life, 40, plain, wg_draw_u32(&draw)), LIFE_MONTH + 1);
    for (uint32_t years = 41; years <= 80; years++)
      wg_care_mechanism.birthday(&l.context, who, years, life_luck(&l, i + PEOPLE, years));
    grown[wg_trait_care(life_traits(&l, who))]++;
  }
  for (uint32_t care = 0; care < WG_CARE_COUNT; care++) {
    for (size_t k = 0; k < 3; k++)
      life_assert_share(born[k][care], PEOPLE, shares[ages[k]][care]);
    life_assert_share(grown[care], PEOPLE, shares[80][care]);
  }
  life_end(&l);
}

static void wrong_lists_are_refused(void **state) {
  (void)state;
  wg_config *config = life_config();
  const double few[] = {0.1};
  life_set_list(config, "care.improve", few, 1);
  set_all(config, "care.recover", 0.6);
  set_all(config, "care.disable", 0.5);
  wg_error error = {0};
  wg_life_tables *tables;
  assert_int_equal(wg_life_tables_create(config, &tables, &error), WG_FAIL_CONFIG);
  assert_non_null(strstr(error.text, "test.cfg:1: care.improve: 1 numbers (allowed: 19)"));
  assert_non_null(strstr(error.text, "recover + disable: 1.1 together at 85+ (allowed: up to 1)"));
  free(tables);
  wg_config_free(config);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_step_goes_where_it_should),
      cmocka_unit_test(the_start_is_what_the_rates_lead_to),
      cmocka_unit_test(nothing_drifts),
      cmocka_unit_test(wrong_lists_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
