// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of registration: who may, when, and who follows.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "life_world.h"

static const wg_registration HERE = WG_REGISTERED_HERE, CITY = WG_REGISTERED_ELSEWHERE, OUTSIDE = WG_REGISTERED_OUTSIDE;

static const wg_roll_event *event(void) {
  assert_int_equal(wg_registration_mechanism.event_count, 1);
  return wg_registration_mechanism.events;
}

static uint32_t person(wg_registration registration, wg_activity activity, wg_education education) {
  return wg_trait_with_activity(wg_trait_with_education(wg_trait_with_registration(0, registration), education),
                                activity);
}

static wg_registration registration_of(const life *l, uint32_t row) {
  return (wg_registration)wg_resident_registration(wg_residents(&l->s) + row);
}

// A year's chance; ages are those of the first of the month that is lived, so a year is taken back.
static double yearly(life *l, uint32_t row, uint32_t years) {
  return event()->rate(&l->context, wg_residents(&l->s) + row, years) * 12.0;
}

static void assert_near(double a, double b) {
  if (a - b > 1e-12 || b - a > 1e-12)
    fail_msg("%.15g is not %.15g", a, b);
}

static void begin(life *l) {
  wg_config *config = life_config();
  life_set(config, "registration.graduate", 0.1);
  life_set(config, "registration.talent_university", 0.02);
  life_set(config, "registration.talent_college", 0.01);
  life_set(config, "registration.spouse", 0.2);
  life_set(config, "registration.spouse_in_city", 0.3);
  life_set(config, "registration.own_dwelling", 0.4);
  life_set(config, "registration.follow", 0.5);
  const double years[] = {2012, 2018}, rates[] = {0.001, 0.005};
  life_set_list(config, "registration.points_years", years, 2);
  life_set_list(config, "registration.points_rates", rates, 2);
  life_begin(l, config, &wg_registration_mechanism);
}

static void work_counts_by_education_and_age(void **state) {
  (void)state;
  life l;
  begin(&l);
  const uint32_t home = life_home(&l, WG_FAMILY);
  const uint32_t graduate = life_join(&l, home, 24, person(OUTSIDE, WG_EMPLOYED, WG_UNIVERSITY));
  assert_near(yearly(&l, graduate, 20), 0.02);
  assert_near(yearly(&l, graduate, 21), 0.12);
  assert_near(yearly(&l, graduate, 27), 0.12);
  assert_near(yearly(&l, graduate, 28), 0.02);
  const uint32_t college = life_join(&l, home, 30, person(OUTSIDE, WG_EMPLOYED, WG_COLLEGE));
  assert_near(yearly(&l, college, 30), 0.01);
  const uint32_t worker = life_join(&l, home, 30, person(OUTSIDE, WG_EMPLOYED, WG_SENIOR));
  assert_near(yearly(&l, worker, 30), 0.0);
  const uint32_t idle = life_join(&l, home, 30, person(OUTSIDE, WG_UNEMPLOYED, WG_UNIVERSITY));
  assert_near(yearly(&l, idle, 30), 0.0);
  const uint32_t student = life_join(&l, home, 24, person(OUTSIDE, WG_STUDENT, WG_UNIVERSITY));
  assert_near(yearly(&l, student, 24), 0.0);
  life_end(&l);
}

static void points_come_with_the_calendar(void **state) {
  (void)state;
  life l;
  begin(&l);
  const uint32_t worker =
      life_join(&l, life_home(&l, WG_FAMILY), 40, person(OUTSIDE, WG_EMPLOYED, WG_JUNIOR) | WG_TRAIT_FEMALE);
  const struct {
    wg_month month;
    double rate;
  } times[] = {
      {2011 * 12 + 11, 0.0}, {2012 * 12, 0.001}, {2017 * 12 + 11, 0.001}, {2018 * 12, 0.005}, {2030 * 12, 0.005}};
  for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
    l.context.month = times[i].month;
    assert_near(yearly(&l, worker, 40), times[i].rate);
    assert_near(yearly(&l, worker, 24), 0.0);
    assert_near(yearly(&l, worker, 60), 0.0);
  }
  life_end(&l);
}

// The rate never passes its cap, whatever somebody is.
static void caps_hold(void **state) {
  (void)state;
  life l;
  begin(&l);
  const uint32_t who = life_join(&l, life_home(&l, WG_FAMILY), 30, 0);
  wg_resident *r = wg_residents(&l.s) + who;
  for (l.context.month = 2010 * 12 + 10; l.context.month < 2020 * 12; l.context.month += 61)
    for (uint32_t years = 0; years <= WG_AGE_MAX; years++)
      for (uint32_t roll = 0; roll < WG_TRAIT_ROLL_COUNT; roll++) {
        if ((roll >> WG_TRAIT_REGISTRATION_SHIFT & 3U) >= WG_REGISTRATION_COUNT)
          continue;
        const double cap = event()->cap(l.world, l.constants, l.context.month, years, roll);
        assert_true(cap >= 0.0 && cap <= 1.0 / 12.0);
        if ((roll >> WG_TRAIT_REGISTRATION_SHIFT & 3U) == HERE) {
          assert_true(cap == 0.0);
          continue;
        }
        for (uint32_t what = 0; what < (uint32_t)WG_ACTIVITY_COUNT * WG_EDUCATION_COUNT * 2; what++) {
          r->traits =
              wg_trait_with_activity(wg_trait_with_education(roll, (wg_education)(what / 2 % WG_EDUCATION_COUNT)),
                                     (wg_activity)(what / 2 / WG_EDUCATION_COUNT)) |
              (what & 1 ? (uint32_t)WG_TRAIT_PARTNERED : 0);
          if (years < 18 && roll & WG_TRAIT_COLLECTIVE)
            continue; // none of the census; a child there has no head to follow
          assert_true(event()->rate(&l.context, r, years) <= cap + 1e-15);
        }
      }
  r->traits = WG_TRAIT_HEAD;
  life_end(&l);
}

static void children_follow_the_head(void **state) {
  (void)state;
  life l;
  begin(&l);
  const uint32_t home = life_home(&l, WG_FAMILY);
  const uint32_t head = life_join(&l, home, 40, person(OUTSIDE, WG_EMPLOYED, WG_UNIVERSITY));
  const uint32_t partner = life_join(&l, home, 40, person(OUTSIDE, WG_HOME, WG_UNIVERSITY) | WG_TRAIT_FEMALE);
  const uint32_t child = life_join(&l, home, 17, person(OUTSIDE, WG_PUPIL, WG_SENIOR) | WG_TRAIT_COHORT);
  const uint32_t grown = life_join(&l, home, 18, person(OUTSIDE, WG_PUPIL, WG_SENIOR));
  const uint32_t from_city = life_join(&l, home, 3, person(CITY, WG_CHILD, WG_NO_SCHOOL));
  const uint32_t before = life_traits(&l, child);
  event()->happen(&l.context, child); // the head is no local yet
  assert_int_equal(registration_of(&l, child), OUTSIDE);
  event()->happen(&l.context, head);
  assert_int_equal(registration_of(&l, head), HERE);
  assert_int_equal(registration_of(&l, child), HERE);
  assert_int_equal(registration_of(&l, from_city), HERE);
  assert_int_equal(registration_of(&l, partner), OUTSIDE);
  assert_int_equal(registration_of(&l, grown), OUTSIDE);
  assert_int_equal(life_traits(&l, child), wg_trait_with_registration(before, HERE));
  event()->happen(&l.context, child); // the same month's own turn: nothing more
  const uint32_t late = life_join(&l, home, 10, person(OUTSIDE, WG_PUPIL, WG_PRIMARY));
  assert_near(yearly(&l, late, 10), 0.5);
  event()->happen(&l.context, late);
  assert_int_equal(registration_of(&l, late), HERE);
  life_assert_counts(&l);
  life_end(&l);
}

static void spouses_need_a_local_partner(void **state) {
  (void)state;
  life l;
  begin(&l);
  const uint32_t home = life_home(&l, WG_FAMILY), other = life_home(&l, WG_FAMILY);
  const uint32_t local = life_join(&l, home, 50, person(HERE, WG_EMPLOYED, WG_JUNIOR) | WG_TRAIT_PARTNERED);
  const uint32_t spouse = life_join(&l, home, 46, person(OUTSIDE, WG_HOME, WG_JUNIOR) | WG_TRAIT_PARTNERED);
  assert_near(yearly(&l, spouse, 44), 0.0);
  assert_near(yearly(&l, spouse, 45), 0.2);
  event()->happen(&l.context, spouse);
  assert_int_equal(registration_of(&l, spouse), HERE);
  assert_int_equal(registration_of(&l, local), HERE);
  // A local who is nobody's partner, and a partner from outside, do not help.
  life_join(&l, other, 70, person(HERE, WG_RETIRED, WG_JUNIOR));
  life_join(&l, other, 50, person(OUTSIDE, WG_EMPLOYED, WG_JUNIOR) | WG_TRAIT_PARTNERED);
  const uint32_t lone = life_join(&l, other, 50, person(OUTSIDE, WG_HOME, WG_JUNIOR) | WG_TRAIT_PARTNERED);
  event()->happen(&l.context, lone);
  assert_int_equal(registration_of(&l, lone), OUTSIDE);
  life_assert_counts(&l);
  life_end(&l);
}

static void heads_from_the_city_register_where_they_live(void **state) {
  (void)state;
  life l;
  begin(&l);
  const uint32_t home = life_home(&l, WG_FAMILY), room = life_home(&l, WG_COLLECTIVE);
  const uint32_t head = life_join(&l, home, 40, person(CITY, WG_RETIRED, WG_SENIOR));
  const uint32_t member = life_join(&l, home, 70, person(CITY, WG_RETIRED, WG_SENIOR));
  const uint32_t lodger = life_join(&l, room, 40, person(CITY, WG_EMPLOYED, WG_UNIVERSITY));
  assert_near(yearly(&l, head, 40), 0.4);
  assert_near(yearly(&l, member, 70), 0.0);
  assert_near(yearly(&l, lodger, 40), 0.0);
  event()->happen(&l.context, head);
  assert_int_equal(registration_of(&l, head), HERE);
  assert_int_equal(registration_of(&l, member), CITY);
  life_assert_counts(&l);
  life_end(&l);
}

// In the month's lists many share a household: identities give the turn, and what comes out does not depend on rows.
static void rows_do_not_show(void **state) {
  (void)state;
  wg_registration told[2][2];
  for (int order = 0; order < 2; order++) {
    life l;
    begin(&l);
    const uint32_t home = life_home(&l, WG_FAMILY);
    uint32_t row[2];
    for (int i = 0; i < 2; i++) {
      const uint64_t who = (uint64_t)(order ? 1 - i : i);
      const uint32_t traits = who ? person(OUTSIDE, WG_EMPLOYED, WG_UNIVERSITY) : person(OUTSIDE, WG_HOME, WG_JUNIOR);
      row[who] = wg_resident_join(&l.s, 50 + who, home, LIFE_MONTH + 1 - 12 * 50, traits | WG_TRAIT_PARTNERED, 0, 0,
                                  LIFE_MONTH + 1);
    }
    event()->happen(&l.context, row[0]);
    event()->happen(&l.context, row[1]);
    for (int i = 0; i < 2; i++)
      told[order][i] = registration_of(&l, row[i]);
    life_end(&l);
  }
  assert_memory_equal(told[0], told[1], sizeof told[0]);
  assert_int_equal(told[0][0], OUTSIDE);
}

static void wrong_lists_are_refused(void **state) {
  (void)state;
  life l;
  begin(&l);
  const double years[] = {2018, 2018}, rate = 0.1;
  life_set_list(l.config, "registration.points_years", years, 2);
  life_set_list(l.config, "registration.points_rates", &rate, 1);
  wg_error error = {0};
  void *constants = NULL;
  assert_int_equal(wg_registration_mechanism.prepare(l.world, &constants, &error), WG_FAIL_CONFIG);
  assert_non_null(strstr(error.text, "test.cfg:1: registration.points_rates: 1 numbers (allowed: 2"));
  assert_non_null(strstr(error.text, "registration.points_years: 2018 after 2018 (allowed: ascending years)"));
  life_end(&l);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(work_counts_by_education_and_age),
      cmocka_unit_test(points_come_with_the_calendar),
      cmocka_unit_test(caps_hold),
      cmocka_unit_test(children_follow_the_head),
      cmocka_unit_test(spouses_need_a_local_partner),
      cmocka_unit_test(heads_from_the_city_register_where_they_live),
      cmocka_unit_test(rows_do_not_show),
      cmocka_unit_test(wrong_lists_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
