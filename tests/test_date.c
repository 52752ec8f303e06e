// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

#include "base/date.h"

static void known_days(void **state) {
  (void)state;
  assert_int_equal(wg_date_from_civil(1970, 1, 1), 0);
  assert_int_equal(wg_date_from_civil(1969, 12, 31), -1);
  assert_int_equal(wg_date_from_civil(2000, 2, 29), 11016);
  assert_int_equal(wg_date_from_civil(2020, 11, 1), 18567);
  assert_int_equal(wg_date_from_civil(1900, 1, 1), -25567);
}

// The C library's calendar is the reference, day by day over all years that can be read.
static void every_day_agrees_with_the_c_library(void **state) {
  (void)state;
  const wg_date first = wg_date_from_civil(1900, 1, 1), last = wg_date_from_civil(2199, 12, 31);
  assert_int_equal(last - first + 1, 300 * 365 + 73);
  for (wg_date date = first; date <= last; date++) {
    const time_t seconds = (time_t)date * 86400;
    struct tm expected;
    assert_non_null(gmtime_r(&seconds, &expected));
    int year, month, day;
    wg_date_to_civil(date, &year, &month, &day);
    assert_int_equal(year, expected.tm_year + 1900);
    assert_int_equal(month, expected.tm_mon + 1);
    assert_int_equal(day, expected.tm_mday);
    assert_int_equal(wg_date_from_civil(year, month, day), date);
    assert_int_equal(wg_date_weekday(date), (expected.tm_wday + 6) % 7);

    char text[11], reference[64];
    wg_date_print(date, text);
    strftime(reference, sizeof reference, "%Y-%m-%d", &expected);
    assert_string_equal(text, reference);
    wg_date parsed = WG_DATE_NONE;
    assert_true(wg_date_parse(text, &parsed));
    assert_int_equal(parsed, date);
  }
}

static void weekdays_start_on_monday(void **state) {
  (void)state;
  assert_int_equal(wg_date_weekday(wg_date_from_civil(2024, 1, 1)), 0);
  assert_int_equal(wg_date_weekday(wg_date_from_civil(2023, 12, 31)), 6);
  assert_int_equal(wg_date_weekday(wg_date_from_civil(1970, 1, 1)), 3);
  assert_int_equal(wg_date_weekday(wg_date_from_civil(1949, 10, 1)), 5);
}

static void malformed_text_is_refused(void **state) {
  (void)state;
  static const char *const texts[] = {
      "",           "2",           "2020",       "2020-",       "2020-1-1",    "2020-01",    "2020-01-",
      "2020-01-1",  "2020-01-011", "2020/01/01", "2020-01-01 ", " 2020-01-01", "20200101",   "2020-00-10",
      "2020-13-01", "2020-01-00",  "2020-01-32", "2020-04-31",  "2021-02-29",  "1900-02-29", "2100-02-29",
      "1899-12-31", "2200-01-01",  "-020-01-01", "2020-+1-01",  "2020-01- 1",  "0x20-01-01", "二〇二〇",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    wg_date date = 12345;
    if (wg_date_parse(texts[i], &date)) {
      fail_msg("\"%s\" was read as a date", texts[i]);
    }
    assert_int_equal(date, 12345);
  }
}

static void bounds_are_read(void **state) {
  (void)state;
  wg_date date;
  assert_true(wg_date_parse("1900-01-01", &date));
  assert_true(wg_date_parse("2199-12-31", &date));
  assert_true(wg_date_parse("2000-02-29", &date));
  assert_int_equal(date, 11016);
}

static void days_that_cannot_be_written(void **state) {
  (void)state;
  char text[11] = "unchanged!";
  wg_date_print(WG_DATE_NONE, text);
  assert_string_equal(text, "");
  wg_date_print(INT32_MAX, text);
  assert_string_equal(text, "");
  wg_date_print(wg_date_from_civil(9999, 12, 31), text);
  assert_string_equal(text, "9999-12-31");
  wg_date_print(wg_date_from_civil(33, 4, 3), text);
  assert_string_equal(text, "0033-04-03");
}

static void extremes_do_not_overflow(void **state) {
  (void)state;
  static const wg_date dates[] = {INT32_MIN, INT32_MAX};
  for (size_t i = 0; i < 2; i++) {
    int year, month, day;
    wg_date_to_civil(dates[i], &year, &month, &day);
    assert_int_equal(wg_date_from_civil(year, month, day), dates[i]);
    assert_in_range(wg_date_weekday(dates[i]), 0, 6);
  }
}

static void months_count_from_year_zero(void **state) {
  (void)state;
  assert_int_equal(wg_date_month(wg_date_from_civil(0, 1, 31)), 0);
  assert_int_equal(wg_date_month(wg_date_from_civil(2020, 11, 30)), 2020 * 12 + 10);
  assert_int_equal(wg_date_month(wg_date_from_civil(-1, 12, 31)), -1);
  assert_int_equal(wg_month_first_day(2020 * 12), wg_date_from_civil(2020, 1, 1));
  for (wg_month month = -30; month < 2200 * 12; month++) {
    const wg_date first = wg_month_first_day(month);
    assert_int_equal(wg_date_month(first), month);
    assert_int_equal(wg_date_month(first - 1), month - 1);
  }
}

static void months_are_added(void **state) {
  (void)state;
  const struct {
    const char *from;
    int32_t months;
    const char *to;
  } cases[] = {{"2011-01-31", 1, "2011-02-28"},  {"2012-01-31", 1, "2012-02-29"},  {"2011-01-31", 2, "2011-03-31"},
               {"2010-11-01", 0, "2010-11-01"},  {"2010-11-15", 14, "2012-01-15"}, {"2011-03-31", -1, "2011-02-28"},
               {"2011-01-15", -13, "2009-12-15"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wg_date from = 0;
    char text[11];
    assert_true(wg_date_parse(cases[i].from, &from));
    wg_date_print(wg_date_add_months(from, cases[i].months), text);
    assert_string_equal(text, cases[i].to);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(known_days),
      cmocka_unit_test(every_day_agrees_with_the_c_library),
      cmocka_unit_test(weekdays_start_on_monday),
      cmocka_unit_test(malformed_text_is_refused),
      cmocka_unit_test(bounds_are_read),
      cmocka_unit_test(days_that_cannot_be_written),
      cmocka_unit_test(extremes_do_not_overflow),
      cmocka_unit_test(months_count_from_year_zero),
      cmocka_unit_test(months_are_added),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
