// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/workforce.h"

#include "model/enrolment.h"
#include "model/lever.h"
#include "model/place_sum.h"

// Sets a desk's staff and hours to what the configuration says and policies make of it.
static void staff_desk(const wg_context *context, wg_desk *desk) {
  const wg_subdistrict *s = context->s;
  const wg_desk_kind_params *p = context->world->catalogue.desk_kinds[desk->kind].params;
  const uint32_t role = (uint32_t)p->role, home = wg_desk_home(s, desk);
  const bool officers = role == WG_ROLE_OFFICERS;
  double staff = (double)desk->staff_base / 100.0;
  if (officers)
    staff = wg_lever_replace(wg_lever_at(s, WG_SLOT_OFFICERS_PER_GRID, home), staff);
  staff += wg_lever_get(s, WG_SLOT_STAFF_ADDED + role, home);
  desk->staff_centi = (uint32_t)(staff * 100.0 + 0.5);
  const double clerical = p->clerical_share * wg_lever_get(s, WG_SLOT_CLERICAL_LOAD + role, home);
  const double floor = p->looking_floor + wg_lever_get(s, WG_SLOT_LOOKING_SHARE + role, home);
  const double taken =
      wg_lever_get(s, WG_SLOT_SURGE_HOURS + role, home) + (officers ? wg_lever_get(s, WG_SLOT_TRAVEL_LOSS, home) : 0.0);
  if (clerical > 1.0 || taken > 1.0)
    wg_error_add(
        context->error, WG_FAIL_CONFIG,
        "policies: %s in %s lose %.3g of their hours to office work and %.3g to duty and travel (allowed: up to 1)",
        p->label, s->name, clerical, taken);
  if (p->looks != WG_LOOKS_NONE && !(floor >= 0.0 && floor <= 1.0))
    wg_error_add(context->error, WG_FAIL_CONFIG,
                 "policies: looking keeps %.3g of the hours of %s in %s (allowed: 0 to 1)", floor, p->label, s->name);
  if (context->error->code)
    return;
  desk->minutes = (uint32_t)((double)desk->staff_centi / 100.0 * (double)p->minutes * (1.0 - clerical) * (1.0 - taken));
  const uint32_t share = desk->staff_centi > 100 ? (uint32_t)((uint64_t)desk->minutes * 100 / desk->staff_centi) : 0;
  desk->a_person = share ? share : desk->minutes;
  wg_care_limit(desk, p->care_share);
  desk->looking_floor = p->looks == WG_LOOKS_NONE ? 0 : (uint32_t)((double)desk->minutes * floor);
}

static void staff_all(const wg_context *context) {
  wg_desk *desks = wg_desks(context->s);
  for (uint32_t d = 0; d < wg_desks_count(context->s); d++)
    staff_desk(context, desks + d);
}

// Care of those enrolled comes first. Handling takes what waits, up to the floor kept for looking; looking takes the rest.
static void day(wg_context *context) {
  wg_subdistrict *s = context->s;
  const bool works = wg_calendar_works(&context->world->calendar, context->today);
  if (wg_segment_begins(s, context->today))
    staff_all(context);
  wg_desk *desks = wg_desks(s);
  for (uint32_t d = 0; d < wg_desks_count(s); d++) {
    wg_desk *desk = desks + d;
    const wg_desk_kind_params *p = context->world->catalogue.desk_kinds[desk->kind].params;
    desk->staff_days += desk->staff_centi;
    desk->today = 0;
    desk->looking_today = 0;
    const uint32_t care = wg_care_take(s, d, works);
    if (!works && !p->weekends)
      continue;
    const uint32_t left = desk->minutes - care;
    desk->today = left;
    desk->minutes_available += desk->minutes;
    if (p->looks == WG_LOOKS_NONE)
      continue;
    const uint32_t most = left > desk->looking_floor ? left - desk->looking_floor : 0;
    const uint32_t handling = desk->queued_minutes < most ? (uint32_t)desk->queued_minutes : most;
    desk->looking_today = left - handling;
    desk->today = handling;
    desk->minutes_looking += desk->looking_today;
  }
}

#define DESK_OUTPUT(name, expression)                                                                                  \
  static void name(const wg_world *world, wg_place place, void *block) {                                               \
    int64_t *sums = block;                                                                                             \
    for (uint32_t kind = 0; kind < world->catalogue.desk_kind_count; kind++)                                           \
      sums[kind] = 0;                                                                                                  \
    WG_FOR_DESKS(world, place, s, desk) {                                                                              \
      sums[desk->kind] += (int64_t)(expression);                                                                       \
    }                                                                                                                  \
  }

DESK_OUTPUT(minutes_available, desk->minutes_available)
DESK_OUTPUT(minutes_used, desk->minutes_handling + desk->minutes_looking + desk->minutes_care)
DESK_OUTPUT(minutes_looking, desk->minutes_looking)
DESK_OUTPUT(backlog, desk->queued)
DESK_OUTPUT(backlog_minutes, desk->queued_minutes)

static void staff(const wg_world *world, wg_place place, void *block) {
  double *persons = block;
  for (uint32_t kind = 0; kind < world->catalogue.desk_kind_count; kind++)
    persons[kind] = 0.0;
  WG_FOR_DESKS(world, place, s, desk) {
    persons[desk->kind] += (double)desk->staff_centi;
  }
  for (uint32_t kind = 0; kind < world->catalogue.desk_kind_count; kind++)
    persons[kind] /= 100.0;
}

static void month_start(wg_context *context) {
  wg_desk *desks = wg_desks(context->s);
  for (uint32_t d = 0; d < wg_desks_count(context->s); d++)
    desks[d].minutes_available = desks[d].minutes_handling = desks[d].minutes_looking = desks[d].minutes_care =
        desks[d].staff_days = 0;
  staff_all(context); // today is the month's first day
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
     "Working time spent on care, handling and looking",
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
};

const wg_mechanism wg_workforce = {
    .name = "workforce",
    .label = "工时",
    .doc =
        "On its working days a desk has staff x minutes, less office work and what duty elsewhere and travel take. "
        "Care "
        "of those enrolled in continuing services comes first. A desk that looks (patrols or visits) keeps "
        "a "
        "floor share for it; the waiting work may take the rest, and what it leaves goes to looking: an overloaded "
        "grid "
        "also finds less. Such a desk plans its day in the morning: cases that reach it later wait for the next day.",
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .month_start = month_start,
    .day = day,
};
