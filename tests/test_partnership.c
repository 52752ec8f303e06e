// SPDX-License-Identifier: GPL-3.0-or-later
// Couples form and part at a month's end: who finds whom, where they live, who comes along.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mechanism/partnership.h"
#include "model/matching.h"
#include "model/partner.h"
#include "schema/purpose.h"
#include "tiny_world.h"

#define BANDS "[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]"

static tiny_world *open_world(const char *from_outside) {
  const char *const settings[] = {
      "partnership.seek_men", BANDS, "partnership.seek_women", BANDS, "partnership.partner_from_outside",
      from_outside,           NULL};
  tiny_world *t = tiny_world_open(&wg_partnership, settings);
  tiny_prepare(t);
  return t;
}

static void list(tiny_world *t, uint64_t identity, bool separates) {
  int place;
  const uint32_t row = tiny_find(t, identity, &place);
  wg_subdistrict *s = t->s + place;
  wg_suitors(s)[s->tables[WG_TABLE_SUITOR].count++] = (wg_suitor){identity, row, separates};
}

static void check_couple(const tiny_world *t, uint64_t one, uint64_t other) {
  int place;
  const uint32_t row = tiny_find(t, one, &place);
  const uint32_t partner = wg_partner_of(t->s + place, row);
  assert_int_not_equal(partner, WG_NO_ROW);
  assert_int_equal(wg_residents(t->s + place)[partner].identity, other);
}

// ---- who finds whom ----

static void the_nearest_in_age_are_matched(void **state) {
  (void)state;
  wg_error error = {0};
  // In any order; months. The woman at 100 prefers the man registered as she is to one nearer in age.
  wg_seeker women[] = {{3, 300, 0, 0, 0, 10}, {1, 100, 1, 0, 0, 11}, {2, 200, 0, 0, 0, 12}, {4, 900, 0, 0, 0, 13}};
  wg_seeker men[] = {{23, 210, 0, 1, 0, 10}, {21, 130, 1, 1, 0, 11}, {22, 101, 2, 1, 0, 12}, {24, 310, 0, 1, 0, 13}};
  uint32_t man_of[4];
  assert_int_equal(wg_match(women, 4, men, 4, 72, man_of, &error), WG_OK);
  assert_int_equal(women[0].identity, 1);
  assert_int_equal(men[man_of[0]].identity, 21);
  assert_int_equal(men[man_of[1]].identity, 23);
  assert_int_equal(men[man_of[2]].identity, 24);
  assert_int_equal(man_of[3], WG_UNMATCHED); // nobody within six years
}

static void housemates_are_no_pair(void **state) {
  (void)state;
  wg_error error = {0};
  wg_seeker women[] = {{1, 100, 0, 0, 0, 10}};
  wg_seeker men[] = {{21, 100, 0, 0, 0, 10}, {22, 90, 0, 0, 0, 11}};
  uint32_t man_of[1];
  assert_int_equal(wg_match(women, 1, men, 2, 72, man_of, &error), WG_OK);
  assert_int_equal(men[man_of[0]].identity, 22);
  assert_int_equal(wg_match(women, 1, men + 1, 1, 72, man_of, &error), WG_OK); // sorted: the housemate alone is left
  assert_int_equal(man_of[0], WG_UNMATCHED);
}

// ---- where they live ----

// A lone mother with a child and a man who lives alone: she keeps the home that holds more people.
static void households_merge(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0");
  tiny_join(t, 0, tiny_home(t, 0, 500, WG_FAMILY), 1, 32, 0);
  const uint32_t hers = tiny_home(t, 1, 501, WG_FAMILY);
  tiny_join(t, 1, hers, 2, 30, WG_TRAIT_FEMALE);
  tiny_join(t, 1, hers, 3, 5, 0);
  list(t, 1, false);
  list(t, 2, false);
  tiny_exchange(t);
  check_couple(t, 1, 2);
  assert_int_equal(tiny_home_of(t, 1)->identity, 501);
  assert_int_equal(tiny_home_of(t, 1)->size, 3);
  assert_int_equal(wg_communities(t->s)[0].households, 0);
  assert_int_equal(tiny_partnered(t), 2);
  assert_int_equal(tiny_moved(t, 0, WG_MOVE_WITHIN, WG_MOVE_FAMILY), 1);
  assert_int_equal(t->s[0].tables[WG_TABLE_SUITOR].count, 0);
  tiny_world_close(t);
}

// Both live with parents; she has a child.
static void live_with_parents(tiny_world *t) {
  const uint32_t his = tiny_home(t, 0, 500, WG_FAMILY), hers = tiny_home(t, 1, 501, WG_FAMILY);
  tiny_join(t, 0, his, 10, 60, 0);
  tiny_join(t, 0, his, 1, 27, 0);
  tiny_join(t, 1, hers, 11, 55, WG_TRAIT_FEMALE);
  tiny_join(t, 1, hers, 2, 26, WG_TRAIT_FEMALE);
  tiny_join(t, 1, hers, 3, 2, 0);
  list(t, 1, false);
  list(t, 2, false);
}

static void a_couple_founds_a_household(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0");
  live_with_parents(t);
  tiny_exchange(t);
  check_couple(t, 1, 2);
  const wg_household *home = tiny_home_of(t, 3);
  assert_ptr_equal(home, tiny_home_of(t, 1));
  assert_int_equal(home->size, 3);
  assert_true(home->identity != 500 && home->identity != 501);
  assert_true(tiny_resident(t, 1)->traits & WG_TRAIT_HEAD);
  assert_int_equal(tiny_home_of(t, 10)->size, 1);
  assert_int_equal(tiny_home_of(t, 11)->size, 1);
  tiny_world_close(t);
}

static void without_a_vacant_dwelling_they_live_with_his_parents(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0");
  live_with_parents(t);
  wg_communities(t->s)[0].dwellings = 1;
  wg_communities(t->s + 1)[0].dwellings = 2;
  wg_communities(t->s + 1)[0].closed_dwellings = 1;
  tiny_exchange(t);
  check_couple(t, 1, 2);
  assert_int_equal(tiny_home_of(t, 3)->identity, 500);
  assert_int_equal(tiny_home_of(t, 3)->size, 4);
  tiny_world_close(t);
}

static void from_dormitories_with_nothing_vacant_they_leave(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0");
  tiny_join(t, 0, tiny_home(t, 0, 500, WG_COLLECTIVE), 1, 27, 0);
  tiny_join(t, 1, tiny_home(t, 1, 501, WG_COLLECTIVE), 2, 26, WG_TRAIT_FEMALE);
  list(t, 1, false);
  list(t, 2, false);
  wg_communities(t->s)[0].dwellings = wg_communities(t->s + 1)[0].dwellings = 0;
  tiny_exchange(t);
  assert_int_equal(tiny_people(t), 0);
  assert_int_equal(tiny_moved(t, 0, WG_MOVE_OUT, WG_MOVE_FAMILY), 1);
  assert_int_equal(tiny_moved(t, 1, WG_MOVE_OUT, WG_MOVE_FAMILY), 1);
  tiny_world_close(t);
}

static void a_partner_comes_from_outside(void **state) {
  (void)state;
  for (int comes = 0; comes < 2; comes++) {
    tiny_world *t = open_world(comes ? "1.0" : "0.0");
    tiny_join(t, 0, tiny_home(t, 0, 500, WG_FAMILY), 1, 32, 0);
    list(t, 1, false);
    tiny_exchange(t);
    assert_int_equal(tiny_people(t), 1 + comes);
    assert_int_equal(tiny_partnered(t), 2 * comes);
    assert_int_equal(tiny_moved(t, 0, WG_MOVE_IN, WG_MOVE_FAMILY), comes);
    if (comes) {
      const uint64_t name = wg_identity_make(1, TINY_NEXT, WG_PURPOSE_IDENTITY_PARTNER);
      check_couple(t, 1, name);
      const uint32_t years = wg_age_years(tiny_resident(t, name)->birth_month, TINY_NEXT);
      assert_true(years >= 27 && years <= 33);
    }
    tiny_world_close(t);
  }
}

static void whoever_died_or_has_a_partner_is_passed_over(void **state) {
  (void)state;
  tiny_world *t = open_world("1.0");
  const uint32_t home = tiny_home(t, 0, 500, WG_FAMILY);
  tiny_join(t, 0, home, 1, 32, 0);
  tiny_join(t, 0, home, 2, 32, 0);
  tiny_join(t, 0, home, 3, 30, WG_TRAIT_FEMALE);
  list(t, 1, false);
  list(t, 2, false);
  wg_couple_form(t->s, tiny_find(t, 2, &(int){0}), tiny_find(t, 3, &(int){0}), TINY_NEXT);
  wg_resident_leave(t->s, tiny_find(t, 1, &(int){0}), TINY_NEXT);
  wg_departed_free(t->s);
  tiny_exchange(t);
  assert_int_equal(tiny_people(t), 2);
  check_couple(t, 2, 3);
  tiny_world_close(t);
}

// ---- parting ----

static void children_stay_with_their_mother(void **state) {
  (void)state;
  for (int vacant = 0; vacant < 2; vacant++) {
    tiny_world *t = open_world("0.0");
    const uint32_t home = tiny_home(t, 0, 500, WG_FAMILY);
    tiny_join(t, 0, home, 1, 42, WG_TRAIT_PARTNERED);
    tiny_join(t, 0, home, 2, 40, WG_TRAIT_FEMALE | WG_TRAIT_PARTNERED);
    tiny_join(t, 0, home, 3, 9, 0);
    list(t, 1, true);
    wg_communities(t->s)[0].dwellings = 1 + (uint32_t)vacant;
    wg_communities(t->s + 1)[0].dwellings = 0;
    tiny_exchange(t);
    assert_int_equal(tiny_home_of(t, 3)->identity, 500);
    assert_int_equal(tiny_home_of(t, 2)->size, 2);
    assert_true(tiny_resident(t, 2)->traits & WG_TRAIT_HEAD);
    assert_int_equal(tiny_partnered(t), 0);
    assert_int_equal(tiny_people(t), 2 + vacant);
    assert_int_equal(tiny_moved(t, 0, WG_MOVE_OUT, WG_MOVE_FAMILY), 1 - vacant);
    if (vacant)
      assert_int_equal(tiny_home_of(t, 1)->size, 1);
    tiny_world_close(t);
  }
}

static void lists_of_the_wrong_length_are_refused(void **state) {
  (void)state;
  const char *const settings[] = {"partnership.seek_men",
                                  "[0.1]",
                                  "partnership.seek_women",
                                  BANDS,
                                  "partnership.outside_registration",
                                  "[0, 0, 0]",
                                  NULL};
  tiny_world *t = tiny_world_open(&wg_partnership, settings);
  assert_int_equal(t->mechanism->prepare(&t->world, &t->constants, &t->error), WG_FAIL_CONFIG);
  assert_string_equal(t->error.text, "test.cfg:1: partnership.seek_men: 1 numbers (allowed: 19)\n"
                                     "test.cfg:1: partnership.outside_registration: 3 numbers that sum to 0 "
                                     "(allowed: 3, above 0)");
  tiny_world_close(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_nearest_in_age_are_matched),
      cmocka_unit_test(housemates_are_no_pair),
      cmocka_unit_test(households_merge),
      cmocka_unit_test(a_couple_founds_a_household),
      cmocka_unit_test(without_a_vacant_dwelling_they_live_with_his_parents),
      cmocka_unit_test(from_dormitories_with_nothing_vacant_they_leave),
      cmocka_unit_test(a_partner_comes_from_outside),
      cmocka_unit_test(whoever_died_or_has_a_partner_is_passed_over),
      cmocka_unit_test(children_stay_with_their_mother),
      cmocka_unit_test(lists_of_the_wrong_length_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
