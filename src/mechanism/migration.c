// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/migration.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/departure.h"
#include "model/room.h"
#include "model/trust.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_migration_group, "migration", false, wg_migration_params, WG_MIGRATION_PARAMS, "迁移",
               "Moves out of and into the district.");

typedef struct constants {
  const wg_migration_params *p;
  double out_household[WG_AGE_BAND_COUNT], out_member[WG_AGE_BAND_COUNT], out_collective[WG_AGE_BAND_COUNT];
  uint32_t age_head[WG_AGE_BAND_COUNT], age_collective[WG_AGE_BAND_COUNT]; // cumulative thresholds
  uint32_t registration[WG_REGISTRATION_COUNT];
  uint32_t couple, child, female;
} constants;

static int monthly(const wg_world *world, const char *name, wg_reals yearly, double *out, wg_error *error) {
  if (yearly.count != WG_AGE_BAND_COUNT)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: migration.%s: %zu numbers (allowed: %d)",
                        wg_config_origin(world->config, &wg_migration_group, 0, name), name, yearly.count,
                        WG_AGE_BAND_COUNT);
  for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++)
    out[band] = yearly.items[band] / 12.0;
  return WG_OK;
}

static int cumulate(const wg_world *world, const char *name, wg_reals shares, size_t wanted, uint32_t *out,
                    wg_error *error) {
  double total = 0.0, sum = 0.0;
  for (size_t i = 0; i < shares.count; i++)
    total += shares.items[i];
  if (shares.count != wanted || total <= 0.0)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: migration.%s: %zu numbers that sum to %.3g (allowed: %zu, above 0)",
                        wg_config_origin(world->config, &wg_migration_group, 0, name), name, shares.count, total,
                        wanted);
  for (size_t i = 0; i < wanted; i++) {
    sum += shares.items[i];
    out[i] = wg_threshold(sum / total);
  }
  return WG_OK;
}

static int prepare(const wg_world *world, void **result, wg_error *error) {
  constants *c = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for migration");
  *result = c;
  const wg_migration_params *p = c->p = wg_config_get(world->config, &wg_migration_group);
  monthly(world, "out_household", p->out_household, c->out_household, error);
  monthly(world, "out_member", p->out_member, c->out_member, error);
  monthly(world, "out_collective", p->out_collective, c->out_collective, error);
  cumulate(world, "in_age_head", p->in_age_head, WG_AGE_BAND_COUNT, c->age_head, error);
  cumulate(world, "in_age_collective", p->in_age_collective, WG_AGE_BAND_COUNT, c->age_collective, error);
  cumulate(world, "in_registration", p->in_registration, WG_REGISTRATION_COUNT, c->registration, error);
  c->couple = wg_threshold(p->in_couple);
  c->child = wg_threshold(p->in_child);
  c->female = wg_threshold(p->in_female);
  return error->code;
}

static double leave_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years,
                        uint32_t traits) {
  (void)world;
  (void)month;
  const constants *c = constants_;
  const uint32_t band = wg_age_band(years);
  if (traits & WG_TRAIT_COLLECTIVE)
    return c->out_collective[band];
  if (traits & WG_TRAIT_HEAD)
    return c->out_household[band];
  return years >= WG_AGE_ALONE ? c->out_member[band] : 0.0;
}

static void leave(wg_context *context, uint32_t resident) {
  wg_subdistrict *s = context->s;
  const wg_resident *r = wg_residents(s) + resident;
  if (!(r->traits & WG_TRAIT_COLLECTIVE) && (r->traits & WG_TRAIT_HEAD)) {
    wg_household_move_out(s, r->household, WG_MOVE_WORK, context->month + 1);
    return;
  }
  wg_resident_move_out(s, resident, WG_MOVE_WORK, context->month + 1);
}

static uint32_t pick(const uint32_t *cumulative, uint32_t count, uint32_t u) {
  uint32_t i = 0;
  while (i + 1 < count && u >= cumulative[i])
    i++;
  return i;
}

// A birth month at random within the band, for somebody whose age is counted at the first of `month`.
static wg_month birth_month(wg_draw *draw, uint32_t band, wg_month month) {
  const uint32_t first = wg_age_band_first(band), beyond = wg_age_band_beyond(band);
  const uint32_t span = beyond - first > 5 ? 5 : beyond - first;
  return month - (wg_month)(first * 12 + wg_draw_below(draw, span * 12));
}

typedef struct arrival {
  wg_subdistrict *s;
  uint32_t grid;
  wg_month month; // at whose first day ages are counted
} arrival;

static void arrive(const wg_world *world, const arrival *a, uint32_t household, uint64_t identity, wg_month born,
                   uint32_t traits) {
  const uint16_t trust = wg_trust_baseline(world, identity);
  wg_resident_join(a->s, identity, household, born, traits, trust, trust, a->month);
  wg_move_note(a->s, wg_grids(a->s)[a->grid].community, WG_MOVE_IN, WG_MOVE_WORK, 1);
}

// Newcomers to dormitories share rooms.
static void arrive_collective(const wg_world *world, const constants *c, const arrival *a, uint64_t identity,
                              wg_draw *draw) {
  const uint32_t band = pick(c->age_collective, WG_AGE_BAND_COUNT, wg_draw_u32(draw));
  const wg_month born = birth_month(draw, band, a->month);
  uint32_t traits = pick(c->registration, WG_REGISTRATION_COUNT, wg_draw_u32(draw)) << WG_TRAIT_REGISTRATION_SHIFT;
  traits |= wg_draw_u32(draw) < c->female ? WG_TRAIT_FEMALE : 0;
  const uint32_t household =
      wg_room_take(a->s, a->grid, traits & WG_TRAIT_FEMALE, world->room_size,
                   wg_identity_make(identity, (uint64_t)a->month, WG_PURPOSE_IDENTITY_HOUSEHOLD));
  arrive(world, a, household, identity, born, traits);
}

static void arrive_family(const wg_world *world, const constants *c, const arrival *a, uint64_t identity,
                          wg_draw *draw) {
  const uint32_t household = wg_household_found(
      a->s, wg_identity_make(identity, (uint64_t)a->month, WG_PURPOSE_IDENTITY_HOUSEHOLD), a->grid, WG_FAMILY);
  const uint32_t band = pick(c->age_head, WG_AGE_BAND_COUNT, wg_draw_u32(draw));
  const wg_month born = birth_month(draw, band, a->month);
  const uint32_t registration = pick(c->registration, WG_REGISTRATION_COUNT, wg_draw_u32(draw))
                                << WG_TRAIT_REGISTRATION_SHIFT;
  const uint32_t female = wg_draw_u32(draw) < c->female ? WG_TRAIT_FEMALE : 0;
  const bool couple = wg_draw_u32(draw) < c->couple, child = wg_draw_u32(draw) < c->child;
  arrive(world, a, household, identity, born, registration | female);
  if (!couple || wg_age_years((uint32_t)born, a->month) < 20)
    return;
  // The partner is up to two years older or younger, but of age.
  wg_month partner = born + 24 - (wg_month)wg_draw_below(draw, 49);
  if (wg_age_years((uint32_t)partner, a->month) < 20)
    partner = born;
  arrive(world, a, household, wg_identity_make(identity, 1, WG_PURPOSE_IDENTITY_NEWCOMER), partner,
         registration | (female ? 0 : WG_TRAIT_FEMALE));
  const uint32_t years = wg_age_years((uint32_t)born, a->month);
  if (!child || years < 25 || years >= 50)
    return;
  // A child of at most 17 whom both had at 20 or later.
  const uint32_t older =
      wg_age_years((uint32_t)partner, a->month) < years ? wg_age_years((uint32_t)partner, a->month) : years;
  const uint32_t most = (older > 38 ? 18 : older - 20 + 1) * 12;
  const wg_month child_born = a->month - (wg_month)wg_draw_below(draw, most);
  const uint32_t girl = wg_draw_u32(draw) >> 31; // WG_TRAIT_FEMALE or 0
  arrive(world, a, household, wg_identity_make(identity, 2, WG_PURPOSE_IDENTITY_NEWCOMER), child_born,
         registration | girl);
}

// Newcomers of a grid: their number and everything about them is drawn from (grid, kind, month, index) before it is
// known whether there is room.
static void arrivals_of_grid(const wg_world *world, const constants *c, const arrival *a, wg_household_kind kind,
                             uint32_t count) {
  const wg_community *community = wg_communities(a->s) + wg_grids(a->s)[a->grid].community;
  const uint64_t grid = wg_grids(a->s)[a->grid].identity;
  for (uint32_t i = 0; i < count; i++) {
    const uint64_t identity =
        wg_identity_make(grid, (uint64_t)a->month << 32 | (uint64_t)kind << 31 | i, WG_PURPOSE_IDENTITY_NEWCOMER);
    wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_IN_MIGRATION, (uint32_t)a->month, identity, 1);
    if (kind == WG_COLLECTIVE) {
      if (community->collective_residents < community->beds)
        arrive_collective(world, c, a, identity, &draw);
    } else if (community->households + community->closed_dwellings < community->dwellings) {
      arrive_family(world, c, a, identity, &draw);
    }
  }
}

static uint32_t arrivals_count(const wg_world *world, const arrival *a, wg_household_kind kind, double mean) {
  wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_IN_MIGRATION, (uint32_t)a->month,
                              wg_grids(a->s)[a->grid].identity, (uint32_t)kind << 1);
  return wg_poisson_invert(mean, wg_draw_unit(&draw));
}

static int exchange(wg_world *world, const void *constants_, wg_error *error) {
  const constants *c = constants_;
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    wg_subdistrict *s = world->subdistricts + i;
    for (uint32_t g = 0; g < wg_grids_count(s); g++) {
      const arrival a = {.s = s, .grid = g, .month = world->month + 1};
      const wg_community *k = wg_communities(s) + wg_grids(s)[g].community;
      const double share = 1.0 / (12.0 * (double)k->grid_count);
      const uint32_t family = arrivals_count(world, &a, WG_FAMILY, c->p->in_households * (double)k->dwellings * share);
      const uint32_t collective =
          arrivals_count(world, &a, WG_COLLECTIVE, c->p->in_collective * (double)k->beds * share);
      int code = wg_residents_reserve(s, family * 3 + collective, error);
      if (!code)
        code = wg_households_reserve(s, family + collective, error);
      if (code)
        return code;
      arrivals_of_grid(world, c, &a, WG_FAMILY, family);
      arrivals_of_grid(world, c, &a, WG_COLLECTIVE, collective);
    }
  }
  return WG_OK;
}

static const wg_roll_event events[] = {
    {"leave", WG_PURPOSE_OUT_MIGRATION, .cap = leave_cap, .happen = leave},
};

static const wg_param_group *const groups[] = {&wg_migration_group};

const wg_mechanism wg_migration = {
    .name = "migration",
    .label = "迁移",
    .doc = "Households leave together when their head does; other adults and residents of collective households leave "
           "alone. "
           "Newcomers are drawn for each grid and month before it is known whether a dwelling or bed is free; where "
           "none is, "
           "they stay away. Rates depend on age and kind of household.",
    .groups = groups,
    .group_count = 1,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .prepare = prepare,
    .exchange = exchange,
};
