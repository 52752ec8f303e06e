// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/care_account.h"

#include "model/enrolment.h"
#include "model/place_sum.h"

static void month_start(wg_context *context) {
  wg_care_tally *tallies = wg_care_tallies(context->s);
  for (uint32_t i = 0; i < wg_care_tallies_count(context->s); i++) {
    wg_care_tally *t = tallies + i;
    t->days_needed = t->days_served = 0;
    t->begun = t->need_over = t->gone = t->reviewed_out = 0;
  }
}

// In the evening, when the day's needs have been booked.
static void day(wg_context *context) {
  wg_subdistrict *s = context->s;
  s->care_from = context->today + 1;
  for (uint32_t v = 0; v < s->service_count; v++) {
    if (!(s->continuing_services >> v & 1U))
      continue;
    for (uint32_t c = 0; c < wg_communities_count(s); c++) {
      const size_t cell = (size_t)c * s->service_count + v;
      wg_care_tally *t = wg_care_tallies(s) + cell;
      t->days_needed += wg_stocks(s)[cell].open + t->enrolled;
      t->days_served += t->enrolled - t->unserved;
      t->days_enrolled += t->enrolled;
    }
  }
}

// Who is enrolled is counted in the rows, not derived: what began has ended or goes on, and the days of all enrolments are the
// enrolled summed over days (Little's law in integers).
static void month_end(wg_context *context) {
  const wg_subdistrict *s = context->s;
  wg_care_tally *tallies = wg_care_tallies(s);
  const uint32_t cells = wg_care_tallies_count(s);
  for (uint32_t i = 0; i < cells; i++)
    tallies[i].counted = 0, tallies[i].days_since = 0;
  for (uint32_t row = 0; row < wg_enrolments_count(s); row++) {
    const wg_enrolment *e = wg_enrolments(s) + row;
    if (e->identity == 0 || e->over)
      continue;
    wg_care_tally *t = wg_care_tally_at(s, e->grid, e->service);
    t->counted++;
    t->days_since += (uint64_t)s->month_last + 1 - e->since;
  }
  for (uint32_t i = 0; i < cells; i++) {
    const wg_care_tally *t = tallies + i;
    if (t->counted != t->enrolled || t->entered != t->left + t->counted)
      wg_error_set(context->error, WG_FAIL_RUN, "care: enrolments that began and ended do not balance in %s", s->name);
    if (t->days_enrolled != t->days_ended + t->days_since)
      wg_error_set(context->error, WG_FAIL_RUN, "care: times of enrolments do not add up to their stock in %s",
                   s->name);
  }
}

#define CARE_OUTPUT(name, column)                                                                                      \
  static void name(const wg_world *world, wg_place place, void *block) {                                               \
    int64_t *sums = block;                                                                                             \
    for (uint32_t v = 0; v < world->catalogue.service_count; v++)                                                      \
      sums[v] = 0;                                                                                                     \
    WG_FOR_COMMUNITIES(world, place, s, c)                                                                             \
    for (uint32_t v = 0; v < s->service_count; v++)                                                                    \
      sums[v] += (int64_t)wg_care_tallies(s)[(size_t)c * s->service_count + v].column;                                 \
  }

CARE_OUTPUT(enrolled, enrolled)
CARE_OUTPUT(waiting_list, waiting)
CARE_OUTPUT(care_begun, begun)
CARE_OUTPUT(care_days_needed, days_needed)
CARE_OUTPUT(care_days_served, days_served)

static void care_coverage(const wg_world *world, wg_place place, void *block) {
  double *ratios = block;
  int64_t needed[WG_SERVICE_MAX] = {0}, served[WG_SERVICE_MAX] = {0};
  care_days_needed(world, place, needed);
  care_days_served(world, place, served);
  for (uint32_t v = 0; v < world->catalogue.service_count; v++)
    ratios[v] = needed[v] ? (double)served[v] / (double)needed[v] : WG_NAN;
}

static void care_ended(const wg_world *world, wg_place place, void *block) {
  int64_t *sums = block;
  for (uint32_t i = 0; i < world->catalogue.service_count * WG_CARE_END_COUNT; i++)
    sums[i] = 0;
  WG_FOR_COMMUNITIES(world, place, s, c)
  for (uint32_t v = 0; v < s->service_count; v++) {
    const wg_care_tally *t = wg_care_tallies(s) + (size_t)c * s->service_count + v;
    int64_t *ended = sums + (size_t)v * WG_CARE_END_COUNT;
    ended[WG_CARE_NEED_OVER] += t->need_over;
    ended[WG_CARE_LEFT] += t->gone;
    ended[WG_CARE_REVIEW] += t->reviewed_out;
  }
}

static void minutes_care(const wg_world *world, wg_place place, void *block) {
  int64_t *sums = block;
  for (uint32_t kind = 0; kind < world->catalogue.desk_kind_count; kind++)
    sums[kind] = 0;
  WG_FOR_DESKS(world, place, s, desk) {
    sums[desk->kind] += (int64_t)desk->minutes_care;
  }
}

static const wg_output outputs[] = {
    {"enrolled",
     WG_I32,
     {WG_AXIS_SERVICE},
     "resident",
     "Residents enrolled in continuing services, by where the need arose",
     "登记在册",
     enrolled},
    {"waiting_list",
     WG_I32,
     {WG_AXIS_SERVICE},
     "need",
     "Needs on waiting lists at the month's end",
     "轮候",
     waiting_list},
    {"care_begun", WG_I32, {WG_AXIS_SERVICE}, "resident", "Enrolments that began in the month", "新登记", care_begun},
    {"care_ended",
     WG_I32,
     {WG_AXIS_SERVICE, WG_AXIS_CARE_END},
     "resident",
     "Enrolments that ended in the month",
     "终止登记",
     care_ended},
    {"care_days_needed",
     WG_I64,
     {WG_AXIS_SERVICE},
     "person day",
     "Open needs of continuing services and enrolled, at the end of each day, summed over the days",
     "应照护人日",
     care_days_needed},
    {"care_days_served",
     WG_I64,
     {WG_AXIS_SERVICE},
     "person day",
     "Those of them who were enrolled and served",
     "已照护人日",
     care_days_served},
    {"care_coverage",
     WG_F64,
     {WG_AXIS_SERVICE},
     "1",
     "Coverage of continuing services: care_days_served / care_days_needed",
     "照护覆盖率",
     care_coverage},
    {"person_minutes_care",
     WG_I64,
     {WG_AXIS_DESK_KIND},
     "person minute",
     "Working time spent on those enrolled and their reviews",
     "照护工时",
     minutes_care},
};

const wg_mechanism wg_care_account = {
    .name = "care_account",
    .label = "照护台账",
    .doc =
        "Person-days served and needed in continuing services, in integers, at the end of each day: needed are those "
        "with an open need and those enrolled, served those of the enrolled whom their desk's hours reach. Every run "
        "checks that enrolments that began have ended or go on, and that their days add up.",
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .month_start = month_start,
    .day = day,
    .month_end = month_end,
};
