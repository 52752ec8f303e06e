// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/housing.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/departure.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_housing_group, "housing", false, wg_housing_params, WG_HOUSING_PARAMS, "住房",
               "Moves within the district.");

typedef struct constants {
  double move[WG_AGE_BAND_COUNT];
  uint32_t near;
} constants;

static int prepare(const wg_world *world, void **result, wg_error *error) {
  const wg_housing_params *p = wg_config_get(world->config, &wg_housing_group);
  if (p->move.count != WG_AGE_BAND_COUNT)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: housing.move: %zu numbers (allowed: %d)",
                        wg_config_origin(world->config, &wg_housing_group, 0, "move"), p->move.count,
                        WG_AGE_BAND_COUNT);
  constants *c = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for housing");
  for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++)
    c->move[band] = p->move.items[band] / 12.0;
  c->near = wg_threshold(p->near);
  *result = c;
  return WG_OK;
}

static double move_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years, uint32_t traits) {
  (void)world;
  (void)month;
  const constants *c = constants_;
  return (traits & WG_TRAIT_HEAD) && !(traits & WG_TRAIT_COLLECTIVE) ? c->move[wg_age_band(years)] : 0.0;
}

// The decision falls on its day; the household moves at the month's end.
static void decide(wg_context *context, uint32_t resident) {
  wg_subdistrict *s = context->s;
  const uint32_t household = wg_residents(s)[resident].household;
  if (wg_households(s)[household].moving)
    return;
  wg_households(s)[household].moving = 1;
  wg_movers(s)[s->tables[WG_TABLE_MOVER].count++] = (wg_mover){household, WG_MOVE_HOUSING};
}

typedef struct mover {
  uint64_t priority, identity;
  uint32_t subdistrict, household;
  wg_move_reason reason;
} mover;

static int by_priority(const void *a_, const void *b_) {
  const mover *a = a_, *b = b_;
  if (a->priority != b->priority)
    return a->priority < b->priority ? -1 : 1;
  return a->identity < b->identity ? -1 : a->identity > b->identity;
}

// Vacant dwellings are what movers choose by: each is as likely as any other.
static uint64_t vacant(const wg_community *c) {
  const uint32_t taken = c->households + c->closed_dwellings;
  return c->dwellings > taken ? c->dwellings - taken : 0;
}

// How many more vacancies there are when a household leaves: none where more live there than dwellings are open.
static uint64_t vacated(const wg_community *c) {
  return c->households + c->closed_dwellings <= c->dwellings ? 1 : 0;
}

static uint64_t vacant_in(const wg_subdistrict *s) {
  uint64_t sum = 0;
  for (uint32_t c = 0; c < wg_communities_count(s); c++)
    sum += vacant(wg_communities(s) + c);
  return sum;
}

// To a part of the district that is not simulated: counted as moved out, but open needs stay, as those of all movers do.
static void leave_for_elsewhere(wg_subdistrict *from, uint32_t household, wg_move_reason reason, wg_month month) {
  const uint32_t first = wg_households(from)[household].first;
  uint32_t row = first;
  do {
    wg_needs_untie(from, row);
    row = wg_residents(from)[row].next;
  } while (row != first);
  wg_household_move_out(from, household, reason, month);
}

// Open needs stay where they arose and go on there without their resident.
static int relocate(wg_subdistrict *from, uint32_t household, wg_subdistrict *to, uint32_t grid, wg_move_reason reason,
                    wg_month month, wg_error *error) {
  wg_household home = wg_households(from)[household];
  int code = wg_residents_reserve(to, home.size, error);
  if (!code)
    code = wg_households_reserve(to, 1, error);
  if (!code)
    code = wg_table_reserve(&from->tables[WG_TABLE_DEPARTED], (uint64_t)wg_departed_count(from) + home.size, error);
  if (code)
    return code;
  wg_move_note(from, wg_grids(from)[home.grid].community, WG_MOVE_WITHIN, reason, home.size);
  wg_move_note(to, wg_grids(to)[grid].community, WG_MOVE_WITHIN_HERE, reason, home.size);
  // The head goes first, so that it is head again.
  uint32_t row = home.first;
  while (!(wg_residents(from)[row].traits & WG_TRAIT_HEAD))
    row = wg_residents(from)[row].next;
  const uint32_t there = wg_household_found(to, home.identity, grid, WG_FAMILY);
  for (uint32_t left = home.size; left; left--) {
    const wg_resident r = wg_residents(from)[row];
    wg_needs_untie(from, row);
    wg_resident_leave(from, row, month);
    wg_resident_join(to, r.identity, there, r.birth_month, r.traits, r.trust, r.trust_baseline, month);
    row = r.next;
  }
  return WG_OK;
}

// The community in which the n-th vacant dwelling lies, as its row; `s` moves on to its subdistrict.
static uint32_t find_vacancy(wg_world *world, const uint64_t *vacancies, uint64_t n, uint32_t *subdistrict) {
  while (n >= vacancies[*subdistrict])
    n -= vacancies[(*subdistrict)++];
  const wg_community *communities = wg_communities(world->subdistricts + *subdistrict);
  uint32_t c = 0;
  while (n >= vacant(communities + c))
    n -= vacant(communities + c++);
  return c;
}

static int move_one(wg_world *world, const constants *c, const mover *m, uint64_t *vacancies, wg_error *error) {
  wg_subdistrict *from = world->subdistricts + m->subdistrict;
  wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_HOUSING, (uint32_t)world->month, m->identity, 1);
  const bool near = wg_draw_u32(&draw) < c->near;
  const uint64_t u = wg_draw_u32(&draw);
  const uint32_t u_grid = wg_draw_u32(&draw);
  uint64_t total = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    total += near && i != m->subdistrict ? 0 : vacancies[i];
  // A part of the district that is not simulated is outside.
  const uint64_t elsewhere = near ? 0 : world->vacant_elsewhere;
  if (total + elsewhere == 0 && m->reason != WG_MOVE_RELIEF)
    return WG_OK; // nowhere to go: the household stays
  const uint64_t chosen = (uint64_t)((__uint128_t)u * (total + elsewhere) >> 32);
  const uint32_t origin = wg_grids(from)[wg_households(from)[m->household].grid].community;
  const uint64_t vacancies_left = vacated(wg_communities(from) + origin);
  if (chosen >= total) {
    const wg_household *home = wg_households(from) + m->household;
    vacancies[m->subdistrict] += vacancies_left;
    const int code =
        wg_table_reserve(&from->tables[WG_TABLE_DEPARTED], (uint64_t)wg_departed_count(from) + home->size, error);
    if (!code)
      leave_for_elsewhere(from, m->household, m->reason, world->month + 1);
    return code;
  }
  uint32_t subdistrict = near ? m->subdistrict : 0;
  const uint32_t community = find_vacancy(world, vacancies, chosen, &subdistrict);
  if (subdistrict == m->subdistrict && community == origin)
    return WG_OK; // a move next door changes nothing that is counted
  wg_subdistrict *to = world->subdistricts + subdistrict;
  const wg_community *k = wg_communities(to) + community;
  const uint32_t grid = k->first_grid + (uint32_t)((uint64_t)u_grid * k->grid_count >> 32);
  vacancies[m->subdistrict] += vacancies_left;
  vacancies[subdistrict]--;
  return relocate(from, m->household, to, grid, m->reason, world->month + 1, error);
}

static int exchange(wg_world *world, const void *constants_, wg_error *error) {
  const constants *c = constants_;
  size_t count = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    count += wg_movers_count(world->subdistricts + i);
  mover *movers = malloc((count ? count : 1) * sizeof *movers);
  uint64_t *vacancies = malloc((world->subdistrict_count + 1) * sizeof *vacancies);
  int code = WG_OK;
  if (!movers || !vacancies) {
    code = wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu movers", count);
    goto out;
  }
  count = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    wg_subdistrict *s = world->subdistricts + i;
    vacancies[i] = vacant_in(s);
    for (uint32_t j = 0; j < wg_movers_count(s); j++) {
      wg_household *home = wg_households(s) + wg_movers(s)[j].household;
      if (home->identity == 0 || !home->moving)
        continue; // dissolved since
      home->moving = 0;
      wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_HOUSING, (uint32_t)world->month, home->identity, 0);
      movers[count++] = (mover){.priority = wg_draw_u64(&draw),
                                .identity = home->identity,
                                .subdistrict = i,
                                .household = wg_movers(s)[j].household,
                                .reason = (wg_move_reason)wg_movers(s)[j].reason};
    }
    s->tables[WG_TABLE_MOVER].count = 0;
  }
  qsort(movers, count, sizeof *movers, by_priority);
  for (size_t i = 0; i < count && !code; i++)
    code = move_one(world, c, movers + i, vacancies, error);
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    wg_departed_free(world->subdistricts + i);
out:
  free(vacancies);
  free(movers);
  return code;
}

static const wg_roll_event events[] = {
    {"move", WG_PURPOSE_MOVE, .lists = WG_TABLE_MOVER, .cap = move_cap, .happen = decide},
};

static const wg_param_group *const groups[] = {&wg_housing_group};

const wg_mechanism wg_housing = {
    .name = "housing",
    .label = "住房",
    .doc = "A family household decides on a day to move and does so at the month's end, all members together. Movers "
           "choose in "
           "the order of a keyed priority among all vacant dwellings, of their own subdistrict or of the district; "
           "where none "
           "is vacant they stay. Open needs stay booked where they arose.",
    .groups = groups,
    .group_count = 1,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .prepare = prepare,
    .exchange = exchange,
};
