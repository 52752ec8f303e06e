// SPDX-License-Identifier: GPL-3.0-or-later
// The groups (人群) for which coverage is told: those that the books keep, and urban and rural places.
#ifndef WG_MODEL_GROUP_H
#define WG_MODEL_GROUP_H

#include "model/place.h"
#include "model/tally.h"

// Along the axis of groups: age bands and registrations as in the books, then places, then the cohort (no, yes).
enum {
  WG_GROUP_URBAN = WG_GROUP_COHORT,
  WG_GROUP_RURAL,
  WG_GROUP_OUT_COHORT,
  WG_GROUP_COUNT = WG_GROUP_OUT_COHORT + 2,
};

extern const char *const wg_group_names[WG_GROUP_COUNT], *const wg_group_labels[WG_GROUP_COUNT];

// Statistical classes from 200 on are rural (乡村).
static inline bool wg_community_is_rural(const wg_community *community) {
  return community->urban_rural_class >= 200;
}

#endif
