// SPDX-License-Identifier: GPL-3.0-or-later
// Indicators of plans (规划指标) for a place, from what is counted.
#ifndef WG_MODEL_INDICATOR_H
#define WG_MODEL_INDICATOR_H

#include "model/world.h"
#include "schema/output.h"

typedef enum wg_indicator {
  WG_INDICATOR_WORKERS,    // community workers per 10,000 residents
  WG_INDICATOR_VOLUNTEERS, // share of residents
  WG_INDICATOR_SPACE,      // m2 of service space per 100 family households
  WG_INDICATOR_GRID_SIZE,  // residents per grid
  WG_INDICATOR_STAFFED,    // share of grids with an officer, or with a part of one
  WG_INDICATOR_COUNT,
} wg_indicator;

// As it stands now; NaN where there is nothing to relate it to. Of a single community, what stands in it: not the
// subdistrict's desks.
double wg_indicator_of(const wg_world *world, wg_place place, wg_indicator indicator);

#endif
