// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of packed rows whose columns are declared once: the list macro of a table gives the row's struct and the
// descriptors by which the state is allocated, copied, compared, permuted and stored.
//
//   #define WG_X_COLUMNS(C, T) …
//     C(T, uint32_t, U32, size, "resident", "Members.") ...
//   WG_ROW_STRUCT(wg_x, WG_X_COLUMNS)
//   WG_TABLE_TYPE(wg_x_table, "x", wg_x, WG_X_COLUMNS);   or WG_TABLE_TYPE_OF(WG_ROWS_FIXED, …)
#ifndef WG_SCHEMA_COLUMN_H
#define WG_SCHEMA_COLUMN_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "schema/type.h"

typedef struct wg_column {
  const char *name;
  wg_type type;
  size_t offset;
  const char *unit, *doc;
} wg_column;

// What becomes of a table's rows from month to month.
typedef enum wg_table_life {
  WG_ROWS_VARY,    // kept, however many there are
  WG_ROWS_FIXED,   // kept, and as many as synthesis has made
  WG_ROWS_SCRATCH, // made anew in every month: no part of the state
} wg_table_life;

typedef struct wg_table_type {
  const char *name;
  size_t row_size;
  const wg_column *columns;
  size_t column_count;
  wg_table_life life;
} wg_table_type;

#define WG_ROW_MEMBER(T, ctype, TYPE, name, unit, doc) ctype name;
#define WG_ROW_STRUCT(T, LIST)                                                                                         \
  typedef struct T {                                                                                                   \
    LIST(WG_ROW_MEMBER, T)                                                                                             \
  } T;
#define WG_COLUMN_ROW(T, ctype, TYPE, name, unit, doc) {#name, WG_##TYPE, offsetof(T, name), unit, doc},
#define WG_TABLE_TYPE_OF(life, variable, name, T, LIST)                                                                \
  static const wg_column variable##_columns[] = {LIST(WG_COLUMN_ROW, T)};                                              \
  const wg_table_type variable = {name, sizeof(T), variable##_columns,                                                 \
                                  sizeof variable##_columns / sizeof *variable##_columns, life}
#define WG_TABLE_TYPE(variable, name, T, LIST) WG_TABLE_TYPE_OF(WG_ROWS_VARY, variable, name, T, LIST)

// `count` rows in use of `capacity` allocated.
typedef struct wg_table {
  const wg_table_type *type;
  void *rows;
  uint32_t count, capacity;
} wg_table;

// Makes room for `capacity` rows at least, keeping the rows in use; new room is not set, so that the
// system need not provide memory that is never used. Grows by a quarter at the least.
// On failure nothing is lost and `error` says which table.
int wg_table_reserve(wg_table *table, uint64_t capacity, wg_error *error);

void wg_table_free(wg_table *table);

#endif
