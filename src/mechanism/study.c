// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/study.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/anchor_years.h"
#include "model/arrival.h"
#include "model/departure.h"
#include "model/list_check.h"
#include "model/relocation.h"
#include "model/room.h"
#include "model/shares.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_study_group, "study", false, wg_study_params, WG_STUDY_PARAMS, "高校学生",
               "Students in the dormitories of universities.");

enum {
  JULY = 6, // as month % 12
  AUGUST = 7,
  FINISH_FROM = 20,
  FINISH_AGES = 16,
  UNDERGRADUATE_FROM = 17,
  UNDERGRADUATE_AGES = 3,
  GRADUATE_FROM = 21,
  GRADUATE_AGES = 4,
};

typedef struct constants {
  const wg_study_params *p;
  wg_anchors places, undergraduates;
  uint32_t undergraduate_ages[UNDERGRADUATE_AGES], graduate_ages[GRADUATE_AGES], registration[WG_REGISTRATION_COUNT];
  uint32_t stay, female;
} constants;

static int check(const wg_world *world, const constants *c, wg_error *error) {
  const wg_study_params *p = c->p;
  wg_anchors_check(world, &c->places, error);
  wg_anchors_check(world, &c->undergraduates, error);
  wg_shares_check(world, &wg_study_group, "undergraduate_ages", p->undergraduate_ages, UNDERGRADUATE_AGES, error);
  wg_shares_check(world, &wg_study_group, "graduate_ages", p->graduate_ages, GRADUATE_AGES, error);
  wg_shares_check(world, &wg_study_group, "registration", p->registration, WG_REGISTRATION_COUNT, error);
  wg_list_check(world->config, &wg_study_group, "finish", p->finish.count, FINISH_AGES, error);
  return error->code;
}

static int prepare(const wg_world *world, void **result, wg_error *error) {
  constants *c = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for students");
  *result = c;
  const wg_study_params *p = c->p = wg_config_get(world->config, &wg_study_group);
  c->places = (wg_anchors){&wg_study_group, "years", "places", p->years, p->places, 1};
  c->undergraduates = (wg_anchors){&wg_study_group, "years", "undergraduates", p->years, p->undergraduates, 1};
  if (check(world, c, error))
    return error->code;
  wg_shares_cumulate(p->undergraduate_ages.items, UNDERGRADUATE_AGES, c->undergraduate_ages);
  wg_shares_cumulate(p->graduate_ages.items, GRADUATE_AGES, c->graduate_ages);
  wg_shares_cumulate(p->registration.items, WG_REGISTRATION_COUNT, c->registration);
  c->stay = wg_threshold(p->stay);
  c->female = wg_threshold(p->female);
  return WG_OK;
}

static bool is_student(const wg_resident *r) {
  return (r->traits & WG_TRAIT_COLLECTIVE) && wg_trait_activity(r->traits) == WG_STUDENT;
}

// ---- finishing, in July ----

static double finish_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years,
                         uint32_t traits) {
  (void)world;
  const constants *c = constants_;
  const bool asked = month % 12 == JULY && (traits & WG_TRAIT_COLLECTIVE) && years >= FINISH_FROM;
  if (!asked)
    return 0.0;
  return c->p->finish.items[years - FINISH_FROM < FINISH_AGES ? years - FINISH_FROM : FINISH_AGES - 1];
}

static double finish_rate(const wg_context *context, const wg_resident *r, uint32_t years) {
  return is_student(r) ? finish_cap(context->world, context->constants, context->month, years, r->traits) : 0.0;
}

// Some take up work and look for a bed elsewhere in the district at the month's end; the others leave.
static void finish(wg_context *context, uint32_t resident) {
  const constants *c = context->constants;
  wg_subdistrict *s = context->s;
  const wg_resident *r = wg_residents(s) + resident;
  wg_draw draw = wg_draw_open(context->world->luck, WG_PURPOSE_GRADUATION, (uint32_t)context->month, r->identity, 1);
  if (wg_draw_u32(&draw) >= c->stay) {
    wg_resident_move_out(s, resident, WG_MOVE_STUDY, context->month + 1);
    return;
  }
  const uint32_t traits = wg_trait_with_activity(r->traits, WG_EMPLOYED);
  wg_resident_change(s, resident, traits, context->month + 1);
  wg_graduates(s)[s->tables[WG_TABLE_GRADUATE].count++].resident = resident;
}

// ---- graduates who stay ----

typedef struct graduate {
  uint64_t identity;
  uint32_t subdistrict, resident;
} graduate;

static int by_identity(const void *a_, const void *b_) {
  const graduate *a = a_, *b = b_;
  return a->identity < b->identity ? -1 : a->identity > b->identity;
}

// Beds that workers may have.
static uint32_t open_beds(const wg_community *k) {
  return k->kind == WG_CAMPUS ? 0 : wg_free_beds(k);
}

static uint64_t open_beds_in(const wg_subdistrict *s) {
  uint64_t sum = 0;
  for (uint32_t c = 0; c < wg_communities_count(s); c++)
    sum += open_beds(wg_communities(s) + c);
  return sum;
}

// Takes the n-th open bed of the district.
static int take_bed(wg_world *world, const graduate *g, uint64_t n, uint64_t *beds, uint32_t u_grid, wg_error *error) {
  uint32_t subdistrict = 0, c = 0;
  while (n >= beds[subdistrict])
    n -= beds[subdistrict++];
  wg_subdistrict *from = world->subdistricts + g->subdistrict, *to = world->subdistricts + subdistrict;
  while (n >= open_beds(wg_communities(to) + c))
    n -= open_beds(wg_communities(to) + c++);
  const wg_community *k = wg_communities(to) + c;
  const uint32_t grid = wg_community_grid(k, u_grid);
  int code = wg_relocation_reserve(from, to, 1, error);
  if (code)
    return code;
  const wg_month month = world->month + 1;
  const uint32_t room = wg_room_take(to, grid, wg_resident_sex(wg_residents(from) + g->resident), world->room_size,
                                     wg_identity_make(g->identity, (uint64_t)month, WG_PURPOSE_IDENTITY_HOUSEHOLD));
  if (from == to && room == wg_residents(from)[g->resident].household)
    return WG_OK; // the bed is the one already slept in
  beds[subdistrict]--;
  return wg_members_relocate(from, &(wg_going){.count = 1, .rows = {g->resident}}, to, room, WG_MOVE_WORK, month, NULL,
                             error);
}

static int rehouse(wg_world *world, const graduate *g, uint64_t *beds, wg_error *error) {
  uint64_t total = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    total += beds[i];
  wg_subdistrict *from = world->subdistricts + g->subdistrict;
  if (total == 0)
    return wg_resident_go_outside(from, g->resident, WG_MOVE_WORK, world->month + 1, error);
  wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_GRADUATION, (uint32_t)world->month, g->identity, 2);
  const uint64_t n = (uint64_t)((__uint128_t)wg_draw_u32(&draw) * total >> 32);
  return take_bed(world, g, n, beds, wg_draw_u32(&draw), error);
}

static int rehouse_graduates(wg_world *world, wg_error *error) {
  size_t count = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    count += wg_graduates_count(world->subdistricts + i);
  if (count == 0)
    return WG_OK;
  graduate *graduates = malloc(count * sizeof *graduates);
  uint64_t *beds = malloc(world->subdistrict_count * sizeof *beds);
  int code = WG_OK;
  if (!graduates || !beds) {
    code = wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu graduates", count);
    goto out;
  }
  count = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    wg_subdistrict *s = world->subdistricts + i;
    beds[i] = open_beds_in(s);
    for (uint32_t j = 0; j < wg_graduates_count(s); j++) {
      const uint32_t row = wg_graduates(s)[j].resident;
      if (wg_resident_here(wg_residents(s) + row))
        graduates[count++] = (graduate){wg_residents(s)[row].identity, i, row};
    }
    s->tables[WG_TABLE_GRADUATE].count = 0;
  }
  qsort(graduates, count, sizeof *graduates, by_identity);
  for (size_t i = 0; i < count && !code; i++)
    code = rehouse(world, graduates + i, beds, error);
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    wg_departed_free(world->subdistricts + i);
out:
  free(graduates);
  free(beds);
  return code;
}

// ---- coming, on the first of September ----

static void enrol(const wg_world *world, const constants *c, wg_subdistrict *s, uint32_t grid, double undergraduates,
                  uint64_t identity) {
  const wg_month month = world->month + 1;
  wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_GRADUATION, (uint32_t)month, identity, 0);
  const bool under = wg_draw_unit(&draw) < undergraduates;
  const uint32_t u_age = wg_draw_u32(&draw);
  const uint32_t years = under ? UNDERGRADUATE_FROM + wg_shares_pick(c->undergraduate_ages, UNDERGRADUATE_AGES, u_age)
                               : GRADUATE_FROM + wg_shares_pick(c->graduate_ages, GRADUATE_AGES, u_age);
  const wg_month born = month - (wg_month)(years * 12 + wg_draw_below(&draw, 12));
  uint32_t traits = wg_draw_u32(&draw) < c->female ? WG_TRAIT_FEMALE : 0;
  traits |= wg_shares_pick(c->registration, WG_REGISTRATION_COUNT, wg_draw_u32(&draw)) << WG_TRAIT_REGISTRATION_SHIFT;
  traits = wg_trait_with_education(wg_trait_with_activity(traits, WG_STUDENT), under ? WG_SENIOR : WG_UNIVERSITY);
  const uint32_t room = wg_room_take(s, grid, traits & WG_TRAIT_FEMALE, world->room_size,
                                     wg_identity_make(identity, (uint64_t)month, WG_PURPOSE_IDENTITY_HOUSEHOLD));
  wg_resident_arrive(world, s, room, identity, born, traits, WG_MOVE_STUDY, month);
}

// Residents of the grids who study and live in dormitories, added to `students` of every grid.
static void count_students(const wg_subdistrict *s, uint32_t *students) {
  for (uint32_t row = 0; row < wg_residents_count(s); row++)
    if (wg_resident_here(wg_residents(s) + row) && is_student(wg_residents(s) + row))
      students[wg_residents(s)[row].grid]++;
}

static int fill_places(wg_world *world, const constants *c, wg_subdistrict *s, wg_error *error) {
  const double factor = wg_anchors_at(&c->places, 0, world->month);
  const double undergraduates = wg_anchors_at(&c->undergraduates, 0, world->month);
  uint32_t *students = calloc((size_t)wg_grids_count(s) + 1, sizeof *students);
  if (!students)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the students of %s", s->name);
  count_students(s, students);
  int code = WG_OK;
  for (uint32_t g = 0; g < wg_grids_count(s) && !code; g++) {
    const wg_grid *grid = wg_grids(s) + g;
    const uint32_t places = (uint32_t)((double)grid->student_places * factor + 0.5);
    const uint32_t wanted = places > students[g] ? places - students[g] : 0;
    code = wg_residents_reserve(s, wanted, error);
    if (!code)
      code = wg_households_reserve(s, wanted, error);
    for (uint32_t i = 0; i < wanted && !code; i++)
      if (wg_free_beds(wg_communities(s) + grid->community) > 0)
        enrol(world, c, s, g, undergraduates,
              wg_identity_make(grid->identity, (uint64_t)world->month << 32 | i, WG_PURPOSE_IDENTITY_STUDENT));
  }
  free(students);
  return code;
}

static int exchange(wg_world *world, const void *constants_, wg_error *error) {
  if (world->month % 12 == JULY)
    return rehouse_graduates(world, error);
  int code = WG_OK;
  for (uint32_t i = 0; i < world->subdistrict_count && !code && world->month % 12 == AUGUST; i++)
    code = fill_places(world, constants_, world->subdistricts + i, error);
  return code;
}

static const wg_roll_event events[] = {
    {.name = "finishing studies",
     .purpose = WG_PURPOSE_GRADUATION,
     .lists = WG_TABLE_GRADUATE,
     .cap = finish_cap,
     .rate = finish_rate,
     .happen = finish},
};

static const wg_param_group *const groups[] = {&wg_study_group};

const wg_mechanism wg_study = {
    .name = "study",
    .label = "高校学生",
    .doc =
        "On the first of September the universities fill their places in dormitories with undergraduates of 17 to 19 "
        "and graduates of 21 to 24. In July students finish, by age. Some take up work and move to a bed outside "
        "the campus, as long as there is one in the district; the others leave.",
    .groups = groups,
    .group_count = 1,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .prepare = prepare,
    .exchange = exchange,
};
