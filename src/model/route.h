// SPDX-License-Identifier: GPL-3.0-or-later
// Which desk a case goes to, and which desks can finish it.
#ifndef WG_MODEL_ROUTE_H
#define WG_MODEL_ROUTE_H

#include "model/case_params.h"
#include "model/catalogue.h"
#include "model/subdistrict.h"
#include "model/world.h"

// The first desk of the service's route, from position `from` on, that has hours; the last one where none has.
static inline uint32_t wg_route_desk(const wg_subdistrict *s, const wg_service *service, uint32_t grid, uint32_t from) {
  uint32_t desk = WG_NO_ROW;
  for (uint32_t i = from; i < service->route_length; i++) {
    desk = wg_desk_for(s, service->route[i], grid);
    if (wg_desks(s)[desk].minutes > 0)
      break;
  }
  return desk;
}

// Hand-offs between owners (条, 块) and to or from another network's team take time.
static inline bool wg_route_crosses(const wg_catalogue *catalogue, const wg_desk *from, const wg_desk *to) {
  const wg_desk_kind_params *a = catalogue->desk_kinds[from->kind].params, *b = catalogue->desk_kinds[to->kind].params;
  return a->owner != b->owner ||
         (a->network != b->network && a->network != WG_TEAM_OF_NONE && b->network != WG_TEAM_OF_NONE);
}

// Whether the desk can finish the case. The last kind in a route finishes everything, the others what is easy enough for them,
// more where policies add to their skill. Outside of their routes officers get nothing but light cases, and can finish them, and
// teams nothing but misdirected ones.
bool wg_route_can_finish(const wg_catalogue *catalogue, const wg_subdistrict *s, const wg_desk *desk, const wg_need *n);

// Whether the case has gone astray to the desk (误派): another network's team.
bool wg_route_is_astray(const wg_catalogue *catalogue, const wg_subdistrict *s, const wg_need *n);

// One of the other networks' specialist teams that have hours, but not the one that has the case now, each alike; WG_NO_ROW where there is none.
uint32_t wg_route_wrong_team(const wg_catalogue *catalogue, const wg_subdistrict *s, const wg_need *n, wg_draw *draw);

// Days after its legal limit, or after it came to a wider desk, on which a case that still waits escalates (升级).
uint32_t wg_route_patience(const wg_escalation_params *params, const wg_service *service, const wg_subdistrict *s,
                           const wg_need *n);

// What tells one round of a case (a hand-off, a return) from the next in the key of its draws. Rounds are counted up to 15 only;
// then the day tells them apart.
static inline uint32_t wg_route_round(uint32_t count, wg_date today) {
  return count < 15 ? count : (uint32_t)today;
}

// Days that something takes on average, in whole days: the fraction by the uniform number.
static inline uint32_t wg_route_days(double mean, double uniform) {
  return (uint32_t)(mean + uniform);
}

#endif
