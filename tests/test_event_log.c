// SPDX-License-Identifier: GPL-3.0-or-later
// The event log: order within a month, and a log that finds no memory.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/draw.h"
#include "model/subdistrict.h"

enum { NEEDS = 40, DAYS = 28, A_DAY = 200, FIRST = 15000 };

static void make(wg_subdistrict *s) {
  wg_subdistrict_init(s);
  s->name = "甲";
  s->logging = true;
  s->month_first = FIRST;
  s->month_last = FIRST + DAYS - 1;
  wg_error error = {0};
  assert_int_equal(wg_table_reserve(&s->tables[WG_TABLE_NEED], NEEDS, &error), 0);
  wg_draw draw = wg_draw_open(wg_luck_make(1, 0), 1, 0, 1, 0);
  for (uint32_t i = 0; i < NEEDS; i++) {
    wg_needs(s)[i] = (wg_need){.identity = wg_draw_u64(&draw), .grid = (uint16_t)i, .service = 3};
    s->tables[WG_TABLE_NEED].count++;
  }
}

// The desk counts the entries of the day, so that their order among themselves can be seen.
static void live(wg_subdistrict *s, wg_draw *draw) {
  for (s->today = s->month_first; s->today <= s->month_last; s->today++)
    for (uint32_t i = 0; i < A_DAY; i++)
      wg_event_note(s, wg_draw_below(draw, NEEDS), (wg_event_kind)wg_draw_below(draw, WG_EVENT_KIND_COUNT), i);
}

static void test_order(void **state) {
  (void)state;
  wg_subdistrict s;
  make(&s);
  wg_draw draw = wg_draw_open(wg_luck_make(1, 0), 1, 0, 2, 0);
  wg_error error = {0};
  for (int month = 0; month < 2; month++) {
    live(&s, &draw);
    assert_int_equal(wg_event_log_order(&s, &error), 0);
    s.month_first += DAYS;
    s.month_last += DAYS;
  }
  assert_int_equal(wg_events_count(&s), 2 * DAYS * A_DAY);
  uint64_t desks = 0;
  for (uint32_t i = 0; i < wg_events_count(&s); i++) {
    const wg_event *e = wg_events(&s) + i;
    assert_int_equal(e->day, FIRST + i / A_DAY);
    assert_int_equal(e->service, 3);
    assert_int_equal(wg_needs(&s)[e->grid].identity, e->need);
    desks += e->desk;
    if (i % A_DAY == 0)
      continue;
    assert_true(e[-1].need <= e->need);
    if (e[-1].need == e->need)
      assert_true(e[-1].desk < e->desk);
  }
  assert_int_equal(desks, 2 * DAYS * (A_DAY * (A_DAY - 1) / 2));
  wg_subdistrict_free(&s);
}

static void test_no_log(void **state) {
  (void)state;
  wg_subdistrict s;
  make(&s);
  s.logging = false;
  wg_draw draw = wg_draw_open(wg_luck_make(1, 0), 1, 0, 2, 0);
  live(&s, &draw);
  assert_int_equal(wg_events_count(&s), 0);
  wg_subdistrict_free(&s);
}

static void test_no_memory(void **state) {
  (void)state;
  wg_subdistrict s;
  make(&s);
  wg_draw draw = wg_draw_open(wg_luck_make(1, 0), 1, 0, 2, 0);
  live(&s, &draw);
  const uint32_t count = wg_events_count(&s), capacity = s.tables[WG_TABLE_EVENT].capacity;
  s.tables[WG_TABLE_EVENT].count = s.tables[WG_TABLE_EVENT].capacity = UINT32_MAX;
  s.today = FIRST;
  wg_event_note(&s, 0, WG_EVENT_FILE, WG_NO_DESK);
  s.tables[WG_TABLE_EVENT].count = count;
  s.tables[WG_TABLE_EVENT].capacity = capacity;
  wg_error error = {0};
  assert_int_equal(wg_event_log_order(&s, &error), WG_FAIL_RUN);
  assert_non_null(strstr(error.text, "out of memory for the event log of 甲 (output.events)"));
  wg_subdistrict_free(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_order), cmocka_unit_test(test_no_log),
                                     cmocka_unit_test(test_no_memory)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
