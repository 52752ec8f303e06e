// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/ledger.h"

#include <string.h>

static int add_rows(wg_subdistrict *s, wg_table_id id, uint64_t count, wg_error *error) {
  wg_table *table = &s->tables[id];
  const int code = wg_table_reserve(table, count, error);
  if (code)
    return code;
  table->count = (uint32_t)count;
  memset(table->rows, 0, (size_t)count * table->type->row_size);
  return WG_OK;
}

int wg_ledger_create(wg_subdistrict *s, wg_error *error) {
  const uint64_t cells = (uint64_t)wg_communities_count(s) * s->service_count;
  const uint64_t groups = (uint64_t)wg_communities_count(s) * WG_GROUP_ROWS;
  int code = add_rows(s, WG_TABLE_TALLY, cells, error);
  if (!code)
    code = add_rows(s, WG_TABLE_STOCK, cells, error);
  if (!code)
    code = add_rows(s, WG_TABLE_DELAY, cells * WG_DELAY_BIN_COUNT, error);
  if (!code)
    code = add_rows(s, WG_TABLE_YEAR, cells, error);
  if (!code)
    code = add_rows(s, WG_TABLE_YEAR_MONTH, cells * WG_YEAR_MONTHS, error);
  if (!code)
    code = add_rows(s, WG_TABLE_AHEAD, cells * WG_AHEAD_MONTHS, error);
  if (!code)
    code = add_rows(s, WG_TABLE_GROUP, groups, error);
  if (!code)
    code = add_rows(s, WG_TABLE_GROUP_AHEAD, groups * WG_AHEAD_MONTHS, error);
  if (!code)
    code = add_rows(s, WG_TABLE_CARE_TALLY, cells, error);
  return code;
}
