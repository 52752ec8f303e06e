// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/handling.h"

#include <stdlib.h>

#include "model/lever.h"
#include "model/route.h"
#include "model/tally_output.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_handling_group, "handling", false, wg_handling_params, WG_HANDLING_PARAMS, "处置",
               "How cases are handled and handed on.");

static int prepare(const wg_world *world, void **result, wg_error *error) {
  wg_handling_params *copy = *result = malloc(sizeof *copy);
  if (!copy)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for handling");
  *copy = *(const wg_handling_params *)wg_config_get(world->config, &wg_handling_group);
  return WG_OK;
}

// The desk finds out that the case is beyond it, at the cost of some of its time.
static void pass_on(wg_subdistrict *s, wg_desk *desk, uint32_t row, uint32_t cost) {
  const wg_need *n = wg_needs(s) + row;
  const uint32_t spent = cost < desk->today ? cost : desk->today;
  wg_tally *tally = wg_tally_at(s, n->grid, n->service);
  tally->transfers++;
  tally->person_minutes += spent;
  desk->today -= spent;
  desk->minutes_handling += spent;
  wg_need_pass_on(s, row);
}

// The last kind in a route finishes everything, the others what is easy enough for them. Outside of their routes officers
// get nothing but light cases, and teams nothing but misdirected ones.
static bool can_finish(const wg_context *context, const wg_desk *desk, const wg_need *n) {
  const wg_subdistrict *s = context->s;
  const wg_service *service = context->world->catalogue.services + n->service;
  const uint32_t role = (uint32_t)context->world->catalogue.desk_kinds[desk->kind].params->role;
  const uint32_t position = wg_service_route_position(service, desk->kind);
  if (position + 1 == service->route_length)
    return true;
  if (position == service->route_length)
    return role == WG_ROLE_OFFICERS;
  const double skill = wg_lever_get(s, WG_SLOT_SKILL + role, wg_desk_home(s, desk));
  const double takes = (double)service->takes[position] * (double)desk->experience / 65536.0; // novices take less
  return (double)n->difficulty < takes + skill * (65536.0 - takes);
}

static void work_through(wg_context *context, wg_desk *desk) {
  wg_subdistrict *s = context->s;
  const uint32_t cost = (uint32_t)context->world->catalogue.desk_kinds[desk->kind].params->pass_on_minutes;
  while (desk->queue != WG_NO_ROW && desk->today > 0) {
    const uint32_t row = desk->queue;
    wg_need *n = wg_needs(s) + row;
    if (!can_finish(context, desk, n)) {
      pass_on(s, desk, row, cost);
      continue;
    }
    const uint16_t spent = (uint16_t)(n->work < desk->today ? n->work : desk->today);
    n->work = (uint16_t)(n->work - spent);
    desk->today -= spent;
    desk->queued_minutes -= spent;
    desk->minutes_handling += spent;
    wg_tally_at(s, n->grid, n->service)->person_minutes += spent;
    if (n->work == 0)
      wg_need_end(s, row, WG_NEED_MET);
  }
}

// Days on the way between two desks: whole ones, a fraction by the need's own draw.
static uint32_t days_on_way(const wg_context *context, const wg_need *n, const wg_desk *from, const wg_desk *to) {
  const wg_subdistrict *s = context->s;
  if (!wg_route_crosses(&context->world->catalogue, from, to))
    return 0;
  const wg_handling_params *params = context->constants;
  const double days = params->transfer_days * wg_lever_get(s, WG_SLOT_TRANSFER_DELAY, wg_grids(s)[n->grid].community);
  wg_draw draw = wg_draw_open(context->world->luck, WG_PURPOSE_TRANSFER, 0, n->identity, from->kind);
  return (uint32_t)(days + wg_draw_unit(&draw));
}

// A desk that has lost all its hours, as when a policy ends, gives its cases back to those of the route that have some.
static void give_back(const wg_context *context, const wg_desk *desk) {
  wg_subdistrict *s = context->s;
  while (desk->queue != WG_NO_ROW) {
    const uint32_t row = desk->queue;
    const wg_need *n = wg_needs(s) + row;
    const wg_service *service = context->world->catalogue.services + n->service;
    if (wg_desks(s)[wg_route_desk(s, service, n->grid, 0)].minutes == 0)
      return; // nobody has
    wg_tally_at(s, n->grid, n->service)->transfers++;
    wg_need_pass_on(s, row);
  }
}

// The next desk of the route that has hours, else any of them.
static uint32_t next_desk(const wg_subdistrict *s, const wg_service *service, const wg_need *n) {
  const uint32_t position = wg_service_route_position(service, wg_desks(s)[n->desk].kind);
  const uint32_t next = position + 1 < service->route_length ? position + 1 : 0;
  const uint32_t desk = wg_route_desk(s, service, n->grid, next);
  return wg_desks(s)[desk].minutes > 0 ? desk : wg_route_desk(s, service, n->grid, 0);
}

// Cases passed on reach the next desk in the evening or some days later: it takes them up on its next day, whatever the
// order of desks. A case that was misdirected goes to where it should have gone first.
static void forward(wg_context *context) {
  wg_subdistrict *s = context->s;
  while (s->filed_list != WG_NO_ROW) {
    const uint32_t row = s->filed_list;
    const wg_need *n = wg_needs(s) + row;
    s->filed_list = n->sibling;
    const wg_service *service = context->world->catalogue.services + n->service;
    const uint32_t to = next_desk(s, service, n);
    const uint32_t days = days_on_way(context, n, wg_desks(s) + n->desk, wg_desks(s) + to);
    if (days == 0)
      wg_need_enqueue(s, row, to);
    else
      wg_need_send(s, row, to, context->today + (wg_date)days);
  }
}

static void day(wg_context *context) {
  wg_desk *desks = wg_desks(context->s);
  for (uint32_t d = 0; d < wg_desks_count(context->s); d++)
    if (desks[d].queue == WG_NO_ROW)
      continue;
    else if (desks[d].today > 0)
      work_through(context, desks + d);
    else if (desks[d].minutes == 0)
      give_back(context, desks + d);
  forward(context);
}

WG_TALLY_OUTPUT(transfers)
WG_TALLY_OUTPUT(person_minutes)

static const wg_output outputs[] = {
    {"transfers", WG_I32, {WG_AXIS_SERVICE}, "hand-off", "Cases passed on to another desk", "转办", transfers},
    {"person_minutes",
     WG_I64,
     {WG_AXIS_SERVICE},
     "person minute",
     "Handling work spent, by where the need arose",
     "办理工时",
     person_minutes},
};

static const wg_param_group *const groups[] = {&wg_handling_group};

const wg_mechanism wg_handling = {
    .name = "handling",
    .label = "处置",
    .doc = "Each desk takes the first case of its queue as long as today's hours last; what is not finished is gone on "
           "with on the next working day. A desk that cannot finish a case finds out at the cost of some minutes and "
           "passes it on to the next kind in the service's route, which takes it up on its next day; a hand-off to "
           "another owner (条, 块) or network takes some days more. Hours and work are whole minutes.",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
    .day = day,
};
