// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/dispatch.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/case_params.h"
#include "model/ledger.h"
#include "model/lever.h"
#include "model/limit.h"
#include "model/route.h"
#include "model/tally_output.h"
#include "schema/purpose.h"

typedef struct constants {
  wg_dispatch_params dispatch;
  wg_escalation_params escalation;
} constants;

static int prepare(const wg_world *world, void **result, wg_error *error) {
  constants *c = *result = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for dispatch");
  c->dispatch = *(const wg_dispatch_params *)wg_config_get(world->config, &wg_dispatch_group);
  c->escalation = *(const wg_escalation_params *)wg_config_get(world->config, &wg_escalation_group);
  return WG_OK;
}

// What only a case has: difficulty, work, patience and its way come from a second stream of the need, opened when it is
// filed and drawn from in a fixed order, so that a lever never shifts anything but its own effect.
static void open_case(wg_context *context, uint32_t row, wg_draw *draw) {
  wg_subdistrict *s = context->s;
  wg_need *n = wg_needs(s) + row;
  const wg_service *service = context->world->catalogue.services + n->service;
  const wg_service_params *p = service->params;
  const constants *c = context->constants;
  *draw = wg_draw_open(context->world->luck, WG_PURPOSE_NEED_LIFE, 0, n->identity, 1);
  n->difficulty = (uint16_t)(wg_draw_u32(draw) >> 16);
  const double factor = p->work_law == WG_WORK_EXPONENTIAL ? wg_exponential(wg_draw_u32(draw)) : 1.0;
  const double work = p->work_minutes * factor + 0.5;
  n->work = (uint16_t)(work < 1.0 ? 1.0 : work > 65535.0 ? 65535.0 : work);
  n->legal_due = wg_limit_end(&context->world->calendar, service, n->filed);
  const int64_t priority = (int64_t)n->legal_due - (int64_t)(c->dispatch.severity_days * (double)p->severity);
  n->key = (uint64_t)(priority + 0x10000) << 16 | n->filed;
  if (p->patience_days > 0.0) {
    const double patience = wg_exponential(wg_draw_u32(draw)) * p->patience_days;
    wg_need_schedule_lapse(s, row, (uint32_t)n->filed + 1 + (uint32_t)patience);
  }
  wg_need_schedule_escalation(s, row, n->legal_due + wg_route_patience(&c->escalation, service, s, n));
  wg_ledger_file(s, n);
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

// Where a platform exists: of the desks in the route that have hours and can finish the case, the one that had least waiting
// for its hours in the morning. The evening's queues would depend on the order in which cases are looked at.
static uint32_t least_loaded(const wg_context *context, const wg_service *service, const wg_need *n) {
  const wg_subdistrict *s = context->s;
  uint32_t best = WG_NO_ROW;
  uint64_t best_queue = 0, best_minutes = 1;
  for (uint32_t i = 0; i < service->route_length; i++) {
    const uint32_t desk = wg_desk_for(s, service->route[i], n->grid);
    const wg_desk *d = wg_desks(s) + desk;
    if (d->minutes == 0 || !wg_route_can_finish(&context->world->catalogue, s, d, n))
      continue;
    if (best == WG_NO_ROW || d->morning_queue * best_minutes < best_queue * d->minutes) {
      best = desk;
      best_queue = d->morning_queue;
      best_minutes = d->minutes;
    }
  }
  return best;
}

// The first desk of the route that can finish the case, as a dispatcher sees who knows how hard it is.
static uint32_t able_desk(const wg_context *context, const wg_service *service, const wg_need *n) {
  const wg_subdistrict *s = context->s;
  for (uint32_t i = 0; i < service->route_length; i++) {
    const uint32_t desk = wg_desk_for(s, service->route[i], n->grid);
    if (wg_desks(s)[desk].minutes > 0 && wg_route_can_finish(&context->world->catalogue, s, wg_desks(s) + desk, n))
      return desk;
  }
  return WG_NO_ROW;
}

// A share of the configuration, and of what it leaves the lever's part.
static double share_with(const wg_subdistrict *s, double share, uint32_t slot, uint32_t community) {
  return share + (1.0 - share) * wg_lever_get(s, slot, community);
}

static uint32_t first_desk(const wg_context *context, uint32_t row, wg_draw *draw) {
  wg_subdistrict *s = context->s;
  wg_need *n = wg_needs(s) + row;
  const constants *c = context->constants;
  const wg_catalogue *catalogue = &context->world->catalogue;
  const wg_service *service = catalogue->services + n->service;
  const uint32_t community = wg_grids(s)[n->grid].community;
  const double astray = wg_draw_unit(draw), referred = wg_draw_unit(draw), seen = wg_draw_unit(draw);
  uint32_t desk = WG_NO_ROW;
  if (astray < c->dispatch.misroute * wg_lever_get(s, WG_SLOT_MISROUTE_PROBABILITY, community))
    desk = wg_route_wrong_team(catalogue, s, n, draw);
  if (desk != WG_NO_ROW) {
    n->marks |= WG_MARK_MISDIRECTED;
    wg_ledger_tally(s, n)->misdirected++;
    return desk;
  }
  if (referred < wg_lever_get(s, WG_SLOT_REFERRAL_SHARE, community))
    desk = desk_in_route(context, service, n->grid, WG_ROLE_SOCIAL_WORKERS);
  if (desk == WG_NO_ROW)
    desk = light_desk(context, service, n, wg_lever_get(s, WG_SLOT_LIGHT_CASES, community));
  if (desk == WG_NO_ROW && seen < share_with(s, c->dispatch.load_aware, WG_SLOT_LOAD_AWARE, community))
    desk = least_loaded(context, service, n);
  if (desk == WG_NO_ROW && seen < share_with(s, c->dispatch.triage_accuracy, WG_SLOT_TRIAGE_ACCURACY, community))
    desk = able_desk(context, service, n);
  return desk != WG_NO_ROW ? desk : wg_route_desk(s, service, n->grid, 0);
}

// Acceptance (受理) takes departments some time; what is the territory's own is taken up on the day.
static uint32_t days_to_accept(const wg_context *context, const wg_need *n, uint32_t desk, double uniform) {
  const wg_subdistrict *s = context->s;
  const constants *c = context->constants;
  if (context->world->catalogue.desk_kinds[wg_desks(s)[desk].kind].params->owner != WG_OWNER_DEPARTMENT)
    return 0;
  const double days =
      c->dispatch.acceptance_days * wg_lever_get(s, WG_SLOT_DISPATCH_DELAY, wg_grids(s)[n->grid].community);
  return wg_route_days(days, uniform);
}

static void day(wg_context *context) {
  wg_subdistrict *s = context->s;
  wg_needs_arrive(s, context->today);
  for (uint32_t d = 0; d < wg_desks_count(s); d++)
    wg_desks(s)[d].morning_queue = wg_desks(s)[d].queued_minutes;
  while (s->filed_list != WG_NO_ROW) {
    const uint32_t row = s->filed_list;
    s->filed_list = wg_needs(s)[row].sibling;
    wg_draw draw;
    open_case(context, row, &draw);
    const double uniform = wg_draw_unit(&draw);
    const uint32_t desk = first_desk(context, row, &draw);
    const uint32_t days = days_to_accept(context, wg_needs(s) + row, desk, uniform);
    if (days)
      wg_need_send(s, row, desk, context->today + (wg_date)days);
    else
      wg_need_enqueue(s, row, desk);
  }
}

WG_TALLY_OUTPUT(filed)
WG_TALLY_OUTPUT(misdirected)

static const wg_output outputs[] = {
    {"cases_filed", WG_I32, {WG_AXIS_SERVICE}, "case", "Cases filed, reported or found", "立案", filed},
    {"misdirected",
     WG_I32,
     {WG_AXIS_SERVICE},
     "case",
     "Cases sent to another network's team, each time",
     "误派",
     misdirected},
};

static const wg_param_group *const groups[] = {&wg_dispatch_group};

const wg_mechanism wg_dispatch = {
    .name = "dispatch",
    .label = "派遣",
    .doc =
        "A filed case goes to the first kind of desk that its service names and that has hours; with the three "
        "networks (三网) apart some go to another network's team first, which passes them on. Departments (条) take "
        "some "
        "time to accept (受理). Policies may refer cases to social workers, give light ones to officers, send them "
        "where "
        "least waits or where they can be finished. Queues are ordered by due date, which severity moves forward by a "
        "fixed number of days, so that a case that waits overtakes in the end all that come later (nothing starves); "
        "then by day of filing, then by identity.",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
    .day = day,
};
