// SPDX-License-Identifier: GPL-3.0-or-later
// The students' year: they finish in July, some stay and work, and in September their places are filled.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mechanism/study.h"
#include "model/arrival.h"
#include "model/departure.h"
#include "tiny_world.h"

// From 20 to 35.
#define FINISH "[0.1, 0.2, 0.3, 0, 0, 0.4, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0.8]"

enum { JULY = 2011 * 12 + 6, AUGUST = JULY + 1 };

static const uint32_t STUDENT = WG_STUDENT << WG_TRAIT_ACTIVITY_SHIFT;

// Place 0 is a campus, place 1 is not; each has ten beds.
static tiny_world *open_world(const char *stay, const char *places, const char *undergraduates) {
  const char *const settings[] = {
      "study.years",  "[2011.0]", "study.finish",         FINISH,         "study.stay", stay, "study.places", places,
      "study.female", "0.5",      "study.undergraduates", undergraduates, NULL};
  tiny_world *t = tiny_world_open(&wg_study, settings);
  tiny_prepare(t);
  wg_communities(t->s)[0].kind = WG_CAMPUS;
  t->world.month = JULY;
  return t;
}

static void settle(tiny_world *t, int place, uint64_t first, uint32_t count) {
  const uint32_t room = tiny_home(t, place, 500 + first, WG_COLLECTIVE);
  for (uint32_t i = 0; i < count; i++)
    tiny_join(t, place, room, first + i, 22, STUDENT);
}

static uint32_t in_beds(const tiny_world *t, int place) {
  return wg_communities(t->s + place)[0].collective_residents;
}

// Residents of either sex and all activities, counted anew.
static uint32_t counted(const tiny_world *t, int place) {
  uint32_t sum = 0;
  for (uint32_t row = 0; row < wg_residents_count(t->s + place); row++)
    sum += wg_resident_here(wg_residents(t->s + place) + row);
  return sum;
}

static void they_finish_in_july_by_age(void **state) {
  (void)state;
  tiny_world *t = open_world("0.5", "[1.0]", "[0.5]");
  static const struct {
    uint32_t years;
    double probability;
  } ages[] = {{18, 0.0}, {19, 0.0}, {20, 0.1}, {22, 0.3}, {23, 0.0}, {25, 0.4}, {34, 0.5}, {35, 0.8}, {50, 0.8}};
  const uint32_t room = tiny_home(t, 0, 500, WG_COLLECTIVE), home = tiny_home(t, 0, 501, WG_FAMILY);
  for (uint64_t i = 0; i < sizeof ages / sizeof *ages; i++) {
    tiny_join(t, 0, room, 1 + i, ages[i].years, STUDENT);
    assert_true(tiny_rate(t, "finishing studies", 1 + i) == ages[i].probability);
  }
  tiny_join(t, 0, room, 50, 22, wg_trait_with_activity(0, WG_EMPLOYED)); // works and lives in a dormitory
  tiny_join(t, 0, home, 51, 22, STUDENT);                                // studies and lives at home
  assert_true(tiny_rate(t, "finishing studies", 50) == 0.0);
  assert_true(tiny_rate(t, "finishing studies", 51) == 0.0);
  for (wg_month month = JULY - 6; month < JULY + 6; month++) {
    t->world.month = month;
    assert_true(tiny_rate(t, "finishing studies", 4) == (month == JULY ? 0.3 : 0.0));
  }
  tiny_world_close(t);
}

static void who_stays_works_and_sleeps_off_campus(void **state) {
  (void)state;
  tiny_world *t = open_world("1.0", "[1.0]", "[0.5]");
  settle(t, 0, 1, 5);
  for (uint64_t i = 1; i <= 3; i++)
    tiny_happen(t, "finishing studies", i);
  assert_int_equal(in_beds(t, 0), 5); // until the month's end
  tiny_exchange(t);
  for (uint64_t i = 1; i <= 3; i++) {
    int place;
    const wg_resident *r = wg_residents(t->s + 1) + tiny_find(t, i, &place);
    assert_int_equal(place, 1); // never on the campus, though five of its beds are free
    assert_int_equal(wg_trait_activity(r->traits), WG_EMPLOYED);
    assert_true(r->traits & WG_TRAIT_COLLECTIVE);
  }
  assert_int_equal(wg_trait_activity(tiny_resident(t, 4)->traits), WG_STUDENT);
  assert_int_equal(in_beds(t, 0), 2);
  assert_int_equal(in_beds(t, 1), 3);
  assert_int_equal(counted(t, 0), 2);
  assert_int_equal(counted(t, 1), 3);
  assert_int_equal(tiny_moved(t, 0, WG_MOVE_WITHIN, WG_MOVE_WORK), 3);
  assert_int_equal(tiny_moved(t, 1, WG_MOVE_WITHIN_HERE, WG_MOVE_WORK), 3);
  assert_int_equal(tiny_moved(t, 0, WG_MOVE_OUT, WG_MOVE_WORK) + tiny_moved(t, 0, WG_MOVE_OUT, WG_MOVE_STUDY), 0);
  assert_int_equal(wg_graduates_count(t->s), 0);
  tiny_world_close(t);
}

static void nobody_stays_where_no_bed_is_free(void **state) {
  (void)state;
  tiny_world *t = open_world("1.0", "[1.0]", "[0.5]");
  settle(t, 0, 1, 5);
  wg_communities(t->s + 1)[0].beds = 3;
  wg_communities(t->s + 1)[0].closed_beds = 1;
  for (uint64_t i = 1; i <= 5; i++)
    tiny_happen(t, "finishing studies", i);
  tiny_exchange(t);
  assert_int_equal(in_beds(t, 1), 2);
  assert_int_equal(in_beds(t, 0), 0);
  assert_int_equal(tiny_people(t), 2);
  assert_int_equal(tiny_moved(t, 0, WG_MOVE_WITHIN, WG_MOVE_WORK), 2);
  assert_int_equal(tiny_moved(t, 0, WG_MOVE_OUT, WG_MOVE_WORK), 3);
  tiny_world_close(t);
}

// Only 1 and 2 were listed; 2 is not here any more when the beds are given out.
static void who_left_meanwhile_is_passed_over(void **state) {
  (void)state;
  tiny_world *t = open_world("1.0", "[1.0]", "[0.5]");
  settle(t, 0, 1, 3);
  tiny_happen(t, "finishing studies", 1);
  tiny_happen(t, "finishing studies", 2);
  int place;
  wg_resident_die(t->s, tiny_find(t, 2, &place), JULY + 1);
  wg_departed_free(t->s);
  tiny_exchange(t);
  assert_int_equal(in_beds(t, 0), 1);
  assert_int_equal(in_beds(t, 1), 1);
  assert_int_equal(tiny_home_of(t, 1)->size, 1);
  assert_int_equal(tiny_people(t), 2);
  tiny_world_close(t);
}

static void who_does_not_stay_leaves_at_once(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0", "[1.0]", "[0.5]");
  settle(t, 0, 1, 3);
  tiny_happen(t, "finishing studies", 2);
  assert_int_equal(in_beds(t, 0), 2);
  tiny_exchange(t);
  assert_int_equal(tiny_people(t), 2);
  assert_int_equal(tiny_moved(t, 0, WG_MOVE_OUT, WG_MOVE_STUDY), 1);
  assert_int_equal(tiny_moved(t, 0, WG_MOVE_OUT, WG_MOVE_WORK), 0);
  tiny_world_close(t);
}

static uint32_t came(const tiny_world *t, int place) {
  return tiny_moved(t, place, WG_MOVE_IN, WG_MOVE_STUDY);
}

static void places_are_filled_on_the_first_of_september(void **state) {
  (void)state;
  for (int fewer = 0; fewer < 2; fewer++) {
    tiny_world *t = open_world("1.0", fewer ? "[0.5]" : "[1.0]", "[0.5]");
    settle(t, 0, 1, 2); // in the first grid, which has five places
    wg_grids(t->s)[0].student_places = 5;
    wg_grids(t->s)[1].student_places = 3;
    for (t->world.month = JULY - 6; t->world.month < JULY + 6; t->world.month++) {
      tiny_exchange(t);
      const uint32_t full = fewer ? 1 + 2 : 3 + 3; // 2.5 and 1.5 places are rounded up
      assert_int_equal(came(t, 0), t->world.month < AUGUST ? 0 : full);
      assert_int_equal(in_beds(t, 0), 2 + came(t, 0));
      assert_int_equal(counted(t, 0), 2 + came(t, 0));
    }
    assert_int_equal(wg_grids(t->s)[0].residents, fewer ? 3 : 5);
    assert_int_equal(wg_grids(t->s)[1].residents, fewer ? 2 : 3);
    t->world.month = AUGUST + 12; // the places are still taken
    tiny_exchange(t);
    assert_int_equal(came(t, 0), fewer ? 3 : 6);
    assert_int_equal(came(t, 1), 0);
    tiny_world_close(t);
  }
}

static void students_stay_away_where_no_bed_is_free(void **state) {
  (void)state;
  tiny_world *t = open_world("1.0", "[1.0]", "[0.5]");
  settle(t, 0, 1, 2);
  wg_grids(t->s)[0].student_places = 5;
  wg_grids(t->s)[1].student_places = 6;
  wg_communities(t->s)[0].beds = 8;
  wg_communities(t->s)[0].closed_beds = 1;
  t->world.month = AUGUST;
  tiny_exchange(t);
  assert_int_equal(in_beds(t, 0), 7);
  assert_int_equal(came(t, 0), 5);
  tiny_world_close(t);
}

static void undergraduates_are_young_and_graduates_have_a_degree(void **state) {
  (void)state;
  for (int under = 0; under < 2; under++) {
    tiny_world *t = open_world("1.0", "[1.0]", under ? "[1.0]" : "[0.0]");
    wg_grids(t->s)[0].student_places = 100;
    wg_communities(t->s)[0].beds = 200;
    t->world.month = AUGUST;
    tiny_exchange(t);
    assert_int_equal(came(t, 0), 100);
    uint32_t women = 0;
    for (uint32_t row = 0; row < wg_residents_count(t->s); row++) {
      const wg_resident *r = wg_residents(t->s) + row;
      const uint32_t years = wg_age_years(r->birth_month, AUGUST + 1);
      assert_in_range(years, under ? 17 : 21, under ? 19 : 24);
      assert_int_equal(wg_trait_education(r->traits), under ? WG_SENIOR : WG_UNIVERSITY);
      assert_int_equal(wg_trait_activity(r->traits), WG_STUDENT);
      assert_true(r->traits & WG_TRAIT_COLLECTIVE);
      assert_in_range(wg_households(t->s)[r->household].size, 1, t->world.room_size);
      women += wg_resident_sex(r);
      for (uint32_t mate = r->next; mate != row; mate = wg_residents(t->s)[mate].next)
        assert_int_equal(wg_resident_sex(wg_residents(t->s) + mate), wg_resident_sex(r));
    }
    assert_in_range(women, 20, 80); // of 100, half and half: outside in less than 1 of 100 million
    tiny_world_close(t);
  }
}

static void lists_that_do_not_fit_are_refused(void **state) {
  (void)state;
  const char *const settings[] = {
      "study.years", "[2011.0, 2012.0]",   "study.finish", "[0.5]", "study.places", "[1.0]", "study.undergraduates",
      "[0.5, 0.6]",  "study.registration", "[0, 0, 0]",    NULL};
  tiny_world *t = tiny_world_open(&wg_study, settings);
  assert_int_equal(t->mechanism->prepare(&t->world, &t->constants, &t->error), WG_FAIL_CONFIG);
  assert_string_equal(t->error.text, "test.cfg:1: study.places: 1 numbers (allowed: 2, 1 for each of study.years)\n"
                                     "test.cfg:1: study.registration: 3 numbers that sum to 0 (allowed: 3, above 0)\n"
                                     "test.cfg:1: study.finish: 1 numbers (allowed: 16)");
  tiny_world_close(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(they_finish_in_july_by_age),
      cmocka_unit_test(who_stays_works_and_sleeps_off_campus),
      cmocka_unit_test(nobody_stays_where_no_bed_is_free),
      cmocka_unit_test(who_left_meanwhile_is_passed_over),
      cmocka_unit_test(who_does_not_stay_leaves_at_once),
      cmocka_unit_test(places_are_filled_on_the_first_of_september),
      cmocka_unit_test(students_stay_away_where_no_bed_is_free),
      cmocka_unit_test(undergraduates_are_young_and_graduates_have_a_degree),
      cmocka_unit_test(lists_that_do_not_fit_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
