// SPDX-License-Identifier: GPL-3.0-or-later
// Births and deaths: what depends on the year, on registration, household and partner; who waits; where newborns are registered.
// That people live by these rates is for tests/oracle/test_population.c.
#include "model/fertility_schedule.h"
#include "population_scene.h"

static const scene_rates rates = {.years = {2012.0, 2016.0},
                                  .life = {{78.0, 80.0}, {82.0, 84.0}},
                                  .infant = {0.003, 0.002},
                                  .fertility = {0.0, 0.0, 0.1, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2, 0.2, 0.0, 0.0, 0.0},
                                  .slope = {0.095, 0.105},
                                  .makeham = {0.0002, 0.0001},
                                  .girls = 0.48,
                                  .spacing = 10};

enum { OUTSIDE = WG_REGISTERED_OUTSIDE << WG_TRAIT_REGISTRATION_SHIFT, HERE = 0, BIRTH = 0, DEATH = 1 };

static scene *open_with(const char *name, double real) {
  scene *t = scene_open(&rates, 1);
  if (name) {
    scene_real(t, name, real);
    free(t->vital);
    t->vital = NULL;
    if (wg_vital_events.prepare(&t->world, &t->vital, &t->error))
      fail_msg("%s", t->error.text);
  }
  t->context.constants = t->vital;
  return t;
}

static double cap(const scene *t, int event, wg_month month, uint32_t years, uint32_t traits) {
  return wg_vital_events.events[event].cap(&t->world, t->vital, month, years, traits);
}

static double hazard(const scene *t, wg_month month, uint32_t years, uint32_t traits) {
  return -12.0 * log(1.0 - cap(t, DEATH, month, years, traits));
}

static void assert_close(double value, double expected) {
  if (!(fabs(value - expected) <= 1e-9 * fabs(expected)))
    fail_msg("%.15g, expected %.15g", value, expected);
}

static double rate(scene *t, uint32_t resident, uint32_t years) {
  return wg_vital_events.events[BIRTH].rate(&t->context, wg_residents(&t->s) + resident, years);
}

static void rates_lie_on_lines_between_the_dates(void **state) {
  (void)state;
  scene *t = open_with(NULL, 0.0);
  double first[WG_AGE_MAX + 1], last[WG_AGE_MAX + 1];
  plain_life_table(&rates, 1, 0, first);
  plain_life_table(&rates, 1, 1, last);
  for (uint32_t years = 1; years <= WG_AGE_MAX; years += 20) {
    assert_close(hazard(t, 1950 * 12, years, WG_TRAIT_FEMALE), first[years]);
    assert_close(hazard(t, 2011 * 12 + 11, years, WG_TRAIT_FEMALE), first[years]);
    const double late = (0.5 / 12.0 + 1.0) / 4.0; // the middle of January 2013
    assert_close(hazard(t, 2013 * 12, years, WG_TRAIT_FEMALE), first[years] + (last[years] - first[years]) * late);
    assert_close(hazard(t, 2016 * 12, years, WG_TRAIT_FEMALE), last[years]);
    assert_close(hazard(t, 2100 * 12, years, WG_TRAIT_FEMALE), last[years]);
  }
  assert_close(pow(1.0 - cap(t, DEATH, 1950 * 12, 0, 0), 11.0), 1.0 - 0.003);
  double fertility[WG_AGE_MAX + 1], waiting = 0.0;
  wg_fertility_single_years(rates.fertility, fertility);
  for (int back = 1; back <= rates.spacing; back++) // months, from each of the twelve since a birthday
    for (int month = 0; month < 12; month++)
      waiting += fertility[back > month ? 31 : 32] / 12.0 / 12.0;
  assert_close(cap(t, BIRTH, 1950 * 12, 32, WG_TRAIT_FEMALE), fertility[32] / 12.0 / (1.0 - waiting));
  assert_true(cap(t, BIRTH, 2100 * 12, 32, WG_TRAIT_FEMALE) > 1.5 * cap(t, BIRTH, 1950 * 12, 32, WG_TRAIT_FEMALE));
  scene_close(t);
}

static void registered_outside_have_their_factor(void **state) {
  (void)state;
  scene *t = open_with("vital_events.mortality_outside", 0.7);
  for (uint32_t years = 1; years <= WG_AGE_MAX; years += 20) {
    const double here = hazard(t, 2013 * 12, years, HERE);
    assert_close(hazard(t, 2013 * 12, years, OUTSIDE), 0.7 * here);
    assert_close(hazard(t, 2013 * 12, years, WG_REGISTERED_ELSEWHERE << WG_TRAIT_REGISTRATION_SHIFT), here);
  }
  scene_close(t);
}

static void collective_households_have_their_factor(void **state) {
  (void)state;
  scene *t = open_with(NULL, 0.0);
  assert_true(cap(t, BIRTH, 2010 * 12, 30, WG_TRAIT_FEMALE) > 0.0);
  assert_true(cap(t, BIRTH, 2010 * 12, 30, 0) == 0.0);
  assert_true(cap(t, BIRTH, 2010 * 12, 30, WG_TRAIT_FEMALE | WG_TRAIT_COLLECTIVE) == 0.0);
  assert_true(cap(t, BIRTH, 2010 * 12, 10, WG_TRAIT_FEMALE) == 0.0);
  scene_close(t);
  t = open_with("vital_events.fertility_collective", 0.5);
  const double family = cap(t, BIRTH, 2010 * 12, 30, WG_TRAIT_FEMALE);
  const double dormitory = cap(t, BIRTH, 2010 * 12, 30, WG_TRAIT_FEMALE | WG_TRAIT_COLLECTIVE);
  assert_true(dormitory > 0.45 * family && dormitory < 0.5 * family); // fewer of them wait
  scene_close(t);
}

static void partners_have_their_factor_below_the_cap(void **state) {
  (void)state;
  static const char *const names[] = {"vital_events.fertility_unpartnered", "vital_events.fertility_partnered"};
  for (int raised = 0; raised < 2; raised++) {
    scene *t = open_with(names[raised], 2.0);
    const uint32_t home = scene_household(t, 2);
    const uint32_t alone = scene_person(t, home, 30 * 12, WG_TRAIT_FEMALE);
    const uint32_t with = scene_person(t, home, 30 * 12, WG_TRAIT_FEMALE | WG_TRAIT_PARTNERED);
    const double most = cap(t, BIRTH, t->context.month, 30, WG_TRAIT_FEMALE);
    const double high = rate(t, raised ? with : alone, 30), low = rate(t, raised ? alone : with, 30);
    assert_close(high, most);
    assert_true(low > 0.4 * high && low < 0.5 * high);
    scene_close(t);
  }
}

// ---- waiting ----

static void give_birth(scene *t, uint32_t mother) {
  assert_int_equal(wg_residents_reserve(&t->s, 1, &t->error), WG_OK);
  wg_vital_events.events[BIRTH].happen(&t->context, mother);
}

static void mothers_wait_ten_months(void **state) {
  (void)state;
  scene *t = open_with(NULL, 0.0);
  const uint32_t home = scene_household(t, 3);
  const uint32_t mother = scene_person(t, home, 30 * 12, WG_TRAIT_FEMALE);
  const uint32_t sister = scene_person(t, home, 30 * 12, WG_TRAIT_FEMALE);
  for (int births = 1; births <= 18; births++) { // more than are counted
    give_birth(t, mother);
    for (int months = 1; months <= 10; months++) {
      t->context.month++;
      assert_true(rate(t, mother, 30) == 0.0);
      assert_true(rate(t, sister, 30) > 0.0);
    }
    t->context.month++;
    assert_true(rate(t, mother, 30) > 0.0);
  }
  scene_close(t);
}

// Nobody knows whose child it is: no woman of its home has another so soon, but in a dormitory nothing can be told.
static void infants_of_unknown_mothers_make_their_homes_wait(void **state) {
  (void)state;
  scene *t = open_with("vital_events.fertility_collective", 1.0);
  const uint32_t home = scene_household(t, 2);
  const uint32_t woman = scene_person(t, home, 30 * 12, WG_TRAIT_FEMALE);
  scene_person(t, home, 10, 0);
  assert_true(rate(t, woman, 30) == 0.0);
  t->context.month++;
  assert_true(rate(t, woman, 30) > 0.0);
  assert_int_equal(wg_households_reserve(&t->s, 1, &t->error), WG_OK);
  const uint32_t dormitory = wg_household_found(&t->s, 999999, 0, WG_COLLECTIVE);
  assert_int_equal(wg_residents_reserve(&t->s, 2, &t->error), WG_OK);
  const uint32_t student = scene_person(t, dormitory, 30 * 12, WG_TRAIT_FEMALE);
  scene_person(t, dormitory, 3, 0);
  assert_true(rate(t, student, 30) > 0.0);
  scene_close(t);
}

// ---- registration ----

// Registration of the newborn of a mother registered outside, with one other person in the home.
static uint32_t newborn_beside(uint32_t months, uint32_t traits, bool mother_heads) {
  scene *t = open_with(NULL, 0.0);
  const uint32_t home = scene_household(t, 2);
  if (!mother_heads)
    scene_person(t, home, months, traits);
  const uint32_t mother = scene_person(t, home, 30 * 12, WG_TRAIT_FEMALE | OUTSIDE);
  if (mother_heads)
    scene_person(t, home, months, traits);
  give_birth(t, mother);
  const uint32_t child = wg_residents_count(&t->s) - 1;
  assert_int_equal(wg_residents(&t->s)[child].birth_month, SCENE_FIRST);
  assert_int_equal(wg_residents(&t->s)[child].household, home);
  assert_int_equal(wg_communities(&t->s)[0].births, 1);
  const uint32_t registration = wg_resident_registration(wg_residents(&t->s) + child);
  scene_close(t);
  return registration;
}

static void newborns_are_registered_here_if_a_parent_is(void **state) {
  (void)state;
  const uint32_t outside = WG_REGISTERED_OUTSIDE, here = WG_REGISTERED_HERE;
  assert_int_equal(newborn_beside(32 * 12, OUTSIDE, true), outside);
  assert_int_equal(newborn_beside(32 * 12, HERE, true), here);
  assert_int_equal(newborn_beside(32 * 12, WG_TRAIT_FEMALE, true), outside); // a woman is not the father
  assert_int_equal(newborn_beside(60 * 12, HERE, true), outside);            // nor is her own, nor her son
  assert_int_equal(newborn_beside(8 * 12, HERE, true), outside);
  assert_int_equal(newborn_beside(32 * 12, HERE, false), here);
  assert_int_equal(newborn_beside(60 * 12, WG_TRAIT_FEMALE, false), here); // the head stands for him
  assert_int_equal(newborn_beside(60 * 12, OUTSIDE, false), outside);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rates_lie_on_lines_between_the_dates),
      cmocka_unit_test(registered_outside_have_their_factor),
      cmocka_unit_test(collective_households_have_their_factor),
      cmocka_unit_test(partners_have_their_factor_below_the_cap),
      cmocka_unit_test(mothers_wait_ten_months),
      cmocka_unit_test(infants_of_unknown_mothers_make_their_homes_wait),
      cmocka_unit_test(newborns_are_registered_here_if_a_parent_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
