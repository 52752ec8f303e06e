// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/verification.h"

#include "base/maths.h"
#include "model/ledger.h"
#include "model/lever.h"
#include "model/route.h"
#include "model/tally_output.h"
#include "schema/purpose.h"

static int prepare(const wg_world *world, void **result, wg_error *error) {
  return wg_world_copy_params(world, &wg_verification_group, result, error);
}

// The first of the service's verifiers that has hours and is not of the handler's kind; WG_NO_ROW where there is none.
static uint32_t verifier(const wg_context *context, const wg_need *n) {
  const wg_subdistrict *s = context->s;
  const wg_service *service = context->world->catalogue.services + n->service;
  for (uint32_t i = 0; i < service->verifier_count; i++) {
    const uint32_t desk = wg_desk_for(s, service->verifiers[i], n->grid);
    if (wg_desks(s)[desk].minutes > 0 && wg_desks(s)[desk].kind != wg_desks(s)[n->handler].kind)
      return desk;
  }
  return WG_NO_ROW;
}

// How far forward a case stands while it waits to be verified.
static uint64_t forward(const wg_context *context) {
  return (uint64_t)((const wg_verification_params *)context->constants)->forward_days << 16;
}

// Back to who handled it, for part of the work.
static void return_case(const wg_context *context, uint32_t row, wg_draw *draw) {
  wg_subdistrict *s = context->s;
  wg_need *n = wg_needs(s) + row;
  const wg_verification_params *p = context->constants;
  const wg_service_params *service = context->world->catalogue.services[n->service].params;
  const double factor = service->work_law == WG_WORK_EXPONENTIAL ? wg_exponential(wg_draw_u32(draw)) : 1.0;
  const double work = service->work_minutes * p->rework_share * factor + 0.5;
  n->work = (uint16_t)(work < 1.0 ? 1.0 : work > 65535.0 ? 65535.0 : work);
  n->key += forward(context);
  n->marks |= WG_MARK_RETURNED;
  wg_need_count_return(n);
  wg_ledger_tally(s, n)->returned++;
  wg_event_note(s, row, WG_EVENT_RETURN, n->handler);
  if (n->escalates <= context->today)
    wg_need_schedule_escalation(s, row, (uint32_t)context->today + 1);
  wg_need_enqueue(s, row, n->handler);
}

// A verified case is closed, or returned by the luck of its name and round.
static void judge(const wg_context *context, uint32_t row) {
  wg_subdistrict *s = context->s;
  const wg_need *n = wg_needs(s) + row;
  const wg_verification_params *p = context->constants;
  wg_ledger_tally(s, n)->verified++;
  wg_draw draw = wg_draw_open(context->world->luck, WG_PURPOSE_VERIFICATION,
                              wg_route_round(wg_need_returns(n), context->today), n->identity, 0);
  const double factor = wg_lever_get(s, WG_SLOT_RETURN_PROBABILITY, wg_grids(s)[n->grid].community);
  if (wg_draw_unit(&draw) < p->return_probability * factor)
    return_case(context, row, &draw);
  else
    wg_need_resolve(s, row);
}

// In the evening, when the order in which desks worked shows no more: whoever verifies begins on the next day.
static void day(wg_context *context) {
  wg_subdistrict *s = context->s;
  const wg_verification_params *p = context->constants;
  while (s->handled_list != WG_NO_ROW) {
    const uint32_t row = s->handled_list;
    wg_need *n = wg_needs(s) + row;
    s->handled_list = n->sibling;
    if (n->desk != n->handler) {
      judge(context, row);
      continue;
    }
    const uint32_t desk = verifier(context, n);
    if (desk == WG_NO_ROW) {
      wg_need_resolve(s, row);
      continue;
    }
    n->key -= forward(context);
    n->work = (uint16_t)p->minutes;
    if (n->work == 0) {
      n->desk = (uint16_t)desk;
      wg_event_note(s, row, WG_EVENT_VERIFY, desk);
      judge(context, row);
    } else {
      wg_need_verify(s, row, desk);
    }
  }
}

WG_TALLY_OUTPUT(verified)
WG_TALLY_OUTPUT(returned)

static const wg_output outputs[] = {
    {"verified", WG_I32, {WG_AXIS_SERVICE}, "case", "Cases verified by another desk, passed or not", "核查", verified},
    {"returned", WG_I32, {WG_AXIS_SERVICE}, "case", "Cases returned because verification failed", "返工", returned},
};

static const wg_param_group *const groups[] = {&wg_verification_group};

const wg_mechanism wg_verification = {
    .name = "verification",
    .label = "核查",
    .doc = "A handled case goes to the first of its service's verifiers that has hours and is of another kind than the "
           "handler's; it stands there in the queue, further forward, and takes that desk's hours. It is then closed "
           "(结案), or returned "
           "(返工) to its handler with part of the work. Where nobody verifies, the case closes when it is handled.",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
    .day = day,
};
