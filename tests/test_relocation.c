// SPDX-License-Identifier: GPL-3.0-or-later
// Moves of households and of parts of them: who comes along, what stays, what is counted.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mechanism/housing.h"
#include "model/partner.h"
#include "model/relocation.h"
#include "tiny_world.h"

static tiny_world *open_world(void) {
  return tiny_world_open(&wg_housing, NULL);
}

// A couple with its children of 10 and 17, a grown-up son of 25 with a wife and a baby: 1 ... 7.
static uint32_t make_family(tiny_world *t) {
  static const struct {
    uint32_t years, traits;
  } who[] = {{50, WG_TRAIT_PARTNERED}, {48, WG_TRAIT_FEMALE | WG_TRAIT_PARTNERED}, {10, 0}, {17, 0},
             {25, WG_TRAIT_PARTNERED}, {24, WG_TRAIT_FEMALE | WG_TRAIT_PARTNERED}, {1, 0}};
  const uint32_t home = tiny_home(t, 0, 500, WG_FAMILY);
  for (uint32_t i = 0; i < sizeof who / sizeof *who; i++)
    tiny_join(t, 0, home, i + 1, who[i].years, who[i].traits);
  return home;
}

static void check_couple(const tiny_world *t, uint64_t one, uint64_t other) {
  int place;
  const uint32_t row = tiny_find(t, one, &place);
  const uint32_t partner = wg_partner_of(t->s + place, row);
  assert_int_not_equal(partner, WG_NO_ROW);
  assert_int_equal(wg_residents(t->s + place)[partner].identity, other);
}

static void a_household_moves_as_it_is(void **state) {
  (void)state;
  tiny_world *t = open_world();
  const uint32_t home = make_family(t);
  wg_residents(t->s)[tiny_find(t, 3, &(int){0})].first_need = wg_need_open(t->s);
  wg_needs(t->s)[0].resident = tiny_find(t, 3, &(int){0});
  wg_needs(t->s)[0].next_of_resident = WG_NO_ROW;
  assert_int_equal(wg_household_relocate(t->s, home, t->s + 1, 1, WG_MOVE_HOUSING, TINY_NEXT, &t->error), WG_OK);
  const wg_household *there = tiny_home_of(t, 1);
  assert_int_equal(there->identity, 500);
  assert_int_equal(there->size, 7);
  assert_true(tiny_resident(t, 1)->traits & WG_TRAIT_HEAD);
  check_couple(t, 1, 2);
  check_couple(t, 5, 6);
  assert_int_equal(tiny_partnered(t), 4);
  assert_int_equal(wg_needs(t->s)[0].resident, WG_NO_ROW); // it stays where it arose
  assert_int_equal(tiny_resident(t, 3)->first_need, WG_NO_ROW);
  assert_int_equal(tiny_moved(t, 0, WG_MOVE_WITHIN, WG_MOVE_HOUSING), 7);
  assert_int_equal(tiny_moved(t, 1, WG_MOVE_WITHIN_HERE, WG_MOVE_HOUSING), 7);
  assert_int_equal(wg_communities(t->s)[0].households, 0);
  assert_int_equal(wg_communities(t->s + 1)[0].households, 1);
  tiny_world_close(t);
}

static void children_are_known_by_age(void **state) {
  (void)state;
  tiny_world *t = open_world();
  make_family(t);
  int place;
  const uint32_t son = tiny_find(t, 5, &place), mother = tiny_find(t, 2, &place);
  wg_going going;
  wg_going_set(t->s, son, true, TINY_NEXT, &going);
  assert_int_equal(going.count, 3);
  assert_int_equal(wg_residents(t->s)[going.rows[1]].identity, 6);
  assert_int_equal(wg_residents(t->s)[going.rows[2]].identity, 7); // not the child of the boy of 17
  wg_going_set(t->s, mother, false, TINY_NEXT, &going);
  assert_int_equal(going.count, 3); // the eldest first
  assert_int_equal(wg_residents(t->s)[going.rows[1]].identity, 4);
  assert_int_equal(wg_residents(t->s)[going.rows[2]].identity, 3);
  tiny_world_close(t);
}

static void a_part_splits_off(void **state) {
  (void)state;
  tiny_world *t = open_world();
  make_family(t);
  int place;
  wg_going going;
  uint32_t rows[WG_GOING_MAX];
  wg_going_set(t->s, tiny_find(t, 5, &place), true, TINY_NEXT, &going);
  assert_int_equal(
      wg_members_settle(t->s, &going, t->s + 1, 0, 600, WG_FAMILY, WG_MOVE_HOUSING, TINY_NEXT, rows, &t->error), WG_OK);
  assert_int_equal(wg_residents(t->s + 1)[rows[2]].identity, 7);
  assert_int_equal(tiny_home_of(t, 5)->size, 3);
  assert_true(tiny_resident(t, 5)->traits & WG_TRAIT_HEAD);
  check_couple(t, 5, 6);
  check_couple(t, 1, 2);
  assert_int_equal(tiny_home_of(t, 1)->size, 4);
  assert_int_equal(wg_household_sizes(t->s)[3].households, 1);
  assert_int_equal(wg_household_sizes(t->s + 1)[2].households, 1);
  tiny_world_close(t);
}

// A wife of one couple goes with both of the other: the pairs are known before anybody goes.
static void who_goes_without_the_partner_has_none(void **state) {
  (void)state;
  tiny_world *t = open_world();
  make_family(t);
  int place;
  const wg_going going = {3, {tiny_find(t, 1, &place), tiny_find(t, 2, &place), tiny_find(t, 6, &place)}};
  assert_int_equal(
      wg_members_settle(t->s, &going, t->s + 1, 0, 600, WG_FAMILY, WG_MOVE_FAMILY, TINY_NEXT, NULL, &t->error), WG_OK);
  check_couple(t, 1, 2);
  assert_false(tiny_resident(t, 5)->traits & WG_TRAIT_PARTNERED);
  assert_false(tiny_resident(t, 6)->traits & WG_TRAIT_PARTNERED);
  assert_int_equal(tiny_partnered(t), 2);
  tiny_world_close(t);
}

static void minors_are_not_left_alone(void **state) {
  (void)state;
  tiny_world *t = open_world();
  const uint32_t home = tiny_home(t, 0, 500, WG_FAMILY), other = tiny_home(t, 1, 501, WG_FAMILY);
  const uint32_t mother = tiny_join(t, 0, home, 1, 40, WG_TRAIT_FEMALE);
  tiny_join(t, 0, home, 2, 15, 0);
  tiny_join(t, 1, other, 3, 45, 0);
  const wg_going alone = {1, {mother}};
  assert_int_equal(wg_members_relocate(t->s, &alone, t->s + 1, other, WG_MOVE_FAMILY, TINY_NEXT, NULL, &t->error),
                   WG_OK);
  assert_int_equal(tiny_home_of(t, 2)->identity, 501);
  assert_int_equal(wg_households(t->s)[home].identity, 0);
  assert_int_equal(tiny_moved(t, 0, WG_MOVE_WITHIN, WG_MOVE_FAMILY), 2);
  assert_int_equal(wg_resident_go_outside(t->s + 1, tiny_find(t, 3, &(int){0}), WG_MOVE_FAMILY, TINY_NEXT, &t->error),
                   WG_OK);
  assert_int_equal(tiny_people(t), 2);
  assert_int_equal(wg_resident_go_outside(t->s + 1, tiny_find(t, 1, &(int){0}), WG_MOVE_FAMILY, TINY_NEXT, &t->error),
                   WG_OK);
  assert_int_equal(tiny_people(t), 0);
  tiny_world_close(t);
}

static void next_door_is_not_counted(void **state) {
  (void)state;
  tiny_world *t = open_world();
  const uint32_t home = make_family(t);
  assert_int_equal(wg_household_relocate(t->s, home, t->s, 1, WG_MOVE_HOUSING, TINY_NEXT, &t->error), WG_OK);
  assert_int_equal(tiny_home_of(t, 1)->grid, 1);
  assert_int_equal(wg_grids(t->s)[1].residents, 7);
  assert_int_equal(tiny_moved(t, 0, WG_MOVE_WITHIN, WG_MOVE_HOUSING), 0);
  tiny_world_close(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_household_moves_as_it_is), cmocka_unit_test(children_are_known_by_age),
      cmocka_unit_test(a_part_splits_off),          cmocka_unit_test(who_goes_without_the_partner_has_none),
      cmocka_unit_test(minors_are_not_left_alone),  cmocka_unit_test(next_door_is_not_counted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
