// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/column.h"

#include <inttypes.h>
#include <stdlib.h>

int wg_table_reserve(wg_table *table, uint64_t capacity, wg_error *error) {
  if (capacity <= table->capacity) {
    return WG_OK;
  }
  const char *name = table->type->name;
  if (capacity > UINT32_MAX) {
    return wg_error_set(error, WG_FAIL_RUN, "table %s: %" PRIu64 " rows are more than a table can hold", name,
                        capacity);
  }
  const uint64_t grown = (uint64_t)table->capacity + table->capacity / 4;
  if (capacity < grown) {
    capacity = grown < UINT32_MAX ? grown : UINT32_MAX;
  }
  size_t bytes;
  if (__builtin_mul_overflow(capacity, table->type->row_size, &bytes) || bytes > PTRDIFF_MAX) {
    return wg_error_set(error, WG_FAIL_RUN, "table %s: %" PRIu64 " rows exceed the address space", name, capacity);
  }
  unsigned char *rows = realloc(table->rows, bytes);
  if (!rows) {
    return wg_error_set(error, WG_FAIL_RUN, "table %s: no memory for %" PRIu64 " rows (%zu bytes)", name, capacity,
                        bytes);
  }
  table->rows = rows;
  table->capacity = (uint32_t)capacity;
  return WG_OK;
}

void wg_table_free(wg_table *table) {
  free(table->rows);
  table->rows = NULL;
  table->count = table->capacity = 0;
}
