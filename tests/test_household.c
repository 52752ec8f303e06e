// SPDX-License-Identifier: GPL-3.0-or-later
// Residents and households on a hand-made subdistrict: joining, leaving, dissolving, and the counts that hang on them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/departure.h"
#include "tiny_subdistrict.h"

enum { MONTH = 2010 * 12 + 10 };

static uint32_t join(wg_subdistrict *s, uint32_t household, uint64_t identity, uint32_t years, uint32_t traits) {
  return wg_resident_join(s, identity, household, MONTH - (wg_month)(years * 12), traits, 100, 200, MONTH);
}

static uint32_t ring_length(const wg_subdistrict *s, uint32_t household) {
  const uint32_t first = wg_households(s)[household].first;
  uint32_t length = 0, row = first;
  do {
    assert_int_equal(wg_residents(s)[row].household, household);
    row = wg_residents(s)[row].next;
    length++;
  } while (row != first && length < 1000);
  return length;
}

static int64_t people(const wg_subdistrict *s) {
  int64_t sum = 0;
  for (uint32_t i = 0; i < WG_POPULATION_CELLS; i++)
    sum += wg_population(s)[i].residents;
  return sum;
}

static void joining_keeps_every_count(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  const uint32_t home = wg_household_found(&s, 5, 1, WG_FAMILY);
  const uint32_t head = join(&s, home, 50, 40, WG_REGISTERED_OUTSIDE << WG_TRAIT_REGISTRATION_SHIFT);
  join(&s, home, 51, 38, WG_TRAIT_FEMALE);
  join(&s, home, 52, 3, 0);
  assert_int_equal(wg_households(&s)[home].size, 3);
  assert_int_equal(ring_length(&s, home), 3);
  assert_true(wg_residents(&s)[head].traits & WG_TRAIT_HEAD);
  assert_int_equal(wg_communities(&s)[0].households, 1);
  assert_int_equal(wg_communities(&s)[0].trust_sum, 300);
  assert_int_equal(wg_grids(&s)[1].residents, 3);
  assert_int_equal(wg_grids(&s)[0].residents, 0);
  assert_int_equal(people(&s), 3);
  assert_int_equal(wg_population(&s)[wg_population_cell(40, WG_REGISTERED_OUTSIDE << 1)].residents, 1);
  assert_int_equal(wg_population(&s)[wg_population_cell(3, 0)].residents, 1);
  wg_subdistrict_free(&s);
}

static void the_oldest_becomes_head(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  const uint32_t home = wg_household_found(&s, 5, 0, WG_FAMILY);
  const uint32_t head = join(&s, home, 50, 40, 0);
  const uint32_t young = join(&s, home, 51, 20, 0), old = join(&s, home, 52, 60, 0);
  wg_resident_die(&s, head, MONTH);
  assert_true(wg_residents(&s)[old].traits & WG_TRAIT_HEAD);
  assert_false(wg_residents(&s)[young].traits & WG_TRAIT_HEAD);
  assert_true(wg_residents(&s)[head].traits & WG_TRAIT_GONE);
  assert_int_equal(ring_length(&s, home), 2);
  assert_int_equal(people(&s), 2);
  wg_subdistrict_free(&s);
}

static void an_empty_household_gives_its_dwelling_back(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  const uint32_t home = wg_household_found(&s, 5, 0, WG_FAMILY);
  wg_resident_die(&s, join(&s, home, 50, 40, 0), MONTH);
  assert_int_equal(wg_communities(&s)[0].households, 0);
  assert_int_equal(wg_households(&s)[home].identity, 0);
  assert_int_equal(people(&s), 0);
  assert_int_equal(wg_communities(&s)[0].trust_sum, 0);
  wg_subdistrict_free(&s);
}

static void minors_left_alone_leave(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  const uint32_t home = wg_household_found(&s, 5, 0, WG_FAMILY);
  const uint32_t mother = join(&s, home, 50, 40, WG_TRAIT_FEMALE);
  join(&s, home, 51, 15, 0);
  join(&s, home, 52, 8, 0);
  wg_resident_die(&s, mother, MONTH);
  assert_int_equal(people(&s), 0);
  assert_int_equal(wg_moves(&s)[WG_MOVE_OUT * WG_MOVE_REASON_COUNT + WG_MOVE_FAMILY].residents, 2);
  assert_int_equal(wg_communities(&s)[0].households, 0);
  wg_subdistrict_free(&s);
}

static void a_sixteen_year_old_can_stay(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  const uint32_t home = wg_household_found(&s, 5, 0, WG_FAMILY);
  const uint32_t mother = join(&s, home, 50, 40, WG_TRAIT_FEMALE);
  join(&s, home, 51, 16, 0);
  join(&s, home, 52, 8, 0);
  wg_resident_die(&s, mother, MONTH);
  assert_int_equal(people(&s), 2);
  assert_int_equal(wg_moves(&s)[WG_MOVE_OUT * WG_MOVE_REASON_COUNT + WG_MOVE_FAMILY].residents, 0);
  wg_subdistrict_free(&s);
}

static void slots_are_used_again(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  const uint32_t home = wg_household_found(&s, 5, 0, WG_COLLECTIVE);
  const uint32_t one = join(&s, home, 50, 20, 0);
  join(&s, home, 51, 20, 0);
  assert_int_equal(wg_communities(&s)[0].collective_residents, 2);
  wg_resident_die(&s, one, MONTH);
  assert_int_equal(wg_communities(&s)[0].collective_residents, 1);
  assert_int_equal(wg_residents(&s)[one].identity, 50); // until the month's end
  wg_departed_free(&s);
  assert_int_equal(wg_residents(&s)[one].identity, 0);
  assert_int_equal(join(&s, home, 53, 21, 0), one);
  assert_int_equal(wg_residents_count(&s), 2);
  wg_subdistrict_free(&s);
}

static void leaving_withdraws_open_needs(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  const uint32_t home = wg_household_found(&s, 5, 0, WG_FAMILY);
  const uint32_t who = join(&s, home, 50, 40, 0);
  for (uint64_t i = 1; i <= 3; i++) {
    const uint32_t row = wg_need_open(&s);
    wg_needs(&s)[row].identity = i;
    wg_needs(&s)[row].key = i;
    wg_need_attach(&s, row, who);
    wg_need_hide(&s, row);
    wg_need_schedule_lapse(&s, row, 15003);
  }
  wg_resident_die(&s, who, MONTH);
  uint32_t ended = 0;
  for (uint32_t row = s.ended_latent_list; row != WG_NO_ROW; row = wg_needs(&s)[row].sibling, ended++)
    assert_int_equal(wg_needs(&s)[row].state, WG_NEED_WITHDRAWN);
  assert_int_equal(ended, 3);
  assert_int_equal(wg_agenda_next(&s, WG_AGENDA_LAPSE, 15003), WG_NO_ROW);
  wg_subdistrict_free(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(joining_keeps_every_count),
      cmocka_unit_test(the_oldest_becomes_head),
      cmocka_unit_test(an_empty_household_gives_its_dwelling_back),
      cmocka_unit_test(minors_left_alone_leave),
      cmocka_unit_test(a_sixteen_year_old_can_stay),
      cmocka_unit_test(slots_are_used_again),
      cmocka_unit_test(leaving_withdraws_open_needs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
