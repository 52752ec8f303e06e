// SPDX-License-Identifier: GPL-3.0-or-later
// Moves within the district follow vacancy, cost, repute and crowding; dwellings are built to plan.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mechanism/housing.h"
#include "model/dwelling_choice.h"
#include "tiny_world.h"

#define BANDS "[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]"

static tiny_world *open_world(const char *near, const char *construction, const char *years) {
  const char *const settings[] = {"housing.move",
                                  BANDS,
                                  "housing.near",
                                  near,
                                  "housing.construction",
                                  construction,
                                  "housing.construction_years",
                                  years,
                                  "housing.cost_small",
                                  "[1, 1, 1, 1, 0]",
                                  NULL};
  return tiny_world_open(&wg_housing, settings);
}

static void list(tiny_world *t, uint64_t identity, wg_move_reason reason) {
  int place;
  const uint32_t row = tiny_find(t, identity, &place), home = wg_residents(t->s + place)[row].household;
  wg_subdistrict *s = t->s + place;
  wg_households(s)[home].moving = 1;
  wg_movers(s)[s->tables[WG_TABLE_MOVER].count++] = (wg_mover){home, reason};
}

static void settle(tiny_world *t, int place, uint32_t households) {
  for (uint32_t i = 0; i < households; i++)
    tiny_join(t, place, tiny_home(t, place, 500 + 100 * (uint64_t)place + i, WG_FAMILY), 1 + 100 * (uint64_t)place + i,
              40, 0);
}

// Evenly spaced draws: shares come out to within rounding.
static void weights_are_what_they_say(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0", "[0.0]", "[2010.0]");
  wg_communities(t->s)[0].dwellings = 10;
  wg_communities(t->s)[0].cost_class = 1;
  wg_communities(t->s + 1)[0].dwellings = 20;
  wg_communities(t->s + 1)[0].cost_class = 5;
  wg_dwelling_choice choice;
  assert_int_equal(wg_dwelling_choice_open(&t->world, 0.0, 0.5, &choice, &t->error), WG_OK);
  const wg_taste equal = {{1024, 1024, 1024, 1024, 1024}}, cheap = {{4096, 0, 0, 0, 1024}}, none = {{0}};
  wg_spot found;
  uint32_t there = 0, cheap_there = 0;
  for (uint32_t i = 0; i < 3000; i++) {
    const uint32_t u = i * 1431655U;
    assert_int_equal(wg_dwelling_choose(&choice, &equal, WG_NO_ROW, u, u, &found), WG_CHOSEN);
    there += found.subdistrict;
    assert_int_equal(wg_dwelling_choose(&choice, &cheap, WG_NO_ROW, u, u, &found), WG_CHOSEN);
    cheap_there += found.subdistrict;
    assert_int_equal(wg_dwelling_choose(&choice, &cheap, 1, u, u, &found), WG_CHOSEN);
    assert_int_equal(found.subdistrict, 1);
  }
  assert_in_range(there, 1990, 2010);      // 20 of 30
  assert_in_range(cheap_there, 990, 1010); // 20 of 60
  assert_int_equal(wg_dwelling_choose(&choice, &none, WG_NO_ROW, 5, 5, &found), WG_NOTHING_VACANT);
  t->world.vacant_elsewhere = 30;
  assert_int_equal(wg_dwelling_choose(&choice, &equal, WG_NO_ROW, 0x90000000U, 5, &found), WG_CHOSEN_ELSEWHERE);
  wg_dwelling_choice_close(&choice);
  tiny_world_close(t);
}

static void people_go_where_others_speak_well(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0", "[0.0]", "[2010.0]");
  tiny_join(t, 0, tiny_home(t, 0, 500, WG_FAMILY), 1, 40, 0); // trust 30000 of 65535
  wg_residents(t->s)[0].trust = 65535;
  wg_communities(t->s)[0].trust_sum = 65535;
  wg_dwelling_choice choice;
  assert_int_equal(wg_dwelling_choice_open(&t->world, 2.0, 0.5, &choice, &t->error), WG_OK);
  assert_int_equal(choice.offers[0].repute, 512);
  assert_int_equal(choice.offers[1].repute, 256); // nobody lives there
  wg_dwelling_choice_close(&choice);
  tiny_world_close(t);
}

static void movers_keep_within_open_dwellings(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0", "[0.0]", "[2010.0]");
  tiny_prepare(t);
  settle(t, 0, 9);
  settle(t, 1, 8);
  wg_communities(t->s)[0].closed_dwellings = 4; // more households than open dwellings
  for (uint64_t i = 0; i < 9; i++)
    list(t, 1 + i, WG_MOVE_HOUSING);
  tiny_exchange(t);
  assert_int_equal(wg_communities(t->s + 1)[0].households, 10);
  assert_int_equal(wg_communities(t->s)[0].households, 7);
  assert_int_equal(tiny_people(t), 17);
  tiny_world_close(t);
}

static void who_must_go_goes(void **state) {
  (void)state;
  for (int vacant = 0; vacant < 2; vacant++) {
    tiny_world *t = open_world("1.0", "[0.0]", "[2010.0]"); // all look near first
    tiny_prepare(t);
    settle(t, 0, 2);
    wg_communities(t->s)[0].closed_dwellings = 10;
    wg_communities(t->s + 1)[0].dwellings = (uint32_t)vacant;
    list(t, 1, WG_MOVE_RELIEF);
    list(t, 2, WG_MOVE_HOUSING);
    tiny_exchange(t);
    assert_int_equal(tiny_home_of(t, 2)->identity, 501); // stays: nothing near
    assert_int_equal(tiny_moved(t, 0, WG_MOVE_OUT, WG_MOVE_RELIEF), 1 - vacant);
    assert_int_equal(tiny_moved(t, 1, WG_MOVE_WITHIN_HERE, WG_MOVE_RELIEF), vacant);
    tiny_world_close(t);
  }
}

// Class 5 weighs nothing for small households, and the only vacancy is of class 5.
static void cost_can_keep_people_away(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0", "[0.0]", "[2010.0]");
  tiny_prepare(t);
  settle(t, 0, 10);
  wg_communities(t->s + 1)[0].cost_class = 5;
  list(t, 1, WG_MOVE_HOUSING);
  tiny_exchange(t);
  assert_int_equal(wg_communities(t->s + 1)[0].households, 0);
  wg_communities(t->s + 1)[0].cost_class = 4;
  list(t, 1, WG_MOVE_HOUSING);
  tiny_exchange(t);
  assert_int_equal(wg_communities(t->s + 1)[0].households, 1);
  tiny_world_close(t);
}

static void crowded_households_move_oftener(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0", "[0.0]", "[2010.0]");
  tiny_prepare(t);
  const uint32_t home = tiny_home(t, 0, 500, WG_FAMILY);
  const uint32_t head = tiny_join(t, 0, home, 1, 40, 0);
  const wg_context context = {.world = &t->world, .s = t->s, .constants = t->constants};
  const wg_roll_event *move = t->mechanism->events;
  const double few = move->rate(&context, wg_residents(t->s) + head, 40);
  for (uint64_t i = 2; i <= 5; i++)
    tiny_join(t, 0, home, i, 10, 0);
  const double many = move->rate(&context, wg_residents(t->s) + head, 40);
  assert_true(few > 0.008 && many > 1.49 * few && many < 1.51 * few);
  assert_true(move->cap(&t->world, t->constants, TINY_MONTH, 40, WG_TRAIT_HEAD) >= many);
  tiny_world_close(t);
}

// From 10 % a year at the beginning of 2011 to nothing at that of 2012: 5 % in all; 1,000 dwellings, of which those of the town
// get three times as much per dwelling.
static void dwellings_are_completed_to_plan(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0", "[0.1, 0.0]", "[2011.0, 2012.0]");
  tiny_set(t, "housing.construction_rural", "3.0");
  t->world.outer_dwellings = 0.5;
  tiny_prepare(t);
  t->s[1].town = true;
  for (int i = 0; i < 2; i++)
    wg_communities(t->s + i)[0].dwellings = wg_communities(t->s + i)[0].dwellings_at_start = 1000;
  for (wg_month month = 2011 * 12; month < 2013 * 12; month++)
    for (int i = 0; i < 2; i++) {
      wg_context context = {.world = &t->world, .s = t->s + i, .constants = t->constants, .month = month};
      const uint32_t before = wg_communities(t->s + i)[0].dwellings;
      t->mechanism->month_start(&context);
      assert_true(month < 2012 * 12 || wg_communities(t->s + i)[0].dwellings == before);
    }
  // Rates are those in the middle of months: 0.1 (11.5 + 10.5 + ... + 0.5) / 144 = 0.05. Rounded up or down by a draw.
  assert_in_range(wg_communities(t->s)[0].dwellings, 1024, 1026);
  assert_in_range(wg_communities(t->s + 1)[0].dwellings, 1074, 1076);
  tiny_world_close(t);
}

static void lists_that_do_not_fit_are_refused(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0", "[0.1, 0.0]", "[2012.0, 2011.0, 2013.0]");
  assert_int_equal(t->mechanism->prepare(&t->world, &t->constants, &t->error), WG_FAIL_CONFIG);
  assert_string_equal(t->error.text,
                      "test.cfg:1: housing.construction_years: 2011 after 2012 (allowed: ascending years)\n"
                      "test.cfg:1: housing.construction: 2 numbers (allowed: 3, 1 for each of "
                      "housing.construction_years)");
  tiny_world_close(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(weights_are_what_they_say),         cmocka_unit_test(people_go_where_others_speak_well),
      cmocka_unit_test(movers_keep_within_open_dwellings), cmocka_unit_test(who_must_go_goes),
      cmocka_unit_test(cost_can_keep_people_away),         cmocka_unit_test(crowded_households_move_oftener),
      cmocka_unit_test(dwellings_are_completed_to_plan),   cmocka_unit_test(lists_that_do_not_fit_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
