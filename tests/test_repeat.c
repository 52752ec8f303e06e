// SPDX-License-Identifier: GPL-3.0-or-later
// Needs that sleep until they come back: whose do, how their rows are kept, and what happens when their resident goes.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/departure.h"
#include "model/disorder.h"
#include "model/relocation.h"
#include "model/repeat.h"
#include "tiny_subdistrict.h"

enum { MONTH = 2010 * 12 + 10, TODAY = 15010, WEIGHT = 3 };

typedef struct scene {
  wg_world *world;
  wg_service_params service;
  wg_subdistrict s;
  uint32_t home, who;
} scene;

// Somebody at home in the first grid; needs that lapsed come back with `share`, those met never.
static scene *open_scene(double share) {
  scene *t = calloc(1, sizeof *t);
  assert_non_null(t);
  t->world = calloc(1, sizeof *t->world);
  assert_non_null(t->world);
  t->service = (wg_service_params){.network = WG_CITY, .repeat_share = share, .repeat_days = 0.0};
  t->world->catalogue.service_count = 1;
  t->world->catalogue.services[0].params = &t->service;
  t->world->luck = wg_luck_make(1, 0);
  tiny_create(&t->s, 1);
  t->s.disorder_weight[0] = WEIGHT;
  t->home = wg_household_found(&t->s, 5, 0, WG_FAMILY);
  t->who = wg_resident_join(&t->s, 50, t->home, MONTH - 480, 0, 30000, 30000, MONTH);
  return t;
}

static void close_scene(scene *t) {
  wg_subdistrict_free(&t->s);
  free(t->world);
  free(t);
}

static uint32_t open_need(scene *t, uint64_t identity, bool of_resident) {
  const uint32_t row = wg_need_open(&t->s);
  wg_need *n = wg_needs(&t->s) + row;
  n->identity = identity;
  n->key = UINT64_MAX;
  n->due = n->legal_due = TODAY;
  if (of_resident) {
    n->group = 0;
    wg_need_attach(&t->s, row, t->who);
  }
  wg_ledger_open(&t->s, n);
  wg_need_file(&t->s, row, TODAY - 3);
  return row;
}

// What the books do with one that ended today.
static void end_need(scene *t, uint32_t row, wg_need_state state) {
  wg_need_end(&t->s, row, state);
  t->s.ended_list = WG_NO_ROW;
  wg_need_retire(t->world, &t->s, row, TODAY);
}

static void sleep_one(scene *t, uint32_t *row) {
  *row = open_need(t, 77, true);
  assert_int_equal(wg_grids(&t->s)[0].open_weight, WEIGHT);
  end_need(t, *row, WG_NEED_LAPSED);
  assert_int_equal(wg_needs(&t->s)[*row].state, WG_NEED_DORMANT);
  assert_int_equal(t->s.open_needs, 0);
  assert_int_equal(t->s.dormant_needs, 1);
  assert_int_equal(wg_grids(&t->s)[0].open_weight, 0);
  assert_int_equal(wg_residents(&t->s)[t->who].first_need, *row);
}

static void assert_dropped(scene *t, uint32_t row) {
  assert_int_equal(t->s.dormant_needs, 0);
  assert_int_equal(t->s.open_needs, 0);
  assert_int_equal(wg_needs(&t->s)[row].identity, 0);
  assert_int_equal(t->s.free_need, row);
  for (wg_date day = TODAY; day <= t->s.month_last; day++)
    assert_int_equal(wg_agenda_next(&t->s, WG_AGENDA_WAKE, day), WG_NO_ROW);
}

static void sleeps_until_its_day(void **state) {
  (void)state;
  scene *t = open_scene(1.0);
  uint32_t row;
  sleep_one(t, &row);
  assert_int_equal(wg_agenda_next(&t->s, WG_AGENDA_WAKE, TODAY), WG_NO_ROW);
  assert_int_equal(wg_agenda_next(&t->s, WG_AGENDA_WAKE, TODAY + 1), row);
  wg_need_close(&t->s, row);
  assert_int_equal(wg_residents(&t->s)[t->who].first_need, WG_NO_ROW);
  assert_dropped(t, row);
  close_scene(t);
}

// A month later the agenda is made anew from the rows.
static void is_listed_anew_in_its_month(void **state) {
  (void)state;
  scene *t = open_scene(1.0);
  uint32_t row;
  sleep_one(t, &row);
  wg_error error = {0};
  assert_int_equal(wg_agenda_begin(&t->s, 0, &error), WG_OK);
  assert_int_equal(wg_agenda_next(&t->s, WG_AGENDA_WAKE, TODAY + 1), row);
  close_scene(t);
}

static void comes_back_only_where_it_can(void **state) {
  (void)state;
  static const wg_need_state others[] = {WG_NEED_MET, WG_NEED_WITHDRAWN, WG_NEED_REFUSED};
  for (size_t i = 0; i < 3; i++) {
    scene *t = open_scene(1.0);
    const uint32_t row = open_need(t, 77, true);
    end_need(t, row, others[i]);
    assert_dropped(t, row);
    close_scene(t);
  }
  scene *t = open_scene(0.0);
  const uint32_t row = open_need(t, 77, true);
  end_need(t, row, WG_NEED_LAPSED);
  assert_dropped(t, row);
  close_scene(t);
  // A place's need does, that of somebody who has moved away does not.
  t = open_scene(1.0);
  const uint32_t place = open_need(t, 78, false), gone = open_need(t, 79, true);
  wg_needs_untie(&t->s, t->who);
  end_need(t, place, WG_NEED_LAPSED);
  end_need(t, gone, WG_NEED_LAPSED);
  assert_int_equal(wg_needs(&t->s)[place].state, WG_NEED_DORMANT);
  assert_int_equal(wg_needs(&t->s)[gone].identity, 0);
  assert_int_equal(t->s.dormant_needs, 1);
  close_scene(t);
}

static void is_dropped_when_its_resident_dies(void **state) {
  (void)state;
  scene *t = open_scene(1.0);
  uint32_t row;
  sleep_one(t, &row);
  const uint32_t other = open_need(t, 80, true);
  wg_resident_die(&t->s, t->who, MONTH);
  assert_int_equal(wg_needs(&t->s)[other].state, WG_NEED_WITHDRAWN);
  assert_int_equal(t->s.ended_list, other);
  t->s.ended_list = WG_NO_ROW;
  wg_need_retire(t->world, &t->s, other, TODAY);
  assert_int_equal(wg_needs(&t->s)[row].identity, 0);
  assert_int_equal(t->s.dormant_needs + t->s.open_needs, 0);
  assert_int_equal(wg_grids(&t->s)[0].open_weight, 0);
  close_scene(t);
}

static void is_dropped_when_its_resident_moves(void **state) {
  (void)state;
  scene *t = open_scene(1.0);
  uint32_t row;
  sleep_one(t, &row);
  wg_needs_untie(&t->s, t->who);
  assert_int_equal(wg_residents(&t->s)[t->who].first_need, WG_NO_ROW);
  assert_dropped(t, row);
  close_scene(t);
}

static void sleeping_rows_are_no_room(void **state) {
  (void)state;
  scene *t = open_scene(1.0);
  wg_error error = {0};
  const uint32_t capacity = t->s.tables[WG_TABLE_NEED].capacity;
  uint32_t row;
  sleep_one(t, &row);
  assert_int_equal(wg_needs_reserve(&t->s, capacity, &error), WG_OK);
  assert_true(t->s.tables[WG_TABLE_NEED].capacity >= capacity + 1);
  close_scene(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sleeps_until_its_day),
      cmocka_unit_test(is_listed_anew_in_its_month),
      cmocka_unit_test(comes_back_only_where_it_can),
      cmocka_unit_test(is_dropped_when_its_resident_dies),
      cmocka_unit_test(is_dropped_when_its_resident_moves),
      cmocka_unit_test(sleeping_rows_are_no_room),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
