// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/enrolment.h"

#include "base/maths.h"
#include "schema/purpose.h"

static wg_care_tally *tally_of(const wg_subdistrict *s, const wg_enrolment *e) {
  return wg_care_tally_at(s, e->grid, e->service);
}

static uint32_t take_row(wg_subdistrict *s) {
  const uint32_t row = s->free_enrolment;
  if (row == WG_NO_ROW)
    return s->tables[WG_TABLE_ENROLMENT].count++;
  s->free_enrolment = wg_enrolments(s)[row].next_due;
  return row;
}

// Days rise; of those enrolled on one day the name decides, so that the order in which they came never shows.
static bool comes_after(const wg_enrolment *a, const wg_enrolment *b) {
  return a->since != b->since ? a->since > b->since : a->identity > b->identity;
}

static void link(wg_subdistrict *s, uint32_t row) {
  wg_enrolment *all = wg_enrolments(s), *e = all + row;
  wg_desk *desk = wg_desks(s) + e->desk;
  uint32_t before = desk->last_enrolment;
  while (before != WG_NO_ROW && comes_after(all + before, e))
    before = all[before].before;
  e->before = before;
  e->after = before == WG_NO_ROW ? desk->first_enrolment : all[before].after;
  *(e->before == WG_NO_ROW ? &desk->first_enrolment : &all[e->before].after) = row;
  *(e->after == WG_NO_ROW ? &desk->last_enrolment : &all[e->after].before) = row;
  desk->care_week += e->minutes;
  desk->care_stale = 1;
}

static void unlink_row(const wg_subdistrict *s, const wg_enrolment *e) {
  wg_enrolment *all = wg_enrolments(s);
  wg_desk *desk = wg_desks(s) + e->desk;
  *(e->before == WG_NO_ROW ? &desk->first_enrolment : &all[e->before].after) = e->after;
  *(e->after == WG_NO_ROW ? &desk->last_enrolment : &all[e->after].before) = e->before;
  desk->care_week -= e->minutes;
  desk->care_stale = 1;
}

void wg_enrolment_begin(wg_subdistrict *s, const wg_enrolment *terms) {
  const uint32_t row = take_row(s);
  wg_enrolments(s)[row] = *terms;
  link(s, row);
  wg_residents(s)[terms->resident].traits |= WG_TRAIT_ENROLLED;
  wg_care_tally *tally = tally_of(s, terms);
  tally->enrolled++;
  tally->entered++;
  tally->begun++;
  wg_enrolment_schedule(s, row);
}

static uint16_t day_or_never(double day) {
  return (uint16_t)(day < WG_NEVER ? day : WG_NEVER);
}

static wg_draw open_luck(const wg_world *world, uint64_t identity) {
  return wg_draw_open(world->luck, WG_PURPOSE_ENROLMENT, 0, identity, 0);
}

wg_enrolment wg_enrolment_terms(const wg_world *world, const wg_subdistrict *s, uint64_t identity, uint32_t service,
                                uint32_t resident, uint32_t desk, uint32_t grid, wg_date since) {
  const wg_service_params *p = world->catalogue.services[service].params;
  wg_draw draw = open_luck(world, identity);
  (void)wg_draw_u32(&draw); // decides who is eligible
  const double length = wg_exponential(wg_draw_u32(&draw)) * p->care_days;
  const uint32_t every = world->catalogue.services[service].review_days;
  return (wg_enrolment){.identity = identity,
                        .resident = resident,
                        .before = WG_NO_ROW,
                        .after = WG_NO_ROW,
                        .next_due = WG_NO_ROW,
                        .desk = (uint16_t)desk,
                        .grid = (uint16_t)grid,
                        .since = (uint16_t)since,
                        .ends = day_or_never((double)since + 1.0 + (double)(uint32_t)length),
                        .review = every ? day_or_never((double)since + every) : WG_NEVER,
                        .minutes = (uint16_t)p->care_minutes_week,
                        .service = (uint8_t)service,
                        .care = (uint8_t)wg_trait_care(wg_residents(s)[resident].traits)};
}

static bool is_enrolled(const wg_subdistrict *s, uint32_t resident, uint32_t service) {
  const wg_enrolment *all = wg_enrolments(s);
  for (uint32_t row = 0; row < wg_enrolments_count(s); row++)
    if (all[row].identity && !all[row].over && all[row].resident == resident &&
        (service == WG_NO_ROW || all[row].service == service))
      return true;
  return false;
}

void wg_enrolment_end(wg_subdistrict *s, uint32_t enrolment, wg_care_end why) {
  wg_enrolment *e = wg_enrolments(s) + enrolment;
  wg_desk *desk = wg_desks(s) + e->desk;
  wg_care_tally *tally = tally_of(s, e);
  unlink_row(s, e);
  e->over = 1;
  tally->enrolled--;
  tally->unserved -= e->unserved;
  desk->care_unserved -= e->unserved;
  tally->left++;
  tally->days_ended += (uint32_t)s->care_from - e->since;
  tally->need_over += why == WG_CARE_NEED_OVER;
  tally->gone += why == WG_CARE_LEFT;
  tally->reviewed_out += why == WG_CARE_REVIEW;
  if (!is_enrolled(s, e->resident, WG_NO_ROW))
    wg_residents(s)[e->resident].traits &= ~(uint32_t)WG_TRAIT_ENROLLED;
}

void wg_enrolments_leave(wg_subdistrict *s, uint32_t resident) {
  const wg_enrolment *all = wg_enrolments(s);
  for (uint32_t row = 0; row < wg_enrolments_count(s); row++)
    if (all[row].identity && !all[row].over && all[row].resident == resident)
      wg_enrolment_end(s, row, WG_CARE_LEFT);
}

void wg_enrolments_follow(const wg_subdistrict *s, uint32_t from, uint32_t to) {
  wg_enrolment *all = wg_enrolments(s);
  for (uint32_t row = 0; row < wg_enrolments_count(s); row++)
    if (all[row].identity && !all[row].over && all[row].resident == from)
      all[row].resident = to;
}

bool wg_continuing_has(const wg_subdistrict *s, uint32_t resident, uint32_t service) {
  const wg_resident *r = wg_residents(s) + resident;
  const wg_need *needs = wg_needs(s);
  for (uint32_t row = r->first_need; row != WG_NO_ROW; row = needs[row].next_of_resident)
    if (needs[row].service == service && wg_need_is_open(needs + row))
      return true;
  return (r->traits & WG_TRAIT_ENROLLED) && is_enrolled(s, resident, service);
}

bool wg_care_eligible(const wg_world *world, uint64_t identity, uint32_t service, uint32_t registration) {
  const double *share = world->catalogue.services[service].eligible;
  wg_draw draw = open_luck(world, identity);
  return !share || wg_draw_unit(&draw) < share[registration];
}

static bool gives_care(const wg_world *world, const wg_desk *desk) {
  return desk->minutes > 0 && world->catalogue.desk_kinds[desk->kind].params->care_share > 0.0;
}

uint32_t wg_care_desk(const wg_world *world, const wg_subdistrict *s, uint32_t service, uint32_t grid,
                      uint32_t handler) {
  const wg_service *v = world->catalogue.services + service;
  const wg_desk *desks = wg_desks(s);
  if (gives_care(world, desks + handler))
    return handler;
  for (uint32_t i = 0; i < v->route_length; i++) {
    const uint32_t desk = wg_desk_for(s, v->route[i], grid);
    if (gives_care(world, desks + desk))
      return desk;
  }
  return handler;
}

static void ration(const wg_subdistrict *s, wg_desk *desk) {
  wg_enrolment *all = wg_enrolments(s);
  const uint32_t most = WG_CARE_DAYS * desk->care_most;
  desk->care_stale = 0;
  desk->care_served = desk->care_week;
  if (desk->care_week <= most && desk->care_unserved == 0)
    return;
  desk->care_served = desk->care_unserved = 0;
  bool out = false;
  for (uint32_t row = desk->first_enrolment; row != WG_NO_ROW; row = all[row].after) {
    wg_enrolment *e = all + row;
    out |= desk->care_served + e->minutes > most;
    tally_of(s, e)->unserved += (uint32_t)out - e->unserved;
    e->unserved = out;
    desk->care_unserved += out;
    desk->care_served += out ? 0 : e->minutes;
  }
}

uint32_t wg_care_take(wg_subdistrict *s, uint32_t desk, bool works) {
  wg_desk *d = wg_desks(s) + desk;
  if (d->care_stale)
    ration(s, d);
  if (!works)
    return 0;
  const uint32_t fifths = d->care_served + d->care_carry;
  const uint32_t care = fifths / WG_CARE_DAYS;
  d->care_carry = (uint8_t)(fifths % WG_CARE_DAYS);
  const uint32_t rest = d->minutes - care, reviews = d->care_owed < rest ? d->care_owed : rest;
  d->care_owed -= reviews;
  d->minutes_care += care + reviews;
  return care + reviews;
}

static uint32_t due_day(const wg_enrolment *e) {
  return e->ends < e->review ? e->ends : e->review;
}

void wg_enrolment_schedule(wg_subdistrict *s, uint32_t enrolment) {
  wg_enrolment *e = wg_enrolments(s) + enrolment;
  const uint32_t day = due_day(e);
  if (day < (uint32_t)s->month_first || day > (uint32_t)s->month_last)
    return;
  uint32_t *head = s->enrolments_due + (day - (uint32_t)s->month_first);
  e->next_due = *head;
  *head = enrolment;
}

void wg_enrolments_begin_month(wg_subdistrict *s) {
  wg_enrolment *all = wg_enrolments(s);
  for (int day = 0; day < 31; day++)
    s->enrolments_due[day] = WG_NO_ROW;
  for (uint32_t row = 0; row < wg_enrolments_count(s); row++)
    if (all[row].over) {
      all[row] = (wg_enrolment){.next_due = s->free_enrolment};
      s->free_enrolment = row;
    } else if (all[row].identity) {
      wg_enrolment_schedule(s, row);
    }
}

uint32_t wg_enrolment_next_due(wg_subdistrict *s, wg_date today) {
  uint32_t *head = s->enrolments_due + (today - s->month_first);
  while (*head != WG_NO_ROW) {
    const uint32_t row = *head;
    *head = wg_enrolments(s)[row].next_due;
    if (!wg_enrolments(s)[row].over)
      return row;
  }
  return WG_NO_ROW;
}

int wg_enrolments_reserve(wg_subdistrict *s, uint32_t more, wg_error *error) {
  if (!s->continuing_services)
    return WG_OK;
  return wg_table_reserve(&s->tables[WG_TABLE_ENROLMENT], (uint64_t)wg_enrolments_count(s) + s->open_needs + more,
                          error);
}
