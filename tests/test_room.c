// SPDX-License-Identifier: GPL-3.0-or-later
// Shared rooms: places are filled before a room is founded, men's and women's apart, in whatever order rows lie.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/departure.h"
#include "model/room.h"
#include "model/storage_order.h"
#include "tiny_subdistrict.h"

enum { MONTH = 2010 * 12 + 10, MOST = 3, ORDERS = 8 };

static uint32_t enter(wg_subdistrict *s, uint32_t grid, uint64_t identity, uint32_t traits) {
  const uint32_t room = wg_room_take(s, grid, traits & WG_TRAIT_FEMALE, MOST, 1000 + identity);
  return wg_resident_join(s, identity, room, MONTH - 20 * 12, traits, 100, 200, MONTH);
}

static uint64_t room_of(const wg_subdistrict *s, uint32_t row) {
  return wg_households(s)[wg_residents(s)[row].household].identity;
}

static uint32_t row_of(const wg_subdistrict *s, uint64_t identity) {
  for (uint32_t row = 0; row < wg_residents_count(s); row++)
    if (wg_residents(s)[row].identity == identity)
      return row;
  fail_msg("nobody of the name %llu", (unsigned long long)identity);
  return 0;
}

static void newcomers_share(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  for (uint64_t i = 1; i <= 4; i++)
    enter(&s, 0, i, 0);
  assert_int_equal(room_of(&s, row_of(&s, 1)), 1001);
  assert_int_equal(room_of(&s, row_of(&s, 3)), 1001);
  assert_int_equal(room_of(&s, row_of(&s, 4)), 1004); // three share one, the fourth founds another
  assert_int_equal(room_of(&s, enter(&s, 0, 5, WG_TRAIT_FEMALE)), 1005);
  assert_int_equal(room_of(&s, enter(&s, 1, 6, 0)), 1006);
  assert_int_equal(room_of(&s, enter(&s, 0, 7, 0)), 1004);
  assert_int_equal(wg_communities(&s)[0].collective_residents, 7);
  wg_subdistrict_free(&s);
}

static void places_left_are_filled(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  for (uint64_t i = 1; i <= 6; i++)
    enter(&s, 0, i, 0);
  wg_resident_die(&s, row_of(&s, 2), MONTH);
  wg_departed_free(&s);
  assert_int_equal(room_of(&s, enter(&s, 0, 7, 0)), 1001);
  assert_int_equal(room_of(&s, enter(&s, 0, 8, 0)), 1008);
  wg_subdistrict_free(&s);
}

// A room that dissolves is on no list any more, and its row may belong to anybody.
static void dissolved_rooms_are_forgotten(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  for (uint64_t i = 1; i <= 4; i++)
    enter(&s, 0, i, 0);
  wg_resident_die(&s, row_of(&s, 1), MONTH); // listed behind the one founded last
  for (uint64_t i = 2; i <= 4; i++)
    wg_resident_die(&s, row_of(&s, i), MONTH);
  wg_departed_free(&s);
  const uint32_t home = wg_household_found(&s, 77, 0, WG_FAMILY);
  wg_resident_join(&s, 70, home, MONTH - 480, 0, 100, 200, MONTH);
  assert_int_equal(room_of(&s, enter(&s, 0, 9, 0)), 1009);
  assert_int_equal(wg_households(&s)[home].size, 1);
  wg_subdistrict_free(&s);
}

static void another_order_of_rows_gives_the_same_rooms(void **state) {
  (void)state;
  uint64_t rooms[ORDERS][8];
  for (uint32_t order = 0; order < ORDERS; order++) {
    wg_subdistrict s;
    wg_error error = {0};
    tiny_create(&s, 1);
    for (uint64_t i = 1; i <= 9; i++)
      enter(&s, 0, i, i == 9 ? WG_TRAIT_FEMALE : 0);
    wg_resident_die(&s, row_of(&s, 5), MONTH);
    wg_resident_die(&s, row_of(&s, 1), MONTH);
    wg_departed_free(&s);
    if (order)
      assert_int_equal(wg_storage_reorder(&s, order, &error), WG_OK);
    for (uint64_t i = 11; i <= 18; i++)
      rooms[order][i - 11] = room_of(&s, enter(&s, 0, i, i == 18 ? WG_TRAIT_FEMALE : 0));
    assert_int_equal(rooms[order][0], 1001);
    assert_int_equal(rooms[order][1], 1004);
    assert_int_equal(rooms[order][7], 1009);
    wg_subdistrict_free(&s);
  }
  for (uint32_t order = 1; order < ORDERS; order++)
    assert_memory_equal(rooms[0], rooms[order], sizeof rooms[0]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(newcomers_share),
      cmocka_unit_test(places_left_are_filled),
      cmocka_unit_test(dissolved_rooms_are_forgotten),
      cmocka_unit_test(another_order_of_rows_gives_the_same_rooms),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
