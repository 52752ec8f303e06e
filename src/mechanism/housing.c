// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/housing.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/anchor_years.h"
#include "model/dwelling_choice.h"
#include "model/list_check.h"
#include "model/relocation.h"
#include "model/trust.h"
#include "model/turn.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_housing_group, "housing", false, wg_housing_params, WG_HOUSING_PARAMS, "住房",
               "Moves within the district, and dwellings that are built.");

enum { CROWDED_SIZE = 4, LARGE_SIZE = 3, OLDER_AGE = 35 };

typedef struct constants {
  double move[WG_AGE_BAND_COUNT];
  double crowded;
  uint32_t near;
  wg_taste taste[2][2]; // large, older
  double trust_pull, trust_middle;
  double inner, outer; // completed per dwelling there, relative to the whole district
  wg_month first;
  uint32_t months;
  double completed[]; // [months + 1]: share completed since `first`
} constants;

// Dwellings completed a year, as a share of those at the start.
static wg_anchors construction_of(const wg_housing_params *p) {
  return (wg_anchors){&wg_housing_group,     "construction_years", "construction",
                      p->construction_years, p->construction,      1};
}

static int check(const wg_world *world, const wg_housing_params *p, wg_error *error) {
  const struct {
    const char *name;
    size_t count, wanted;
  } lists[] = {{"move", p->move.count, WG_AGE_BAND_COUNT},
               {"cost_small", p->cost_small.count, WG_COST_CLASSES},
               {"cost_large", p->cost_large.count, WG_COST_CLASSES},
               {"cost_young", p->cost_young.count, WG_COST_CLASSES},
               {"cost_older", p->cost_older.count, WG_COST_CLASSES}};
  int code = WG_OK;
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
    if (wg_list_check(world->config, &wg_housing_group, lists[i].name, lists[i].count, lists[i].wanted, error))
      code = WG_FAIL_CONFIG;
  const wg_anchors construction = construction_of(p);
  const int years = wg_anchors_check(world, &construction, error);
  return code ? code : years;
}

static wg_taste make_taste(const wg_reals *by_size, const wg_reals *by_age) {
  wg_taste taste;
  for (uint32_t k = 0; k < WG_COST_CLASSES; k++)
    taste.of[k] = (uint32_t)(by_size->items[k] * by_age->items[k] * WG_TASTE_ONE + 0.5);
  return taste;
}

static int prepare(const wg_world *world, void **result, wg_error *error) {
  const wg_housing_params *p = wg_config_get(world->config, &wg_housing_group);
  const wg_trust_params *trust = wg_config_get(world->config, &wg_trust_group);
  const int code = check(world, p, error);
  if (code)
    return code;
  const wg_month first = wg_date_month(world->run->start);
  const uint32_t months = (uint32_t)(wg_date_month(world->run->end - 1) - first + 1);
  constants *c = calloc(1, sizeof *c + (months + 1) * sizeof *c->completed);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for housing");
  for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++)
    c->move[band] = p->move.items[band] / 12.0;
  c->crowded = p->crowded;
  c->near = wg_threshold(p->near);
  for (int older = 0; older < 2; older++) {
    const wg_reals *by_age = older ? &p->cost_older : &p->cost_young;
    c->taste[0][older] = make_taste(&p->cost_small, by_age);
    c->taste[1][older] = make_taste(&p->cost_large, by_age);
  }
  c->trust_pull = p->trust_pull;
  c->trust_middle = trust->baseline_mean;
  const double mean = 1.0 - world->outer_dwellings + p->construction_rural * world->outer_dwellings;
  c->inner = mean > 0.0 ? 1.0 / mean : 0.0;
  c->outer = p->construction_rural * c->inner;
  c->first = first;
  c->months = months;
  const wg_anchors construction = construction_of(p);
  for (uint32_t i = 0; i < months; i++)
    c->completed[i + 1] = c->completed[i] + wg_anchors_at(&construction, 0, first + (wg_month)i) / 12.0;
  *result = c;
  return WG_OK;
}

// ---- dwellings completed ----

// Whole dwellings: those completed since the start rounded up or down by the community's own draw, so that no fraction is lost
// and no community looks at another.
static void build(const wg_context *context, const constants *c, uint32_t month, wg_community *k) {
  wg_draw draw = wg_draw_open(context->world->luck, WG_PURPOSE_CONSTRUCTION, 0, (uint64_t)k->code, 0);
  const bool outer = context->s->town || k->kind == WG_VILLAGE;
  const double most = (double)k->dwellings_at_start * (outer ? c->outer : c->inner), u = wg_draw_unit(&draw);
  k->dwellings += (uint32_t)(wg_whole(most * c->completed[month + 1] + u) - wg_whole(most * c->completed[month] + u));
}

static void month_start(wg_context *context) {
  const constants *c = context->constants;
  const uint32_t month = (uint32_t)(context->month - c->first);
  for (uint32_t i = 0; i < wg_communities_count(context->s) && month < c->months; i++)
    build(context, c, month, wg_communities(context->s) + i);
}

// ---- who moves ----

static double move_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years, uint32_t traits) {
  (void)world;
  (void)month;
  const constants *c = constants_;
  return (traits & WG_TRAIT_HEAD) && !(traits & WG_TRAIT_COLLECTIVE) ? c->move[wg_age_band(years)] * c->crowded : 0.0;
}

static double move_rate(const wg_context *context, const wg_resident *resident, uint32_t years) {
  const constants *c = context->constants;
  const bool crowded = wg_households(context->s)[resident->household].size > CROWDED_SIZE;
  return c->move[wg_age_band(years)] * (crowded ? c->crowded : 1.0);
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

// ---- where to ----

static const wg_taste *taste_of(const constants *c, const wg_subdistrict *s, const wg_household *home, wg_month month) {
  const uint32_t head = wg_household_head(s, home);
  return &c->taste[home->size >= LARGE_SIZE][wg_age_years(wg_residents(s)[head].birth_month, month) >= OLDER_AGE];
}

static int move_one(wg_world *world, const constants *c, const wg_turn *m, wg_dwelling_choice *choice,
                    wg_error *error) {
  wg_subdistrict *from = world->subdistricts + m->subdistrict;
  const wg_household *home = wg_households(from) + m->row;
  const uint32_t origin = wg_grids(from)[home->grid].community;
  const wg_month month = world->month + 1;
  const wg_move_reason reason = (wg_move_reason)m->what;
  const wg_taste *taste = taste_of(c, from, home, month);
  wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_HOUSING, (uint32_t)world->month, m->identity, 1);
  const bool near = wg_draw_u32(&draw) < c->near;
  const uint32_t u = wg_draw_u32(&draw), u_grid = wg_draw_u32(&draw);
  wg_spot found = {0};
  wg_choice chosen = wg_dwelling_choose(choice, taste, near ? m->subdistrict : WG_NO_ROW, u, u_grid, &found);
  // Those who must go look further than they would like.
  if (chosen == WG_NOTHING_VACANT && near && reason == WG_MOVE_RELIEF)
    chosen = wg_dwelling_choose(choice, taste, WG_NO_ROW, u, u_grid, &found);
  if (chosen == WG_NOTHING_VACANT && reason != WG_MOVE_RELIEF)
    return WG_OK; // nowhere to go: the household stays
  int code;
  if (chosen == WG_CHOSEN) {
    wg_subdistrict *to = world->subdistricts + found.subdistrict;
    const uint32_t destination = wg_grids(to)[found.grid].community;
    if (from == to && destination == origin)
      return WG_OK; // a move next door changes nothing that is counted
    code = wg_household_relocate(from, m->row, to, found.grid, reason, month, error);
    wg_dwelling_choice_recount(choice, found.subdistrict, destination);
  } else {
    // A part of the district that is not simulated is outside, and so is everything where nothing is vacant.
    code = wg_household_go_outside(from, m->row, reason, month, error);
  }
  wg_dwelling_choice_recount(choice, m->subdistrict, origin);
  return code;
}

// Fetches the households of later turns: they lie anywhere.
static void fetch_ahead(const wg_world *world, const wg_turn *turns, size_t left) {
  enum { HOME_AHEAD = 12, MEMBER_AHEAD = 6 };
  if (left > HOME_AHEAD) {
    const wg_turn *m = turns + HOME_AHEAD;
    __builtin_prefetch(wg_households(world->subdistricts + m->subdistrict) + m->row);
  }
  if (left > MEMBER_AHEAD) {
    const wg_turn *m = turns + MEMBER_AHEAD;
    const wg_subdistrict *s = world->subdistricts + m->subdistrict;
    __builtin_prefetch(wg_residents(s) + wg_households(s)[m->row].first);
  }
}

static size_t take_turns(wg_world *world, wg_turn *turns) {
  size_t count = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    wg_subdistrict *s = world->subdistricts + i;
    for (uint32_t j = 0; j < wg_movers_count(s); j++) {
      const wg_mover *m = wg_movers(s) + j;
      wg_household *home = wg_households(s) + m->household;
      if (home->identity == 0 || !home->moving)
        continue; // dissolved since
      home->moving = 0;
      turns[count++] = wg_turn_make(world, WG_PURPOSE_HOUSING, home->identity, i, m->household, m->reason);
    }
    s->tables[WG_TABLE_MOVER].count = 0;
  }
  wg_turns_sort(turns, count);
  return count;
}

// The last of the mechanisms by which people move within the district: the rows they left are freed here. Before that no row
// is given to somebody else, so that the others' lists stay good.
static int exchange(wg_world *world, const void *constants_, wg_error *error) {
  const constants *c = constants_;
  size_t count = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    count += wg_movers_count(world->subdistricts + i);
  wg_turn *turns = malloc((count + 1) * sizeof *turns);
  if (!turns)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu movers", count);
  count = take_turns(world, turns);
  wg_dwelling_choice choice;
  int code = wg_dwelling_choice_open(world, c->trust_pull, c->trust_middle, &choice, error);
  for (size_t i = 0; i < count && !code; i++) {
    fetch_ahead(world, turns + i, count - i);
    code = move_one(world, c, turns + i, &choice, error);
  }
  wg_dwelling_choice_close(&choice);
  free(turns);
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    wg_departed_free(world->subdistricts + i);
  return code;
}

static const wg_roll_event events[] = {
    {"move", WG_PURPOSE_MOVE, .lists = WG_TABLE_MOVER, .cap = move_cap, .rate = move_rate, .happen = decide},
};

static const wg_param_group *const groups[] = {&wg_housing_group};

const wg_mechanism wg_housing = {
    .name = "housing",
    .label = "住房",
    .doc = "A family household decides on a day to move and does so at the month's end, all members together; crowded "
           "ones oftener. Movers choose in the order of a keyed priority among the vacant dwellings of their own "
           "subdistrict or of the district, by what they cost, how large the household is, how old its head and how "
           "much people there trust their grid; where none is vacant they stay, but those who must go for relief leave "
           "the district. Open needs stay booked where they arose. Dwellings are completed month by month.",
    .groups = groups,
    .group_count = 1,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .prepare = prepare,
    .month_start = month_start,
    .exchange = exchange,
};
