// SPDX-License-Identifier: GPL-3.0-or-later
// The table of holidays: what Haidian's says, and what is refused.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "io/csv_file.h"
#include "model/limit.h"
#include "synthesis/holidays.h"

static wg_date day(const char *text) {
  wg_date date = WG_DATE_NONE;
  assert_true(wg_date_parse(text, &date));
  return date;
}

// ---- Haidian's table ----

static int open_haidian(void **state) {
  const char *root = getenv("WG_ROOT");
  char path[4096];
  wg_error error = {0};
  wg_input_table table = {0};
  static wg_calendar calendar;
  snprintf(path, sizeof path, "%s/configs/haidian/holidays.csv", root ? root : ".");
  if (wg_csv_file_read(path, &table, &error) ||
      wg_holidays_read(&table, day("2009-01-01"), day("2026-12-31"), &calendar, &error))
    fail_msg("%s", error.text);
  wg_input_table_free(&table);
  *state = &calendar;
  return 0;
}

static int close_haidian(void **state) {
  wg_calendar_free(*state);
  return 0;
}

// Days in lieu are paid for by working weekends, so that a year has Monday to Friday less its statutory days: eleven, from
// 2025 on thirteen. The four other years, as in the tests of LKI/chinese-calendar: 31 December 2011 was worked for January
// 2012, 3 September 2015 was free, and 春节 2020 had two more days off.
static void years_have_their_working_days(void **state) {
  const wg_calendar *calendar = *state;
  for (int year = 2009; year <= 2026; year++) {
    int expected = year < 2025 ? -11 : -13, worked = 0;
    expected += year == 2011 ? 1 : year == 2012 || year == 2015 ? -1 : year == 2020 ? -2 : 0;
    for (wg_date d = wg_date_from_civil(year, 1, 1); d < wg_date_from_civil(year + 1, 1, 1); d++) {
      expected += wg_date_weekday(d) < 5;
      worked += wg_calendar_works(calendar, d);
    }
    if (worked != expected)
      fail_msg("%d has %d working days, not %d", year, worked, expected);
  }
}

// As counted by the package chinese-days 1.5.7, days of 2009 to 2026.
static void years_are_as_another_package_counts_them(void **state) {
  static const int counted[] = {250, 250, 250, 249, 250, 250, 249, 250, 249,
                                250, 250, 249, 250, 249, 249, 251, 248, 248};
  const wg_calendar *calendar = *state;
  for (int i = 0; i < (int)(sizeof counted / sizeof *counted); i++) {
    const wg_date first = wg_date_from_civil(2009 + i, 1, 1), next = wg_date_from_civil(2010 + i, 1, 1);
    int worked = 0;
    for (wg_date d = first; d < next; d++)
      worked += wg_calendar_works(calendar, d);
    assert_int_equal(worked, counted[i]);
  }
}

// Dates that a slip would move without changing a year's count.
static void known_days_are_right(void **state) {
  static const struct {
    const char *date;
    bool works;
  } known[] = {
      {"2009-10-07", false},                                              // a Wednesday in lieu
      {"2009-10-10", true},                                               // the Saturday worked for it
      {"2010-09-19", true},                                               // a Sunday
      {"2011-12-31", true},                                               // a Saturday, for 2012-01-03
      {"2012-01-03", false},                                              // a Tuesday
      {"2012-10-05", false},                                              // a Friday
      {"2014-04-07", false},                                              // a Monday for a holiday on Saturday
      {"2015-09-03", false},                                              // the anniversary
      {"2015-09-06", true},                                               // a Sunday, for the 4th
      {"2018-12-29", true},                                               // a Saturday of the notice for 2019
      {"2018-12-31", false}, {"2019-05-02", false},                       // of the second notice
      {"2019-05-05", true},  {"2020-01-31", false},                       // the longer 春节
      {"2020-02-01", false},                                              // its Saturday, worked by the first notice
      {"2020-02-03", true},  {"2021-10-06", false}, {"2026-02-28", true}, // a Saturday
  };
  const wg_calendar *calendar = *state;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (wg_calendar_works(calendar, day(known[i].date)) != known[i].works)
      fail_msg("%s", known[i].date);
  for (int year = 2009; year <= 2026; year++) {
    assert_false(wg_calendar_works(calendar, wg_date_from_civil(year, 1, 1)));
    assert_false(wg_calendar_works(calendar, wg_date_from_civil(year, 5, 1)));
    for (int d = 1; d <= 6; d++) // in 2023 the 7th was worked
      assert_false(wg_calendar_works(calendar, wg_date_from_civil(year, 10, d)));
  }
}

static void limits_end_on_a_working_weekend(void **state) {
  const wg_service two_days = {.limit_days = 2, .limit_in_working_days = true};
  assert_int_equal(wg_limit_end(*state, &two_days, day("2011-09-30")), day("2011-10-09")); // a Sunday
  assert_int_equal(wg_limit_end(*state, &two_days, day("2011-10-08")), day("2011-10-10"));
}

// ---- what is refused ----

typedef struct row {
  const char *date, *kind;
} row;

static void fill(wg_input_table *table, const char *second_name, const row *rows, size_t count) {
  *table = (wg_input_table){.path = strdup("h.csv"), .columns = 2, .rows = count};
  table->names = malloc(2 * sizeof *table->names);
  table->cells = malloc(2 * count * sizeof *table->cells);
  table->lines = malloc(count * sizeof *table->lines);
  table->names[0] = strdup("date");
  table->names[1] = strdup(second_name);
  for (size_t i = 0; i < count; i++) {
    table->cells[2 * i] = strdup(rows[i].date);
    table->cells[2 * i + 1] = strdup(rows[i].kind);
    table->lines[i] = (int)i + 2;
  }
}

static void expect_refusal(const char *second_name, const row *rows, size_t count, const char *text) {
  wg_input_table table;
  wg_calendar calendar = {0};
  wg_error error = {0};
  fill(&table, second_name, rows, count);
  assert_int_equal(wg_holidays_read(&table, day("2010-01-01"), day("2010-12-31"), &calendar, &error), WG_FAIL_CONFIG);
  assert_string_equal(error.text, text);
  assert_null(calendar.working);
  wg_input_table_free(&table);
}

#define REFUSED(text, ...)                                                                                             \
  expect_refusal("kind", (const row[]){__VA_ARGS__}, sizeof((const row[]){__VA_ARGS__}) / sizeof(row), text)

static void bad_rows_are_refused(void **state) {
  (void)state;
  REFUSED("h.csv:2: column \"date\": \"2010-02-30\" is not a date YYYY-MM-DD", {"2010-02-30", "off"});
  REFUSED("h.csv:2: column \"kind\": \"rest\" (allowed: off, work)", {"2010-10-01", "rest"});
  REFUSED("h.csv:2: column \"kind\": \"\" (allowed: off, work)", {"2010-10-01", ""});
  REFUSED("h.csv:2: column \"kind\": \"Off\" (allowed: off, work)", {"2010-10-01", "Off"});
  REFUSED("h.csv:2: column \"date\": \"2010-10-08\" is worked anyway (allowed as work: a Saturday or Sunday)",
          {"2010-10-08", "work"});
  REFUSED("h.csv:4: column \"date\": \"2010-10-01\" a second time (first on line 2)", {"2010-10-01", "off"},
          {"2010-10-02", "off"}, {"2010-10-01", "off"});
  REFUSED("h.csv:3: column \"date\": \"2010-10-09\" a second time (first on line 2)", {"2010-10-09", "work"},
          {"2010-10-09", "work"});
  REFUSED("h.csv:3: column \"kind\": \"2010-10-09\" is both \"work\" and, on line 2, \"off\"", {"2010-10-09", "off"},
          {"2010-10-09", "work"});
  REFUSED("h.csv:3: column \"kind\": \"2010-10-09\" is both \"off\" and, on line 2, \"work\"", {"2010-10-09", "work"},
          {"2010-10-09", "off"});
  REFUSED("h.csv:3: column \"date\": \"2199-12-31\" a second time (first on line 2)", {"2199-12-31", "off"},
          {"2199-12-31", "off"}); // beyond the calendar too
}

static void every_bad_row_is_told(void **state) {
  (void)state;
  REFUSED("h.csv:2: column \"date\": \"x\" is not a date YYYY-MM-DD\n"
          "h.csv:2: column \"kind\": \"y\" (allowed: off, work)\n"
          "h.csv:4: column \"date\": \"1900-01-01\" a second time (first on line 3)",
          {"x", "y"}, {"1900-01-01", "off"}, {"1900-01-01", "off"});
}

static void the_kind_must_be_given(void **state) {
  (void)state;
  expect_refusal("name", (const row[]){{"2010-10-01", "off"}}, 1, "h.csv: no column \"kind\"");
}

static void rows_outside_count_for_nothing(void **state) {
  (void)state;
  wg_input_table table;
  wg_calendar calendar;
  wg_error error = {0};
  fill(&table, "kind", (const row[]){{"1900-01-01", "off"}, {"2010-10-09", "work"}, {"2100-01-02", "work"}}, 3);
  assert_int_equal(wg_holidays_read(&table, day("2010-01-01"), day("2010-12-31"), &calendar, &error), WG_OK);
  assert_int_equal(calendar.working_count, 261 + 1);
  wg_calendar_free(&calendar);
  wg_input_table_free(&table);
}

int main(void) {
  const struct CMUnitTest haidian[] = {
      cmocka_unit_test(years_have_their_working_days),
      cmocka_unit_test(years_are_as_another_package_counts_them),
      cmocka_unit_test(known_days_are_right),
      cmocka_unit_test(limits_end_on_a_working_weekend),
  };
  const struct CMUnitTest refused[] = {
      cmocka_unit_test(bad_rows_are_refused),
      cmocka_unit_test(every_bad_row_is_told),
      cmocka_unit_test(the_kind_must_be_given),
      cmocka_unit_test(rows_outside_count_for_nothing),
  };
  const int failed = cmocka_run_group_tests(haidian, open_haidian, close_haidian);
  return failed + cmocka_run_group_tests(refused, NULL, NULL);
}
