// SPDX-License-Identifier: GPL-3.0-or-later
// Subdistricts and communities as they are to be filled: kinds, sizes, coordinates. Always the whole district.
#ifndef WG_SYNTHESIS_GEOGRAPHY_H
#define WG_SYNTHESIS_GEOGRAPHY_H

#include "base/draw.h"
#include "synthesis/census_targets.h"

enum { WG_RURAL_CLASS = 200 }; // statistical classes from here on are rural

typedef struct wg_community_plan {
  int64_t code;
  const char *name; // in the inputs
  double longitude, latitude;
  int64_t residents;
  uint32_t subdistrict; // position in wg_geography
  uint16_t urban_rural_class;
  uint8_t kind; // wg_community_kind
  bool located; // its coordinates are known
} wg_community_plan;

typedef struct wg_subdistrict_plan {
  int64_t code;
  const char *name; // in the inputs
  double longitude, latitude;
  int64_t residents;
  size_t first_community, community_count;
  bool town, located;
  bool counted; // residents as counted; otherwise by the rule for the subdistricts without a count
} wg_subdistrict_plan;

// Both in the order of their codes, so that the order of the files never shows.
typedef struct wg_geography {
  wg_subdistrict_plan *subdistricts;
  wg_community_plan *communities;
  size_t subdistrict_count, community_count;
} wg_geography;

// Reads and cross-checks the two tables and draws what is not known: nothing without `targets` (NULL). The caller frees,
// also after a failure.
int wg_geography_create(const wg_inputs *inputs, const wg_synthesis_params *params, const wg_census_targets *targets,
                        wg_luck luck, wg_geography *geography, wg_error *error);
void wg_geography_free(wg_geography *geography);

#endif
