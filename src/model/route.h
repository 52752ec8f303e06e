// SPDX-License-Identifier: GPL-3.0-or-later
// Which desk a case goes to.
#ifndef WG_MODEL_ROUTE_H
#define WG_MODEL_ROUTE_H

#include "model/catalogue.h"
#include "model/subdistrict.h"

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

#endif
