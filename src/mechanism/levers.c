// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/levers.h"

#include "model/lever.h"
#include "model/place_sum.h"

static bool wanted(const wg_world *world) {
  const wg_output_params *p = wg_config_get(world->config, &wg_output_group);
  return p->levers;
}

// Mean over the month's days and the place's grids; a REPLACE lever's over where it replaces, NaN where it does nowhere.
static void levers(const wg_world *world, wg_place place, void *block) {
  double *values = block;
  for (uint32_t slot = 0; slot < WG_SLOT_COUNT; slot++) {
    const bool replaces = wg_levers[wg_slot_lever(slot)].rule == WG_REPLACE;
    double sum = 0.0, weights = 0.0;
    WG_FOR_COMMUNITIES(world, place, s, c)
    for (uint32_t segment = 0; s->lived && segment < s->segment_count; segment++) {
      const wg_lever_value *v = wg_lever_in(s, segment, slot, c);
      const double weight = (double)wg_communities(s)[c].grid_count * (replaces ? v->weight : 1.0) *
                            (double)(s->segment_first[segment + 1] - s->segment_first[segment]);
      sum += weight * v->value;
      weights += weight;
    }
    values[slot] = weights > 0.0 ? sum / weights : WG_NAN;
  }
}

static const wg_output outputs[] = {
    {"lever", WG_F64, {WG_AXIS_LEVER}, "see lever", "Mean value of the lever in the month", "杠杆", levers},
};

const wg_mechanism wg_levers_mechanism = {
    .name = "levers",
    .label = "杠杆",
    .doc = "Policies combine into levers, which are constant within segments of the month; mechanisms read today's "
           "segment. With output.levers = true their monthly means are written.",
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .outputs_wanted = wanted,
};
