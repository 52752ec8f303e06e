// SPDX-License-Identifier: GPL-3.0-or-later
// Working days, holidays and limits.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/limit.h"

static wg_date day(const char *text) {
  wg_date date = WG_DATE_NONE;
  assert_true(wg_date_parse(text, &date));
  return date;
}

static void create(wg_calendar *calendar) {
  wg_error error = {0};
  const wg_date holidays[] = {day("2011-10-01"), day("2011-10-02"), day("2011-10-03"), day("2011-10-04"),
                              day("2035-01-01")};
  const wg_date working_weekends[] = {day("2011-10-15"), day("2010-12-25"), day("2012-01-01")};
  assert_int_equal(
      wg_calendar_create(day("2011-01-01"), day("2011-12-31"), holidays, 5, working_weekends, 3, calendar, &error),
      WG_OK);
}

static void weekends_and_holidays_are_free(void **state) {
  (void)state;
  wg_calendar calendar;
  create(&calendar);
  assert_true(wg_calendar_works(&calendar, day("2011-09-30")));  // Friday
  assert_false(wg_calendar_works(&calendar, day("2011-09-25"))); // Sunday
  assert_false(wg_calendar_works(&calendar, day("2011-10-03"))); // a Monday, holiday
  assert_true(wg_calendar_works(&calendar, day("2011-10-05")));
  wg_calendar_free(&calendar);
}

static void working_days_are_counted_across_holidays(void **state) {
  (void)state;
  wg_calendar calendar;
  create(&calendar);
  assert_int_equal(wg_calendar_after(&calendar, day("2011-09-29"), 1), day("2011-09-30"));
  assert_int_equal(wg_calendar_after(&calendar, day("2011-09-30"), 1), day("2011-10-05"));
  assert_int_equal(wg_calendar_after(&calendar, day("2011-10-01"), 1), day("2011-10-05"));
  assert_int_equal(wg_calendar_after(&calendar, day("2011-09-30"), 4), day("2011-10-10"));
  assert_int_equal(wg_calendar_after(&calendar, day("2011-12-30"), 5), day("2011-12-31")); // beyond: the last day known
  wg_calendar_free(&calendar);
}

static void working_weekends_are_worked(void **state) {
  (void)state;
  wg_calendar calendar;
  create(&calendar);
  assert_true(wg_calendar_works(&calendar, day("2011-10-15")));  // a Saturday
  assert_false(wg_calendar_works(&calendar, day("2011-10-16"))); // the Sunday after
  assert_false(wg_calendar_works(&calendar, day("2011-10-08"))); // another Saturday
  assert_int_equal(wg_calendar_after(&calendar, day("2011-10-14"), 1), day("2011-10-15"));
  assert_int_equal(wg_calendar_after(&calendar, day("2011-10-14"), 2), day("2011-10-17"));
  assert_int_equal(wg_calendar_after(&calendar, day("2011-10-15"), 1), day("2011-10-17"));
  assert_int_equal(calendar.working_count, 260 - 2 + 1); // the other two of each list are weekends or outside
  wg_calendar_free(&calendar);
}

static void every_working_day_is_the_first_after_the_day_before(void **state) {
  (void)state;
  wg_calendar calendar;
  create(&calendar);
  for (wg_date d = calendar.first + 1; d <= calendar.last; d++)
    if (wg_calendar_works(&calendar, d))
      assert_int_equal(wg_calendar_after(&calendar, d - 1, 1), d);
  wg_calendar_free(&calendar);
}

static void limits_run_in_their_own_days(void **state) {
  (void)state;
  wg_calendar calendar;
  create(&calendar);
  const wg_service working = {.limit_days = 2, .limit_in_working_days = true};
  const wg_service plain = {.limit_days = 7, .limit_in_working_days = false};
  const wg_service at_once = {.limit_days = 0, .limit_in_working_days = true};
  assert_int_equal(wg_limit_end(&calendar, &working, day("2011-09-30")), day("2011-10-06"));
  assert_int_equal(wg_limit_end(&calendar, &working, day("2011-10-14")), day("2011-10-17"));
  assert_int_equal(wg_limit_end(&calendar, &plain, day("2011-09-30")), day("2011-10-07"));
  assert_int_equal(wg_limit_end(&calendar, &at_once, day("2011-10-01")), day("2011-10-01"));
  wg_calendar_free(&calendar);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(weekends_and_holidays_are_free),
      cmocka_unit_test(working_days_are_counted_across_holidays),
      cmocka_unit_test(working_weekends_are_worked),
      cmocka_unit_test(every_working_day_is_the_first_after_the_day_before),
      cmocka_unit_test(limits_run_in_their_own_days),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
