// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/onset.h"

#include "base/maths.h"
#include "model/enrolment.h"
#include "model/ledger.h"
#include "model/limit.h"
#include "schema/purpose.h"

_Static_assert(WG_ONSETS % WG_EXPONENTIALS == 0, "exponentials come in groups");

// No branches: the draws of neighbours overlap. A wrong guess would throw away those that have been begun.
static void draw_lives(const wg_world *world, wg_onsets *b) {
  for (uint32_t i = 0; i < b->count; i++) {
    wg_onset *o = b->onsets + i;
    o->identity = wg_identity_make(o->owner, o->number, o->naming);
    wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_NEED_LIFE, 0, o->identity, 0);
    o->report = wg_draw_unit(&draw);
    b->finding_u[i] = wg_draw_u32(&draw);
    b->lapse_u[i] = wg_draw_u32(&draw);
    o->channel = wg_draw_u32(&draw);
  }
  wg_exponentials(b->count, b->finding_u, b->finding);
  wg_exponentials(b->count, b->lapse_u, b->lapse);
}

static uint32_t open_need(const wg_world *world, wg_subdistrict *s, const wg_onset *o, wg_date today) {
  const wg_service *service = world->catalogue.services + o->service;
  const uint32_t row = wg_need_open(s);
  wg_need *n = wg_needs(s) + row;
  n->identity = o->identity;
  n->arose = (uint16_t)today;
  n->due = wg_limit_end(&world->calendar, service, today + (wg_date)service->params->finding_allowance);
  n->grid = (uint16_t)o->grid;
  n->service = o->service;
  n->group = o->group;
  n->marks = o->marks;
  if (o->resident != WG_NO_ROW)
    wg_need_attach(s, row, o->resident);
  wg_ledger_open(s, n);
  wg_ledger_tally(s, n)->repeats += (o->marks & WG_MARK_REPEAT) != 0;
  wg_event_note(s, row, WG_EVENT_ARISE, WG_NO_DESK);
  return row;
}

// The day on which somebody who passes reports it after all: one exponential time of the need's own, beside the hazard of being
// found.
static wg_date later_day(const wg_world *world, const wg_onset *o, wg_date today, double mean) {
  wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_REPORTS, 0, o->identity, 1);
  return today + 1 + (wg_date)(wg_exponential(wg_draw_u32(&draw)) * mean);
}

// Whether it is reported today.
static bool report(const wg_world *world, wg_subdistrict *s, const wg_onset_rules *rules, uint32_t row,
                   const wg_onset *o, wg_date today) {
  const wg_service_params *p = world->catalogue.services[o->service].params;
  const wg_reporting_levers levers = wg_reporting_levers_in(s, s->segment, wg_grids(s)[o->grid].community);
  const bool reports = o->report < wg_reporting_chance(&rules->reporting, levers, o->service, o->reporter, o->trust);
  const bool later = !reports && p->later_report_days > 0.0 && o->resident == WG_NO_ROW;
  if (!reports && !later)
    return false;
  const wg_channel channel =
      wg_reporting_channel(&rules->reporting, levers, o->reporter, ((double)o->channel + 0.5) * 0x1p-32);
  if (reports)
    return wg_need_report(world, s, row, channel, today);
  wg_need_report_later(s, row, channel, later_day(world, o, today, p->later_report_days));
  return false;
}

static void arise(const wg_world *world, wg_subdistrict *s, const wg_onset_rules *rules, const wg_onset *o,
                  double finding, double lapse, wg_date today) {
  const wg_service *service = world->catalogue.services + o->service;
  const wg_service_params *p = service->params;
  if (service->continuing && wg_continuing_has(s, o->resident, o->service))
    return;
  const uint32_t row = open_need(world, s, o, today);
  if (report(world, s, rules, row, o, today))
    return;
  wg_need *n = wg_needs(s) + row;
  n->key = UINT64_MAX; // never found
  if (p->found_by != WG_FOUND_BY_NONE && p->detection > 0.0)
    n->key = wg_searches(s)[wg_search_of(s, o->grid, o->service)].hazard + wg_whole(finding / p->detection * 0x1p32);
  wg_need_hide(s, row);
  if (p->lapse_days > 0.0)
    wg_need_schedule_lapse(s, row, (uint32_t)today + 1 + (uint32_t)(lapse * p->lapse_days));
}

void wg_onsets_arise(const wg_world *world, wg_subdistrict *s, const wg_onset_rules *rules, wg_date today,
                     wg_onsets *b) {
  draw_lives(world, b);
  for (uint32_t i = 0; i < b->count; i++)
    arise(world, s, rules, b->onsets + i, b->finding[i], b->lapse[i], today);
  b->count = 0;
}

// A sleeping need comes back as a new one: its row is given back, to be taken again.
static void wake(wg_subdistrict *s, const wg_onset_rules *rules, uint32_t row, wg_month month, wg_onset *o) {
  const wg_need *n = wg_needs(s) + row;
  *o = (wg_onset){.owner = n->identity,
                  .naming = WG_PURPOSE_IDENTITY_REPEAT,
                  .grid = n->grid,
                  .service = n->service,
                  .marks = WG_MARK_REPEAT};
  wg_onset_of_place(o);
  if (n->resident != WG_NO_ROW)
    wg_onset_of_resident(s, rules, n->resident, month, o);
  wg_need_close(s, row);
}

void wg_onsets_wake(const wg_world *world, wg_subdistrict *s, const wg_onset_rules *rules, wg_month month,
                    wg_date today, wg_onsets *b) {
  for (uint32_t row; (row = wg_agenda_next(s, WG_AGENDA_WAKE, today)) != WG_NO_ROW;) {
    wake(s, rules, row, month, b->onsets + b->count++);
    if (b->count == WG_ONSETS)
      wg_onsets_arise(world, s, rules, today, b);
  }
  wg_onsets_arise(world, s, rules, today, b);
}
