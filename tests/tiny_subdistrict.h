// SPDX-License-Identifier: GPL-3.0-or-later
// A hand-made subdistrict of one community with two grids (or more), for tests of the model.
#ifndef WG_TESTS_TINY_SUBDISTRICT_H
#define WG_TESTS_TINY_SUBDISTRICT_H

#include "model/ledger.h"

static inline void tiny_rows(wg_subdistrict *s, int table, uint32_t count, uint32_t capacity) {
  wg_error error = {0};
  assert_int_equal(wg_table_reserve(&s->tables[table], capacity, &error), WG_OK);
  memset(s->tables[table].rows, 0, (size_t)capacity * s->tables[table].type->row_size);
  s->tables[table].count = count;
}

static inline void tiny_create_grids(wg_subdistrict *s, uint32_t services, uint32_t grids) {
  wg_error error = {0};
  wg_subdistrict_init(s);
  s->service_count = services;
  tiny_rows(s, WG_TABLE_COMMUNITY, 1, 1);
  tiny_rows(s, WG_TABLE_GRID, grids, grids);
  assert_int_equal(wg_counts_create(s, &error), WG_OK);
  tiny_rows(s, WG_TABLE_HOUSEHOLD, 0, 64);
  tiny_rows(s, WG_TABLE_RESIDENT, 0, 256);
  tiny_rows(s, WG_TABLE_DEPARTED, 0, 256);
  tiny_rows(s, WG_TABLE_NEED, 0, 20000);
  assert_int_equal(wg_ledger_create(s, &error), WG_OK);
  wg_communities(s)[0] = (wg_community){.code = 1, .dwellings = 10, .beds = 10, .grid_count = (uint16_t)grids};
  for (uint32_t g = 0; g < grids; g++)
    wg_grids(s)[g] = (wg_grid){.identity = 11 + g, .number = (uint16_t)(1 + g)};
  assert_int_equal(wg_searches_create(s, &error), WG_OK);
  s->month_first = 15000;
  s->month_last = 15029;
  s->today = s->month_first;
  assert_int_equal(wg_agenda_begin(s, 20000, &error), WG_OK);
}

static inline void tiny_create(wg_subdistrict *s, uint32_t services) {
  tiny_create_grids(s, services, 2);
}

#endif
