// SPDX-License-Identifier: GPL-3.0-or-later
// Access (可达): which communities can walk to a facility of each kind within its limit. A community stands at its point.
#ifndef WG_MODEL_ACCESS_H
#define WG_MODEL_ACCESS_H

#include "base/error.h"
#include "model/facility.h"
#include "schema/param.h"

#define WG_ACCESS_PARAMS(X, T)                                                                                         \
  X(T, REAL, walking_speed, "75.0", 10.0, 300.0, "m / minute", ASSUMED, "步行速度", "Speed of somebody who walks.",    \
    "4.5 km/h, a common planning value; with the detour, fifteen minutes reach 865 m (planners reckon with about 1 "   \
    "km)")                                                                                                             \
  X(T, REAL, detour, "1.3", 1.0, 5.0, "1", ASSUMED, "绕行系数", "Length of a walk by the straight distance.",          \
    "no local figure; a grid of streets gives 1.0 to 1.41")
WG_PARAM_STRUCT(wg_access_params, WG_ACCESS_PARAMS)
extern const wg_param_group wg_access_group;

struct wg_world;
struct wg_subdistrict;

// A community of the district that is not simulated, as it was at the start.
typedef struct wg_elsewhere {
  double longitude, latitude; // degrees
  uint32_t open;              // bit set: it has a facility of that kind that is open to others
} wg_elsewhere;

// Straight distance in metres on a sphere, for points that lie near each other.
double wg_distance_m(double longitude, double latitude, double other_longitude, double other_latitude);

// Finds out anew what each community reaches (its column `reach`). To be called where one thread alone is at work.
int wg_access_refresh(struct wg_world *world, wg_error *error);

// Adds an open facility, and notes that what its surroundings reach must be found out anew. Not within days.
int wg_facility_add(struct wg_subdistrict *s, const wg_facility *facility, wg_error *error);

#endif
