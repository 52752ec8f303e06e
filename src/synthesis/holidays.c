// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/holidays.h"

#include <stdlib.h>
#include <string.h>

enum { OFF, WORK, KINDS };
static const char *const kinds[KINDS] = {"off", "work"};

// For each date that can be written the row that has it, counted from 1; 0: none yet.
typedef struct known_rows {
  wg_date first;
  uint32_t *row_at;
} known_rows;

static int read_kind(const wg_input_table *table, size_t row, int column, int *kind, wg_error *error) {
  const char *text = wg_input_table_text(table, row, column);
  for (*kind = 0; *kind < KINDS; (*kind)++)
    if (strcmp(text, kinds[*kind]) == 0)
      return WG_OK;
  return wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: column \"kind\": \"%s\" (allowed: off, work)", table->path,
                      table->lines[row], text);
}

static int refuse_date(const wg_input_table *table, size_t row, int column, const char *what, wg_error *error) {
  return wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: column \"date\": \"%s\" %s", table->path, table->lines[row],
                      wg_input_table_text(table, row, column), what);
}

static int refuse_second(const wg_input_table *table, size_t row, size_t earlier, int date_column, int kind_column,
                         wg_error *error) {
  const char *kind = wg_input_table_text(table, row, kind_column);
  const char *before = wg_input_table_text(table, earlier, kind_column);
  const char *date = wg_input_table_text(table, row, date_column);
  if (strcmp(kind, before) == 0)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: column \"date\": \"%s\" a second time (first on line %d)",
                        table->path, table->lines[row], date, table->lines[earlier]);
  return wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: column \"kind\": \"%s\" is both \"%s\" and, on line %d, \"%s\"",
                      table->path, table->lines[row], date, kind, table->lines[earlier], before);
}

// Appends each good row's date to those of its kind.
static int read_rows(const wg_input_table *table, known_rows known, wg_date *dates[KINDS], size_t counts[KINDS],
                     wg_error *error) {
  const int date_column = wg_input_table_column(table, "date", error);
  const int kind_column = wg_input_table_column(table, "kind", error);
  if (date_column < 0 || kind_column < 0)
    return WG_FAIL_CONFIG;
  int code = WG_OK;
  for (size_t row = 0; row < table->rows; row++) {
    wg_date date;
    int kind;
    const bool has_date = wg_date_parse(wg_input_table_text(table, row, date_column), &date);
    if (!has_date)
      code = refuse_date(table, row, date_column, "is not a date YYYY-MM-DD", error);
    if (read_kind(table, row, kind_column, &kind, error)) {
      code = WG_FAIL_CONFIG;
      continue;
    }
    if (!has_date)
      continue;
    uint32_t *const row_at = known.row_at + (date - known.first);
    if (*row_at) {
      code = refuse_second(table, row, *row_at - 1, date_column, kind_column, error);
      continue;
    }
    *row_at = (uint32_t)row + 1;
    if (kind == WORK && wg_date_weekday(date) < 5)
      code = refuse_date(table, row, date_column, "is worked anyway (allowed as work: a Saturday or Sunday)", error);
    dates[kind][counts[kind]++] = date;
  }
  return code;
}

int wg_holidays_read(const wg_input_table *table, wg_date first, wg_date last, wg_calendar *calendar, wg_error *error) {
  const wg_date earliest = wg_date_from_civil(1900, 1, 1), beyond = wg_date_from_civil(2200, 1, 1);
  known_rows known = {.first = earliest, .row_at = calloc((size_t)(beyond - earliest), sizeof *known.row_at)};
  wg_date *dates[KINDS] = {malloc((table->rows + 1) * sizeof **dates), malloc((table->rows + 1) * sizeof **dates)};
  size_t counts[KINDS] = {0};
  int code;
  if (!known.row_at || !dates[OFF] || !dates[WORK])
    code = wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu holidays", table->rows);
  else
    code = read_rows(table, known, dates, counts, error);
  if (!code)
    code = wg_calendar_create(first, last, dates[OFF], counts[OFF], dates[WORK], counts[WORK], calendar, error);
  free(known.row_at);
  free(dates[OFF]);
  free(dates[WORK]);
  return code;
}
