// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/emit_table.h"

#include <stdio.h>
#include <stdlib.h>

enum { COLUMNS_MAX = 32 };

// A column of a table that is being written.
typedef struct reading {
  const wg_emit_table *table;
  const wg_emit_column *column;
} reading;

const int32_t wg_emit_no_date = INT32_MIN;
const wg_attribute wg_emit_date_attributes[2] = {{"calendar", WG_STRING, 1, "standard"},
                                                 {"_FillValue", WG_I32, 1, &wg_emit_no_date}};

int wg_emit_table_create(const wg_world *world, size_t runs, wg_emit_table *table, wg_error *error) {
  *table = (wg_emit_table){.world = world, .runs = malloc((runs + 1) * sizeof *table->runs)};
  return table->runs ? WG_OK : wg_error_set(error, WG_FAIL_RUN, "out of memory for a table of %zu parts", runs);
}

void wg_emit_table_free(wg_emit_table *table) {
  free(table->runs);
  free(table->order);
}

size_t wg_emit_table_length(const wg_emit_table *table) {
  return table->run_count ? table->runs[table->run_count - 1].beyond : 0;
}

void wg_emit_table_add(wg_emit_table *table, const wg_subdistrict *s, uint32_t first, size_t count) {
  if (count == 0)
    return;
  const size_t beyond = wg_emit_table_length(table) + count;
  table->runs[table->run_count++] = (wg_emit_run){s, beyond, first};
}

// ---- rows by identity ----

typedef struct order {
  const wg_subdistrict *s;
  const wg_emit_choice *choice;
} order;

static int by_identity(const void *a_, const void *b_, void *order_) {
  const order *o = order_;
  const uint64_t a = o->choice->identity(o->s, *(const uint32_t *)a_);
  const uint64_t b = o->choice->identity(o->s, *(const uint32_t *)b_);
  return a < b ? -1 : a > b;
}

int wg_emit_table_choose(const wg_world *world, const wg_emit_choice *choice, wg_emit_table *table, wg_error *error) {
  const int code = wg_emit_table_create(world, world->subdistrict_count, table, error);
  if (code)
    return code;
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    const wg_subdistrict *s = world->subdistricts + i;
    size_t count = 0;
    for (uint32_t row = 0; row < choice->rows(s); row++)
      count += choice->keep(s, row);
    wg_emit_table_add(table, s, 0, count);
  }
  const size_t length = wg_emit_table_length(table);
  table->order = malloc((length + 1) * sizeof *table->order);
  if (!table->order)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for a table of %zu rows", length);
  size_t begin = 0;
  for (size_t r = 0; r < table->run_count; r++) {
    const wg_subdistrict *s = table->runs[r].s;
    const size_t count = table->runs[r].beyond - begin;
    uint32_t *rows = table->order + begin;
    for (uint32_t row = 0; row < choice->rows(s); row++)
      if (choice->keep(s, row))
        *rows++ = row;
    qsort_r(table->order + begin, count, sizeof *table->order, by_identity, &(order){s, choice});
    begin += count;
  }
  return WG_OK;
}

// ---- into the sink ----

// The run that holds the entry.
static size_t find_run(const wg_emit_table *table, size_t entry) {
  size_t low = 0, high = table->run_count - 1;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (entry < table->runs[middle].beyond)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

static int read_column(void *context, size_t first, size_t count, void *buffer, wg_error *error) {
  (void)error;
  const reading *now = context;
  const wg_emit_column *c = now->column;
  const wg_emit_table *table = now->table;
  const size_t size = wg_type_size(c->type);
  char *element = buffer;
  size_t r = find_run(table, first);
  for (size_t end = first + count; first < end; r++) {
    const wg_emit_run *run = table->runs + r;
    const size_t begin = r ? run[-1].beyond : 0;
    for (; first < run->beyond && first < end; first++, element += size)
      c->fill(table->world, run->s, table->order ? table->order[first] : run->first + (uint32_t)(first - begin),
              element);
  }
  return WG_OK;
}

int wg_emit_table_put(const wg_sink *sink, const char *group_name, const char *dimension, const wg_emit_table *table,
                      const wg_emit_column *columns, size_t column_count, wg_error *error) {
  const size_t length = wg_emit_table_length(table);
  if (length == 0)
    return WG_OK; // an axis cannot be empty
  reading readings[COLUMNS_MAX];
  wg_variable variables[COLUMNS_MAX];
  for (size_t i = 0; i < column_count; i++) {
    readings[i] = (reading){table, columns + i};
    variables[i] = (wg_variable){.name = columns[i].name,
                                 .type = columns[i].type,
                                 .rank = 1,
                                 .dimensions = {dimension},
                                 .unit = columns[i].unit,
                                 .long_name = columns[i].long_name,
                                 .label = columns[i].label,
                                 .attributes = columns[i].attributes,
                                 .attribute_count = columns[i].attribute_count,
                                 .read = read_column,
                                 .read_context = readings + i};
  }
  const wg_dimension dimensions[] = {{dimension, length}};
  const wg_group group = {.name = group_name,
                          .dimensions = dimensions,
                          .dimension_count = 1,
                          .variables = variables,
                          .variable_count = column_count};
  return sink->put(sink->self, &group, error);
}

void wg_emit_dated_name(const char *what, wg_date date, char name[WG_EMIT_NAME]) {
  int year, month, day;
  wg_date_to_civil(date, &year, &month, &day);
  snprintf(name, WG_EMIT_NAME, "%s_%04d%02d%02d", what, year, month, day);
}

void wg_emit_time_unit(const wg_world *world, char unit[WG_EMIT_NAME]) {
  char date[11];
  wg_date_print(world->run->start, date);
  snprintf(unit, WG_EMIT_NAME, "days since %s", date);
}
