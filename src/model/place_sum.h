// SPDX-License-Identifier: GPL-3.0-or-later
// Walking the communities of an output place.
#ifndef WG_MODEL_PLACE_SUM_H
#define WG_MODEL_PLACE_SUM_H

#include "base/maths.h"
#include "model/world.h"
#include "schema/output.h"

static inline uint32_t wg_place_first_community(wg_place place) {
  return place.community < 0 ? 0 : (uint32_t)place.community;
}
static inline uint32_t wg_place_last_community(const wg_subdistrict *s, wg_place place) {
  return place.community < 0 ? wg_communities_count(s) : (uint32_t)place.community + 1;
}

// For every community of the place: `s` is its subdistrict, `c` its row.
#define WG_FOR_COMMUNITIES(world, place, s, c)                                                                         \
  for (uint32_t s##_ = (place).first; s##_ < (place).last; s##_++)                                                     \
    for (const wg_subdistrict *s = (world)->subdistricts + s##_; s; s = NULL)                                          \
      for (uint32_t c = wg_place_first_community(place); c < wg_place_last_community(s, place); c++)

// For every desk of the place; a subdistrict's desk belongs to no single community.
#define WG_FOR_DESKS(world, place, s, desk)                                                                            \
  for (uint32_t s##_ = (place).first; s##_ < (place).last; s##_++)                                                     \
    for (const wg_subdistrict *s = (world)->subdistricts + s##_; s; s = NULL)                                          \
      for (const wg_desk *desk = wg_desks(s), *desk##_end = desk + wg_desks_count(s); desk < desk##_end; desk++)       \
        if ((place).community < 0 || desk->community == (place).community)

// The sum of one column of the communities.
#define WG_SUM_COMMUNITIES(world, place, column)                                                                       \
  __extension__({                                                                                                      \
    int64_t sum_ = 0;                                                                                                  \
    WG_FOR_COMMUNITIES(world, place, sub, c) sum_ += wg_communities(sub)[c].column;                                    \
    sum_;                                                                                                              \
  })

#endif
