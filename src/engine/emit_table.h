// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of single things (communities, residents, needs, transitions): what they share. Their columns are read from the state as
// it stands while the sink writes, so that no table is held twice.
#ifndef WG_ENGINE_EMIT_TABLE_H
#define WG_ENGINE_EMIT_TABLE_H

#include "model/world.h"
#include "schema/dataset.h"

// Entries that follow each other and belong to one subdistrict.
typedef struct wg_emit_run {
  const wg_subdistrict *s;
  size_t beyond;  // entry of the table after its last
  uint32_t first; // row of its first entry, where the table has no order of its own
} wg_emit_run;

typedef struct wg_emit_table {
  const wg_world *world;
  wg_emit_run *runs;
  size_t run_count;
  uint32_t *order; // row of each entry; NULL: rows follow each other within a run
} wg_emit_table;

// A column: writes one element.
typedef struct wg_emit_column {
  const char *name, *unit, *long_name, *label;
  wg_type type;
  void (*fill)(const wg_world *world, const wg_subdistrict *s, uint32_t row, void *element);
  const wg_attribute *attributes;
  size_t attribute_count;
} wg_emit_column;

// Room for so many runs; wg_emit_table_free also after failure.
int wg_emit_table_create(const wg_world *world, size_t runs, wg_emit_table *table, wg_error *error);
void wg_emit_table_free(wg_emit_table *table);

// Adds a run of `count` rows from `first` on; none where the count is 0.
void wg_emit_table_add(wg_emit_table *table, const wg_subdistrict *s, uint32_t first, size_t count);

// Number of entries.
size_t wg_emit_table_length(const wg_emit_table *table);

// A table of those rows of every subdistrict that `keep` wants, by their identities, so that storage never shows.
typedef struct wg_emit_choice {
  uint32_t (*rows)(const wg_subdistrict *s);
  bool (*keep)(const wg_subdistrict *s, uint32_t row);
  uint64_t (*identity)(const wg_subdistrict *s, uint32_t row);
} wg_emit_choice;
int wg_emit_table_choose(const wg_world *world, const wg_emit_choice *choice, wg_emit_table *table, wg_error *error);

// Hands the table to the sink as a group of its own along one dimension; nothing where it has no entries.
int wg_emit_table_put(const wg_sink *sink, const char *group, const char *dimension, const wg_emit_table *table,
                      const wg_emit_column *columns, size_t column_count, wg_error *error);

// "residents_20110101".
enum { WG_EMIT_NAME = 40 };
void wg_emit_dated_name(const char *what, wg_date date, char name[WG_EMIT_NAME]);

// The unit of all dates in a result: "days since" the first day lived; and their further attributes, of which those that may be
// missing take both.
void wg_emit_time_unit(const wg_world *world, char unit[WG_EMIT_NAME]);
extern const int32_t wg_emit_no_date;
extern const wg_attribute wg_emit_date_attributes[2];

#endif
