// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/migration.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/anchor_years.h"
#include "model/arrival.h"
#include "model/departure.h"
#include "model/list_check.h"
#include "model/room.h"
#include "model/shares.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_migration_group, "migration", false, wg_migration_params, WG_MIGRATION_PARAMS, "迁移",
               "Moves out of and into the district.");

enum { RETURN_FROM = 40, RETIRED_FROM = 60, PARENT_FROM = 50, FOLLOWER_HEAD_FROM = 24, FOLLOWER_HEAD_TO = 45 };

typedef struct constants {
  const wg_migration_params *p;
  double out_household[WG_REGISTRATION_COUNT][WG_AGE_BAND_COUNT]; // a month
  double out_member[WG_AGE_BAND_COUNT], out_collective[WG_AGE_BAND_COUNT];
  wg_anchors age_head, in_collective;
  uint32_t registration[WG_REGISTRATION_COUNT], registration_collective[WG_REGISTRATION_COUNT];
  uint32_t couple, child, female;
} constants;

// Who comes in the month: the same for all grids.
typedef struct inflow {
  double per_dwelling, per_bed; // means of the month
  uint32_t age_head[WG_AGE_BAND_COUNT], age_collective[WG_AGE_BAND_COUNT];
} inflow;

static void check_bands(const wg_world *world, const char *name, wg_reals yearly, wg_error *error) {
  wg_list_check(world->config, &wg_migration_group, name, yearly.count, WG_AGE_BAND_COUNT, error);
}

// Of shares or rates of coming by age band: nobody below WG_AGE_ALONE comes alone, and where shares are given there are some.
static void check_comers(const wg_world *world, const wg_anchors *a, bool shares, wg_error *error) {
  if (wg_anchors_check(world, a, error))
    return;
  for (size_t year = 0; year < a->years.count; year++) {
    const wg_reals bands = {.count = WG_AGE_BAND_COUNT, .items = a->values.items + year * WG_AGE_BAND_COUNT};
    for (uint32_t band = 0; wg_age_band_beyond(band) <= WG_AGE_ALONE; band++)
      if (bands.items[band] > 0.0)
        wg_error_add(error, WG_FAIL_CONFIG, "%s: migration.%s: %g at %s (allowed: 0 below %d years)",
                     wg_config_origin(world->config, &wg_migration_group, 0, a->values_name), a->values_name,
                     bands.items[band], wg_age_band_names[band], WG_AGE_ALONE);
    if (shares)
      wg_shares_check(world, &wg_migration_group, a->values_name, bands, WG_AGE_BAND_COUNT, error);
  }
}

static int check(const wg_world *world, const constants *c, wg_error *error) {
  const wg_migration_params *p = c->p;
  check_bands(world, "out_household", p->out_household, error);
  check_bands(world, "out_member", p->out_member, error);
  check_bands(world, "out_collective", p->out_collective, error);
  check_comers(world, &c->age_head, true, error);
  check_comers(world, &c->in_collective, false, error);
  wg_shares_check(world, &wg_migration_group, "in_registration", p->in_registration, WG_REGISTRATION_COUNT, error);
  wg_shares_check(world, &wg_migration_group, "in_registration_collective", p->in_registration_collective,
                  WG_REGISTRATION_COUNT, error);
  return error->code;
}

static int prepare(const wg_world *world, void **result, wg_error *error) {
  constants *c = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for migration");
  *result = c;
  const wg_migration_params *p = c->p = wg_config_get(world->config, &wg_migration_group);
  c->age_head = (wg_anchors){&wg_migration_group, "years", "in_age_head", p->years, p->in_age_head, WG_AGE_BAND_COUNT};
  c->in_collective =
      (wg_anchors){&wg_migration_group, "years", "in_collective", p->years, p->in_collective, WG_AGE_BAND_COUNT};
  if (check(world, c, error))
    return error->code;
  const double factor[WG_REGISTRATION_COUNT] = {1.0, p->out_elsewhere, p->out_outside};
  for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++) {
    for (uint32_t r = 0; r < WG_REGISTRATION_COUNT; r++)
      c->out_household[r][band] = p->out_household.items[band] * factor[r] / 12.0;
    c->out_member[band] = p->out_member.items[band] / 12.0;
    c->out_collective[band] = p->out_collective.items[band] / 12.0;
  }
  wg_shares_cumulate(p->in_registration.items, WG_REGISTRATION_COUNT, c->registration);
  wg_shares_cumulate(p->in_registration_collective.items, WG_REGISTRATION_COUNT, c->registration_collective);
  c->couple = wg_threshold(p->in_couple);
  c->child = wg_threshold(p->in_child);
  c->female = wg_threshold(p->in_female);
  return WG_OK;
}

// ---- leaving ----

static bool heads_family(uint32_t traits) {
  return (traits & WG_TRAIT_HEAD) && !(traits & WG_TRAIT_COLLECTIVE);
}

static double household_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years,
                            uint32_t traits) {
  (void)world;
  (void)month;
  const constants *c = constants_;
  const wg_registration registration = wg_trait_registration(traits);
  return heads_family(traits) && registration < WG_REGISTRATION_COUNT
             ? c->out_household[registration][wg_age_band(years)]
             : 0.0;
}

// Registered here or elsewhere in the city they move to the suburbs for a home; the others came to work and go on or return.
static wg_move_reason reason_of(const wg_resident *r, uint32_t years) {
  if (years >= RETIRED_FROM || wg_trait_activity(r->traits) == WG_RETIRED)
    return WG_MOVE_RETIREMENT;
  if (wg_resident_registration(r) != WG_REGISTERED_OUTSIDE)
    return r->traits & WG_TRAIT_COLLECTIVE ? WG_MOVE_WORK : WG_MOVE_HOUSING;
  return years >= RETURN_FROM ? WG_MOVE_RETURN : WG_MOVE_WORK;
}

static uint32_t years_of(const wg_context *context, const wg_resident *r) {
  return wg_age_years(r->birth_month, context->month + 1);
}

static void leave_together(wg_context *context, uint32_t resident) {
  const wg_resident *r = wg_residents(context->s) + resident;
  if (!heads_family(r->traits))
    return; // somebody else decides by now
  wg_household_move_out(context->s, r->household, reason_of(r, years_of(context, r)), context->month + 1);
}

static double member_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years,
                         uint32_t traits) {
  (void)world;
  (void)month;
  const constants *c = constants_;
  return !(traits & (WG_TRAIT_COLLECTIVE | WG_TRAIT_HEAD)) && years >= WG_AGE_ALONE ? c->out_member[wg_age_band(years)]
                                                                                    : 0.0;
}

static double member_rate(const wg_context *context, const wg_resident *r, uint32_t years) {
  const constants *c = context->constants;
  return r->traits & WG_TRAIT_PARTNERED ? 0.0 : c->out_member[wg_age_band(years)];
}

static void leave_alone(wg_context *context, uint32_t resident) {
  const wg_resident *r = wg_residents(context->s) + resident;
  const uint32_t years = years_of(context, r);
  const bool to_study = wg_trait_activity(r->traits) == WG_PUPIL || wg_trait_activity(r->traits) == WG_STUDENT;
  const wg_move_reason reason = to_study                                ? WG_MOVE_STUDY
                                : years >= PARENT_FROM                  ? WG_MOVE_FAMILY
                                : reason_of(r, years) == WG_MOVE_RETURN ? WG_MOVE_RETURN
                                                                        : WG_MOVE_WORK;
  wg_resident_move_out(context->s, resident, reason, context->month + 1);
}

static double collective_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years,
                             uint32_t traits) {
  (void)world;
  (void)month;
  const constants *c = constants_;
  return traits & WG_TRAIT_COLLECTIVE ? c->out_collective[wg_age_band(years)] : 0.0;
}

static double collective_rate(const wg_context *context, const wg_resident *r, uint32_t years) {
  const constants *c = context->constants;
  return wg_trait_activity(r->traits) == WG_STUDENT ? 0.0 : c->out_collective[wg_age_band(years)];
}

static void leave_dormitory(wg_context *context, uint32_t resident) {
  const wg_resident *r = wg_residents(context->s) + resident;
  wg_resident_move_out(context->s, resident, reason_of(r, years_of(context, r)), context->month + 1);
}

// ---- following ----

typedef struct family_members {
  bool infant, child, elder, full;
} family_members;

static family_members family_of(const wg_context *context, const wg_resident *head) {
  const wg_subdistrict *s = context->s;
  const wg_household *home = wg_households(s) + head->household;
  family_members f = {.full = home->size >= 6};
  uint32_t row = home->first;
  do {
    const uint32_t years = wg_age_years(wg_residents(s)[row].birth_month, context->month);
    f.infant |= years < 4;
    f.child |= years < 18;
    f.elder |= years >= PARENT_FROM;
    row = wg_residents(s)[row].next;
  } while (row != home->first);
  return f;
}

static double follower_cap(uint32_t years, uint32_t traits, double yearly) {
  return heads_family(traits) && years >= FOLLOWER_HEAD_FROM && years < FOLLOWER_HEAD_TO ? yearly / 12.0 : 0.0;
}

static double parent_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years,
                         uint32_t traits) {
  (void)world;
  (void)month;
  return follower_cap(years, traits, ((const constants *)constants_)->p->parent_follows);
}

static bool wants_parent(const wg_context *context, const wg_resident *head) {
  const family_members f = family_of(context, head);
  return f.infant && !f.elder && !f.full;
}

static double parent_rate(const wg_context *context, const wg_resident *head, uint32_t years) {
  (void)years;
  const constants *c = context->constants;
  return wants_parent(context, head) ? c->p->parent_follows / 12.0 : 0.0;
}

static wg_draw open_follower(const wg_context *context, const wg_resident *head) {
  return wg_draw_open(context->world->luck, WG_PURPOSE_FOLLOWING, (uint32_t)context->month, head->identity, 1);
}

static void join_family(wg_context *context, uint32_t head, wg_month born, uint32_t traits) {
  const wg_resident *h = wg_residents(context->s) + head;
  const uint64_t identity = wg_identity_make(h->identity, (uint64_t)context->month, WG_PURPOSE_IDENTITY_FOLLOWER);
  traits |= wg_resident_registration(h) << WG_TRAIT_REGISTRATION_SHIFT;
  wg_resident_arrive(context->world, context->s, h->household, identity, born, traits, WG_MOVE_FAMILY,
                     context->month + 1);
}

// Mostly a grandmother, 22 to 34 years older than the head but 50 at least; registered as the head is.
static void parent_comes(wg_context *context, uint32_t head) {
  const wg_resident *h = wg_residents(context->s) + head;
  if (!heads_family(h->traits) || !wants_parent(context, h))
    return; // not any more
  wg_draw draw = open_follower(context, h);
  wg_month born = (wg_month)h->birth_month - (wg_month)(22 * 12 + wg_draw_below(&draw, 12 * 12));
  const wg_month latest = context->month - PARENT_FROM * 12;
  born = born > latest ? latest : born;
  const uint32_t female = wg_draw_below(&draw, 4) > 0 ? WG_TRAIT_FEMALE : 0;
  join_family(context, head, born, wg_trait_with_activity(female, WG_RETIRED));
}

static double child_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years,
                        uint32_t traits) {
  (void)world;
  (void)month;
  const bool here = wg_trait_registration(traits) == WG_REGISTERED_HERE;
  return here ? 0.0 : follower_cap(years, traits, ((const constants *)constants_)->p->child_follows);
}

static bool wants_child(const wg_context *context, const wg_resident *head) {
  const family_members f = family_of(context, head);
  return (head->traits & WG_TRAIT_PARTNERED) && !f.child && !f.full;
}

static double child_rate(const wg_context *context, const wg_resident *head, uint32_t years) {
  const constants *c = context->constants;
  return years >= 28 && wants_child(context, head) ? c->p->child_follows / 12.0 : 0.0;
}

// A child of 3 to 15 who has lived with relatives so far, born when the head was 20 at least.
static void child_comes(wg_context *context, uint32_t head) {
  const wg_resident *h = wg_residents(context->s) + head;
  if (!heads_family(h->traits) || !wants_child(context, h))
    return;
  wg_draw draw = open_follower(context, h);
  const uint32_t years = wg_age_years(h->birth_month, context->month);
  const uint32_t most = years - 20 < 15 ? years - 20 : 15;
  const uint32_t months = 3 * 12 + wg_draw_below(&draw, (most - 3 + 1) * 12);
  const uint32_t girl = wg_draw_u32(&draw) >> 31;
  join_family(context, head, context->month - (wg_month)months,
              wg_trait_with_activity(girl, months < 6 * 12 ? WG_CHILD : WG_PUPIL));
}

// ---- coming ----

// A birth month at random within the band, for somebody whose age is counted at the first of `month`. Nobody below WG_AGE_ALONE
// comes alone.
static wg_month birth_month(wg_draw *draw, uint32_t band, wg_month month) {
  const uint32_t first = wg_age_band_first(band), beyond = wg_age_band_beyond(band);
  const uint32_t span = beyond - first > 5 ? 5 : beyond - first;
  const uint32_t least = first < WG_AGE_ALONE && beyond > WG_AGE_ALONE ? WG_AGE_ALONE : first;
  return month - (wg_month)(least * 12 + wg_draw_below(draw, (first + span - least) * 12));
}

typedef struct arrival {
  wg_subdistrict *s;
  uint32_t grid;
  wg_month month; // at whose first day ages are counted
} arrival;

// Newcomers to dormitories share rooms.
static void arrive_collective(const wg_world *world, const constants *c, const inflow *in, const arrival *a,
                              uint64_t identity, wg_draw *draw) {
  const uint32_t band = wg_shares_pick(in->age_collective, WG_AGE_BAND_COUNT, wg_draw_u32(draw));
  const wg_month born = birth_month(draw, band, a->month);
  uint32_t traits = wg_shares_pick(c->registration_collective, WG_REGISTRATION_COUNT, wg_draw_u32(draw))
                    << WG_TRAIT_REGISTRATION_SHIFT;
  traits |= wg_draw_u32(draw) < c->female ? WG_TRAIT_FEMALE : 0;
  const uint32_t room = wg_room_take(a->s, a->grid, traits & WG_TRAIT_FEMALE, world->room_size,
                                     wg_identity_make(identity, (uint64_t)a->month, WG_PURPOSE_IDENTITY_HOUSEHOLD));
  wg_resident_arrive(world, a->s, room, identity, born, wg_trait_with_activity(traits, WG_EMPLOYED), WG_MOVE_WORK,
                     a->month);
}

// Those registered here return, those of other districts come for a home, those from outside for work.
static wg_move_reason reason_to_come(uint32_t registration) {
  return registration == WG_REGISTERED_HERE        ? WG_MOVE_RETURN
         : registration == WG_REGISTERED_ELSEWHERE ? WG_MOVE_HOUSING
                                                   : WG_MOVE_WORK;
}

static uint32_t grown_up(uint32_t traits, uint32_t years) {
  return wg_trait_with_activity(traits, years < RETIRED_FROM ? WG_EMPLOYED : WG_RETIRED);
}

static void arrive_family(const wg_world *world, const constants *c, const inflow *in, const arrival *a,
                          uint64_t identity, wg_draw *draw) {
  const uint32_t household = wg_household_found(
      a->s, wg_identity_make(identity, (uint64_t)a->month, WG_PURPOSE_IDENTITY_HOUSEHOLD), a->grid, WG_FAMILY);
  const uint32_t band = wg_shares_pick(in->age_head, WG_AGE_BAND_COUNT, wg_draw_u32(draw));
  const wg_month born = birth_month(draw, band, a->month);
  const uint32_t where = wg_shares_pick(c->registration, WG_REGISTRATION_COUNT, wg_draw_u32(draw));
  const uint32_t registration = where << WG_TRAIT_REGISTRATION_SHIFT;
  const wg_move_reason reason = reason_to_come(where);
  const uint32_t female = wg_draw_u32(draw) < c->female ? WG_TRAIT_FEMALE : 0;
  const bool couple = wg_draw_u32(draw) < c->couple, child = wg_draw_u32(draw) < c->child;
  const uint32_t years = wg_age_years((uint32_t)born, a->month);
  const uint32_t pair = couple && years >= 20 ? WG_TRAIT_PARTNERED : 0;
  wg_resident_arrive(world, a->s, household, identity, born, grown_up(registration | female | pair, years), reason,
                     a->month);
  if (!pair)
    return;
  // The partner is up to two years older or younger, but of age.
  wg_month partner = born + 24 - (wg_month)wg_draw_below(draw, 49);
  if (wg_age_years((uint32_t)partner, a->month) < 20)
    partner = born;
  const uint32_t partner_years = wg_age_years((uint32_t)partner, a->month);
  wg_resident_arrive(world, a->s, household, wg_identity_make(identity, 1, WG_PURPOSE_IDENTITY_NEWCOMER), partner,
                     grown_up(registration | (female ? 0 : WG_TRAIT_FEMALE) | pair, partner_years), reason, a->month);
  if (!child || years < 25 || years >= 50)
    return;
  // A child of at most 17 whom both had at 20 or later.
  const uint32_t younger = partner_years < years ? partner_years : years;
  const uint32_t most = (younger > 38 ? 18 : younger - 20 + 1) * 12;
  const uint32_t months = wg_draw_below(draw, most);
  const uint32_t girl = wg_draw_u32(draw) >> 31; // WG_TRAIT_FEMALE or 0
  wg_resident_arrive(
      world, a->s, household, wg_identity_make(identity, 2, WG_PURPOSE_IDENTITY_NEWCOMER), a->month - (wg_month)months,
      wg_trait_with_activity(registration | girl, months < 6 * 12 ? WG_CHILD : WG_PUPIL), reason, a->month);
}

static inflow inflow_of(const constants *c, wg_month month) {
  inflow in = {.per_dwelling = c->p->in_households / 12.0};
  double heads[WG_AGE_BAND_COUNT], workers[WG_AGE_BAND_COUNT];
  for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++) {
    heads[band] = wg_anchors_at(&c->age_head, band, month);
    workers[band] = wg_anchors_at(&c->in_collective, band, month);
    in.per_bed += workers[band] / 12.0;
  }
  wg_shares_cumulate(heads, WG_AGE_BAND_COUNT, in.age_head);
  wg_shares_cumulate(workers, WG_AGE_BAND_COUNT, in.age_collective);
  return in;
}

// Newcomers of a grid: their number and everything about them is drawn from (grid, kind, month, index) before it is
// known whether there is room.
static void arrivals_of_grid(const wg_world *world, const constants *c, const inflow *in, const arrival *a,
                             wg_household_kind kind, uint32_t count) {
  const wg_community *community = wg_communities(a->s) + wg_grids(a->s)[a->grid].community;
  const uint64_t grid = wg_grids(a->s)[a->grid].identity;
  for (uint32_t i = 0; i < count; i++) {
    const uint64_t identity =
        wg_identity_make(grid, (uint64_t)a->month << 32 | (uint64_t)kind << 31 | i, WG_PURPOSE_IDENTITY_NEWCOMER);
    wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_IN_MIGRATION, (uint32_t)a->month, identity, 1);
    if (kind == WG_COLLECTIVE && wg_free_beds(community) > 0)
      arrive_collective(world, c, in, a, identity, &draw);
    else if (kind == WG_FAMILY && wg_free_dwellings(community) > 0)
      arrive_family(world, c, in, a, identity, &draw);
  }
}

static uint32_t arrivals_count(const wg_world *world, const arrival *a, wg_household_kind kind, double mean) {
  wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_IN_MIGRATION, (uint32_t)a->month,
                              wg_grids(a->s)[a->grid].identity, (uint32_t)kind << 1);
  return wg_poisson_invert(mean, wg_draw_unit(&draw));
}

// Fetches the rooms of later grids, and who is the first to meet a newcomer there: they lie anywhere.
static void fetch_rooms(const wg_subdistrict *s, uint32_t grid) {
  const wg_household *households = wg_households(s);
  const uint32_t count = wg_grids_count(s);
  if (grid + 2 < count) {
    const wg_grid *g = wg_grids(s) + grid + 2;
    if (g->men_room)
      __builtin_prefetch(households + g->men_room - 1);
    if (g->women_room)
      __builtin_prefetch(households + g->women_room - 1);
  }
  if (grid + 1 < count) {
    const wg_grid *g = wg_grids(s) + grid + 1;
    if (g->men_room)
      __builtin_prefetch(wg_residents(s) + households[g->men_room - 1].first);
    if (g->women_room)
      __builtin_prefetch(wg_residents(s) + households[g->women_room - 1].first);
  }
}

static int exchange(wg_world *world, const void *constants_, wg_error *error) {
  const constants *c = constants_;
  const inflow in = inflow_of(c, world->month);
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    wg_subdistrict *s = world->subdistricts + i;
    for (uint32_t g = 0; g < wg_grids_count(s); g++) {
      fetch_rooms(s, g);
      const arrival a = {.s = s, .grid = g, .month = world->month + 1};
      const wg_community *k = wg_communities(s) + wg_grids(s)[g].community;
      const double share = 1.0 / (double)k->grid_count;
      const uint32_t family = arrivals_count(world, &a, WG_FAMILY, in.per_dwelling * (double)k->dwellings * share);
      // Campuses keep their beds for students.
      const double beds = k->kind == WG_CAMPUS ? 0.0 : (double)k->beds;
      const uint32_t collective = arrivals_count(world, &a, WG_COLLECTIVE, in.per_bed * beds * share);
      int code = wg_residents_reserve(s, family * 3 + collective, error);
      if (!code)
        code = wg_households_reserve(s, family + collective, error);
      if (code)
        return code;
      arrivals_of_grid(world, c, &in, &a, WG_FAMILY, family);
      arrivals_of_grid(world, c, &in, &a, WG_COLLECTIVE, collective);
    }
  }
  return WG_OK;
}

static const wg_roll_event events[] = {
    {.name = "a household's leaving",
     .purpose = WG_PURPOSE_OUT_MIGRATION,
     .cap = household_cap,
     .happen = leave_together},
    {.name = "a member's leaving",
     .purpose = WG_PURPOSE_OUT_MIGRATION,
     .cap = member_cap,
     .rate = member_rate,
     .happen = leave_alone},
    {.name = "leaving a collective household",
     .purpose = WG_PURPOSE_OUT_MIGRATION,
     .cap = collective_cap,
     .rate = collective_rate,
     .happen = leave_dormitory},
    {.name = "a parent's coming",
     .purpose = WG_PURPOSE_FOLLOWING,
     .adds_resident = true,
     .cap = parent_cap,
     .rate = parent_rate,
     .happen = parent_comes},
    {.name = "a child's coming",
     .purpose = WG_PURPOSE_FOLLOWING,
     .adds_resident = true,
     .cap = child_cap,
     .rate = child_rate,
     .happen = child_comes},
};

static const wg_param_group *const groups[] = {&wg_migration_group};

const wg_mechanism wg_migration = {
    .name = "migration",
    .label = "迁移",
    .doc = "Households leave together when their head does; members without a partner and workers in collective "
           "households leave alone. Newcomers are drawn for each grid and month before it is known whether a dwelling "
           "or bed is free; where none is, they stay away. Parents follow to small children, children to their "
           "parents. Reasons follow from registration, age and activity.",
    .groups = groups,
    .group_count = 1,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .prepare = prepare,
    .exchange = exchange,
};
