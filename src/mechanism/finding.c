// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/finding.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/need_volume.h"
#include "model/rounds.h"
#include "model/tally_output.h"

WG_PARAM_GROUP(wg_finding_group, "finding", false, wg_finding_params, WG_FINDING_PARAMS, "发现",
               "How latent needs are found.");

typedef struct constants {
  double effect[2]; // of patrol, outreach: hazard per person minute and resident, in 2^-32
  wg_rounds rounds;
  uint32_t district_services; // a bit for each service that is the district's, where rounds tell matters apart
  double attention[2][2];     // patrol, outreach: factors on the hazard of other matters and of the district's
} constants;

// Attention is moved between matters, not made: a minute that looks for the first ones alone finds them as many times more
// quickly as all matters that it leaves out are to these. Where all or none are first, nothing changes.
static void turn_attention(const wg_world *world, constants *c) {
  const wg_catalogue *catalogue = &world->catalogue;
  const double able = ((const wg_finding_params *)wg_config_get(world->config, &wg_finding_group))->district_matters;
  const bool district = c->rounds.rule == WG_ROUNDS_DISTRICT_FIRST;
  double mix[2][2] = {{0}};
  for (uint32_t v = 0; v < catalogue->service_count; v++) {
    const wg_service *service = catalogue->services + v;
    const bool theirs = wg_rounds_district_matter(catalogue, service, able);
    if (theirs)
      c->district_services |= 1U << v;
    if (service->params->found_by != WG_FOUND_BY_NONE)
      mix[service->params->found_by == WG_FOUND_BY_OUTREACH][theirs] += service->share;
  }
  for (int outreach = 0; outreach < 2; outreach++) {
    const double first = mix[outreach][district], rest = mix[outreach][!district];
    if (!(first > 0.0 && rest > 0.0))
      continue;
    c->attention[outreach][district] = 1.0 - c->rounds.share + c->rounds.share * (first + rest) / first;
    c->attention[outreach][!district] = 1.0 - c->rounds.share;
  }
}

static int prepare(const wg_world *world, void **result, wg_error *error) {
  const wg_finding_params *p = wg_config_get(world->config, &wg_finding_group);
  const double ratio = wg_filed_share_ratio(world);
  const double share = p->reference_found_share;
  if (ratio * share >= 1.0)
    return wg_error_add(error, WG_FAIL_CONFIG,
                        "%s: finding.reference_found_share: %.3g times the change of needs.filed_share reaches 1 "
                        "(allowed: below %.3g)",
                        wg_config_origin(world->config, &wg_finding_group, 0, "reference_found_share"), share,
                        1.0 / ratio);
  constants *c = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for finding");
  // Under competing hazards the found share is h / (h + lapse): to scale the share by `ratio`, h scales by this.
  const double scale = ratio * (1.0 - share) / (1.0 - ratio * share);
  c->effect[0] = p->patrol_effect * scale * 1000.0 * 0x1p32;
  c->effect[1] = p->outreach_effect * scale * 1000.0 * 0x1p32;
  c->rounds = (wg_rounds){.rule = (wg_rounds_rule)p->rounds, .share = p->rounds_share};
  for (int outreach = 0; outreach < 2; outreach++)
    c->attention[outreach][0] = c->attention[outreach][1] = 1.0;
  if (c->rounds.rule == WG_ROUNDS_DISTRICT_FIRST || c->rounds.rule == WG_ROUNDS_COMMUNITY_FIRST)
    turn_attention(world, c);
  *result = c;
  return WG_OK;
}

// Hazard of so many minutes, shared by all residents alike.
static double hazard_of(const constants *c, bool outreach, uint32_t minutes, uint64_t residents) {
  return (double)minutes / (double)(residents ? residents : 1) * c->effect[outreach];
}

typedef void spend(wg_context *context, uint32_t search, uint64_t hazard);

// Spends hazard in a grid: on all matters alike, or on the district's and the others apart.
static void spend_in(wg_context *context, uint32_t grid, bool outreach, double hazard, spend *how) {
  const constants *c = context->constants;
  const uint32_t search = grid * WG_SEARCH_WAYS + (outreach ? WG_WAY_OUTREACH : 0);
  how(context, search, wg_whole(hazard * c->attention[outreach][0]));
  if (c->district_services)
    how(context, search + WG_WAY_DISTRICT, wg_whole(hazard * c->attention[outreach][1]));
}

// What every desk spends in its own area.
static void spend_own(wg_context *context, bool full, spend *how) {
  const wg_subdistrict *s = context->s;
  for (uint32_t d = 0; d < wg_desks_count(s); d++) {
    const wg_desk *desk = wg_desks(s) + d;
    const int32_t looks = context->world->catalogue.desk_kinds[desk->kind].params->looks;
    const uint32_t minutes = full ? desk->minutes : desk->looking_today;
    if (looks == WG_LOOKS_NONE || minutes == 0)
      continue;
    uint32_t first, last;
    wg_rounds_area(s, desk, &first, &last);
    uint64_t residents = 0;
    for (uint32_t g = first; g < last; g++)
      residents += wg_grids(s)[g].residents;
    const bool outreach = looks == WG_LOOKS_OUTREACH;
    const double hazard = hazard_of(context->constants, outreach, minutes, residents);
    for (uint32_t g = first; g < last; g++)
      spend_in(context, g, outreach, hazard, how);
  }
}

// What the plan has for every grid, whoever comes.
static void spend_planned(wg_context *context, spend *how) {
  const wg_subdistrict *s = context->s;
  for (uint32_t g = 0; g < wg_grids_count(s); g++) {
    const wg_grid *grid = wg_grids(s) + g;
    if (grid->patrol_today)
      spend_in(context, g, false, hazard_of(context->constants, false, grid->patrol_today, grid->residents), how);
    if (grid->outreach_today)
      spend_in(context, g, true, hazard_of(context->constants, true, grid->outreach_today, grid->residents), how);
  }
}

// Room for some days to spare, and for double the mean of random rounds; a search that needs more begins anew.
static void make_room(wg_context *context, uint32_t search, uint64_t hazard) {
  const constants *c = context->constants;
  wg_searches(context->s)[search].ahead += hazard * (c->rounds.rule == WG_ROUNDS_RANDOM ? 68 : 34);
}

// Makes ready for what could be found this month if all desks did nothing but look.
static void month_start(wg_context *context) {
  wg_subdistrict *s = context->s;
  const constants *c = context->constants;
  s->district_services = c->district_services;
  for (uint32_t i = 0; i < wg_searches_count(s); i++)
    wg_searches(s)[i].ahead = 0;
  for (uint32_t g = 0; g < wg_grids_count(s); g++)
    wg_grids(s)[g].patrol_minutes = wg_grids(s)[g].outreach_minutes = 0;
  if (wg_rounds_move(c->rounds.rule)) {
    wg_rounds_plan_full_day(context->world, s, c->rounds);
    spend_planned(context, make_room);
  } else {
    spend_own(context, true, make_room);
  }
  wg_searches_restart(s);
}

static void file_found(void *context_, uint32_t need) {
  const wg_context *context = context_;
  wg_need *n = wg_needs(context->s) + need;
  n->channel = 0; // found before somebody could report it
  wg_tally_at(context->s, n->grid, n->service)->found++;
  wg_event_note(context->s, need, WG_EVENT_FIND, WG_NO_DESK);
  wg_need_file(context->s, need, context->today);
}

static void look(wg_context *context, uint32_t search, uint64_t hazard) {
  wg_search_advance(context->s, search, hazard, context, file_found);
}

static void day(wg_context *context) {
  wg_subdistrict *s = context->s;
  const constants *c = context->constants;
  wg_rounds_plan_day(context->world, s, c->rounds);
  for (uint32_t g = 0; g < wg_grids_count(s); g++) {
    wg_grid *grid = wg_grids(s) + g;
    grid->patrol_minutes += grid->patrol_today;
    grid->outreach_minutes += grid->outreach_today;
  }
  if (wg_rounds_move(c->rounds.rule))
    spend_planned(context, look);
  else
    spend_own(context, false, look);
}

static void month_end(wg_context *context) {
  wg_rounds_remember(context->s);
}

// Minutes spent in the grids of the place, where person_minutes_looking has those of the desks that stand there.
static void minutes_looked(const wg_world *world, wg_place place, void *block) {
  int64_t sum = 0;
  WG_FOR_COMMUNITIES(world, place, s, c) {
    const wg_community *k = wg_communities(s) + c;
    for (uint32_t g = k->first_grid; g < k->first_grid + (uint32_t)k->grid_count; g++)
      sum += (int64_t)wg_grids(s)[g].patrol_minutes + wg_grids(s)[g].outreach_minutes;
  }
  *(int64_t *)block = sum;
}

WG_TALLY_OUTPUT(found)

static const wg_output outputs[] = {
    {"needs_found", WG_I32, {WG_AXIS_SERVICE}, "need", "Latent needs found by patrol or outreach", "发现的需求", found},
    {"person_minutes_looked",
     WG_I64,
     {WG_AXIS_NONE},
     "person minute",
     "Patrol and outreach spent in the place, wherever the desks stand",
     "受巡查走访工时",
     minutes_looked},
};

static const wg_param_group *const groups[] = {&wg_finding_group};

const wg_mechanism wg_finding = {
    .name = "finding",
    .label = "发现",
    .doc = "Each grid accumulates a hazard from the patrol and outreach minutes really spent per resident; a latent "
           "need is "
           "found when the sum has grown by its own exponential threshold divided by how easily its service is seen. "
           "finding.rounds says in which grids, and for which matters first, the minutes are spent.",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
    .month_start = month_start,
    .day = day,
    .month_end = month_end,
};
