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

static void look_through(wg_context *context, uint32_t grid, uint32_t *heap, uint64_t hazard) {
  wg_subdistrict *s = context->s;
  while (*heap != WG_NO_ROW && wg_needs(s)[*heap].key <= hazard) {
    const uint32_t row = *heap;
    wg_tally_at(s, grid, wg_needs(s)[row].service)->found++;
    wg_need_file(s, row, context->today, true);
  }
}

// Minutes per resident are the same in all the grids [first, last) that a desk looks through.
static void look(wg_context *context, const wg_desk *desk, uint32_t first, uint32_t last) {
  const constants *c = context->constants;
  const bool patrol = context->world->catalogue.desk_kinds[desk->kind].params->looks == WG_LOOKS_PATROL;
  wg_grid *grids = wg_grids(context->s);
  uint64_t residents = 0;
  for (uint32_t g = first; g < last; g++)
    residents += grids[g].residents;
  const double per_resident = (double)desk->looking_today / (double)(residents ? residents : 1);
  const uint64_t hazard = (uint64_t)(per_resident * (patrol ? c->patrol : c->outreach));
  for (uint32_t g = first; g < last; g++) {
    if (patrol)
      look_through(context, g, &grids[g].patrol_latent, grids[g].patrol_hazard += hazard);
    else
      look_through(context, g, &grids[g].outreach_latent, grids[g].outreach_hazard += hazard);
  }
}

static void day(wg_context *context) {
  const wg_subdistrict *s = context->s;
  for (uint32_t d = 0; d < wg_desks_count(s); d++) {
    const wg_desk *desk = wg_desks(s) + d;
    if (desk->looking_today == 0)
      continue;
    if (desk->grid != WG_NO_PLACE) {
      look(context, desk, desk->grid, desk->grid + 1U);
    } else if (desk->community != WG_NO_PLACE) {
      const wg_community *c = wg_communities(s) + desk->community;
      look(context, desk, c->first_grid, (uint32_t)c->first_grid + c->grid_count);
    } else {
      look(context, desk, 0, wg_grids_count(s));
    }
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
    .day = day,
};
