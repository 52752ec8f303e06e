// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/finding.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/need_volume.h"
#include "model/tally_output.h"

WG_PARAM_GROUP(wg_finding_group, "finding", false, wg_finding_params, WG_FINDING_PARAMS, "发现",
               "How latent needs are found.");

typedef struct constants {
  double patrol, outreach; // hazard per person minute and resident, in 2^-32
} constants;

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
  c->patrol = p->patrol_effect * scale * 1000.0 * 0x1p32;
  c->outreach = p->outreach_effect * scale * 1000.0 * 0x1p32;
  *result = c;
  return WG_OK;
}

// The grids [first, last) that a desk looks through.
static void grids_of(const wg_subdistrict *s, const wg_desk *desk, uint32_t *first, uint32_t *last) {
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

// Hazard of so many minutes, shared by all residents of the grids alike.
static uint64_t hazard_of(const wg_context *context, const wg_desk *desk, uint32_t minutes, uint32_t first,
                          uint32_t last) {
  const constants *c = context->constants;
  const bool patrol = context->world->catalogue.desk_kinds[desk->kind].params->looks == WG_LOOKS_PATROL;
  uint64_t residents = 0;
  for (uint32_t g = first; g < last; g++)
    residents += wg_grids(context->s)[g].residents;
  return wg_whole((double)minutes / (double)(residents ? residents : 1) * (patrol ? c->patrol : c->outreach));
}

static bool by_outreach(const wg_context *context, const wg_desk *desk) {
  return context->world->catalogue.desk_kinds[desk->kind].params->looks == WG_LOOKS_OUTREACH;
}

// Makes ready for what could be found this month if all desks did nothing but look, with some days to spare.
static void month_start(wg_context *context) {
  wg_subdistrict *s = context->s;
  wg_search *searches = wg_searches(s);
  for (uint32_t i = 0; i < wg_searches_count(s); i++)
    searches[i].ahead = 0;
  for (uint32_t d = 0; d < wg_desks_count(s); d++) {
    const wg_desk *desk = wg_desks(s) + d;
    if (context->world->catalogue.desk_kinds[desk->kind].params->looks == WG_LOOKS_NONE)
      continue;
    uint32_t first, last;
    grids_of(s, desk, &first, &last);
    const uint64_t month = hazard_of(context, desk, desk->minutes, first, last) * 34;
    for (uint32_t g = first; g < last; g++)
      searches[g * 2 + by_outreach(context, desk)].ahead += month;
  }
  wg_searches_restart(s);
}

static void file_found(void *context_, uint32_t need) {
  const wg_context *context = context_;
  const wg_need *n = wg_needs(context->s) + need;
  wg_tally_at(context->s, n->grid, n->service)->found++;
  wg_event_note(context->s, need, WG_EVENT_FIND, WG_NO_DESK);
  wg_need_file(context->s, need, context->today);
}

static void day(wg_context *context) {
  wg_subdistrict *s = context->s;
  for (uint32_t d = 0; d < wg_desks_count(s); d++) {
    const wg_desk *desk = wg_desks(s) + d;
    if (desk->looking_today == 0)
      continue;
    uint32_t first, last;
    grids_of(s, desk, &first, &last);
    const uint64_t hazard = hazard_of(context, desk, desk->looking_today, first, last);
    for (uint32_t g = first; g < last; g++)
      wg_search_advance(s, g * 2 + by_outreach(context, desk), hazard, context, file_found);
  }
}

WG_TALLY_OUTPUT(found)

static const wg_output outputs[] = {
    {"needs_found", WG_I32, {WG_AXIS_SERVICE}, "need", "Latent needs found by patrol or outreach", "发现的需求", found},
};

static const wg_param_group *const groups[] = {&wg_finding_group};

const wg_mechanism wg_finding = {
    .name = "finding",
    .label = "发现",
    .doc = "Each grid accumulates a hazard from the patrol and outreach minutes really spent per resident; a latent "
           "need is "
           "found when the sum has grown by its own exponential threshold divided by how easily its service is seen.",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
    .month_start = month_start,
    .day = day,
};
