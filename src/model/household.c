// SPDX-License-Identifier: GPL-3.0-or-later
// Residents and households: joining, leaving, dissolving, always with the counts that hang on them.
#include "model/subdistrict.h"

static wg_community *community_of(const wg_subdistrict *s, uint32_t grid) {
  return wg_communities(s) + wg_grids(s)[grid].community;
}

uint32_t wg_household_found(wg_subdistrict *s, uint64_t identity, uint32_t grid, wg_household_kind kind) {
  wg_household *households = wg_households(s);
  uint32_t row = s->free_household;
  if (row != WG_NO_ROW)
    s->free_household = households[row].first;
  else
    row = s->tables[WG_TABLE_HOUSEHOLD].count++;
  households[row] =
      (wg_household){.identity = identity, .first = WG_NO_ROW, .grid = (uint16_t)grid, .kind = (uint8_t)kind};
  if (kind == WG_FAMILY)
    community_of(s, grid)->households++;
  return row;
}

static void household_dissolve(wg_subdistrict *s, uint32_t row) {
  wg_household *household = wg_households(s) + row;
  if (household->kind == WG_FAMILY)
    community_of(s, household->grid)->households--;
  *household = (wg_household){.first = s->free_household};
  s->free_household = row;
}

static int32_t *cell_of(const wg_subdistrict *s, uint32_t grid, uint32_t birth_month, uint32_t traits, wg_month month) {
  const size_t community = wg_grids(s)[grid].community;
  return &wg_population(
              s)[community * WG_POPULATION_CELLS + wg_population_cell(wg_age_years(birth_month, month), traits)]
              .residents;
}

uint32_t wg_resident_join(wg_subdistrict *s, uint64_t identity, uint32_t household, wg_month birth_month,
                          uint32_t traits, uint16_t trust, uint16_t trust_baseline, wg_month month) {
  wg_resident *residents = wg_residents(s);
  wg_household *home = wg_households(s) + household;
  uint32_t row = s->free_resident;
  if (row != WG_NO_ROW)
    s->free_resident = residents[row].next;
  else
    row = s->tables[WG_TABLE_RESIDENT].count++;
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
  home->size++;
  wg_grids(s)[home->grid].residents++;
  community_of(s, home->grid)->trust_sum += trust;
  ++*cell_of(s, home->grid, (uint32_t)birth_month, traits, month);
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
  const uint32_t row = resident;
  wg_resident *residents = wg_residents(s);
  wg_resident *r = residents + row;
  wg_household *home = wg_households(s) + r->household;
  --*cell_of(s, r->grid, r->birth_month, r->traits, month);
  wg_grids(s)[r->grid].residents--;
  community_of(s, r->grid)->trust_sum -= r->trust;
  if (home->kind == WG_COLLECTIVE)
    community_of(s, r->grid)->collective_residents--;
  home->size--;
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
  }
  r->traits = (r->traits & ~(uint32_t)WG_TRAIT_HEAD) | WG_TRAIT_GONE;
  wg_departed(s)[s->tables[WG_TABLE_DEPARTED].count++].resident = row;
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
