// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/input_table.h"

#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "schema/message.h"

void wg_input_table_free(wg_input_table *table) {
  for (size_t i = 0; table->names && i < table->columns; i++) {
    free(table->names[i]);
  }
  for (size_t i = 0; table->cells && i < table->rows * table->columns; i++) {
    free(table->cells[i]);
  }
  free(table->names);
  free(table->cells);
  free(table->lines);
  free(table->path);
  *table = (wg_input_table){0};
}

int wg_input_table_column(const wg_input_table *table, const char *name, wg_error *error) {
  for (size_t i = 0; i < table->columns && i <= INT_MAX; i++) {
    if (strcmp(table->names[i], name) == 0) {
      return (int)i;
    }
  }
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: no column \"%s\"", table->path, name);
}

const char *wg_input_table_text(const wg_input_table *table, size_t row, int column) {
  return table->cells[row * table->columns + (size_t)column];
}

bool wg_input_table_blank(const wg_input_table *table, size_t row, int column) {
  return wg_input_table_text(table, row, column)[0] == '\0';
}

// strtod and strtoll also take leading spaces, hexadecimal, "inf" and "nan".
static bool has_only(const char *text, const char *allowed) {
  return text[0] != '\0' && text[strspn(text, allowed)] == '\0';
}

int wg_input_table_int(const wg_input_table *table, size_t row, int column, int64_t min, int64_t max, int64_t *value,
                       wg_error *error) {
  const char *text = wg_input_table_text(table, row, column);
  if (has_only(text, "0123456789+-")) {
    char *end;
    errno = 0;
    const long long parsed = strtoll(text, &end, 10);
    if (*end == '\0' && errno == 0 && parsed >= min && parsed <= max) {
      *value = parsed;
      return WG_OK;
    }
  }
  wg_message quoted = {0};
  wg_message_quote(&quoted, text, strlen(text));
  return wg_error_add(error, WG_FAIL_CONFIG,
                      "%s:%d: column \"%s\": must be an integer from %" PRId64 " to %" PRId64 ", is %s", table->path,
                      table->lines[row], table->names[column], min, max, quoted.text);
}

int wg_input_table_real(const wg_input_table *table, size_t row, int column, double min, double max, double *value,
                        wg_error *error) {
  const char *text = wg_input_table_text(table, row, column);
  if (has_only(text, "0123456789+-.eE")) {
    char *end;
    // The program never leaves the C locale, so the decimal point is a point.
    const double parsed = strtod(text, &end);
    // What overflows becomes infinite and is refused even where no bound is set.
    if (*end == '\0' && parsed >= min && parsed <= max && parsed >= -DBL_MAX && parsed <= DBL_MAX) {
      *value = parsed;
      return WG_OK;
    }
  }
  wg_message quoted = {0};
  wg_message_quote(&quoted, text, strlen(text));
  return wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: column \"%s\": must be a number from %.15g to %.15g, is %s",
                      table->path, table->lines[row], table->names[column], min, max, quoted.text);
}
