// SPDX-License-Identifier: GPL-3.0-or-later
// School, study, work and retirement on birthdays: the edges of every rule, and the balance of the cross-section.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "life_world.h"
#include "mechanism/activity.h"

enum { PEOPLE = 100000 };

// Bits that are nobody's business here.
enum {
  OTHERS = WG_TRAIT_COHORT | WG_TRAIT_STIRRED | 3U << WG_TRAIT_BIRTHS_SHIFT | WG_TRAIT_PARTNERED |
           WG_TRAIT_PARTY_MEMBER | WG_TRAIT_VOLUNTEER | WG_REGISTERED_ELSEWHERE << WG_TRAIT_REGISTRATION_SHIFT,
  ITS_OWN = 7U << WG_TRAIT_ACTIVITY_SHIFT | 7U << WG_TRAIT_EDUCATION_SHIFT,
};

static uint32_t make(wg_activity activity, wg_education education, uint32_t traits) {
  return wg_trait_with_activity(wg_trait_with_education(traits, education), activity);
}

static uint32_t celebrate(life *l, uint32_t resident, uint32_t years, uint64_t luck) {
  wg_activity_mechanism.birthday(&l->context, resident, years, luck);
  return life_traits(l, resident);
}

// What becomes of somebody who reaches that age, under each of many lucks the same.
static void expect(wg_config *config, wg_household_kind kind, uint32_t years, uint32_t before, wg_activity activity,
                   wg_education education) {
  life l;
  life_begin(&l, config, &wg_activity_mechanism);
  const uint32_t home = life_home(&l, kind);
  for (uint64_t i = 0; i < 40; i++) {
    const uint32_t who = life_join(&l, home, years, before | OTHERS);
    const uint32_t joined = life_traits(&l, who), after = celebrate(&l, who, years, life_luck(&l, i, years));
    assert_int_equal(wg_trait_activity(after), activity);
    assert_int_equal(wg_trait_education(after), education);
    assert_int_equal(after & ~(uint32_t)ITS_OWN, joined & ~(uint32_t)ITS_OWN);
  }
  life_assert_counts(&l);
  life_end(&l);
}

static wg_config *with(const char *path, double number) {
  wg_config *config = life_config();
  life_set(config, path, number);
  return config;
}

static wg_config *also(wg_config *config, const char *path, double number) {
  life_set(config, path, number);
  return config;
}

static void school_goes_by_age(void **state) {
  (void)state;
  const uint32_t child = make(WG_CHILD, WG_NO_SCHOOL, 0), pupil = make(WG_PUPIL, WG_PRIMARY, 0);
  expect(life_config(), WG_FAMILY, 1, child, WG_CHILD, WG_NO_SCHOOL);
  expect(life_config(), WG_FAMILY, 5, child, WG_CHILD, WG_NO_SCHOOL);
  expect(life_config(), WG_FAMILY, 6, child, WG_PUPIL, WG_PRIMARY);
  expect(life_config(), WG_FAMILY, 11, pupil, WG_PUPIL, WG_PRIMARY);
  expect(life_config(), WG_FAMILY, 12, pupil, WG_PUPIL, WG_JUNIOR);
  const uint32_t junior = make(WG_PUPIL, WG_JUNIOR, 0), senior = make(WG_PUPIL, WG_SENIOR, 0);
  expect(life_config(), WG_FAMILY, 14, junior, WG_PUPIL, WG_JUNIOR);
  expect(with("schooling.senior_share", 1.0), WG_FAMILY, 15, junior, WG_PUPIL, WG_SENIOR);
  expect(with("schooling.senior_share", 0.0), WG_FAMILY, 15, junior, WG_PUPIL, WG_JUNIOR);
  expect(with("working_life.first_unemployed", 0.0), WG_FAMILY, 16, junior, WG_EMPLOYED, WG_JUNIOR);
  expect(with("working_life.first_unemployed", 1.0), WG_FAMILY, 16, junior, WG_UNEMPLOYED, WG_JUNIOR);
  expect(life_config(), WG_FAMILY, 16, senior, WG_PUPIL, WG_SENIOR);
  expect(life_config(), WG_FAMILY, 17, senior, WG_PUPIL, WG_SENIOR);
  expect(with("schooling.late_share", 1.0), WG_FAMILY, 18, senior, WG_PUPIL, WG_SENIOR);
  wg_config *config = also(with("schooling.late_share", 1.0), "schooling.student_share", 1.0);
  expect(also(config, "schooling.college_share", 0.0), WG_FAMILY, 19, senior, WG_STUDENT, WG_UNIVERSITY);
}

static void study_at_home_has_an_end(void **state) {
  (void)state;
  const uint32_t senior = make(WG_PUPIL, WG_SENIOR, 0);
  wg_config *config = also(with("schooling.late_share", 0.0), "schooling.student_share", 1.0);
  expect(also(config, "schooling.college_share", 1.0), WG_FAMILY, 18, senior, WG_STUDENT, WG_COLLEGE);
  config = also(with("schooling.late_share", 0.0), "schooling.student_share", 1.0);
  expect(also(config, "schooling.college_share", 0.0), WG_FAMILY, 18, senior, WG_STUDENT, WG_UNIVERSITY);
  config = also(with("schooling.late_share", 0.0), "schooling.student_share", 0.0);
  expect(also(config, "working_life.first_unemployed", 0.0), WG_FAMILY, 18, senior, WG_EMPLOYED, WG_SENIOR);
  const uint32_t college = make(WG_STUDENT, WG_COLLEGE, 0), university = make(WG_STUDENT, WG_UNIVERSITY, 0);
  for (int share = 0; share <= 1; share++) {
    const wg_activity then = share ? WG_EMPLOYED : WG_STUDENT;
#define CASE(years, before, activity, education)                                                                       \
  expect(also(with("schooling.finish_share", share), "working_life.first_unemployed", 0.0), WG_FAMILY, years, before,  \
         activity, education)
    CASE(20, college, WG_STUDENT, WG_COLLEGE);
    CASE(21, college, then, WG_COLLEGE);
    CASE(22, college, WG_EMPLOYED, WG_COLLEGE);
    CASE(21, university, WG_STUDENT, WG_UNIVERSITY);
    CASE(22, university, then, WG_UNIVERSITY);
    CASE(23, university, WG_EMPLOYED, WG_UNIVERSITY);
#undef CASE
  }
}

static void students_on_campuses_are_left_alone(void **state) {
  (void)state;
  const uint32_t student = make(WG_STUDENT, WG_UNIVERSITY, 0);
  for (uint32_t years = 17; years <= 35; years++)
    expect(life_config(), WG_COLLECTIVE, years, student, WG_STUDENT, WG_UNIVERSITY);
  expect(life_config(), WG_COLLECTIVE, 36, student, WG_EMPLOYED, WG_UNIVERSITY);
  expect(life_config(), WG_COLLECTIVE, 70, student, WG_EMPLOYED, WG_UNIVERSITY);
}

// Without any other chance to leave work, only the statutory ages show.
static wg_config *only_retirement(void) {
  static const char *const names[] = {"lose_work",      "find_work",      "to_home_male",
                                      "to_home_female", "from_home_male", "from_home_female",
                                      "become_unable",  "early_male",     "early_female"};
  static const double nothing[WG_WORK_BANDS];
  wg_config *config = life_config();
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    char path[64];
    snprintf(path, sizeof path, "working_life.%s", names[i]);
    life_set_list(config, path, nothing, WG_WORK_BANDS);
  }
  life_set(config, "working_life.retire_on_time", 1.0);
  life_set(config, "working_life.stop_working_on", 0.0);
  return config;
}

static void retirement_comes_at_the_statutory_ages(void **state) {
  (void)state;
  const uint32_t man = make(WG_EMPLOYED, WG_SENIOR, 0), woman = man | WG_TRAIT_FEMALE;
  for (int kind = WG_FAMILY; kind <= WG_COLLECTIVE; kind++) {
    expect(only_retirement(), (wg_household_kind)kind, 59, man, WG_EMPLOYED, WG_SENIOR);
    expect(only_retirement(), (wg_household_kind)kind, 60, man, WG_RETIRED, WG_SENIOR);
    expect(only_retirement(), (wg_household_kind)kind, 61, man, WG_EMPLOYED, WG_SENIOR);
    expect(also(only_retirement(), "working_life.women_workers", 1.0), (wg_household_kind)kind, 49, woman, WG_EMPLOYED,
           WG_SENIOR);
    expect(also(only_retirement(), "working_life.women_workers", 1.0), (wg_household_kind)kind, 50, woman, WG_RETIRED,
           WG_SENIOR);
    expect(also(only_retirement(), "working_life.women_workers", 0.0), (wg_household_kind)kind, 50, woman, WG_EMPLOYED,
           WG_SENIOR);
    expect(only_retirement(), (wg_household_kind)kind, 54, woman, WG_EMPLOYED, WG_SENIOR);
    expect(only_retirement(), (wg_household_kind)kind, 55, woman, WG_RETIRED, WG_SENIOR);
  }
  expect(also(only_retirement(), "working_life.stop_working_on", 1.0), WG_FAMILY, 61, man, WG_RETIRED, WG_SENIOR);
  expect(also(only_retirement(), "working_life.pension_share", 1.0), WG_FAMILY, 60, make(WG_HOME, WG_PRIMARY, 0),
         WG_RETIRED, WG_PRIMARY);
  expect(also(only_retirement(), "working_life.pension_share", 0.0), WG_FAMILY, 60, make(WG_UNABLE, WG_PRIMARY, 0),
         WG_UNABLE, WG_PRIMARY);
  expect(life_config(), WG_FAMILY, 80, make(WG_RETIRED, WG_JUNIOR, 0), WG_RETIRED, WG_JUNIOR);
}

static void nobody_keeps_house_in_a_dormitory(void **state) {
  (void)state;
  wg_config *config = only_retirement();
  double all[WG_WORK_BANDS];
  for (int i = 0; i < WG_WORK_BANDS; i++)
    all[i] = 1.0;
  life_set_list(config, "working_life.to_home_female", all, WG_WORK_BANDS);
  expect(config, WG_COLLECTIVE, 30, make(WG_EMPLOYED, WG_SENIOR, WG_TRAIT_FEMALE), WG_EMPLOYED, WG_SENIOR);
  config = only_retirement();
  life_set_list(config, "working_life.to_home_female", all, WG_WORK_BANDS);
  expect(config, WG_FAMILY, 30, make(WG_EMPLOYED, WG_SENIOR, WG_TRAIT_FEMALE), WG_HOME, WG_SENIOR);
}

// The share of a state in a row of sums.
static double share_of(const uint32_t *row, uint32_t state) {
  return ((double)row[state] - (state ? (double)row[state - 1] : 0.0)) * 0x1p-32;
}

// A cohort that begins with the cross-section's shares at one age has those of every later age.
static void the_cross_section_is_in_balance(void **state) {
  (void)state;
  life l;
  life_begin(&l, life_config(), &wg_activity_mechanism);
  const uint32_t first = 30, last = 66;
  for (uint32_t sex = 0; sex < WG_SEX_COUNT; sex++) {
    const uint32_t who = life_join(&l, life_home(&l, WG_FAMILY), first, sex);
    const uint32_t plain = life_traits(&l, who);
    uint32_t hits[WG_WORK_STATES] = {0};
    for (uint64_t i = 0; i < PEOPLE; i++) {
      wg_draw draw = wg_draw_open(l.world->luck, WG_PURPOSE_SYNTHESIS_STATUS, 0, i, sex);
      const wg_activity begin = wg_life_work(l.world->life, first, plain, wg_draw_u32(&draw));
      wg_resident_change(&l.s, who, wg_trait_with_activity(plain, begin), LIFE_MONTH + 1);
      for (uint32_t years = first + 1; years <= last; years++)
        celebrate(&l, who, years, life_luck(&l, i * 2 + sex, years));
      hits[wg_trait_activity(life_traits(&l, who)) - WG_EMPLOYED]++;
    }
    for (uint32_t k = 0; k < WG_WORK_STATES; k++)
      life_assert_share(hits[k], PEOPLE, share_of(l.world->life->work[0][sex][last], k));
  }
  life_assert_counts(&l);
  life_end(&l);
}

// One year's shares by hand: 30 % lose their work, 50 % of the others find some.
static void a_year_is_what_the_rates_say(void **state) {
  (void)state;
  wg_config *config = only_retirement();
  double lose[WG_WORK_BANDS], find[WG_WORK_BANDS];
  for (int i = 0; i < WG_WORK_BANDS; i++) {
    lose[i] = 0.3;
    find[i] = 0.5;
  }
  life_set_list(config, "working_life.lose_work", lose, WG_WORK_BANDS);
  life_set_list(config, "working_life.find_work", find, WG_WORK_BANDS);
  life_set(config, "working_life.first_unemployed", 0.2);
  life l;
  life_begin(&l, config, &wg_activity_mechanism);
  double unemployed = 0.2;
  for (uint32_t years = 16; years < 50; years++) {
    const double told = share_of(l.world->life->work[0][1][years], 1);
    assert_true(told - unemployed < 1e-9 && unemployed - told < 1e-9);
    unemployed = unemployed * 0.5 + (1.0 - unemployed) * 0.3;
  }
  life_end(&l);
}

static void wrong_lists_are_refused(void **state) {
  (void)state;
  wg_config *config = life_config();
  const double few[] = {0.1, 0.2};
  double many[WG_WORK_BANDS];
  for (int i = 0; i < WG_WORK_BANDS; i++)
    many[i] = 0.7;
  life_set_list(config, "working_life.early_male", few, 2);
  life_set_list(config, "working_life.lose_work", many, WG_WORK_BANDS);
  life_set_list(config, "working_life.to_home_female", many, WG_WORK_BANDS);
  life_set_list(config, "schooling.junior_male", few, 2);
  life_set_int(config, "working_life.retire_women_cadres", 45);
  wg_error error = {0};
  wg_life_tables *tables;
  assert_int_equal(wg_life_tables_create(config, &tables, &error), WG_FAIL_CONFIG);
  static const char *const told[] = {"test.cfg:1: working_life.early_male: 2 numbers (allowed: 15)",
                                     "test.cfg:1: schooling.junior_male: 2 numbers (allowed: 15)",
                                     "lose_work + to_home + become_unable: 1.4", "retire_women_cadres: 45"};
  for (size_t i = 0; i < sizeof told / sizeof *told; i++)
    if (!strstr(error.text, told[i]))
      fail_msg("\"%s\" is not in: %s", told[i], error.text);
  free(tables);
  wg_config_free(config);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(school_goes_by_age),
      cmocka_unit_test(study_at_home_has_an_end),
      cmocka_unit_test(students_on_campuses_are_left_alone),
      cmocka_unit_test(retirement_comes_at_the_statutory_ages),
      cmocka_unit_test(nobody_keeps_house_in_a_dormitory),
      cmocka_unit_test(the_cross_section_is_in_balance),
      cmocka_unit_test(a_year_is_what_the_rates_say),
      cmocka_unit_test(wrong_lists_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
