// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/enrolling.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/enrolment.h"
#include "model/need_rate.h"
#include "schema/purpose.h"

enum { PEOPLE = WG_AGE_BAND_COUNT * WG_REGISTRATION_COUNT * WG_CARE_COUNT };

// Thresholds of being enrolled, by service.
typedef struct chances {
  uint32_t count, services[WG_SERVICE_MAX];
  uint32_t below[WG_SERVICE_MAX][PEOPLE];
} chances;

typedef struct turn {
  uint64_t turn, identity;
  uint32_t resident;
  uint8_t service;
} turn;

static uint32_t people_of(uint32_t band, uint32_t registration, uint32_t care) {
  return (band * WG_REGISTRATION_COUNT + registration) * WG_CARE_COUNT + care;
}

static void fill_chances(const wg_world *world, chances *c) {
  for (uint32_t v = 0; v < world->catalogue.service_count; v++) {
    const wg_service *service = world->catalogue.services + v;
    if (!service->continuing)
      continue;
    const uint32_t i = c->count++;
    c->services[i] = v;
    for (uint32_t who = 0; who < PEOPLE; who++) {
      const uint32_t care = who % WG_CARE_COUNT, registration = who / WG_CARE_COUNT % WG_REGISTRATION_COUNT;
      const double rate =
          wg_need_rate(world, service, who / WG_CARE_COUNT / WG_REGISTRATION_COUNT, registration, (wg_care)care);
      const double p = rate / 365.0 * service->params->care_days * service->params->start_share;
      c->below[i][who] = wg_threshold(p < 1.0 ? p : 1.0);
    }
  }
}

// The residents of a subdistrict whose turn may come, in any order. Counts only where `turns` is NULL.
static uint32_t list_turns(const wg_world *world, const wg_subdistrict *s, const chances *c, turn *turns) {
  const wg_month month = wg_date_month(world->run->start);
  uint32_t count = 0;
  for (uint32_t row = 0; row < wg_residents_count(s); row++) {
    const wg_resident *r = wg_residents(s) + row;
    if (!wg_resident_here(r))
      continue;
    const uint32_t registration = wg_resident_registration(r);
    const uint32_t who =
        people_of(wg_age_band(wg_age_years(r->birth_month, month)), registration, wg_trait_care(r->traits));
    const uint64_t luck = wg_draw_bits(world->luck, WG_PURPOSE_ENROLMENT_AT_START, 0, r->identity);
    for (uint32_t i = 0; i < c->count; i++) {
      const uint32_t service = c->services[i];
      const uint64_t bits = wg_draw_derive(luck, (uint16_t)service);
      if ((uint32_t)(bits >> 32) >= c->below[i][who])
        continue;
      const uint64_t name = wg_identity_make(r->identity, service, WG_PURPOSE_IDENTITY_ENROLMENT);
      if (!wg_care_eligible(world, name, service, registration))
        continue;
      if (turns)
        turns[count] = (turn){bits << 32, name, row, (uint8_t)service};
      count++;
    }
  }
  return count;
}

static int by_turn(const void *a_, const void *b_) {
  const turn *a = a_, *b = b_;
  if (a->turn != b->turn)
    return a->turn < b->turn ? -1 : 1;
  return a->identity < b->identity ? -1 : a->identity > b->identity;
}

// The first desk of the route that gives care and has room; WG_NO_ROW where none has.
static uint32_t desk_with_room(const wg_world *world, const wg_subdistrict *s, const turn *t) {
  const wg_service *service = world->catalogue.services + t->service;
  const uint32_t grid = wg_residents(s)[t->resident].grid;
  for (uint32_t i = 0; i < service->route_length; i++) {
    const uint32_t desk = wg_desk_for(s, service->route[i], grid);
    if (wg_care_has_room(wg_desks(s) + desk, (uint32_t)service->params->care_minutes_week))
      return desk;
  }
  return WG_NO_ROW;
}

static void enrol(const wg_world *world, wg_subdistrict *s, const turn *t) {
  const uint32_t desk = desk_with_room(world, s, t), grid = wg_residents(s)[t->resident].grid;
  if (desk == WG_NO_ROW)
    return;
  wg_enrolment terms =
      wg_enrolment_terms(world, s, t->identity, t->service, t->resident, desk, grid, world->run->start);
  // Reviews are spread over their period: those enrolled before did not all begin on one day.
  const uint32_t every = world->catalogue.services[t->service].review_days;
  wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_ENROLMENT_AT_START, 0, t->identity, 1);
  if (every)
    terms.review = (uint16_t)((uint32_t)world->run->start + 1 + wg_draw_below(&draw, every));
  wg_enrolment_begin(s, &terms);
}

static int enrol_subdistrict(const wg_world *world, wg_subdistrict *s, const chances *c, wg_error *error) {
  s->care_from = world->run->start;
  for (uint32_t d = 0; d < wg_desks_count(s); d++)
    wg_care_limit(wg_desks(s) + d, world->catalogue.desk_kinds[wg_desks(s)[d].kind].params->care_share);
  const uint32_t count = list_turns(world, s, c, NULL);
  turn *turns = calloc((size_t)count + 1, sizeof *turns);
  if (!turns || wg_table_reserve(&s->tables[WG_TABLE_ENROLMENT], count, error)) {
    free(turns);
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for %u enrolments", count);
  }
  list_turns(world, s, c, turns);
  qsort(turns, count, sizeof *turns, by_turn);
  for (uint32_t i = 0; i < count; i++)
    enrol(world, s, turns + i);
  free(turns);
  // They began before: nothing of it is this month's.
  for (uint32_t i = 0; i < wg_care_tallies_count(s); i++)
    wg_care_tallies(s)[i].begun = 0;
  return WG_OK;
}

int wg_world_enrol(wg_world *world, wg_error *error) {
  chances *c = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for enrolments");
  fill_chances(world, c);
  int code = WG_OK;
  for (uint32_t i = 0; i < world->subdistrict_count && !code; i++)
    code = enrol_subdistrict(world, world->subdistricts + i, c, error);
  free(c);
  return code;
}
