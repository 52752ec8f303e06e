// SPDX-License-Identifier: GPL-3.0-or-later
// Who moves into and out of the district, with whom and why.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mechanism/migration.h"
#include "model/arrival.h"
#include "model/departure.h"
#include "tiny_world.h"

#define BANDS                                                                                                          \
  "[0.12, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12]"
// From 15 on, all bands alike.
#define COMERS "[0, 0, 0, 0, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2]"

enum { FEW = 40 };

static const uint32_t ELSEWHERE = WG_REGISTERED_ELSEWHERE << WG_TRAIT_REGISTRATION_SHIFT,
                      OUTSIDE = WG_REGISTERED_OUTSIDE << WG_TRAIT_REGISTRATION_SHIFT, COUPLE = WG_TRAIT_PARTNERED;

// Ten dwellings and ten beds in each of the two places.
static tiny_world *open_world(void) {
  static const char *const settings[] = {"migration.years",
                                         "[2011.0]",
                                         "migration.out_household",
                                         BANDS,
                                         "migration.out_member",
                                         BANDS,
                                         "migration.out_collective",
                                         BANDS,
                                         "migration.out_outside",
                                         "3.0",
                                         "migration.out_elsewhere",
                                         "2.0",
                                         "migration.in_households",
                                         "1.0",
                                         "migration.in_age_head",
                                         COMERS,
                                         "migration.in_collective",
                                         COMERS,
                                         "migration.in_couple",
                                         "0.6",
                                         "migration.in_child",
                                         "0.7",
                                         "migration.parent_follows",
                                         "0.6",
                                         "migration.child_follows",
                                         "0.3",
                                         NULL};
  tiny_world *t = tiny_world_open(&wg_migration, settings);
  tiny_prepare(t);
  return t;
}

static uint32_t does(uint32_t traits, wg_activity activity) {
  return wg_trait_with_activity(traits, activity);
}

static void assert_near(double value, double wanted) {
  assert_true(value > wanted - 1e-9 && value < wanted + 1e-9);
}

// ---- leaving ----

static void leaving_follows_place_in_the_household(void **state) {
  (void)state;
  tiny_world *t = open_world();
  static const uint32_t registrations[] = {0, ELSEWHERE, OUTSIDE};
  for (uint64_t r = 0; r < 3; r++) {
    tiny_join(t, 0, tiny_home(t, 0, 500 + r, WG_FAMILY), 1 + r, 30, registrations[r]);
    assert_near(tiny_rate(t, "a household's leaving", 1 + r), 0.01 * (1.0 + (double)r));
    assert_true(tiny_rate(t, "a member's leaving", 1 + r) == 0.0);
    assert_true(tiny_rate(t, "leaving a collective household", 1 + r) == 0.0);
  }
  const uint32_t home = tiny_home(t, 0, 510, WG_FAMILY), room = tiny_home(t, 0, 511, WG_COLLECTIVE);
  tiny_join(t, 0, home, 11, 45, COUPLE);
  tiny_join(t, 0, home, 12, 44, COUPLE | WG_TRAIT_FEMALE);
  tiny_join(t, 0, home, 13, 16, 0);
  tiny_join(t, 0, home, 14, 15, 0);
  assert_true(tiny_rate(t, "a household's leaving", 12) == 0.0);
  assert_true(tiny_rate(t, "a member's leaving", 12) == 0.0); // stays with the partner
  assert_near(tiny_rate(t, "a member's leaving", 13), 0.01);
  assert_true(tiny_rate(t, "a member's leaving", 14) == 0.0); // too young
  tiny_join(t, 0, room, 21, 30, does(OUTSIDE, WG_EMPLOYED));
  tiny_join(t, 0, room, 22, 20, does(0, WG_STUDENT));
  assert_near(tiny_rate(t, "leaving a collective household", 21), 0.01);
  assert_true(tiny_rate(t, "leaving a collective household", 22) == 0.0); // ends with the studies
  assert_true(tiny_rate(t, "a household's leaving", 21) == 0.0);
  tiny_world_close(t);
}

typedef struct leaver {
  uint32_t years, traits;
  wg_move_reason reason;
} leaver;

// Beside the leaver live a partner of the same age, if a household leaves, or an older head.
static void assert_leaves(const char *event, wg_household_kind kind, const leaver *l) {
  tiny_world *t = open_world();
  const uint32_t home = tiny_home(t, 0, 500, kind);
  const bool together = strcmp(event, "a household's leaving") == 0;
  if (!together)
    tiny_join(t, 0, home, 2, 70, 0);
  tiny_join(t, 0, home, 1, l->years, l->traits | (together ? COUPLE : 0));
  if (together)
    tiny_join(t, 0, home, 2, l->years, WG_TRAIT_FEMALE | COUPLE);
  tiny_happen(t, event, 1);
  wg_departed_free(t->s);
  for (wg_move_reason reason = 0; reason < WG_MOVE_REASON_COUNT; reason++)
    assert_int_equal(tiny_moved(t, 0, WG_MOVE_OUT, reason), reason != l->reason ? 0 : together ? 2 : 1);
  assert_int_equal(tiny_people(t), together ? 0 : 1);
  tiny_world_close(t);
}

static void reasons_to_leave_follow_from_who_leaves(void **state) {
  (void)state;
  const leaver households[] = {
      {30, does(0, WG_EMPLOYED), WG_MOVE_HOUSING},          {59, does(0, WG_EMPLOYED), WG_MOVE_HOUSING},
      {30, does(ELSEWHERE, WG_EMPLOYED), WG_MOVE_HOUSING},  {39, does(OUTSIDE, WG_EMPLOYED), WG_MOVE_WORK},
      {40, does(OUTSIDE, WG_EMPLOYED), WG_MOVE_RETURN},     {60, does(OUTSIDE, WG_EMPLOYED), WG_MOVE_RETIREMENT},
      {50, does(ELSEWHERE, WG_RETIRED), WG_MOVE_RETIREMENT}};
  const leaver members[] = {
      {17, does(0, WG_PUPIL), WG_MOVE_STUDY},           {20, does(OUTSIDE, WG_STUDENT), WG_MOVE_STUDY},
      {25, does(0, WG_EMPLOYED), WG_MOVE_WORK},         {25, does(OUTSIDE, WG_EMPLOYED), WG_MOVE_WORK},
      {45, does(OUTSIDE, WG_EMPLOYED), WG_MOVE_RETURN}, {45, does(0, WG_UNEMPLOYED), WG_MOVE_WORK},
      {50, does(OUTSIDE, WG_EMPLOYED), WG_MOVE_FAMILY}, {75, does(0, WG_RETIRED), WG_MOVE_FAMILY}};
  const leaver workers[] = {{30, does(OUTSIDE, WG_EMPLOYED), WG_MOVE_WORK},
                            {40, does(OUTSIDE, WG_EMPLOYED), WG_MOVE_RETURN},
                            {45, does(0, WG_EMPLOYED), WG_MOVE_WORK},
                            {30, does(ELSEWHERE, WG_EMPLOYED), WG_MOVE_WORK},
                            {62, does(OUTSIDE, WG_EMPLOYED), WG_MOVE_RETIREMENT}};
  for (size_t i = 0; i < sizeof households / sizeof *households; i++)
    assert_leaves("a household's leaving", WG_FAMILY, households + i);
  for (size_t i = 0; i < sizeof members / sizeof *members; i++)
    assert_leaves("a member's leaving", WG_FAMILY, members + i);
  for (size_t i = 0; i < sizeof workers / sizeof *workers; i++)
    assert_leaves("leaving a collective household", WG_COLLECTIVE, workers + i);
}

// ---- following ----

typedef struct member {
  uint32_t years, traits;
} member;

// Moves a family of up to six in, the head first, under the names first, first + 1, ...
static void move_in(tiny_world *t, uint64_t first, const member *members, uint32_t count) {
  const uint32_t home = tiny_home(t, 0, 500 + first, WG_FAMILY);
  for (uint32_t i = 0; i < count; i++)
    tiny_join(t, 0, home, first + i, members[i].years, members[i].traits);
}

static void a_parent_comes_to_a_small_child(void **state) {
  (void)state;
  tiny_world *t = open_world();
  const member family[] = {{30, OUTSIDE | COUPLE}, {29, WG_TRAIT_FEMALE | COUPLE}, {2, 0}};
  const member no_infant[] = {{30, COUPLE}, {29, WG_TRAIT_FEMALE | COUPLE}, {5, 0}};
  const member with_elder[] = {{30, 0}, {2, 0}, {51, WG_TRAIT_FEMALE}};
  const member full[] = {{30, 0}, {29, 0}, {28, 0}, {5, 0}, {3, 0}, {1, 0}};
  const member young_head[] = {{23, 0}, {1, 0}}, old_head[] = {{45, 0}, {1, 0}};
  move_in(t, 1, family, 3);
  move_in(t, 11, no_infant, 3);
  move_in(t, 21, with_elder, 3);
  move_in(t, 31, full, 6);
  move_in(t, 41, young_head, 2);
  move_in(t, 51, old_head, 2);
  assert_near(tiny_rate(t, "a parent's coming", 1), 0.05);
  assert_true(tiny_rate(t, "a parent's coming", 2) == 0.0); // the head decides
  for (uint64_t other = 11; other <= 51; other += 10)
    assert_true(tiny_rate(t, "a parent's coming", other) == 0.0);
  tiny_happen(t, "a parent's coming", 1);
  const wg_household *home = tiny_home_of(t, 1);
  assert_int_equal(home->size, 4);
  int place;
  uint32_t row = tiny_find(t, 1, &place);
  while (wg_residents(t->s)[row].identity < 100)
    row = wg_residents(t->s)[row].next;
  const wg_resident *parent = wg_residents(t->s) + row;
  assert_int_equal(parent->household, wg_residents(t->s)[tiny_find(t, 1, &place)].household);
  assert_in_range(wg_age_years(parent->birth_month, TINY_MONTH), 52, 64); // 22 to 34 years older
  assert_int_equal(wg_resident_registration(parent), WG_REGISTERED_OUTSIDE);
  assert_int_equal(wg_trait_activity(parent->traits), WG_RETIRED);
  assert_false(parent->traits & (WG_TRAIT_HEAD | WG_TRAIT_PARTNERED));
  assert_int_equal(tiny_moved(t, 0, WG_MOVE_IN, WG_MOVE_FAMILY), 1);
  tiny_happen(t, "a parent's coming", 1); // the elder is there already
  assert_int_equal(tiny_home_of(t, 1)->size, 4);
  assert_int_equal(tiny_moved(t, 0, WG_MOVE_IN, WG_MOVE_FAMILY), 1);
  tiny_world_close(t);
}

static void a_child_comes_to_couples_from_elsewhere(void **state) {
  (void)state;
  tiny_world *t = open_world();
  const member couple[] = {{30, OUTSIDE | COUPLE}, {29, OUTSIDE | WG_TRAIT_FEMALE | COUPLE}};
  const member near[] = {{44, ELSEWHERE | COUPLE}, {44, ELSEWHERE | WG_TRAIT_FEMALE | COUPLE}};
  const member here[] = {{30, COUPLE}, {29, OUTSIDE | WG_TRAIT_FEMALE | COUPLE}};
  const member alone[] = {{30, OUTSIDE}};
  const member with_child[] = {{40, OUTSIDE | COUPLE}, {40, OUTSIDE | WG_TRAIT_FEMALE | COUPLE}, {17, OUTSIDE}};
  const member too_young[] = {{27, OUTSIDE | COUPLE}, {27, OUTSIDE | WG_TRAIT_FEMALE | COUPLE}};
  const member too_old[] = {{45, OUTSIDE | COUPLE}, {45, OUTSIDE | WG_TRAIT_FEMALE | COUPLE}};
  move_in(t, 1, couple, 2);
  move_in(t, 11, near, 2);
  move_in(t, 21, here, 2);
  move_in(t, 31, alone, 1);
  move_in(t, 41, with_child, 3);
  move_in(t, 51, too_young, 2);
  move_in(t, 61, too_old, 2);
  assert_near(tiny_rate(t, "a child's coming", 1), 0.025);
  assert_near(tiny_rate(t, "a child's coming", 11), 0.025);
  assert_true(tiny_rate(t, "a child's coming", 2) == 0.0);
  for (uint64_t other = 21; other <= 61; other += 10)
    assert_true(tiny_rate(t, "a child's coming", other) == 0.0);
  tiny_happen(t, "a child's coming", 1);
  tiny_happen(t, "a child's coming", 1); // no second one
  assert_int_equal(tiny_home_of(t, 1)->size, 3);
  assert_int_equal(tiny_moved(t, 0, WG_MOVE_IN, WG_MOVE_FAMILY), 1);
  tiny_world_close(t);
}

// Of many heads: children of 3 to 15, born when the head was 20 at least.
static void children_who_come_are_the_heads(void **state) {
  (void)state;
  tiny_world *t = open_world();
  for (uint64_t i = 0; i < FEW; i++) {
    const uint32_t years = 28 + (uint32_t)i % 16;
    const member couple[] = {{years, OUTSIDE | COUPLE}, {years, OUTSIDE | WG_TRAIT_FEMALE | COUPLE}};
    move_in(t, 1 + 10 * i, couple, 2);
    tiny_happen(t, "a child's coming", 1 + 10 * i);
    assert_int_equal(tiny_home_of(t, 1 + 10 * i)->size, 3);
  }
  uint32_t children = 0;
  for (uint32_t row = 0; row < wg_residents_count(t->s); row++) {
    const wg_resident *r = wg_residents(t->s) + row;
    if (r->traits & COUPLE)
      continue;
    const wg_resident *head = wg_residents(t->s) + r->next;
    while (!(head->traits & WG_TRAIT_HEAD))
      head = wg_residents(t->s) + head->next;
    const uint32_t years = wg_age_years(r->birth_month, TINY_MONTH);
    children++;
    assert_in_range(years, 3, 15);
    assert_true(r->birth_month >= head->birth_month + 20 * 12);
    assert_int_equal(wg_trait_activity(r->traits), years < 6 ? WG_CHILD : WG_PUPIL);
    assert_int_equal(wg_resident_registration(r), WG_REGISTERED_OUTSIDE);
  }
  assert_int_equal(children, FEW);
  tiny_world_close(t);
}

// ---- coming ----

static void live_on(tiny_world *t, int months) {
  for (int i = 0; i < months; i++, t->world.month++)
    tiny_exchange(t);
}

static void newcomers_stay_away_where_nothing_is_vacant(void **state) {
  (void)state;
  tiny_world *t = open_world();
  wg_communities(t->s)[0].closed_dwellings = 4;
  wg_communities(t->s)[0].closed_beds = 7;
  wg_communities(t->s + 1)[0].kind = WG_CAMPUS;
  for (int month = 0; month < 60; month++) {
    live_on(t, 1);
    assert_in_range(wg_communities(t->s)[0].households, 0, 6);
    assert_in_range(wg_communities(t->s + 1)[0].households, 0, 10);
    assert_in_range(wg_communities(t->s)[0].collective_residents, 0, 3);
    assert_int_equal(wg_communities(t->s + 1)[0].collective_residents, 0); // the beds are for students
  }
  // 50 households and 150 workers would have come to each: all is full.
  assert_int_equal(wg_communities(t->s)[0].households, 6);
  assert_int_equal(wg_communities(t->s + 1)[0].households, 10);
  assert_int_equal(wg_communities(t->s)[0].collective_residents, 3);
  tiny_world_close(t);
}

static bool came_to(const tiny_world *t, uint64_t identity) {
  for (uint32_t row = 0; row < wg_residents_count(t->s); row++)
    if (wg_residents(t->s)[row].identity == identity)
      return true;
  return false;
}

// Fewer open dwellings keep some away and change nobody else.
static void who_would_come_does_not_depend_on_room(void **state) {
  (void)state;
  tiny_world *wide = open_world(), *narrow = open_world();
  wg_communities(narrow->s)[0].closed_dwellings = 9;
  live_on(wide, 12);
  live_on(narrow, 12);
  assert_true(wg_communities(wide->s)[0].households > 2);
  assert_int_equal(wg_communities(narrow->s)[0].households, 1);
  uint32_t found = 0;
  for (uint32_t row = 0; row < wg_residents_count(narrow->s); row++, found++)
    assert_true(came_to(wide, wg_residents(narrow->s)[row].identity));
  assert_true(found > 0);
  tiny_world_close(wide);
  tiny_world_close(narrow);
}

static wg_move_reason reason_to_come(const wg_resident *r) {
  if (r->traits & WG_TRAIT_COLLECTIVE)
    return WG_MOVE_WORK;
  return wg_resident_registration(r) == WG_REGISTERED_HERE        ? WG_MOVE_RETURN
         : wg_resident_registration(r) == WG_REGISTERED_ELSEWHERE ? WG_MOVE_HOUSING
                                                                  : WG_MOVE_WORK;
}

static void accounts_of_newcomers_are_exact(void **state) {
  (void)state;
  tiny_world *t = open_world();
  for (int i = 0; i < 2; i++) {
    wg_communities(t->s + i)[0].dwellings = 60;
    wg_communities(t->s + i)[0].beds = 60;
  }
  live_on(t, 12);
  uint32_t people = 0;
  for (int i = 0; i < 2; i++) {
    uint32_t by_reason[WG_MOVE_REASON_COUNT] = {0}, in_beds = 0, households = 0;
    for (uint32_t row = 0; row < wg_residents_count(t->s + i); row++) {
      const wg_resident *r = wg_residents(t->s + i) + row;
      by_reason[reason_to_come(r)]++;
      in_beds += r->traits & WG_TRAIT_COLLECTIVE ? 1 : 0;
      households += (r->traits & WG_TRAIT_HEAD) && !(r->traits & WG_TRAIT_COLLECTIVE) ? 1 : 0;
      people++;
    }
    for (wg_move_reason reason = 0; reason < WG_MOVE_REASON_COUNT; reason++) {
      assert_int_equal(tiny_moved(t, i, WG_MOVE_IN, reason), by_reason[reason]);
      for (wg_move_direction direction = 0; direction < WG_MOVE_DIRECTION_COUNT; direction++)
        assert_true(direction == WG_MOVE_IN || tiny_moved(t, i, direction, reason) == 0);
    }
    assert_true(by_reason[WG_MOVE_RETURN] > 0 && by_reason[WG_MOVE_HOUSING] > 0 && by_reason[WG_MOVE_WORK] > in_beds);
    assert_int_equal(wg_communities(t->s + i)[0].collective_residents, in_beds);
    assert_int_equal(wg_communities(t->s + i)[0].households, households);
  }
  assert_int_equal(tiny_people(t), people);
  tiny_world_close(t);
}

// The months lived count from TINY_MONTH on, so that all are within a year of the age they came at.
static void newcomers_make_sensible_households(void **state) {
  (void)state;
  tiny_world *t = open_world();
  wg_communities(t->s)[0].dwellings = 150;
  wg_communities(t->s)[0].beds = 60;
  live_on(t, 1);
  uint32_t couples = 0, children = 0, alone = 0;
  for (uint32_t row = 0; row < wg_residents_count(t->s); row++) {
    const wg_resident *r = wg_residents(t->s) + row;
    const wg_household *home = wg_households(t->s) + r->household;
    const uint32_t years = wg_age_years(r->birth_month, TINY_NEXT);
    if (r->traits & WG_TRAIT_COLLECTIVE) {
      assert_true(years >= WG_AGE_ALONE);
      assert_in_range(home->size, 1, t->world.room_size);
    } else if (r->traits & COUPLE) {
      couples++;
      assert_true(years >= 20 && home->size >= 2);
    } else if (r->traits & WG_TRAIT_HEAD) {
      alone++;
      assert_true(years >= WG_AGE_ALONE && home->size == 1);
    } else {
      children++;
      assert_true(years < 18 && home->size == 3);
      for (uint32_t parent = r->next; parent != row; parent = wg_residents(t->s)[parent].next)
        assert_true(wg_residents(t->s)[parent].birth_month + 20 * 12 <= r->birth_month);
    }
  }
  assert_true(couples > 0 && couples % 2 == 0 && children > 0 && alone > 0);
  assert_int_equal(tiny_partnered(t), couples);
  tiny_world_close(t);
}

static void lists_that_do_not_fit_are_refused(void **state) {
  (void)state;
  const char *const settings[] = {"migration.years",
                                  "[2012.0, 2011.0]",
                                  "migration.out_household",
                                  "[0.1]",
                                  "migration.out_member",
                                  BANDS,
                                  "migration.out_collective",
                                  BANDS,
                                  "migration.in_age_head",
                                  COMERS,
                                  "migration.in_registration",
                                  "[1.0]",
                                  NULL};
  tiny_world *t = tiny_world_open(&wg_migration, settings);
  assert_int_equal(t->mechanism->prepare(&t->world, &t->constants, &t->error), WG_FAIL_CONFIG);
  assert_non_null(strstr(t->error.text, "test.cfg:1: migration.out_household: 1 numbers (allowed: 19)\n"));
  assert_non_null(strstr(t->error.text, "test.cfg:1: migration.years: 2011 after 2012 (allowed: ascending years)\n"));
  assert_non_null(strstr(t->error.text, "test.cfg:1: migration.in_age_head: 19 numbers (allowed: 38, 19 for each of "));
  assert_non_null(strstr(t->error.text, "migration.in_collective: 0 numbers (allowed: 38, 19 for each of "));
  assert_non_null(strstr(t->error.text, "test.cfg:1: migration.in_registration: 1 numbers that sum to 1 (allowed: 3,"));
  tiny_world_close(t);
}

static void nobody_below_16_comes_alone(void **state) {
  (void)state;
  static const char *const lists[] = {"migration.in_age_head", "migration.in_collective"};
  for (int list = 0; list < 2; list++) {
    const char *const settings[] = {"migration.years",
                                    "[2011.0]",
                                    "migration.out_household",
                                    BANDS,
                                    "migration.out_member",
                                    BANDS,
                                    "migration.out_collective",
                                    BANDS,
                                    lists[!list],
                                    COMERS,
                                    lists[list],
                                    BANDS,
                                    NULL};
    tiny_world *t = tiny_world_open(&wg_migration, settings);
    assert_int_equal(t->mechanism->prepare(&t->world, &t->constants, &t->error), WG_FAIL_CONFIG);
    char last[160];
    snprintf(last, sizeof last, "test.cfg:1: %s: 0.12 at 10-14 (allowed: 0 below 16 years)", lists[list]);
    assert_non_null(strstr(t->error.text, last));
    assert_null(strstr(t->error.text, "15-19"));
    tiny_world_close(t);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(leaving_follows_place_in_the_household),
      cmocka_unit_test(reasons_to_leave_follow_from_who_leaves),
      cmocka_unit_test(a_parent_comes_to_a_small_child),
      cmocka_unit_test(a_child_comes_to_couples_from_elsewhere),
      cmocka_unit_test(children_who_come_are_the_heads),
      cmocka_unit_test(newcomers_stay_away_where_nothing_is_vacant),
      cmocka_unit_test(who_would_come_does_not_depend_on_room),
      cmocka_unit_test(accounts_of_newcomers_are_exact),
      cmocka_unit_test(newcomers_make_sensible_households),
      cmocka_unit_test(lists_that_do_not_fit_are_refused),
      cmocka_unit_test(nobody_below_16_comes_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
