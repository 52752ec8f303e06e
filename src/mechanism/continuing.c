// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/continuing.h"

#include "model/enrolment.h"

static void month_start(wg_context *context) {
  context->s->care_from = context->s->month_first;
  wg_enrolments_begin_month(context->s);
}

// Whether who is enrolled still has a right to it: registration may have changed, and somebody who was ill at enrolment may be
// well again.
static bool still_eligible(const wg_context *context, const wg_enrolment *e) {
  const wg_resident *r = wg_residents(context->s) + e->resident;
  if (e->care != WG_CARE_NONE && wg_trait_care(r->traits) == WG_CARE_NONE)
    return false;
  return wg_care_eligible(context->world, e->identity, e->service, wg_resident_registration(r));
}

static void review(const wg_context *context, uint32_t row) {
  wg_subdistrict *s = context->s;
  wg_enrolment *e = wg_enrolments(s) + row;
  const wg_service *service = context->world->catalogue.services + e->service;
  wg_desks(s)[e->desk].care_owed += (uint32_t)service->params->review_minutes;
  if (!still_eligible(context, e)) {
    wg_enrolment_end(s, row, WG_CARE_REVIEW);
    return;
  }
  const uint32_t next = e->review + service->review_days;
  e->review = (uint16_t)(next < WG_NEVER ? next : WG_NEVER);
  wg_enrolment_schedule(s, row);
}

// The resident, if still here under the same row: an open need stays behind when its resident moves.
static const wg_resident *applicant(const wg_subdistrict *s, const wg_need *n) {
  if (n->resident == WG_NO_ROW)
    return NULL;
  const wg_resident *r = wg_residents(s) + n->resident;
  return wg_resident_here(r) ? r : NULL;
}

// Refused, or put on the waiting list, from which it goes on at once where there is room.
static void decide(const wg_context *context, uint32_t row) {
  wg_subdistrict *s = context->s;
  const wg_need *n = wg_needs(s) + row;
  const wg_resident *r = applicant(s, n);
  if (!r)
    wg_need_end(s, row, WG_NEED_WITHDRAWN);
  else if (!wg_care_eligible(context->world, n->identity, n->service, wg_resident_registration(r)))
    wg_need_end(s, row, WG_NEED_REFUSED);
  else
    wg_need_list(s, row, wg_care_desk(context->world, s, n->service, n->grid, n->handler));
}

// In the order of the queue; the first waits for room enough even where there is some for a later one.
static void admit(const wg_context *context, uint32_t d) {
  wg_subdistrict *s = context->s;
  wg_desk *desk = wg_desks(s) + d;
  while (desk->waiting_list != WG_NO_ROW) {
    const uint32_t row = desk->waiting_list;
    const wg_need *n = wg_needs(s) + row;
    if (!applicant(s, n)) {
      wg_need_end(s, row, WG_NEED_WITHDRAWN);
      continue;
    }
    const wg_enrolment terms =
        wg_enrolment_terms(context->world, s, n->identity, n->service, n->resident, d, n->grid, context->today);
    if (!wg_care_has_room(desk, terms.minutes))
      return;
    wg_enrolment_begin(s, &terms);
    wg_need_end(s, row, WG_NEED_MET);
  }
}

static void day(wg_context *context) {
  wg_subdistrict *s = context->s;
  if (!s->continuing_services)
    return;
  for (uint32_t row; (row = wg_enrolment_next_due(s, context->today)) != WG_NO_ROW;)
    if (wg_enrolments(s)[row].ends <= context->today)
      wg_enrolment_end(s, row, WG_CARE_NEED_OVER);
    else
      review(context, row);
  while (s->decided_list != WG_NO_ROW) {
    const uint32_t row = s->decided_list;
    s->decided_list = wg_needs(s)[row].sibling;
    decide(context, row);
  }
  for (uint32_t d = 0; d < wg_desks_count(s); d++)
    if (wg_desks(s)[d].waiting_list != WG_NO_ROW)
      admit(context, d);
}

const wg_mechanism wg_continuing = {
    .name = "continuing",
    .label = "持续服务",
    .doc =
        "A need of a continuing service (elder care, disability support, social assistance) is found, filed and "
        "handled like any other; its work is the assessment (评估). Then it is decided on: refused (不予受理) by "
        "registration, or enrolled at the desk that handled it (met), or put on that desk's waiting list (轮候) until "
        "a place is free. Enrolments take minutes a week up to a share of the desk's hours, before all other work; "
        "where hours fall short, those enrolled last go without. They end with the need, by death or leaving the "
        "subdistrict, or at a review (复核). Who is enrolled, or has an open need of the service, does not have it "
        "anew.",
    .month_start = month_start,
    .day = day,
};
