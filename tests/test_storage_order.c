// SPDX-License-Identifier: GPL-3.0-or-later
// Another order of rows: everybody is still there, every link leads where it led, and the order really is another.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/departure.h"
#include "model/storage_order.h"
#include "tiny_subdistrict.h"

enum { MONTH = 2010 * 12 + 10, HOMES = 50, WORKPLACES = 30, FIRST_GRID_WORKPLACES = 17, FACILITIES = 30 };

static uint32_t size_of(uint32_t home) {
  return home % 5 + 1;
}

// Household 1000 + i has i % 5 + 1 members, named 10 * (1000 + i) + j; one in seven is collective.
static void build(wg_subdistrict *s) {
  tiny_create(s, 1);
  for (uint32_t i = 0; i < HOMES; i++) {
    const uint32_t home = wg_household_found(s, 1000 + i, i % 2, i % 7 == 0 ? WG_COLLECTIVE : WG_FAMILY);
    for (uint32_t j = 0; j < size_of(i); j++)
      wg_resident_join(s, 10 * (1000 + i) + j, home, MONTH - (wg_month)(12 * (20 + j)), j % 2, (uint16_t)(i + j), 200,
                       MONTH);
  }
  tiny_rows(s, WG_TABLE_WORKPLACE, WORKPLACES, WORKPLACES);
  wg_grids(s)[0].workplace_count = wg_grids(s)[1].first_workplace = FIRST_GRID_WORKPLACES;
  wg_grids(s)[1].workplace_count = WORKPLACES - FIRST_GRID_WORKPLACES;
  for (uint32_t w = 0; w < WORKPLACES; w++)
    wg_workplaces(s)[w] = (wg_workplace){.identity = 1 + w, .grid = w >= FIRST_GRID_WORKPLACES};
  tiny_rows(s, WG_TABLE_FACILITY, FACILITIES, FACILITIES);
  for (uint32_t f = 0; f < FACILITIES; f++)
    wg_facilities(s)[f] = (wg_facility){.identity = 1 + f, .kind = (uint8_t)(f % 3)};
}

static void reorder(wg_subdistrict *s, uint64_t order) {
  wg_error error = {0};
  assert_int_equal(wg_storage_reorder(s, order, &error), WG_OK);
}

static void check_home(const wg_subdistrict *s, uint32_t row) {
  const wg_household *home = wg_households(s) + row;
  const uint32_t i = (uint32_t)home->identity - 1000;
  assert_in_range(i, 0, HOMES - 1);
  assert_int_equal(home->size, size_of(i));
  assert_int_equal(home->grid, i % 2);
  assert_int_equal(home->kind, i % 7 == 0 ? WG_COLLECTIVE : WG_FAMILY);
  uint32_t member = home->first, seen = 0;
  for (uint32_t left = home->size; left; left--) {
    const wg_resident *r = wg_residents(s) + member;
    const uint32_t j = (uint32_t)(r->identity % 10);
    assert_int_equal(r->identity / 10, home->identity);
    assert_int_equal(r->household, row);
    assert_int_equal(r->first_need, WG_NO_ROW);
    assert_int_equal(r->traits, j % 2 | (j == 0 ? WG_TRAIT_HEAD : 0) | (i % 7 == 0 ? WG_TRAIT_COLLECTIVE : 0));
    assert_int_equal(r->birth_month, MONTH - 12 * (20 + j));
    assert_int_equal(r->grid, i % 2);
    assert_int_equal(r->trust, i + j);
    assert_int_equal(r->trust_baseline, 200);
    seen |= 1U << j;
    member = r->next;
  }
  assert_int_equal(member, home->first);
  assert_int_equal(seen, (1U << size_of(i)) - 1);
}

static void check_homes(const wg_subdistrict *s) {
  uint32_t homes = 0, here = 0, residents = 0;
  for (uint32_t row = 0; row < wg_households_count(s); row++)
    if (wg_households(s)[row].identity != 0) {
      check_home(s, row);
      homes++;
    }
  for (uint32_t row = 0; row < wg_residents_count(s); row++)
    here += wg_resident_here(wg_residents(s) + row);
  for (uint32_t i = 0; i < HOMES; i++)
    residents += size_of(i);
  assert_int_equal(homes, HOMES);
  assert_int_equal(here, residents);
}

static void everybody_is_where_they_were(void **state) {
  (void)state;
  wg_subdistrict s;
  build(&s);
  check_homes(&s);
  reorder(&s, 7);
  check_homes(&s);
  uint32_t seen = 0;
  for (uint32_t g = 0; g < 2; g++)
    for (uint32_t i = 0; i < wg_grids(&s)[g].workplace_count; i++) {
      const wg_workplace *w = wg_workplaces(&s) + wg_grids(&s)[g].first_workplace + i;
      assert_int_equal(w->grid, g);
      assert_int_equal(w->identity > FIRST_GRID_WORKPLACES, g);
      seen |= 1U << w->identity;
    }
  assert_int_equal(seen, (1U << (WORKPLACES + 1)) - 2);
  seen = 0;
  for (uint32_t f = 0; f < FACILITIES; f++) {
    assert_int_equal(wg_facilities(&s)[f].kind, (wg_facilities(&s)[f].identity - 1) % 3);
    seen |= 1U << wg_facilities(&s)[f].identity;
  }
  assert_int_equal(seen, (1U << (FACILITIES + 1)) - 2);
  wg_subdistrict_free(&s);
}

// Free slots lie between the others, each on its list once.
static void free_slots_are_listed(void **state) {
  (void)state;
  wg_subdistrict s;
  build(&s);
  reorder(&s, 7);
  uint32_t listed = 0, between = 0;
  for (uint32_t row = s.free_resident; row != WG_NO_ROW; row = wg_residents(&s)[row].next, listed++) {
    assert_int_equal(wg_residents(&s)[row].identity, 0);
    assert_true(listed < wg_residents_count(&s));
    for (uint32_t later = row + 1; later < wg_residents_count(&s); later++)
      if (wg_residents(&s)[later].identity != 0) {
        between++;
        break;
      }
  }
  for (uint32_t row = 0; row < wg_residents_count(&s); row++)
    listed -= wg_residents(&s)[row].identity == 0;
  assert_int_equal(listed, 0);
  assert_true(between > 5);
  for (uint32_t row = s.free_household; row != WG_NO_ROW; row = wg_households(&s)[row].first, listed++)
    assert_int_equal(wg_households(&s)[row].identity, 0);
  assert_int_equal(listed, wg_households_count(&s) - HOMES);
  assert_true(listed > 5);
  wg_subdistrict_free(&s);
}

// Of 30 or more rows in a random order, the number that stay where they were is about Poisson with mean 1: more than a
// third of them with probability below 1e-6.
static void the_order_is_another(void **state) {
  (void)state;
  wg_subdistrict built, one, same, other;
  build(&built);
  build(&one);
  build(&same);
  build(&other);
  reorder(&one, 7);
  reorder(&same, 7);
  reorder(&other, 8);
  const size_t bytes = wg_residents_count(&one) * sizeof(wg_resident);
  assert_int_equal(wg_residents_count(&one), wg_residents_count(&same));
  assert_memory_equal(wg_residents(&one), wg_residents(&same), bytes);
  assert_memory_not_equal(wg_residents(&one), wg_residents(&other), bytes);
  uint32_t stay = 0;
  for (uint32_t row = 0; row < wg_residents_count(&built); row++)
    stay += wg_residents(&one)[row].identity == wg_residents(&built)[row].identity;
  assert_true(3 * stay < wg_residents_count(&built));
  stay = 0;
  for (uint32_t row = 0; row < HOMES; row++)
    stay += wg_households(&one)[row].identity == wg_households(&built)[row].identity;
  assert_true(3 * stay < HOMES);
  stay = 0;
  for (uint32_t row = 0; row < WORKPLACES; row++)
    stay += wg_workplaces(&one)[row].identity == wg_workplaces(&built)[row].identity;
  assert_true(3 * stay < WORKPLACES);
  stay = 0;
  for (uint32_t row = 0; row < FACILITIES; row++)
    stay += wg_facilities(&one)[row].identity == wg_facilities(&built)[row].identity;
  assert_true(3 * stay < FACILITIES);
  wg_subdistrict_free(&built);
  wg_subdistrict_free(&one);
  wg_subdistrict_free(&same);
  wg_subdistrict_free(&other);
}

static void the_pool_hands_out_another_order(void **state) {
  (void)state;
  wg_subdistrict s;
  build(&s);
  reorder(&s, 7);
  const uint32_t slots = wg_needs_count(&s);
  uint32_t upwards = 0, last = 0;
  assert_true(slots > 20);
  for (uint32_t i = 0; i < slots; i++) {
    const uint32_t row = wg_need_open(&s);
    assert_true(row < slots && wg_needs(&s)[row].identity == 0);
    wg_needs(&s)[row].identity = 1; // taken once
    upwards += i > 0 && row == last + 1;
    last = row;
  }
  assert_true(upwards < slots / 3);
  assert_int_equal(s.open_needs, slots);
  assert_int_equal(wg_need_open(&s), slots);
  wg_subdistrict_free(&s);
}

// Life goes on: joining and leaving keep the counts.
static void rows_can_be_taken_and_given_back(void **state) {
  (void)state;
  wg_subdistrict s;
  build(&s);
  reorder(&s, 7);
  check_homes(&s); // rings that do not close would be gone round for ever
  const uint32_t residents = wg_residents_count(&s), households = wg_households_count(&s);
  const uint32_t home = wg_household_found(&s, 5, 0, WG_FAMILY);
  const uint32_t who = wg_resident_join(&s, 50, home, MONTH - 480, 0, 100, 200, MONTH);
  assert_true(home < households && who < residents);
  for (uint32_t row = 0; row < residents; row++)
    if (wg_resident_here(wg_residents(&s) + row))
      wg_resident_die(&s, row, MONTH);
  wg_departed_free(&s);
  assert_int_equal(wg_grids(&s)[0].residents + wg_grids(&s)[1].residents, 0);
  assert_int_equal(wg_communities(&s)[0].households, 0);
  assert_int_equal(wg_communities(&s)[0].collective_residents, 0);
  assert_int_equal(wg_communities(&s)[0].trust_sum, 0);
  for (uint32_t i = 0; i < WG_POPULATION_CELLS; i++)
    assert_int_equal(wg_population(&s)[i].residents, 0);
  uint32_t free_rows = 0;
  for (uint32_t row = s.free_resident; row != WG_NO_ROW; row = wg_residents(&s)[row].next)
    free_rows++;
  assert_int_equal(free_rows, residents);
  wg_subdistrict_free(&s);
}

static void nobody_at_all(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  reorder(&s, 7);
  const uint32_t home = wg_household_found(&s, 5, 0, WG_FAMILY);
  wg_resident_join(&s, 50, home, MONTH - 480, 0, 100, 200, MONTH);
  assert_int_equal(wg_households(&s)[home].size, 1);
  wg_subdistrict_free(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(everybody_is_where_they_were),
      cmocka_unit_test(free_slots_are_listed),
      cmocka_unit_test(the_order_is_another),
      cmocka_unit_test(the_pool_hands_out_another_order),
      cmocka_unit_test(rows_can_be_taken_and_given_back),
      cmocka_unit_test(nobody_at_all),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
