// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/cost_class.h"

#include "base/maths.h"
#include "schema/purpose.h"

static const double km_per_degree = 111.2, radians_per_degree = 0.017453292519943295;

static double distance_km(double longitude, double latitude, double other_longitude, double other_latitude) {
  const double east = (longitude - other_longitude) * km_per_degree * wg_cos(latitude * radians_per_degree);
  const double north = (latitude - other_latitude) * km_per_degree;
  return wg_sqrt(east * east + north * north);
}

uint8_t wg_cost_class(const wg_community_plan *community, const wg_synthesis_params *params, wg_luck luck) {
  wg_draw draw = wg_draw_open(luck, WG_PURPOSE_SYNTHESIS_COST, 0, (uint64_t)community->code, 0);
  const double distance =
      distance_km(community->longitude, community->latitude, params->cost_longitude, params->cost_latitude);
  const double level = WG_COST_CLASSES - params->cost_distance * distance -
                       (community->kind == WG_VILLAGE ? params->cost_village : 0.0) -
                       (community->urban_rural_class >= WG_RURAL_CLASS ? params->cost_rural : 0.0) +
                       params->cost_spread * (2.0 * wg_draw_unit(&draw) - 1.0);
  return level < 1.5 ? 1 : level >= WG_COST_CLASSES ? WG_COST_CLASSES : (uint8_t)wg_whole(level + 0.5);
}
