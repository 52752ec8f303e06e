// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/workforce.h"

#include "model/enrolment.h"
#include "model/hours.h"
#include "model/lever.h"
#include "model/place_sum.h"
#include "model/post.h"

static const wg_desk_kind_params *params_of(const wg_context *context, const wg_desk *desk) {
  return context->world->catalogue.desk_kinds[desk->kind].params;
}

// What the configuration says and policies make of it in a segment of the month, in 1/100 person.
static uint32_t staff_in(const wg_context *context, const wg_desk *desk, uint32_t segment) {
  const wg_subdistrict *s = context->s;
  const uint32_t role = (uint32_t)params_of(context, desk)->role, home = wg_desk_home(s, desk);
  double staff = (double)desk->staff_base / 100.0;
  if (role == WG_ROLE_OFFICERS)
    staff = wg_lever_replace(wg_lever_in(s, segment, WG_SLOT_OFFICERS_PER_GRID, home), staff);
  staff += wg_lever_in(s, segment, WG_SLOT_STAFF_ADDED + role, home)->value;
  return (uint32_t)(staff * 100.0 + 0.5);
}

// Shares of hours that policies may move.
typedef struct moved_shares {
  double office, duty, looking;
} moved_shares;

static bool read_shares(const wg_context *context, const wg_desk *desk, moved_shares *read) {
  const wg_subdistrict *s = context->s;
  const wg_desk_kind_params *p = params_of(context, desk);
  const uint32_t role = (uint32_t)p->role, home = wg_desk_home(s, desk);
  *read = (moved_shares){.office = p->clerical_share * wg_lever_get(s, WG_SLOT_CLERICAL_LOAD + role, home),
                         .duty = wg_lever_get(s, WG_SLOT_SURGE_HOURS + role, home),
                         .looking = p->looking_floor + wg_lever_get(s, WG_SLOT_LOOKING_SHARE + role, home)};
  if (read->office > 1.0 || read->duty > 1.0)
    wg_error_add(context->error, WG_FAIL_CONFIG,
                 "policies: %s in %s lose %.3g of their hours to office work and %.3g to duty (allowed: up to 1)",
                 p->label, s->name, read->office, read->duty);
  if (p->looks != WG_LOOKS_NONE && !(read->looking >= 0.0 && read->looking <= 1.0))
    wg_error_add(context->error, WG_FAIL_CONFIG,
                 "policies: looking keeps %.3g of the hours of %s in %s (allowed: 0 to 1)", read->looking, p->label,
                 s->name);
  return !context->error->code;
}

// A day's hours of the desk's posts and what each loss takes of them. After each loss so many whole minutes are left: the
// losses are the steps between, so that nothing goes astray.
static void divide_hours(const wg_subdistrict *s, wg_desk *desk, const wg_desk_kind_params *p,
                         const moved_shares *shares) {
  wg_lost_row *lost = wg_lost(s) + (size_t)(desk - wg_desks(s)) * WG_LOSS_COUNT;
  double after[WG_LOSS_COUNT];
  wg_desk_hours(desk, p, shares->office, shares->duty, after);
  uint32_t left = desk->minutes_a_day = (uint32_t)(desk->staff_centi * (uint64_t)p->minutes / 100);
  for (uint32_t loss = 0; loss < WG_LOSS_COUNT; loss++) {
    const uint32_t next = (uint32_t)after[loss];
    lost[loss].a_day = left - next;
    left = next;
  }
  desk->minutes = left;
  desk->looking_floor = p->looks == WG_LOOKS_NONE ? 0 : (uint32_t)((double)left * shares->looking);
}

// Books the hours of the days since the posts were last set.
static void book_hours(const wg_subdistrict *s, wg_desk *desk) {
  wg_lost_row *lost = wg_lost(s) + (size_t)(desk - wg_desks(s)) * WG_LOSS_COUNT;
  desk->minutes_posts += (uint64_t)desk->minutes_a_day * desk->days_worked;
  for (uint32_t loss = 0; loss < WG_LOSS_COUNT; loss++)
    lost[loss].minutes += (uint64_t)lost[loss].a_day * desk->days_worked;
  desk->days_worked = 0;
}

// Sets a desk's posts and hours to what they are from today on.
static void staff_desk(const wg_context *context, wg_desk *desk) {
  const wg_desk_kind_params *p = params_of(context, desk);
  moved_shares shares;
  if (!read_shares(context, desk, &shares))
    return;
  desk->staff_centi = staff_in(context, desk, context->s->segment);
  wg_posts_set(context->s, desk, context->month);
  desk->experience = wg_posts_experience(context->s, desk, context->month, p->novice_loss, p->learning_months);
  divide_hours(context->s, desk, p, &shares);
  wg_care_limit(desk, p->care_share);
  const uint32_t share = desk->filled_centi > 100 ? (uint32_t)((uint64_t)desk->minutes * 100 / desk->filled_centi) : 0;
  desk->a_person = share ? share : desk->minutes;
}

static void staff_all(const wg_context *context) {
  wg_desk *desks = wg_desks(context->s);
  for (uint32_t d = 0; d < wg_desks_count(context->s); d++) {
    book_hours(context->s, desks + d);
    staff_desk(context, desks + d);
  }
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
    desk->staff_days += desk->filled_centi;
    desk->today = 0;
    desk->looking_today = 0;
    const uint32_t care = wg_care_take(s, d, works);
    if (!works && !p->weekends)
      continue;
    desk->days_worked++;
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

DESK_OUTPUT(minutes_posts, desk->minutes_posts)
DESK_OUTPUT(hired, desk->hired)
DESK_OUTPUT(left, desk->left)

// In persons.
#define STAFF_OUTPUT(name, expression)                                                                                 \
  static void name(const wg_world *world, wg_place place, void *block) {                                               \
    int64_t centi[WG_DESK_KIND_MAX] = {0};                                                                             \
    double *persons = block;                                                                                           \
    WG_FOR_DESKS(world, place, s, desk) {                                                                              \
      centi[desk->kind] += (int64_t)(expression);                                                                      \
    }                                                                                                                  \
    for (uint32_t kind = 0; kind < world->catalogue.desk_kind_count; kind++)                                           \
      persons[kind] = (double)centi[kind] / 100.0;                                                                     \
  }

STAFF_OUTPUT(posts, desk->staff_centi)
STAFF_OUTPUT(staff, desk->filled_centi)
STAFF_OUTPUT(vacancies, desk->staff_centi - desk->filled_centi)

static void experience(const wg_world *world, wg_place place, void *block) {
  uint64_t sum[WG_DESK_KIND_MAX] = {0}, centi[WG_DESK_KIND_MAX] = {0};
  double *mean = block;
  WG_FOR_DESKS(world, place, s, desk) {
    sum[desk->kind] += (uint64_t)desk->experience * desk->filled_centi;
    centi[desk->kind] += desk->filled_centi;
  }
  for (uint32_t kind = 0; kind < world->catalogue.desk_kind_count; kind++)
    mean[kind] = centi[kind] ? (double)sum[kind] / (double)centi[kind] / 65536.0 : WG_NAN;
}

static void minutes_lost(const wg_world *world, wg_place place, void *block) {
  int64_t *sums = block;
  for (uint32_t i = 0; i < world->catalogue.desk_kind_count * WG_LOSS_COUNT; i++)
    sums[i] = 0;
  WG_FOR_DESKS(world, place, s, desk) {
    const wg_lost_row *lost = wg_lost(s) + (size_t)(desk - wg_desks(s)) * WG_LOSS_COUNT;
    for (uint32_t loss = 0; loss < WG_LOSS_COUNT; loss++)
      sums[desk->kind * WG_LOSS_COUNT + loss] += (int64_t)lost[loss].minutes;
  }
}

// Posts for the most staff of the month: none are added later in it.
static void open_posts(const wg_context *context) {
  wg_subdistrict *s = context->s;
  for (uint32_t d = 0; d < wg_desks_count(s); d++) {
    uint32_t most = 0;
    for (uint32_t segment = 0; segment < s->segment_count; segment++) {
      const uint32_t staff = staff_in(context, wg_desks(s) + d, segment);
      most = staff > most ? staff : most;
    }
    if (wg_posts_open(s, d, wg_posts_needed(most), context->error))
      return;
  }
}

static void turn_over(const wg_context *context, wg_desk *desk) {
  const wg_desk_kind_params *p = params_of(context, desk);
  const wg_subdistrict *s = context->s;
  const double factor = wg_lever_get(s, WG_SLOT_TURNOVER + (uint32_t)p->role, wg_desk_home(s, desk));
  const double leave = p->turnover * factor / 12.0;
  if (leave > 1.0)
    wg_error_add(context->error, WG_FAIL_CONFIG,
                 "policies: the turnover of %s in %s is %.3g a year (allowed: up to 12)", p->label, s->name,
                 leave * 12.0);
  else
    wg_posts_turn_over(context->s, desk, context->world->luck, context->month, leave, p->vacancy_months);
}

static void month_start(wg_context *context) {
  wg_subdistrict *s = context->s;
  wg_desk *desks = wg_desks(s);
  for (uint32_t d = 0; d < wg_desks_count(s); d++) {
    desks[d].minutes_available = desks[d].minutes_handling = desks[d].minutes_looking = desks[d].minutes_care =
        desks[d].staff_days = 0;
    desks[d].minutes_posts = desks[d].hired = desks[d].left = desks[d].days_worked = 0;
  }
  for (uint32_t i = 0; i < wg_lost_count(s); i++)
    wg_lost(s)[i].minutes = 0;
  open_posts(context);
  for (uint32_t d = 0; d < wg_desks_count(s) && !context->error->code; d++)
    turn_over(context, desks + d);
  if (!context->error->code)
    staff_all(context); // today is the month's first day
}

static void month_end(wg_context *context) {
  for (uint32_t d = 0; d < wg_desks_count(context->s); d++)
    book_hours(context->s, wg_desks(context->s) + d);
}

static const wg_output outputs[] = {
    {"posts", WG_F64, {WG_AXIS_DESK_KIND}, "person", "Posts of desks, filled or vacant", "岗位", posts},
    {"staff", WG_F64, {WG_AXIS_DESK_KIND}, "person", "Staff of desks: filled posts", "人员", staff},
    {"vacancies", WG_F64, {WG_AXIS_DESK_KIND}, "person", "Vacant posts of desks", "空岗", vacancies},
    {"hired", WG_I32, {WG_AXIS_DESK_KIND}, "person", "People who began in a post", "入职", hired},
    {"left", WG_I32, {WG_AXIS_DESK_KIND}, "person", "People who left a post", "离职", left},
    {"experience",
     WG_F64,
     {WG_AXIS_DESK_KIND},
     "1",
     "Share of its usual cases that a desk can finish with the experience its staff have",
     "熟练程度",
     experience},
    {"person_minutes_posts",
     WG_I64,
     {WG_AXIS_DESK_KIND},
     "person minute",
     "Working time of all posts: what is available and what is lost",
     "岗位工时",
     minutes_posts},
    {"person_minutes_lost",
     WG_I64,
     {WG_AXIS_DESK_KIND, WG_AXIS_LOSS},
     "person minute",
     "Working time lost before any case",
     "损失工时",
     minutes_lost},
    {"person_minutes_available",
     WG_I64,
     {WG_AXIS_DESK_KIND},
     "person minute",
     "Working time after all losses",
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
    .doc = "On its working days a desk has posts x minutes, less vacancy, leave, training, office work, duty elsewhere "
           "and "
           "travel between grids, in this order. On the first of a month people leave their posts by the desk kind's "
           "turnover; a post is vacant for some months, then somebody without experience begins, who can finish fewer "
           "cases. Care of those enrolled in continuing services comes first. A desk that looks (patrols or visits) "
           "keeps a floor share for it; the waiting work may take the rest, "
           "and what it leaves goes to looking: an overloaded grid also finds less. Such a desk plans its day in the "
           "morning: cases that reach it later wait for the next day.",
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .month_start = month_start,
    .day = day,
    .month_end = month_end,
};
