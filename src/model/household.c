// SPDX-License-Identifier: GPL-3.0-or-later
// Residents and households: joining, leaving, dissolving, always with the counts that hang on them.
#include <string.h>

#include "model/partner.h"
#include "model/room.h"

static wg_community *community_of(const wg_subdistrict *s, uint32_t grid) {
  return wg_communities(s) + wg_grids(s)[grid].community;
}

uint32_t wg_household_found(wg_subdistrict *s, uint64_t identity, uint32_t grid, wg_household_kind kind) {
  wg_household *households = wg_households(s);
  uint32_t row = s->free_household;
  if (row != WG_NO_ROW) {
    s->free_household = households[row].first;
    if (s->free_household != WG_NO_ROW)
      __builtin_prefetch(households + s->free_household); // the next one to be founded need not wait for it
  } else {
    row = s->tables[WG_TABLE_HOUSEHOLD].count++;
  }
  households[row] =
      (wg_household){.identity = identity, .first = WG_NO_ROW, .grid = (uint16_t)grid, .kind = (uint8_t)kind};
  if (kind == WG_FAMILY)
    community_of(s, grid)->households++;
  else
    community_of(s, grid)->collective_households++;
  return row;
}

static void household_dissolve(wg_subdistrict *s, uint32_t row) {
  wg_household *household = wg_households(s) + row;
  if (household->kind == WG_FAMILY)
    community_of(s, household->grid)->households--;
  else
    community_of(s, household->grid)->collective_households--;
  // A room on its grid's list keeps its row until it comes up there: to look for its neighbours would take longer.
  if (household->listed)
    *household = (wg_household){.listed = 1, .next_room = household->next_room};
  else
    wg_household_free(s, row);
}

void wg_household_free(wg_subdistrict *s, uint32_t household) {
  wg_households(s)[household] = (wg_household){.first = s->free_household};
  s->free_household = household;
}

// Everything that is counted of one resident.
static void count_resident(const wg_subdistrict *s, uint32_t grid, uint32_t years, uint32_t traits, int32_t by) {
  const size_t community = wg_grids(s)[grid].community;
  wg_population_row *cell = wg_population(s) + community * WG_POPULATION_CELLS + wg_population_cell(years, traits);
  cell->residents += by;
  cell->cohort += traits & WG_TRAIT_COHORT ? by : 0;
  wg_status_row *status = wg_statuses(s) + community * WG_STATUS_COUNT;
  status[WG_STATUS_ACTIVITY + wg_trait_activity(traits)].residents += by;
  status[WG_STATUS_EDUCATION + wg_trait_education(traits)].residents += by;
  status[WG_STATUS_CARE + wg_trait_care(traits)].residents += by;
  status[WG_STATUS_PARTNERED].residents += traits & WG_TRAIT_PARTNERED ? by : 0;
  status[WG_STATUS_PARTY_MEMBER].residents += traits & WG_TRAIT_PARTY_MEMBER ? by : 0;
  status[WG_STATUS_VOLUNTEER].residents += traits & WG_TRAIT_VOLUNTEER ? by : 0;
}

static void resize(const wg_subdistrict *s, wg_household *home, int32_t by) {
  wg_household_size_row *sizes =
      wg_household_sizes(s) + (size_t)wg_grids(s)[home->grid].community * WG_HOUSEHOLD_SIZES - 1;
  const bool family = home->kind == WG_FAMILY;
  if (family && home->size > 0)
    sizes[home->size < WG_HOUSEHOLD_SIZES ? home->size : WG_HOUSEHOLD_SIZES].households--;
  home->size = (uint16_t)(home->size + by);
  if (family && home->size > 0)
    sizes[home->size < WG_HOUSEHOLD_SIZES ? home->size : WG_HOUSEHOLD_SIZES].households++;
}

int wg_counts_create(wg_subdistrict *s, wg_error *error) {
  const uint32_t communities = wg_communities_count(s);
  const struct {
    wg_table_id table;
    uint32_t cells;
  } counts[] = {{WG_TABLE_POPULATION, WG_POPULATION_CELLS},
                {WG_TABLE_STATUS, WG_STATUS_COUNT},
                {WG_TABLE_HOUSEHOLD_SIZE, WG_HOUSEHOLD_SIZES},
                {WG_TABLE_MOVE, WG_MOVE_CELLS}};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    wg_table *table = &s->tables[counts[i].table];
    const uint32_t rows = communities * counts[i].cells;
    const int code = wg_table_reserve(table, rows, error);
    if (code)
      return code;
    memset(table->rows, 0, rows * table->type->row_size);
    table->count = rows;
  }
  return WG_OK;
}

uint32_t wg_resident_join(wg_subdistrict *s, uint64_t identity, uint32_t household, wg_month birth_month,
                          uint32_t traits, uint16_t trust, uint16_t trust_baseline, wg_month month) {
  wg_resident *residents = wg_residents(s);
  wg_household *home = wg_households(s) + household;
  uint32_t row = s->free_resident;
  if (row != WG_NO_ROW) {
    s->free_resident = residents[row].next;
    if (s->free_resident != WG_NO_ROW)
      __builtin_prefetch(residents + s->free_resident); // the next one to come need not wait for it
  } else {
    row = s->tables[WG_TABLE_RESIDENT].count++;
  }
  traits &= ~(uint32_t)(WG_TRAIT_HEAD | WG_TRAIT_COLLECTIVE | WG_TRAIT_GONE);
  if (home->size == 0)
    traits |= WG_TRAIT_HEAD;
  if (home->kind == WG_COLLECTIVE) {
    traits |= WG_TRAIT_COLLECTIVE;
    community_of(s, home->grid)->collective_residents++;
  }
  residents[row] = (wg_resident){.identity = identity,
                                 .household = household,
                                 .next = row,
                                 .first_need = WG_NO_ROW,
                                 .traits = traits,
                                 .birth_month = (uint16_t)birth_month,
                                 .grid = home->grid,
                                 .trust = trust,
                                 .trust_baseline = trust_baseline};
  if (home->size == 0) {
    home->first = row;
  } else {
    residents[row].next = residents[home->first].next;
    residents[home->first].next = row;
  }
  resize(s, home, 1);
  wg_grids(s)[home->grid].residents++;
  community_of(s, home->grid)->trust_sum += trust;
  count_resident(s, home->grid, wg_age_years((uint32_t)birth_month, month), traits, 1);
  return row;
}

// The oldest member decides for the household when its head has gone; ties by identity, so that storage never shows.
static void household_choose_head(wg_subdistrict *s, const wg_household *home) {
  wg_resident *residents = wg_residents(s);
  uint32_t oldest = home->first;
  for (uint32_t r = residents[oldest].next; r != home->first; r = residents[r].next)
    if (residents[r].birth_month < residents[oldest].birth_month ||
        (residents[r].birth_month == residents[oldest].birth_month &&
         residents[r].identity < residents[oldest].identity))
      oldest = r;
  residents[oldest].traits |= WG_TRAIT_HEAD;
}

void wg_resident_leave(wg_subdistrict *s, uint32_t resident, wg_month month) {
  wg_couple_part(s, resident, month);
  wg_resident_leave_with_partner(s, resident, month);
}

void wg_resident_leave_with_partner(wg_subdistrict *s, uint32_t resident, wg_month month) {
  const uint32_t row = resident;
  wg_resident *residents = wg_residents(s);
  wg_resident *r = residents + row;
  wg_household *home = wg_households(s) + r->household;
  count_resident(s, r->grid, wg_age_years(r->birth_month, month), r->traits, -1);
  wg_grids(s)[r->grid].residents--;
  community_of(s, r->grid)->trust_sum -= r->trust;
  if (home->kind == WG_COLLECTIVE)
    community_of(s, r->grid)->collective_residents--;
  resize(s, home, -1);
  if (home->size == 0) {
    household_dissolve(s, r->household);
  } else {
    uint32_t previous = row;
    while (residents[previous].next != row)
      previous = residents[previous].next;
    residents[previous].next = r->next;
    home->first = previous;
    if (r->traits & WG_TRAIT_HEAD)
      household_choose_head(s, home);
    if (home->kind == WG_COLLECTIVE)
      wg_room_list(s, r->household, wg_resident_sex(r));
  }
  r->traits = (r->traits & ~(uint32_t)WG_TRAIT_HEAD) | WG_TRAIT_GONE;
  wg_departed(s)[s->tables[WG_TABLE_DEPARTED].count++].resident = row;
}

void wg_resident_change(wg_subdistrict *s, uint32_t resident, uint32_t traits, wg_month month) {
  wg_resident *r = wg_residents(s) + resident;
  const uint32_t years = wg_age_years(r->birth_month, month);
  count_resident(s, r->grid, years, r->traits, -1);
  count_resident(s, r->grid, years, traits, 1);
  r->traits = traits;
}

void wg_resident_cross_band(const wg_subdistrict *s, const wg_resident *resident, uint32_t years) {
  wg_population_row *cells = wg_population(s) + (size_t)wg_grids(s)[resident->grid].community * WG_POPULATION_CELLS;
  wg_population_row *old = cells + wg_population_cell(years, resident->traits);
  wg_population_row *new = cells + wg_population_cell(years + 1, resident->traits);
  const int32_t cohort = resident->traits & WG_TRAIT_COHORT ? 1 : 0;
  old->residents--;
  new->residents++;
  old->cohort -= cohort;
  new->cohort += cohort;
}

void wg_departed_free(wg_subdistrict *s) {
  wg_resident *residents = wg_residents(s);
  const wg_departed_row *departed = wg_departed(s);
  for (uint32_t i = 0; i < wg_departed_count(s); i++) {
    const uint32_t row = departed[i].resident;
    residents[row] = (wg_resident){.next = s->free_resident, .first_need = WG_NO_ROW};
    s->free_resident = row;
  }
  s->tables[WG_TABLE_DEPARTED].count = 0;
}

// Free slots inside the tables are not counted on: they only make the tables grow a little later.
int wg_residents_reserve(wg_subdistrict *s, uint32_t more, wg_error *error) {
  return wg_table_reserve(&s->tables[WG_TABLE_RESIDENT], (uint64_t)wg_residents_count(s) + more, error);
}

int wg_households_reserve(wg_subdistrict *s, uint32_t more, wg_error *error) {
  return wg_table_reserve(&s->tables[WG_TABLE_HOUSEHOLD], (uint64_t)wg_households_count(s) + more, error);
}
