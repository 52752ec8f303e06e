// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/dispatch.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/lever.h"
#include "model/limit.h"
#include "model/route.h"
#include "model/tally_output.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_dispatch_group, "dispatch", false, wg_dispatch_params, WG_DISPATCH_PARAMS, "派遣",
               "How cases get to desks.");

static int prepare(const wg_world *world, void **result, wg_error *error) {
  wg_dispatch_params *copy = *result = malloc(sizeof *copy);
  if (!copy)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for dispatch");
  *copy = *(const wg_dispatch_params *)wg_config_get(world->config, &wg_dispatch_group);
  return WG_OK;
}

// What only a case has: difficulty, work, patience and its way come from a second stream of the need, opened when it is
// filed and drawn from in a fixed order, so that a lever never shifts anything but its own effect.
static void open_case(wg_context *context, uint32_t row, wg_draw *draw) {
  wg_subdistrict *s = context->s;
  wg_need *n = wg_needs(s) + row;
  const wg_service *service = context->world->catalogue.services + n->service;
  const wg_service_params *p = service->params;
  const wg_dispatch_params *params = context->constants;
  *draw = wg_draw_open(context->world->luck, WG_PURPOSE_NEED_LIFE, 0, n->identity, 1);
  n->difficulty = (uint16_t)(wg_draw_u32(draw) >> 16);
  const double factor = p->work_law == WG_WORK_EXPONENTIAL ? wg_exponential(wg_draw_u32(draw)) : 1.0;
  const double work = p->work_minutes * factor + 0.5;
  n->work = (uint16_t)(work < 1.0 ? 1.0 : work > 65535.0 ? 65535.0 : work);
  n->legal_due = wg_limit_end(&context->world->calendar, service, n->filed);
  const int64_t priority = (int64_t)n->legal_due - (int64_t)(params->severity_days * (double)p->severity);
  n->key = (uint64_t)(priority + 0x10000) << 16 | n->filed;
  if (p->patience_days > 0.0) {
    const double patience = wg_exponential(wg_draw_u32(draw)) * p->patience_days;
    wg_need_schedule_lapse(s, row, (uint32_t)n->filed + 1 + (uint32_t)patience);
  }
  wg_tally *tally = wg_tally_at(s, n->grid, n->service);
  tally->filed++;
  if (n->legal_due <= s->month_last)
    tally->filed_due++;
}

// One of the other networks' specialist teams that have hours; WG_NO_ROW where there is none.
static uint32_t wrong_team(const wg_context *context, const wg_need *n, wg_draw *draw) {
  const wg_subdistrict *s = context->s;
  const wg_catalogue *catalogue = &context->world->catalogue;
  const int32_t own = WG_TEAM_OF_FIRST + catalogue->services[n->service].params->network;
  uint32_t teams[WG_DESK_KIND_MAX], count = 0;
  for (uint32_t kind = 0; kind < catalogue->desk_kind_count; kind++) {
    const int32_t network = catalogue->desk_kinds[kind].params->network;
    if (network == WG_TEAM_OF_NONE || network == own)
      continue;
    const uint32_t desk = wg_desk_for(s, kind, n->grid);
    if (wg_desks(s)[desk].minutes > 0)
      teams[count++] = desk;
  }
  return count ? teams[wg_draw_below(draw, count)] : WG_NO_ROW;
}

// The desk of the role in the service's route, if it has hours.
static uint32_t desk_in_route(const wg_context *context, const wg_service *service, uint32_t grid, int32_t role) {
  const wg_subdistrict *s = context->s;
  for (uint32_t i = 0; i < service->route_length; i++) {
    const uint32_t desk = wg_desk_for(s, service->route[i], grid);
    if (context->world->catalogue.desk_kinds[service->route[i]].params->role == role && wg_desks(s)[desk].minutes > 0)
      return desk;
  }
  return WG_NO_ROW;
}

// Whether a case is among so large a share of its service's that take least work (of those that take the same, least
// skill).
static bool is_light(const wg_service *service, const wg_need *n, double share) {
  if (!(share > 0.0))
    return false;
  if (service->params->work_law == WG_WORK_FIXED || share >= 1.0)
    return (double)n->difficulty < share * 65536.0;
  return (double)n->work < service->params->work_minutes * -wg_log(1.0 - share);
}

// The officers of the grid, where they take light cases that are otherwise not theirs.
static uint32_t light_desk(const wg_context *context, const wg_service *service, const wg_need *n, double share) {
  const wg_subdistrict *s = context->s;
  const wg_catalogue *catalogue = &context->world->catalogue;
  if (!is_light(service, n, share))
    return WG_NO_ROW;
  for (uint32_t kind = 0; kind < catalogue->desk_kind_count; kind++) {
    const uint32_t desk = wg_desk_for(s, kind, n->grid);
    if (catalogue->desk_kinds[kind].params->role == WG_ROLE_OFFICERS && wg_desks(s)[desk].minutes > 0)
      return wg_service_route_position(service, kind) == service->route_length ? desk : WG_NO_ROW;
  }
  return WG_NO_ROW;
}

static uint32_t first_desk(const wg_context *context, uint32_t row, wg_draw *draw) {
  const wg_subdistrict *s = context->s;
  const wg_need *n = wg_needs(s) + row;
  const wg_dispatch_params *params = context->constants;
  const wg_service *service = context->world->catalogue.services + n->service;
  const uint32_t community = wg_grids(s)[n->grid].community;
  const double astray = wg_draw_unit(draw), referred = wg_draw_unit(draw);
  uint32_t desk = WG_NO_ROW;
  if (astray < params->misroute * wg_lever_get(s, WG_SLOT_MISROUTE_PROBABILITY, community))
    desk = wrong_team(context, n, draw);
  if (desk == WG_NO_ROW && referred < wg_lever_get(s, WG_SLOT_REFERRAL_SHARE, community))
    desk = desk_in_route(context, service, n->grid, WG_ROLE_SOCIAL_WORKERS);
  if (desk == WG_NO_ROW)
    desk = light_desk(context, service, n, wg_lever_get(s, WG_SLOT_LIGHT_CASES, community));
  return desk != WG_NO_ROW ? desk : wg_route_desk(s, service, n->grid, 0);
}

static void month_start(wg_context *context) {
  wg_needs_on_way_list(context->s);
}

static void day(wg_context *context) {
  wg_subdistrict *s = context->s;
  wg_needs_arrive(s, context->today);
  while (s->filed_list != WG_NO_ROW) {
    const uint32_t row = s->filed_list;
    s->filed_list = wg_needs(s)[row].sibling;
    wg_draw draw;
    open_case(context, row, &draw);
    wg_need_enqueue(s, row, first_desk(context, row, &draw));
  }
}

WG_TALLY_OUTPUT(filed)

static const wg_output outputs[] = {
    {"cases_filed", WG_I32, {WG_AXIS_SERVICE}, "case", "Cases filed, reported or found", "立案", filed},
};

static const wg_param_group *const groups[] = {&wg_dispatch_group};

const wg_mechanism wg_dispatch = {
    .name = "dispatch",
    .label = "派遣",
    .doc =
        "A filed case goes to the first kind of desk that its service names and that has hours; with the three "
        "networks (三网) apart some go to another network's team first, which passes them on. Policies may refer cases "
        "to social workers, or give light ones to officers. Queues are ordered by due date, which severity moves "
        "forward, then by day of filing, then by identity.",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
    .month_start = month_start,
    .day = day,
};
