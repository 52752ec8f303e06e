// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/handling.h"

#include "model/route.h"
#include "model/tally_output.h"

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

static void work_through(wg_context *context, wg_desk *desk) {
  wg_subdistrict *s = context->s;
  const wg_catalogue *catalogue = &context->world->catalogue;
  const uint32_t cost = (uint32_t)catalogue->desk_kinds[desk->kind].params->pass_on_minutes;
  while (desk->queue != WG_NO_ROW && desk->today > 0) {
    const uint32_t row = desk->queue;
    wg_need *n = wg_needs(s) + row;
    const wg_service *service = catalogue->services + n->service;
    const uint32_t position = wg_service_route_position(service, desk->kind);
    if (position + 1 < service->route_length && n->difficulty >= service->takes[position]) {
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

// Cases passed on reach the next desk in the evening: it takes them up on its next day, whatever the order of desks.
static void forward(wg_context *context) {
  wg_subdistrict *s = context->s;
  while (s->filed_list != WG_NO_ROW) {
    const uint32_t row = s->filed_list;
    const wg_need *n = wg_needs(s) + row;
    s->filed_list = n->sibling;
    const wg_service *service = context->world->catalogue.services + n->service;
    const uint32_t position = wg_service_route_position(service, wg_desks(s)[n->desk].kind);
    wg_need_enqueue(s, row, wg_route_desk(s, service, n->grid, position + 1));
  }
}

static void day(wg_context *context) {
  wg_desk *desks = wg_desks(context->s);
  for (uint32_t d = 0; d < wg_desks_count(context->s); d++)
    if (desks[d].today > 0 && desks[d].queue != WG_NO_ROW)
      work_through(context, desks + d);
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

const wg_mechanism wg_handling = {
    .name = "handling",
    .label = "处置",
    .doc = "Each desk takes the first case of its queue as long as today's hours last; what is not finished is gone on "
           "with "
           "on the next working day. A desk that cannot finish a case finds out at the cost of some minutes and passes "
           "it on to the "
           "next kind in the service's route, which takes it up on its next day. Hours and work are whole minutes.",
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .day = day,
};
