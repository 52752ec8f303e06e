// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rounds.h"

#include "schema/purpose.h"

void wg_rounds_area(const wg_subdistrict *s, const wg_desk *desk, uint32_t *first, uint32_t *last) {
  *first = 0;
  *last = wg_grids_count(s);
  if (desk->grid != WG_NO_PLACE) {
    *first = desk->grid;
    *last = desk->grid + 1U;
  } else if (desk->community != WG_NO_PLACE) {
    *first = wg_communities(s)[desk->community].first_grid;
    *last = *first + wg_communities(s)[desk->community].grid_count;
  }
}

typedef uint64_t weigh(const wg_grid *grid);

static uint64_t by_residents(const wg_grid *grid) {
  return grid->residents;
}

static uint64_t by_filed(const wg_grid *grid) {
  return grid->filed_year;
}

static uint64_t alike(const wg_grid *grid) {
  (void)grid;
  return 1;
}

static void add(const wg_subdistrict *s, uint32_t grid, bool outreach, uint32_t minutes) {
  wg_grid *g = wg_grids(s) + grid;
  *(outreach ? &g->outreach_today : &g->patrol_today) += minutes;
}

static uint64_t weight_of(const wg_subdistrict *s, uint32_t first, uint32_t last, weigh *weight) {
  uint64_t sum = 0;
  for (uint32_t g = first; g < last; g++)
    sum += weight(wg_grids(s) + g);
  return sum;
}

// By the rounded running sum, so that the parts add up and each lies within a minute of its due.
static void divide(const wg_subdistrict *s, uint64_t minutes, bool outreach, uint32_t first, uint32_t last,
                   weigh *weight) {
  if (first + 1 == last) {
    add(s, first, outreach, (uint32_t)minutes);
    return;
  }
  uint64_t whole = weight_of(s, first, last, weight);
  if (whole == 0) { // nothing filed yet
    weight = by_residents;
    whole = weight_of(s, first, last, weight);
  }
  if (whole == 0) { // nobody lives there
    weight = alike;
    whole = weight_of(s, first, last, weight);
  }
  uint64_t sum = 0, given = 0;
  for (uint32_t g = first; g < last; g++) {
    sum += weight(wg_grids(s) + g);
    const uint64_t so_far = (minutes * sum + whole / 2) / whole;
    add(s, g, outreach, (uint32_t)(so_far - given));
    given = so_far;
  }
}

// One grid of [first, last), each alike: the desk's luck of the day.
static uint32_t any_grid(const wg_world *world, const wg_subdistrict *s, const wg_desk *desk, uint32_t first,
                         uint32_t last) {
  wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_ROUNDS, (uint32_t)s->today, desk->identity, 0);
  return first + wg_draw_below(&draw, last - first);
}

// Officers of grids may be sent anywhere in the subdistrict, or work with those of their community; wider desks stay in their
// own area.
static void reach(const wg_subdistrict *s, const wg_desk *desk, wg_rounds_rule rule, uint32_t *first, uint32_t *last) {
  wg_rounds_area(s, desk, first, last);
  if (desk->grid == WG_NO_PLACE)
    return;
  const wg_community *k = wg_communities(s) + wg_grids(s)[desk->grid].community;
  *first = rule == WG_ROUNDS_COOPERATIVE ? k->first_grid : 0;
  *last = rule == WG_ROUNDS_COOPERATIVE ? *first + k->grid_count : wg_grids_count(s);
}

static void plan(const wg_world *world, const wg_subdistrict *s, wg_rounds rounds, bool full) {
  wg_grid *grids = wg_grids(s);
  for (uint32_t g = 0; g < wg_grids_count(s); g++)
    grids[g].patrol_today = grids[g].outreach_today = 0;
  // Officers of grids put their hours together: desks of one kind stand in the order of their grids, and so of their
  // communities.
  uint64_t pool = 0;
  uint32_t pool_first = 0, pool_last = 0;
  bool pool_outreach = false;
  weigh *const weight = rounds.rule == WG_ROUNDS_BY_FILED ? by_filed
                        : rounds.rule == WG_ROUNDS_RANDOM ? alike
                                                          : by_residents;
  for (uint32_t d = 0; d < wg_desks_count(s); d++) {
    const wg_desk *desk = wg_desks(s) + d;
    const wg_desk_kind_params *p = world->catalogue.desk_kinds[desk->kind].params;
    const uint32_t minutes = full ? desk->minutes : desk->looking_today;
    if (p->looks == WG_LOOKS_NONE || minutes == 0)
      continue;
    const bool outreach = p->looks == WG_LOOKS_OUTREACH;
    const uint32_t moved = wg_rounds_move(rounds.rule) ? (uint32_t)((double)minutes * rounds.share) : 0;
    uint32_t first, last;
    wg_rounds_area(s, desk, &first, &last);
    divide(s, minutes - moved, outreach, first, last, by_residents);
    if (moved == 0)
      continue;
    reach(s, desk, rounds.rule, &first, &last);
    if (rounds.rule == WG_ROUNDS_RANDOM && !full) {
      add(s, any_grid(world, s, desk, first, last), outreach, moved);
      continue;
    }
    if (pool && (first != pool_first || last != pool_last || outreach != pool_outreach)) {
      divide(s, pool, pool_outreach, pool_first, pool_last, weight);
      pool = 0;
    }
    pool += moved;
    pool_first = first;
    pool_last = last;
    pool_outreach = outreach;
  }
  if (pool)
    divide(s, pool, pool_outreach, pool_first, pool_last, weight);
}

void wg_rounds_plan_day(const wg_world *world, wg_subdistrict *s, wg_rounds rounds) {
  plan(world, s, rounds, false);
}

void wg_rounds_plan_full_day(const wg_world *world, wg_subdistrict *s, wg_rounds rounds) {
  plan(world, s, rounds, true);
}

// In 1/256 of a case: whole ones would never go once fewer than twelve are left.
void wg_rounds_remember(const wg_subdistrict *s) {
  for (uint32_t g = 0; g < wg_grids_count(s); g++) {
    wg_grid *grid = wg_grids(s) + g;
    grid->filed_year = grid->filed_year - grid->filed_year / 12 + (grid->filed_month << 8);
    grid->filed_month = 0;
  }
}

bool wg_rounds_district_matter(const wg_catalogue *catalogue, const wg_service *service, double able) {
  double most = 0.0;
  for (uint32_t i = 0; i < service->route_length; i++)
    if (catalogue->desk_kinds[service->route[i]].params->owner == WG_OWNER_TERRITORY)
      most = service->params->takes.items[i] > most ? service->params->takes.items[i] : most;
  return most < able;
}
