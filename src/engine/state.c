// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_engine_state_type, "run", wg_engine_state, WG_ENGINE_STATE_COLUMNS);

// Passes one block, whose elements lie `stride` apart.
static int pass(const wg_block_stream *stream, size_t size, uint64_t count, void *data, size_t stride, wg_error *error,
                const char *format, ...) __attribute__((format(printf, 7, 8)));

static int pass(const wg_block_stream *stream, size_t size, uint64_t count, void *data, size_t stride, wg_error *error,
                const char *format, ...) {
  char name[WG_BLOCK_NAME_SIZE];
  va_list list;
  va_start(list, format);
  const int length = vsnprintf(name, sizeof name, format, list);
  va_end(list);
  if (length < 0 || (size_t)length >= sizeof name)
    return wg_error_set(error, WG_FAIL_RUN, "the name of the block %s… is too long", name);
  const wg_block block = {.name = name, .size = size, .count = count, .data = data, .stride = stride};
  return stream->pass(stream->self, &block, error);
}

static int refuse_count(const char *where, const char *what, uint64_t count, const char *allowed, wg_error *error) {
  return wg_error_set(error, WG_FAIL_CONFIG, "%s: %" PRIu64 " %s (allowed: %s)", where, count, what, allowed);
}

// ---- tables ----

static int pass_columns(const wg_block_stream *stream, const wg_table_type *type, const char *where, uint64_t count,
                        void *rows, wg_error *error) {
  int code = WG_OK;
  for (size_t c = 0; c < type->column_count && !code; c++)
    code = pass(stream, wg_type_size(type->columns[c].type), count, (char *)rows + type->columns[c].offset,
                type->row_size, error, "%s.%s", where, type->columns[c].name);
  return code;
}

static uint64_t stored_size(const wg_table_type *type) {
  uint64_t size = 0;
  for (size_t c = 0; c < type->column_count; c++)
    size += wg_type_size(type->columns[c].type);
  return size;
}

static int make_room(const wg_block_stream *stream, wg_table *table, uint32_t count, const char *where,
                     wg_error *error) {
  if (table->type->life == WG_ROWS_FIXED && count != table->count) {
    char allowed[16];
    snprintf(allowed, sizeof allowed, "%" PRIu32, table->count);
    return refuse_count(where, "rows", count, allowed, error);
  }
  if (count * stored_size(table->type) > stream->bytes)
    return refuse_count(where, "rows", count, "as many as are stored", error);
  const int code = wg_table_reserve(table, count, error);
  table->count = code ? table->count : count;
  return code;
}

static int pass_subdistrict(const wg_block_stream *stream, wg_subdistrict *s, wg_error *error) {
  char where[64];
  snprintf(where, sizeof where, "%" PRId64, s->code);
  int code = pass_columns(stream, &wg_subdistrict_type, where, 1, s, error);
  for (size_t t = 0; t < WG_TABLE_COUNT && !code; t++) {
    wg_table *const table = &s->tables[t];
    if (table->type->life == WG_ROWS_SCRATCH)
      continue;
    uint32_t count = table->count;
    snprintf(where, sizeof where, "%" PRId64 ".%s", s->code, wg_table_names[t]);
    code = pass(stream, sizeof count, 1, &count, sizeof count, error, "%s", where);
    if (!code && stream->reading)
      code = make_room(stream, table, count, where, error);
    if (!code)
      code = pass_columns(stream, table->type, where, count, table->rows, error);
  }
  for (size_t t = 0; t < WG_TABLE_COUNT && !code && stream->reading; t++)
    if (s->tables[t].type->life == WG_ROWS_SCRATCH)
      s->tables[t].count = 0;
  return code;
}

// ---- output rows ----

static int pass_record(const wg_block_stream *stream, wg_record *record, wg_error *error) {
  int code =
      pass(stream, sizeof *record->time, record->time_count, record->time, sizeof *record->time, error, "record.time");
  for (size_t o = 0; o < record->output_count && !code; o++) {
    const size_t size = wg_type_size(record->outputs[o]->type);
    code = pass(stream, size, wg_record_at(record, o, record->time_count, 0), record->data[o], size, error, "record.%s",
                record->outputs[o]->name);
  }
  return code;
}

// ---- where the run is ----

static wg_date date_after(const wg_run_params *run, uint32_t months) {
  const wg_date beyond = wg_month_first_day(wg_date_month(run->start) + (wg_month)months);
  return months == 0 ? run->start : beyond < run->end ? beyond : run->end;
}

static int pass_run(const wg_block_stream *stream, wg_world *world, wg_record *record, wg_engine_state *state,
                    wg_error *error) {
  const uint32_t months = (uint32_t)(wg_date_month(world->run->end - 1) - wg_date_month(world->run->start)) + 1;
  state->months = months;
  const int code = pass_columns(stream, &wg_engine_state_type, "run", 1, state, error);
  if (code || !stream->reading)
    return code;
  const uint32_t lived = state->month;
  if (state->months != months || lived > months || lived >= record->time_capacity ||
      state->date != date_after(world->run, lived))
    return wg_error_set(error, WG_FAIL_CONFIG,
                        "run: %" PRIu32 " of %" PRIu32 " months lived (allowed: up to %" PRIu32
                        ", with the date that belongs to them)",
                        lived, state->months, months);
  record->time_count = (size_t)lived + 1; // the state's own row is made before it is stored
  if (lived > 0)
    world->month = wg_date_month(world->run->start) + (wg_month)lived - 1;
  return WG_OK;
}

int wg_state_pass(wg_world *world, wg_record *record, wg_engine_state *state, const wg_block_stream *stream,
                  wg_error *error) {
  int code = pass_run(stream, world, record, state, error);
  for (uint32_t i = 0; i < world->subdistrict_count && !code; i++)
    code = pass_subdistrict(stream, world->subdistricts + i, error);
  return code ? code : pass_record(stream, record, error);
}
