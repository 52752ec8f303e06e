// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/handling.h"

#include "model/ledger.h"
#include "model/route.h"
#include "model/tally_output.h"

static void spend(wg_subdistrict *s, wg_desk *desk, const wg_need *n, uint32_t minutes) {
  desk->today -= minutes;
  desk->minutes_handling += minutes;
  wg_ledger_tally(s, n)->person_minutes += minutes;
}

// The desk finds out that the case is beyond it, at the cost of some of its time.
static void pass_on(wg_subdistrict *s, wg_desk *desk, uint32_t row, uint32_t cost) {
  wg_need *n = wg_needs(s) + row;
  spend(s, desk, n, cost < desk->today ? cost : desk->today);
  wg_ledger_tally(s, n)->transfers++;
  wg_need_count_hand_off(n);
  wg_need_pass_on(s, row);
}

// What one case gets of the desk's day: at most what one person has, since nobody shares a case. Returns whether it stays.
static bool work_on(const wg_context *context, wg_desk *desk, uint32_t row) {
  wg_subdistrict *s = context->s;
  wg_need *n = wg_needs(s) + row;
  const uint32_t most = desk->today < desk->a_person ? desk->today : desk->a_person;
  const uint32_t spent = n->work < most ? n->work : most;
  n->work = (uint16_t)(n->work - spent);
  desk->queued_minutes -= spent;
  spend(s, desk, n, spent);
  return n->work > 0;
}

static bool is_beyond(const wg_context *context, const wg_desk *desk, const wg_need *n) {
  return n->state == WG_NEED_WAITING && !wg_route_can_finish(&context->world->catalogue, context->s, desk, n);
}

static uint32_t cost_of_passing_on(const wg_context *context, const wg_desk *desk) {
  return (uint32_t)context->world->catalogue.desk_kinds[desk->kind].params->pass_on_minutes;
}

static void put_back(wg_subdistrict *s, wg_desk *desk, uint32_t aside) {
  while (aside != WG_NO_ROW) {
    const uint32_t row = aside;
    aside = wg_needs(s)[row].sibling;
    wg_need_heap_push(wg_needs(s), &desk->queue, row);
  }
}

// Case by case in the queue's order. Who has had one person's day is set aside until the evening, and the others go on with
// the next.
static void work_through(wg_context *context, wg_desk *desk) {
  wg_subdistrict *s = context->s;
  const uint32_t cost = cost_of_passing_on(context, desk);
  uint32_t aside = WG_NO_ROW;
  while (desk->queue != WG_NO_ROW && desk->today > 0) {
    const uint32_t row = desk->queue;
    wg_need *n = wg_needs(s) + row;
    if (is_beyond(context, desk, n)) {
      wg_need_heap_pop(wg_needs(s), &desk->queue);
      pass_on(s, desk, row, cost);
    } else if (!work_on(context, desk, row)) {
      wg_need_heap_pop(wg_needs(s), &desk->queue);
      wg_need_finish(s, row);
    } else if (desk->today > 0) {
      wg_need_heap_pop(wg_needs(s), &desk->queue);
      n->sibling = aside;
      aside = row;
    }
  }
  put_back(s, desk, aside);
}

// A desk that has lost all its hours, as when a policy ends, gives its cases back to those of the route that have some; what it
// was to verify counts as verified.
static void give_back(const wg_context *context, wg_desk *desk) {
  wg_subdistrict *s = context->s;
  uint32_t keep = WG_NO_ROW;
  while (desk->queue != WG_NO_ROW) {
    const uint32_t row = desk->queue;
    wg_need *n = wg_needs(s) + row;
    const wg_service *service = context->world->catalogue.services + n->service;
    wg_need_heap_pop(wg_needs(s), &desk->queue);
    if (n->state == WG_NEED_VERIFYING) {
      desk->queued_minutes -= n->work;
      n->work = 0;
      wg_need_finish(s, row);
    } else if (wg_desks(s)[wg_route_desk(s, service, n->grid, 0)].minutes == 0) {
      n->sibling = keep; // nobody has hours
      keep = row;
    } else {
      wg_ledger_tally(s, n)->transfers++;
      wg_need_count_hand_off(n);
      wg_need_pass_on(s, row);
    }
  }
  put_back(s, desk, keep);
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
}

WG_TALLY_OUTPUT(person_minutes)

static const wg_output outputs[] = {
    {"person_minutes",
     WG_I64,
     {WG_AXIS_SERVICE},
     "person minute",
     "Work spent on handling and verifying, by where the need arose",
     "办理工时",
     person_minutes},
};

const wg_mechanism wg_handling = {
    .name = "handling",
    .label = "处置",
    .doc = "Each desk takes the first case of its queue as long as today's hours last; nobody shares a case, which so "
           "gets at most one person's day; what is not finished is gone on with on the next working day. A desk that "
           "cannot finish a case finds out at the cost of some minutes and passes it on. Cases to be verified (核查) "
           "stand in the same queue and take the same hours. Hours and work are whole minutes.",
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .day = day,
};
