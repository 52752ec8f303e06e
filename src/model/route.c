// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/route.h"

#include "model/lever.h"

bool wg_route_can_finish(const wg_catalogue *catalogue, const wg_subdistrict *s, const wg_desk *desk,
                         const wg_need *n) {
  const wg_service *service = catalogue->services + n->service;
  const uint32_t role = (uint32_t)catalogue->desk_kinds[desk->kind].params->role;
  const uint32_t position = wg_service_route_position(service, desk->kind);
  if (position + 1 == service->route_length)
    return true;
  if (position == service->route_length)
    return role == WG_ROLE_OFFICERS;
  const double skill = wg_lever_get(s, WG_SLOT_SKILL + role, wg_desk_home(s, desk));
  double takes = (double)service->takes[position] * (double)desk->experience / 65536.0; // novices take less
  if (role == WG_ROLE_TEAM)
    takes += wg_lever_get(s, WG_SLOT_AUTHORITY_DEVOLVED, wg_grids(s)[n->grid].community) * (65536.0 - takes);
  return (double)n->difficulty < takes + skill * (65536.0 - takes);
}

uint32_t wg_route_patience(const wg_escalation_params *params, const wg_service *service, const wg_subdistrict *s,
                           const wg_need *n) {
  const double share = params->overdue_share * (double)service->limit_days;
  const double days = share > (double)params->least_days ? share : (double)params->least_days;
  return 1 + (uint32_t)(days * wg_lever_get(s, WG_SLOT_ESCALATION_DELAY, wg_grids(s)[n->grid].community));
}

bool wg_route_is_astray(const wg_catalogue *catalogue, const wg_subdistrict *s, const wg_need *n) {
  const wg_service *service = catalogue->services + n->service;
  const uint32_t kind = wg_desks(s)[n->desk].kind;
  const int32_t network = catalogue->desk_kinds[kind].params->network;
  return network != WG_TEAM_OF_NONE && network != WG_TEAM_OF_FIRST + service->params->network &&
         wg_service_route_position(service, kind) == service->route_length;
}

uint32_t wg_route_wrong_team(const wg_catalogue *catalogue, const wg_subdistrict *s, const wg_need *n, wg_draw *draw) {
  const int32_t own = WG_TEAM_OF_FIRST + catalogue->services[n->service].params->network;
  uint32_t teams[WG_DESK_KIND_MAX], count = 0;
  for (uint32_t kind = 0; kind < catalogue->desk_kind_count; kind++) {
    const wg_desk_kind_params *p = catalogue->desk_kinds[kind].params;
    if (p->network == WG_TEAM_OF_NONE || p->network == own || p->area == WG_AREA_DISTRICT)
      continue;
    const uint32_t desk = wg_desk_for(s, kind, n->grid);
    if (wg_desks(s)[desk].minutes > 0 && desk != n->desk)
      teams[count++] = desk;
  }
  return count ? teams[wg_draw_below(draw, count)] : WG_NO_ROW;
}
