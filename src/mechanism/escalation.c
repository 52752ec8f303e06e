// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/escalation.h"

#include "model/ledger.h"
#include "model/route.h"
#include "model/tally_output.h"

static int prepare(const wg_world *world, void **result, wg_error *error) {
  return wg_world_copy_params(world, &wg_escalation_group, result, error);
}

// The first desk of the route that serves a wider area than the one that has the case, and has hours.
static uint32_t wider_desk(const wg_context *context, const wg_need *n) {
  const wg_subdistrict *s = context->s;
  const wg_catalogue *catalogue = &context->world->catalogue;
  const wg_service *service = catalogue->services + n->service;
  int32_t area = catalogue->desk_kinds[wg_desks(s)[n->desk].kind].params->area;
  area = area < WG_AREA_COMMUNITY ? WG_AREA_COMMUNITY : area; // up to the subdistrict at the least
  for (uint32_t i = 0; i < service->route_length; i++) {
    const uint32_t desk = wg_desk_for(s, service->route[i], n->grid);
    if (catalogue->desk_kinds[service->route[i]].params->area > area && wg_desks(s)[desk].minutes > 0)
      return desk;
  }
  return WG_NO_ROW;
}

static void escalate(const wg_context *context, uint32_t row) {
  wg_subdistrict *s = context->s;
  wg_need *n = wg_needs(s) + row;
  const wg_escalation_params *p = context->constants;
  // What is on its way, or being verified, is looked at again tomorrow.
  if (n->state != WG_NEED_WAITING) {
    wg_need_schedule_escalation(s, row, n->state == WG_NEED_LISTED ? WG_NEVER : (uint32_t)context->today + 1);
    return;
  }
  const uint32_t desk = wider_desk(context, n);
  if (desk == WG_NO_ROW) {
    wg_need_schedule_escalation(s, row, WG_NEVER);
    return;
  }
  wg_need_dequeue(s, row);
  const uint64_t forward = (uint64_t)p->forward_days << 16;
  n->key = n->key > forward ? n->key - forward : 0;
  n->marks |= WG_MARK_ESCALATED;
  wg_ledger_tally(s, n)->escalated++;
  wg_event_note(s, row, WG_EVENT_ESCALATE, desk);
  const wg_service *service = context->world->catalogue.services + n->service;
  wg_need_schedule_escalation(s, row, (uint32_t)context->today + wg_route_patience(p, service, s, n));
  wg_need_enqueue(s, row, desk);
}

// In the evening: the wider desk takes the case up on its next day.
static void day(wg_context *context) {
  for (uint32_t row; (row = wg_agenda_next(context->s, WG_AGENDA_ESCALATE, context->today)) != WG_NO_ROW;)
    escalate(context, row);
}

WG_TALLY_OUTPUT(escalated)

static const wg_output outputs[] = {
    {"escalated", WG_I32, {WG_AXIS_SERVICE}, "case", "Overdue cases taken to a wider desk", "升级", escalated},
};

static const wg_param_group *const groups[] = {&wg_escalation_group};

const wg_mechanism wg_escalation = {
    .name = "escalation",
    .label = "升级",
    .doc = "A case that still waits some days after its legal limit goes from its grid, community or team to the first "
           "desk of its route that serves a wider area: the subdistrict's team, then the district's department. There "
           "it stands further forward in the queue.",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
    .day = day,
};
