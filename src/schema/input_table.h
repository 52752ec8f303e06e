// SPDX-License-Identifier: GPL-3.0-or-later
// A table of text cells with named columns, as read from a file, and its typed, range-checked reading.
#ifndef WG_SCHEMA_INPUT_TABLE_H
#define WG_SCHEMA_INPUT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

// Every pointer is allocated on its own and belongs to the table.
typedef struct wg_input_table {
  char *path; // as it is to be named in messages
  size_t columns, rows;
  char **names; // [columns]
  char **cells; // [rows * columns], row-major; "" where blank
  int *lines;   // [rows], line in the file, from 1
} wg_input_table;

void wg_input_table_free(wg_input_table *table);

// Finds a column by name. Returns its index or a negative code with the table's path and the name in `error`.
int wg_input_table_column(const wg_input_table *table, const char *name, wg_error *error);

// The cell's text (never NULL).
const char *wg_input_table_text(const wg_input_table *table, size_t row, int column);

bool wg_input_table_blank(const wg_input_table *table, size_t row, int column);

// The cell as an integer (decimal digits with an optional sign) or real in [min, max]. Anything else, NaN included, is an
// error that names file, line, column, value and the allowed range.
int wg_input_table_int(const wg_input_table *table, size_t row, int column, int64_t min, int64_t max, int64_t *value,
                       wg_error *error);
int wg_input_table_real(const wg_input_table *table, size_t row, int column, double min, double max, double *value,
                        wg_error *error);

#endif
