// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/workforce.h"

#include "model/place_sum.h"

// Handling takes what waits, up to the floor kept for looking; looking takes the rest.
static void day(wg_context *context) {
  wg_subdistrict *s = context->s;
  const bool works = wg_calendar_works(&context->world->calendar, context->today);
  wg_desk *desks = wg_desks(s);
  for (uint32_t d = 0; d < wg_desks_count(s); d++) {
    wg_desk *desk = desks + d;
    const wg_desk_kind_params *p = context->world->catalogue.desk_kinds[desk->kind].params;
    desk->today = 0;
    desk->looking_today = 0;
    if (!works && !p->weekends)
      continue;
    desk->today = desk->minutes;
    desk->minutes_available += desk->minutes;
    if (p->looks == WG_LOOKS_NONE)
      continue;
    const uint32_t floor = (uint32_t)((double)desk->minutes * p->looking_floor);
    const uint32_t most = desk->minutes - floor;
    const uint32_t handling = desk->queued_minutes < most ? (uint32_t)desk->queued_minutes : most;
    desk->looking_today = desk->minutes - handling;
    desk->today = handling;
    desk->minutes_looking += desk->looking_today;
  }
}

// For every desk of the place; a subdistrict's desk belongs to no single community.
#define FOR_DESKS(world, place, s, desk)                                                                               \
  for (uint32_t s##_ = (place).first; s##_ < (place).last; s##_++)                                                     \
    for (const wg_subdistrict *s = (world)->subdistricts + s##_; s; s = NULL)                                          \
      for (const wg_desk *desk = wg_desks(s), *desk##_end = desk + wg_desks_count(s); desk < desk##_end; desk++)       \
        if ((place).community < 0 || desk->community == (place).community)

#define DESK_OUTPUT(name, expression)                                                                                  \
  static void name(const wg_world *world, wg_place place, void *block) {                                               \
    int64_t *sums = block;                                                                                             \
    for (uint32_t kind = 0; kind < world->catalogue.desk_kind_count; kind++)                                           \
      sums[kind] = 0;                                                                                                  \
    FOR_DESKS(world, place, s, desk) {                                                                                 \
      sums[desk->kind] += (int64_t)(expression);                                                                       \
    }                                                                                                                  \
  }

DESK_OUTPUT(minutes_available, desk->minutes_available)
DESK_OUTPUT(minutes_used, desk->minutes_handling + desk->minutes_looking)
DESK_OUTPUT(minutes_looking, desk->minutes_looking)
DESK_OUTPUT(backlog, desk->queued)
DESK_OUTPUT(backlog_minutes, desk->queued_minutes)

static void staff(const wg_world *world, wg_place place, void *block) {
  double *persons = block;
  for (uint32_t kind = 0; kind < world->catalogue.desk_kind_count; kind++)
    persons[kind] = 0.0;
  FOR_DESKS(world, place, s, desk) {
    persons[desk->kind] += (double)desk->staff_centi;
  }
  for (uint32_t kind = 0; kind < world->catalogue.desk_kind_count; kind++)
    persons[kind] /= 100.0;
}

// Wages of a cut month are paid by the day.
static void cost(const wg_world *world, wg_place place, void *block) {
  int64_t *fen = block;
  fen[0] = 0;
  FOR_DESKS(world, place, s, desk) {
    const wg_desk_kind_params *p = world->catalogue.desk_kinds[desk->kind].params;
    const int64_t days = s->month_last - s->month_first + 1;
    const int64_t length = wg_month_first_day(world->month + 1) - wg_month_first_day(world->month);
    fen[0] += (int64_t)desk->staff_centi * p->wage_fen * (s->lived ? days : 0) / (100 * length);
  }
}

static void month_start(wg_context *context) {
  wg_desk *desks = wg_desks(context->s);
  for (uint32_t d = 0; d < wg_desks_count(context->s); d++)
    desks[d].minutes_available = desks[d].minutes_handling = desks[d].minutes_looking = 0;
}

static const wg_output outputs[] = {
    {"staff", WG_F64, {WG_AXIS_DESK_KIND}, "person", "Staff of desks", "人员", staff},
    {"person_minutes_available",
     WG_I64,
     {WG_AXIS_DESK_KIND},
     "person minute",
     "Working time after office work",
     "可用工时",
     minutes_available},
    {"person_minutes_used",
     WG_I64,
     {WG_AXIS_DESK_KIND},
     "person minute",
     "Working time spent on handling and looking",
     "已用工时",
     minutes_used},
    {"person_minutes_looking",
     WG_I64,
     {WG_AXIS_DESK_KIND},
     "person minute",
     "Working time spent on patrol or outreach",
     "巡查走访工时",
     minutes_looking},
    {"backlog", WG_I32, {WG_AXIS_DESK_KIND}, "case", "Cases waiting at the month's end", "积压案件", backlog},
    {"backlog_person_minutes",
     WG_I64,
     {WG_AXIS_DESK_KIND},
     "person minute",
     "Work waiting at the month's end",
     "积压工时",
     backlog_minutes},
    {"cost_fen", WG_I64, {WG_AXIS_COST_KIND}, "fen", "Cost of the month", "支出", cost},
};

const wg_mechanism wg_workforce = {
    .name = "workforce",
    .label = "工时",
    .doc =
        "On its working days a desk has staff x minutes, less office work. A desk that looks (patrols or visits) keeps "
        "a "
        "floor share for it; the waiting work may take the rest, and what it leaves goes to looking: an overloaded "
        "grid "
        "also finds less. Such a desk plans its day in the morning: cases that reach it later wait for the next day.",
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .month_start = month_start,
    .day = day,
};
