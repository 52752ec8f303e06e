// SPDX-License-Identifier: GPL-3.0-or-later
// What dwelling in a community costs (住房成本), in five classes: an assumption, not an estimate of real prices.
#ifndef WG_SYNTHESIS_COST_CLASS_H
#define WG_SYNTHESIS_COST_CLASS_H

#include "synthesis/geography.h"
#include "synthesis/synthesis.h"

// 1 (least) to WG_COST_CLASSES: the highest at the district's south-east (synthesis.cost_longitude, cost_latitude), lower with
// the distance from there, in villages and in places of rural statistical class, and a keyed draw of the community beside.
uint8_t wg_cost_class(const wg_community_plan *community, const wg_synthesis_params *params, wg_luck luck);

// Whether more is built there: a village, or a community of a town.
static inline bool wg_is_outer(const wg_community_plan *community, bool town) {
  return town || community->kind == WG_VILLAGE;
}

#endif
