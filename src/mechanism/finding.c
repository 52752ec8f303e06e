// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/finding.h"

#include <stdlib.h>

#include "model/need_volume.h"
#include "model/tally_output.h"

WG_PARAM_GROUP(wg_finding_group, "finding", false, wg_finding_params, WG_FINDING_PARAMS, "发现", "How latent needs are found.");

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
                        wg_config_origin(world->config, &wg_finding_group, 0, "reference_found_share"), share, 1.0 / ratio);
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

static void look_through(wg_context *context, uint32_t grid, bool outreach, uint64_t hazard) {
  wg_subdistrict *s = context->s;
  const wg_latent latent = wg_latent_of(s, grid, outreach);
  *latent.hazard += hazard;
  if (*latent.hazard > *latent.sorted) // people left: more hazard for each than the month's start foresaw
    wg_latent_extend(s, grid, outreach, *latent.hazard);
  while (*latent.heap != WG_NO_ROW && wg_needs(s)[*latent.heap].key <= *latent.hazard) {
    const uint32_t row = *latent.heap;
    wg_tally_at(s, grid, wg_needs(s)[row].service)->found++;
    wg_need_file(s, row, context->today, true);
  }
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
  return (uint64_t)((double)minutes / (double)(residents ? residents : 1) * (patrol ? c->patrol : c->outreach));
}

static bool by_outreach(const wg_context *context, const wg_desk *desk) {
  return context->world->catalogue.desk_kinds[desk->kind].params->looks == WG_LOOKS_OUTREACH;
}

// Orders what could be found this month if all desks did nothing but look, with a tenth to spare.
static void month_start(wg_context *context) {
  wg_subdistrict *s = context->s;
  wg_grid *grids = wg_grids(s);
  wg_need *needs = wg_needs(s);
  for (uint32_t g = 0; g < wg_grids_count(s); g++) {
    grids[g].patrol_ahead = grids[g].patrol_hazard;
    grids[g].outreach_ahead = grids[g].outreach_hazard;
  }
  for (uint32_t d = 0; d < wg_desks_count(s); d++) {
    const wg_desk *desk = wg_desks(s) + d;
    if (context->world->catalogue.desk_kinds[desk->kind].params->looks == WG_LOOKS_NONE)
      continue;
    uint32_t first, last;
    grids_of(s, desk, &first, &last);
    const uint64_t ahead = hazard_of(context, desk, desk->minutes, first, last) * 34;
    for (uint32_t g = first; g < last; g++)
      *(by_outreach(context, desk) ? &grids[g].outreach_ahead : &grids[g].patrol_ahead) += ahead;
  }
  for (uint32_t row = 0; row < wg_needs_count(s); row++) {
    const wg_need *n = needs + row;
    if (n->identity == 0 || n->state != WG_NEED_LATENT)
      continue;
    const bool outreach = wg_service_by_outreach(s, n->service);
    const wg_latent latent = wg_latent_of(s, n->grid, outreach);
    const uint64_t ahead = outreach ? grids[n->grid].outreach_ahead : grids[n->grid].patrol_ahead;
    if (n->key > *latent.sorted && n->key <= ahead)
      wg_need_heap_push(needs, latent.heap, row);
  }
  for (uint32_t g = 0; g < wg_grids_count(s); g++) {
    wg_grid *k = grids + g;
    k->patrol_sorted = k->patrol_ahead > k->patrol_sorted ? k->patrol_ahead : k->patrol_sorted;
    k->outreach_sorted = k->outreach_ahead > k->outreach_sorted ? k->outreach_ahead : k->outreach_sorted;
  }
}

static void day(wg_context *context) {
  const wg_subdistrict *s = context->s;
  for (uint32_t d = 0; d < wg_desks_count(s); d++) {
    const wg_desk *desk = wg_desks(s) + d;
    if (desk->looking_today == 0)
      continue;
    uint32_t first, last;
    grids_of(s, desk, &first, &last);
    const uint64_t hazard = hazard_of(context, desk, desk->looking_today, first, last);
    for (uint32_t g = first; g < last; g++)
      look_through(context, g, by_outreach(context, desk), hazard);
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
    .doc = "Each grid accumulates a hazard from the patrol and outreach minutes really spent per resident; a latent need is "
           "found when the sum has grown by its own exponential threshold divided by how easily its service is seen.",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
    .month_start = month_start,
    .day = day,
};
