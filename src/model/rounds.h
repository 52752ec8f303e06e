// SPDX-License-Identifier: GPL-3.0-or-later
// Rounds (巡查): over which grids, and over which matters first, desks that look spend their hours. Officials decide this, so
// nothing is known here but what was filed and how many residents there are.
#ifndef WG_MODEL_ROUNDS_H
#define WG_MODEL_ROUNDS_H

#include "model/world.h"

// In the order of the choices of finding.rounds.
typedef enum wg_rounds_rule {
  WG_ROUNDS_OWN,             // 各巡各格
  WG_ROUNDS_DISTRICT_FIRST,  // 先区级事项
  WG_ROUNDS_COMMUNITY_FIRST, // 先社区事项
  WG_ROUNDS_COOPERATIVE,     // 社区内协同
  WG_ROUNDS_RANDOM,          // 随机
  WG_ROUNDS_BY_FILED,        // 按立案量
} wg_rounds_rule;

typedef struct wg_rounds {
  wg_rounds_rule rule;
  double share; // of the looking hours: those that follow the rule; the others stay in the desk's own area
} wg_rounds;

// Whether the rule moves hours between grids, rather than between matters or not at all.
static inline bool wg_rounds_move(wg_rounds_rule rule) {
  return rule >= WG_ROUNDS_COOPERATIVE;
}

// The grids [first, last) of a desk's own area.
void wg_rounds_area(const wg_subdistrict *s, const wg_desk *desk, uint32_t *first, uint32_t *last);

// Divides today's looking hours of all desks among the grids, into patrol_today and outreach_today: whole minutes, which add up
// to those of the desks.
void wg_rounds_plan_day(const wg_world *world, wg_subdistrict *s, wg_rounds rounds);

// The same for a day on which the desks do nothing but look; random rounds go everywhere alike.
void wg_rounds_plan_full_day(const wg_world *world, wg_subdistrict *s, wg_rounds rounds);

// Counts what was filed in the month that ends towards the year behind it, which by_filed reads.
void wg_rounds_remember(const wg_subdistrict *s);

// A matter of the district (区级事项): the territory's own desks (块) can finish less than `able` of its cases. The others are
// matters of communities (社区事项).
bool wg_rounds_district_matter(const wg_catalogue *catalogue, const wg_service *service, double able);

#endif
