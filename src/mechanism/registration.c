// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/registration.h"

#include <stdlib.h>

#include "model/anchor_years.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_registration_group, "registration", false, wg_registration_params, WG_REGISTRATION_PARAMS, "户口",
               "Changes of registration.");

enum { ADULT = 18, POINTS_FIRST = 25, POINTS_LAST = 59 };

typedef struct constants {
  const wg_registration_params *p;
} constants;

static wg_anchors points_of(const wg_registration_params *p) {
  return (wg_anchors){&wg_registration_group, "points_years", "points_rates", p->points_years, p->points_rates, 1};
}

static int prepare(const wg_world *world, void **result, wg_error *error) {
  const wg_registration_params *p = wg_config_get(world->config, &wg_registration_group);
  const wg_anchors points = points_of(p);
  int code = WG_OK;
  if (points.years.count || points.values.count) // no points system at all is fine
    code = wg_anchors_check(world, &points, error);
  if (p->graduate_last < p->graduate_first)
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: registration.graduate_last: %d (allowed: from %d on)",
                        wg_config_origin(world->config, &wg_registration_group, 0, "graduate_last"),
                        (int)p->graduate_last, (int)p->graduate_first);
  if (code)
    return code;
  constants *c = *result = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for registration");
  c->p = p;
  return WG_OK;
}

static double points_rate(const wg_registration_params *p, wg_month month) {
  const wg_anchors points = points_of(p);
  return wg_anchors_step(&points, 0, month);
}

// A year's chance through one's own work, for somebody registered outside.
static double by_work(const wg_registration_params *p, wg_month month, uint32_t years, wg_education education) {
  const double points = years >= POINTS_FIRST && years <= POINTS_LAST ? points_rate(p, month) : 0.0;
  const double graduate = years >= p->graduate_first && years <= p->graduate_last ? p->graduate : 0.0;
  return points + (education == WG_UNIVERSITY ? p->talent_university + graduate
                   : education == WG_COLLEGE  ? p->talent_college
                                              : 0.0);
}

static double by_marriage(const wg_registration_params *p, uint32_t years, uint32_t traits) {
  if (wg_trait_registration(traits) == WG_REGISTERED_ELSEWHERE)
    return p->spouse_in_city;
  return years >= p->spouse_age ? p->spouse : 0.0;
}

// Adults not registered here: what depends on themselves alone, in a year.
static double by_oneself(const wg_registration_params *p, wg_month month, uint32_t years, uint32_t traits) {
  if (wg_trait_registration(traits) == WG_REGISTERED_ELSEWHERE)
    return (traits & WG_TRAIT_HEAD) && !(traits & WG_TRAIT_COLLECTIVE) ? p->own_dwelling : 0.0;
  return wg_trait_activity(traits) == WG_EMPLOYED ? by_work(p, month, years, wg_trait_education(traits)) : 0.0;
}

static double cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years, uint32_t traits) {
  (void)world;
  const wg_registration_params *p = ((const constants *)constants_)->p;
  double yearly;
  if (wg_trait_registration(traits) >= WG_REGISTRATION_COUNT || wg_trait_registration(traits) == WG_REGISTERED_HERE)
    return 0.0;
  if (years < ADULT)
    yearly = traits & WG_TRAIT_COLLECTIVE ? 0.0 : p->follow;
  else if (wg_trait_registration(traits) == WG_REGISTERED_ELSEWHERE)
    yearly = by_oneself(p, month, years, traits) + p->spouse_in_city;
  else
    yearly =
        by_work(p, month, years, WG_UNIVERSITY) + by_work(p, month, years, WG_COLLEGE) + by_marriage(p, years, traits);
  return yearly < 1.0 ? yearly / 12.0 : 1.0 / 12.0;
}

// Partner and head are asked for on the day itself: in the roll call some rows have had their turn and others not.
static double rate(const wg_context *context, const wg_resident *r, uint32_t years) {
  const wg_registration_params *p = ((const constants *)context->constants)->p;
  double yearly;
  if (years < ADULT)
    yearly = r->traits & WG_TRAIT_HEAD ? 0.0 : p->follow;
  else
    yearly = by_oneself(p, context->month, years, r->traits) +
             (r->traits & WG_TRAIT_PARTNERED ? by_marriage(p, years, r->traits) : 0.0);
  return yearly < 1.0 ? yearly / 12.0 : 1.0 / 12.0;
}

// Whether another member of the household who carries the trait is registered here.
static bool member_here(const wg_subdistrict *s, uint32_t resident, uint32_t trait) {
  const wg_resident *residents = wg_residents(s);
  for (uint32_t row = residents[resident].next; row != resident; row = residents[row].next)
    if ((residents[row].traits & trait) && wg_trait_registration(residents[row].traits) == WG_REGISTERED_HERE)
      return true;
  return false;
}

static void register_here(const wg_context *context, uint32_t resident) {
  wg_resident_change(context->s, resident,
                     wg_trait_with_registration(wg_residents(context->s)[resident].traits, WG_REGISTERED_HERE),
                     context->month + 1);
}

static void register_children(const wg_context *context, uint32_t head) {
  const wg_resident *residents = wg_residents(context->s);
  for (uint32_t row = residents[head].next; row != head; row = residents[row].next)
    if (wg_age_years(residents[row].birth_month, context->month + 1) < ADULT &&
        wg_trait_registration(residents[row].traits) != WG_REGISTERED_HERE)
      register_here(context, row);
}

static void happen(wg_context *context, uint32_t resident) {
  const wg_registration_params *p = ((const constants *)context->constants)->p;
  const wg_resident *r = wg_residents(context->s) + resident;
  const uint32_t years = wg_age_years(r->birth_month, context->month);
  if (wg_trait_registration(r->traits) == WG_REGISTERED_HERE)
    return; // a child who has followed its head earlier in the month
  if (years < ADULT) {
    if (member_here(context->s, resident, WG_TRAIT_HEAD))
      register_here(context, resident);
    return;
  }
  const double oneself = by_oneself(p, context->month, years, r->traits);
  const double marriage = r->traits & WG_TRAIT_PARTNERED ? by_marriage(p, years, r->traits) : 0.0;
  wg_draw draw = wg_draw_open(context->world->luck, WG_PURPOSE_REGISTRATION, (uint32_t)context->month, r->identity, 1);
  const bool own_right = wg_draw_unit(&draw) * (oneself + marriage) < oneself;
  if (!own_right && !(marriage > 0.0 && member_here(context->s, resident, WG_TRAIT_PARTNERED)))
    return;
  register_here(context, resident);
  if (r->traits & WG_TRAIT_HEAD && !(r->traits & WG_TRAIT_COLLECTIVE))
    register_children(context, resident);
}

static const wg_roll_event events[] = {
    {"register", WG_PURPOSE_REGISTRATION, .cap = cap, .rate = rate, .happen = happen},
};

static const wg_param_group *const groups[] = {&wg_registration_group};

const wg_mechanism wg_registration_mechanism = {
    .name = "registration",
    .label = "户口",
    .doc =
        "Employed residents registered outside the city are registered here as graduates, as talents or by points; "
        "spouses of locals by marriage; heads of households registered elsewhere in the city where they live. Minors "
        "follow the head of their household, at once or within some years.",
    .groups = groups,
    .group_count = sizeof groups / sizeof *groups,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .prepare = prepare,
};
