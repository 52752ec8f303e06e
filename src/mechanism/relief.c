// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/relief.h"

#include <stdlib.h>

#include "model/departure.h"
#include "model/lever.h"
#include "model/place_sum.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_relief_group, "relief", false, wg_relief_params, WG_RELIEF_PARAMS, "疏解",
               "Dwellings, beds and workplaces that close, and the people who go with them.");

// Those who follow a workplace: of working age where nothing is known of their activity.
enum { WORKING_AGE = 18, PENSION_AGE = 60 };

static const wg_relief_params *params(const wg_world *world) {
  return wg_config_get(world->config, &wg_relief_group);
}

static uint32_t share_of(double share, uint32_t whole) {
  return (uint32_t)(share * (double)whole + 0.5);
}

// ---- what closes ----

// One whose turn it is to close or to go: by community, those registered outside the city first, then by a keyed turn.
typedef struct turn {
  uint64_t turn, identity;
  uint32_t row, community;
  bool later;
} turn;

static int by_turn(const void *a_, const void *b_) {
  const turn *a = a_, *b = b_;
  if (a->community != b->community)
    return a->community < b->community ? -1 : 1;
  if (a->later != b->later)
    return a->later ? 1 : -1;
  if (a->turn != b->turn)
    return a->turn < b->turn ? -1 : 1;
  return a->identity < b->identity ? -1 : a->identity > b->identity;
}

static turn *make_turns(wg_context *context, size_t count) {
  turn *turns = malloc((count ? count : 1) * sizeof *turns);
  if (!turns)
    wg_error_set(context->error, WG_FAIL_RUN, "out of memory for %zu turns of relief", count);
  return turns;
}

// The turn belongs to the identity alone, not to the month: who is spared now is first next time.
static uint64_t draw_turn(const wg_context *context, uint16_t purpose, uint64_t identity) {
  wg_draw draw = wg_draw_open(context->world->luck, purpose, 0, identity, 0);
  return wg_draw_u64(&draw);
}

// A larger share closes further workplaces and keeps those closed that were.
static void close_workplaces(wg_context *context, uint32_t community) {
  const wg_subdistrict *s = context->s;
  wg_community *k = wg_communities(s) + community;
  const uint32_t first = wg_grids(s)[k->first_grid].first_workplace;
  uint32_t count = 0;
  for (uint32_t g = k->first_grid; g < (uint32_t)k->first_grid + k->grid_count; g++)
    count += wg_grids(s)[g].workplace_count;
  const uint32_t closed = share_of(wg_lever_get(s, WG_SLOT_WORKPLACES_CLOSED, community), count);
  if (closed == k->closed_workplaces)
    return;
  k->closed_workplaces = closed;
  turn *turns = make_turns(context, count);
  if (!turns)
    return;
  wg_workplace *workplaces = wg_workplaces(s) + first;
  for (uint32_t i = 0; i < count; i++)
    turns[i] = (turn){.turn = draw_turn(context, WG_PURPOSE_RELIEF_WORKPLACE, workplaces[i].identity),
                      .identity = workplaces[i].identity,
                      .row = i};
  qsort(turns, count, sizeof *turns, by_turn);
  for (uint32_t i = 0; i < count; i++)
    workplaces[turns[i].row].closed = i < closed;
  free(turns);
}

static void check_levers(const wg_context *context, uint32_t community) {
  const wg_subdistrict *s = context->s;
  const double closed = wg_lever_get(s, WG_SLOT_DWELLINGS_CLOSED, community);
  const double reused = wg_lever_get(s, WG_SLOT_SPACE_REUSED, community);
  const double rate = wg_lever_get(s, WG_SLOT_OUT_MIGRATION, community);
  const double cap = params(context->world)->follow_cap;
  if (reused > closed)
    wg_error_add(context->error, WG_FAIL_CONFIG,
                 "policies: space_reused %.6g in %s (allowed: up to dwellings_closed, %.6g)", reused,
                 s->community_names[community], closed);
  if (rate / 12.0 > cap)
    wg_error_add(context->error, WG_FAIL_CONFIG,
                 "policies: out_migration %.6g in %s exceeds what relief.follow_cap = %.6g a month leaves room for "
                 "(allowed: up to %.6g a year)",
                 rate, s->community_names[community], cap, 12.0 * cap);
}

// ---- who must go ----

static uint32_t excess(uint32_t here, uint32_t whole, uint32_t closed) {
  return here + closed > whole ? here + closed - whole : 0;
}

static uint32_t excess_households(const wg_community *k) {
  return excess(k->households, k->dwellings, k->closed_dwellings);
}

static uint32_t excess_in_beds(const wg_community *k) {
  return excess(k->collective_residents, k->beds, k->closed_beds);
}

// The first `excess` of each community stay in `turns`, in order. Returns their number.
static size_t keep_first(const wg_subdistrict *s, turn *turns, size_t count,
                         uint32_t (*excess_of)(const wg_community *k)) {
  qsort(turns, count, sizeof *turns, by_turn);
  size_t kept = 0, from = 0;
  for (size_t i = 0; i < count; i++) {
    if (turns[i].community != turns[from].community)
      from = i;
    if (i - from < excess_of(wg_communities(s) + turns[i].community))
      turns[kept++] = turns[i];
  }
  return kept;
}

static uint32_t registration_of_head(const wg_subdistrict *s, const wg_household *home) {
  return wg_resident_registration(wg_residents(s) + wg_household_head(s, home));
}

// Households in excess of the open dwellings move at the month's end.
static void list_movers(wg_context *context) {
  wg_subdistrict *s = context->s;
  size_t count = 0, movers = 0;
  for (uint32_t c = 0; c < wg_communities_count(s); c++) {
    const wg_community *k = wg_communities(s) + c;
    count += excess_households(k) ? k->households : 0;
    movers += excess_households(k);
  }
  if (movers == 0 ||
      wg_table_reserve(&s->tables[WG_TABLE_MOVER], wg_movers_count(s) + (uint64_t)movers, context->error))
    return;
  turn *turns = make_turns(context, count);
  if (!turns)
    return;
  count = 0;
  for (uint32_t row = 0; row < wg_households_count(s); row++) {
    const wg_household *home = wg_households(s) + row;
    if (home->identity == 0 || home->kind != WG_FAMILY)
      continue;
    const uint32_t community = wg_grids(s)[home->grid].community;
    if (excess_households(wg_communities(s) + community))
      turns[count++] = (turn){.turn = draw_turn(context, WG_PURPOSE_RELIEF_TURN, home->identity),
                              .identity = home->identity,
                              .row = row,
                              .community = community,
                              .later = registration_of_head(s, home) != WG_REGISTERED_OUTSIDE};
  }
  movers = keep_first(s, turns, count, excess_households);
  for (size_t i = 0; i < movers; i++) {
    wg_households(s)[turns[i].row].moving = 1;
    wg_movers(s)[s->tables[WG_TABLE_MOVER].count++] = (wg_mover){turns[i].row, WG_MOVE_RELIEF};
  }
  free(turns);
}

// Residents in excess of the open beds leave the district on the month's last day. By then everybody who leaves for other
// reasons has left.
static void empty_beds(wg_context *context) {
  wg_subdistrict *s = context->s;
  size_t count = 0;
  for (uint32_t c = 0; c < wg_communities_count(s); c++)
    count += excess_in_beds(wg_communities(s) + c) ? wg_communities(s)[c].collective_residents : 0;
  // A minor may have to go along with the last adult of a household: at most all of them leave.
  if (count == 0 ||
      wg_table_reserve(&s->tables[WG_TABLE_DEPARTED], wg_departed_count(s) + (uint64_t)count, context->error))
    return;
  turn *turns = make_turns(context, count);
  if (!turns)
    return;
  count = 0;
  for (uint32_t row = 0; row < wg_residents_count(s); row++) {
    const wg_resident *r = wg_residents(s) + row;
    if (!wg_resident_here(r) || !(r->traits & WG_TRAIT_COLLECTIVE))
      continue;
    const uint32_t community = wg_grids(s)[r->grid].community;
    if (excess_in_beds(wg_communities(s) + community))
      turns[count++] = (turn){.turn = draw_turn(context, WG_PURPOSE_RELIEF_TURN, r->identity),
                              .identity = r->identity,
                              .row = row,
                              .community = community,
                              .later = wg_resident_registration(r) != WG_REGISTERED_OUTSIDE};
  }
  count = keep_first(s, turns, count, excess_in_beds);
  for (size_t i = 0; i < count; i++)
    if (wg_resident_here(wg_residents(s) + turns[i].row))
      wg_resident_move_out(s, turns[i].row, WG_MOVE_RELIEF, context->month + 1);
  free(turns);
}

static void month_start(wg_context *context) {
  const wg_subdistrict *s = context->s;
  for (uint32_t c = 0; c < wg_communities_count(s) && !context->error->code; c++) {
    wg_community *k = wg_communities(s) + c;
    check_levers(context, c);
    k->closed_dwellings = share_of(wg_lever_get(s, WG_SLOT_DWELLINGS_CLOSED, c), k->dwellings);
    k->reused_dwellings = share_of(wg_lever_get(s, WG_SLOT_SPACE_REUSED, c), k->dwellings);
    k->closed_beds = share_of(wg_lever_get(s, WG_SLOT_BEDS_CLOSED, c), k->beds);
    close_workplaces(context, c);
  }
  if (!context->error->code)
    list_movers(context);
}

static void day(wg_context *context) {
  if (context->today == context->s->month_last)
    empty_beds(context);
}

// ---- who follows ----

static double follow_cap(const wg_world *world, const void *constants, wg_month month, uint32_t years,
                         uint32_t traits) {
  (void)constants;
  (void)month;
  const bool decides = traits & (WG_TRAIT_COLLECTIVE | WG_TRAIT_HEAD);
  const bool outside = wg_trait_registration(traits) == WG_REGISTERED_OUTSIDE;
  return decides && outside && years >= WORKING_AGE && years < PENSION_AGE ? params(world)->follow_cap : 0.0;
}

static double follow_rate(const wg_context *context, const wg_resident *resident, uint32_t years) {
  (void)years; // the cap has seen it
  const wg_activity activity = wg_trait_activity(resident->traits);
  // No activity is known of a grown-up who counts as a child.
  if (activity != WG_EMPLOYED && activity != WG_CHILD)
    return 0.0;
  const wg_subdistrict *s = context->s;
  const uint32_t community = wg_grids(s)[resident->grid].community;
  if (wg_communities(s)[community].closed_workplaces == 0)
    return 0.0; // nothing to follow
  return wg_lever_get(s, WG_SLOT_OUT_MIGRATION, community) / 12.0;
}

static void follow(wg_context *context, uint32_t resident) {
  const wg_resident *r = wg_residents(context->s) + resident;
  if (r->traits & WG_TRAIT_COLLECTIVE)
    wg_resident_move_out(context->s, resident, WG_MOVE_RELIEF, context->month + 1);
  else
    wg_household_move_out(context->s, r->household, WG_MOVE_RELIEF, context->month + 1);
}

static const wg_roll_event events[] = {
    {"follow", WG_PURPOSE_FOLLOW, .cap = follow_cap, .rate = follow_rate, .happen = follow},
};

// ---- outputs ----

#define CLOSED(column)                                                                                                 \
  static void column(const wg_world *world, wg_place place, void *block) {                                             \
    *(int64_t *)block = WG_SUM_COMMUNITIES(world, place, column);                                                      \
  }
CLOSED(closed_dwellings)
CLOSED(reused_dwellings)
CLOSED(closed_beds)
CLOSED(closed_workplaces)

static const wg_output outputs[] = {
    {"closed_dwellings", WG_I32, {WG_AXIS_NONE}, "dwelling", "Dwellings that are closed", "腾退住房", closed_dwellings},
    {"reused_dwellings",
     WG_I32,
     {WG_AXIS_NONE},
     "dwelling",
     "Closed dwellings whose space serves the public",
     "腾退空间利用",
     reused_dwellings},
    {"closed_beds",
     WG_I32,
     {WG_AXIS_NONE},
     "bed",
     "Places in collective households that are closed",
     "腾退床位",
     closed_beds},
    {"closed_workplaces",
     WG_I32,
     {WG_AXIS_NONE},
     "workplace",
     "Workplaces that are closed",
     "关停单位",
     closed_workplaces},
};

static const wg_param_group *const groups[] = {&wg_relief_group};

const wg_mechanism wg_relief = {
    .name = "relief",
    .label = "疏解",
    .doc =
        "On the first of a month workplaces, dwellings and beds close, or open again, by share; closed workplaces bear "
        "no needs. Where more households live than dwellings are open, some must move by the month's end, those whose "
        "head is registered outside the city first, else by a keyed turn: to a vacant dwelling of the district, or out "
        "of it. In the same order residents of closed beds leave the district. Employed people who are registered "
        "outside the city follow the functions, heads with their households.",
    .groups = groups,
    .group_count = 1,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .month_start = month_start,
    .day = day,
};
