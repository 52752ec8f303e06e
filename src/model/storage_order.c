// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/storage_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/draw.h"
#include "schema/purpose.h"

// A free slot to so many rows, so that newcomers land between those who were there; and the pool of needs starts with so
// many rows for each resident's slot.
enum { ROWS_TO_A_FREE_SLOT = 8, RESIDENTS_TO_A_NEED = 4 };

static wg_draw open_draw(const wg_subdistrict *s, uint64_t order, wg_table_id table) {
  return wg_draw_open(wg_luck_make(order, 0), WG_PURPOSE_STORAGE_ORDER, table, (uint64_t)s->code, 0);
}

// The numbers below `count` in an order of their own, to be freed; NULL without memory.
static uint32_t *shuffled(const wg_subdistrict *s, uint64_t order, wg_table_id table, uint32_t count, wg_error *error) {
  uint32_t *slots = calloc((size_t)count + 1, sizeof *slots);
  if (!slots) {
    wg_error_set(error, WG_FAIL_RUN, "out of memory for another order of %u rows", count);
    return NULL;
  }
  wg_draw draw = open_draw(s, order, table);
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t j = wg_draw_below(&draw, i + 1);
    slots[i] = slots[j];
    slots[j] = i;
  }
  return slots;
}

// Moves row i to slots[i] and leaves the other slots zero.
static int move_rows(wg_table *table, const uint32_t *slots, uint32_t slot_count, wg_error *error) {
  const size_t size = table->type->row_size;
  wg_table moved = {.type = table->type};
  const int code = wg_table_reserve(&moved, slot_count > table->capacity ? slot_count : table->capacity, error);
  if (code)
    return code;
  moved.count = slot_count;
  memset(moved.rows, 0, slot_count * size);
  for (uint32_t row = 0; row < table->count; row++)
    memcpy((char *)moved.rows + slots[row] * size, (const char *)table->rows + row * size, size);
  wg_table_free(table);
  *table = moved;
  return WG_OK;
}

static uint32_t with_free(uint32_t rows) {
  return rows + rows / ROWS_TO_A_FREE_SLOT + 1;
}

// A link of a grid's list of rooms: row + 1, or 0.
static void follow_room(const uint32_t *slots, uint32_t *link) {
  if (*link)
    *link = slots[*link - 1] + 1;
}

static int reorder_households(wg_subdistrict *s, uint64_t order, wg_error *error) {
  const uint32_t slot_count = with_free(wg_households_count(s));
  uint32_t *slots = shuffled(s, order, WG_TABLE_HOUSEHOLD, slot_count, error);
  int code = slots ? move_rows(&s->tables[WG_TABLE_HOUSEHOLD], slots, slot_count, error) : WG_FAIL_RUN;
  if (code)
    goto out;
  wg_household *households = wg_households(s);
  s->free_household = WG_NO_ROW;
  for (uint32_t i = 0; i < slot_count; i++) {
    wg_household *home = households + slots[i];
    home->first = WG_NO_ROW;
    if (home->identity != 0 || home->listed)
      continue;
    home->first = s->free_household;
    s->free_household = slots[i];
  }
  for (uint32_t row = 0; row < wg_residents_count(s); row++)
    wg_residents(s)[row].household = slots[wg_residents(s)[row].household];
  for (uint32_t i = 0; i < slot_count; i++)
    follow_room(slots, &households[i].next_room);
  for (uint32_t g = 0; g < wg_grids_count(s); g++) {
    follow_room(slots, &wg_grids(s)[g].men_room);
    follow_room(slots, &wg_grids(s)[g].women_room);
  }
out:
  free(slots);
  return code;
}

// After the households, whose rings are empty now: they are closed anew, in the new order.
static int reorder_residents(wg_subdistrict *s, uint64_t order, wg_error *error) {
  const uint32_t slot_count = with_free(wg_residents_count(s));
  uint32_t *slots = shuffled(s, order, WG_TABLE_RESIDENT, slot_count, error);
  int code = slots ? move_rows(&s->tables[WG_TABLE_RESIDENT], slots, slot_count, error) : WG_FAIL_RUN;
  if (code)
    goto out;
  wg_resident *residents = wg_residents(s);
  s->free_resident = WG_NO_ROW;
  for (uint32_t i = 0; i < slot_count; i++) {
    const uint32_t row = slots[i];
    wg_resident *r = residents + row;
    if (r->identity == 0) {
      *r = (wg_resident){.next = s->free_resident, .first_need = WG_NO_ROW};
      s->free_resident = row;
      continue;
    }
    uint32_t *first = &wg_households(s)[r->household].first;
    r->next = *first == WG_NO_ROW ? row : residents[*first].next;
    if (*first != WG_NO_ROW)
      residents[*first].next = row;
    *first = row;
  }
  for (uint32_t row = 0; row < wg_enrolments_count(s); row++)
    wg_enrolments(s)[row].resident = slots[wg_enrolments(s)[row].resident];
out:
  free(slots);
  return code;
}

// A grid's workplaces are contiguous and stay so.
static void reorder_workplaces(wg_subdistrict *s, uint64_t order) {
  wg_draw draw = open_draw(s, order, WG_TABLE_WORKPLACE);
  for (uint32_t g = 0; g < wg_grids_count(s); g++) {
    wg_workplace *workplaces = wg_workplaces(s) + wg_grids(s)[g].first_workplace;
    for (uint32_t left = wg_grids(s)[g].workplace_count; left > 1; left--) {
      const uint32_t j = wg_draw_below(&draw, left);
      const wg_workplace swap = workplaces[left - 1];
      workplaces[left - 1] = workplaces[j];
      workplaces[j] = swap;
    }
  }
}

// Nothing refers to a facility's row beyond a month.
static void reorder_facilities(wg_subdistrict *s, uint64_t order) {
  wg_draw draw = open_draw(s, order, WG_TABLE_FACILITY);
  wg_facility *facilities = wg_facilities(s);
  for (uint32_t left = wg_facilities_count(s); left > 1; left--) {
    const uint32_t j = wg_draw_below(&draw, left);
    const wg_facility swap = facilities[left - 1];
    facilities[left - 1] = facilities[j];
    facilities[j] = swap;
  }
}

static int reorder_needs(wg_subdistrict *s, uint64_t order, wg_error *error) {
  const uint32_t slot_count = wg_residents_count(s) / RESIDENTS_TO_A_NEED + 1;
  uint32_t *slots = shuffled(s, order, WG_TABLE_NEED, slot_count, error);
  int code = slots ? wg_table_reserve(&s->tables[WG_TABLE_NEED], slot_count, error) : WG_FAIL_RUN;
  if (code)
    goto out;
  s->tables[WG_TABLE_NEED].count = slot_count;
  s->free_need = WG_NO_ROW;
  for (uint32_t i = 0; i < slot_count; i++) {
    wg_needs(s)[slots[i]] = (wg_need){.next_of_resident = s->free_need};
    s->free_need = slots[i];
  }
out:
  free(slots);
  return code;
}

int wg_storage_reorder(wg_subdistrict *s, uint64_t order, wg_error *error) {
  int code = reorder_households(s, order, error);
  if (!code)
    code = reorder_residents(s, order, error);
  if (!code)
    code = reorder_needs(s, order, error);
  if (!code) {
    reorder_workplaces(s, order);
    reorder_facilities(s, order);
  }
  return code;
}
