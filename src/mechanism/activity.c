// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/activity.h"

#include "base/maths.h"
#include "schema/purpose.h"

// Numbers of one birthday, as many as its longest path needs.
typedef struct year_luck {
  uint32_t u[4];
} year_luck;

static year_luck luck_of_year(uint64_t luck) {
  const uint64_t first = wg_draw_derive(luck, WG_PURPOSE_BIRTHDAY_ACTIVITY);
  const uint64_t second = wg_draw_derive(first, WG_PURPOSE_BIRTHDAY_ACTIVITY);
  return (year_luck){{(uint32_t)(first >> 32), (uint32_t)first, (uint32_t)(second >> 32), (uint32_t)second}};
}

// School is over at 16 for those who did not go on, at 18 or 19 for the others.
static uint32_t leave_school(const wg_life_tables *t, uint32_t years, uint32_t traits, year_luck l) {
  if (wg_trait_education(traits) == WG_SENIOR) {
    if (years < WG_STUDENT_AGE || (years == WG_STUDENT_AGE && l.u[0] < wg_threshold(t->schooling->late_share)))
      return traits;
    if (l.u[1] < wg_threshold(t->schooling->student_share)) {
      const bool college = l.u[2] < wg_threshold(t->schooling->college_share);
      return wg_trait_with_activity(wg_trait_with_education(traits, college ? WG_COLLEGE : WG_UNIVERSITY), WG_STUDENT);
    }
  }
  return wg_trait_with_activity(traits, wg_life_first_work(t, l.u[3]));
}

static uint32_t go_to_school(const wg_life_tables *t, uint32_t years, uint32_t traits, uint64_t luck) {
  traits = wg_trait_with_activity(traits, WG_PUPIL);
  if (wg_trait_education(traits) < wg_school_stage(years))
    traits = wg_trait_with_education(traits, wg_school_stage(years));
  if (years < WG_SENIOR_AGE)
    return traits;
  const year_luck l = luck_of_year(luck);
  if (years >= WG_WORKING_AGE)
    return leave_school(t, years, traits, l);
  return l.u[0] < wg_threshold(wg_senior_share(t->schooling, traits)) ? wg_trait_with_education(traits, WG_SENIOR)
                                                                      : traits;
}

// Students at home; what those on campuses do is not decided here, but that nobody is one for ever.
static uint32_t study(const wg_life_tables *t, uint32_t years, uint32_t traits, uint64_t luck) {
  if (traits & WG_TRAIT_COLLECTIVE)
    return years > WG_STUDENT_LAST ? wg_trait_with_activity(traits, WG_EMPLOYED) : traits;
  const uint32_t end = wg_trait_education(traits) == WG_COLLEGE ? WG_COLLEGE_END : WG_UNIVERSITY_END;
  if (years < end)
    return traits;
  const year_luck l = luck_of_year(luck);
  if (years == end && l.u[0] >= wg_threshold(t->schooling->finish_share))
    return traits;
  return wg_trait_with_activity(traits, wg_life_first_work(t, l.u[3]));
}

static uint32_t work(const wg_life_tables *t, uint32_t years, uint32_t traits, uint64_t luck) {
  const uint32_t from = wg_trait_activity(traits) - WG_EMPLOYED;
  const uint32_t u = (uint32_t)(wg_draw_derive(luck, WG_PURPOSE_BIRTHDAY_ACTIVITY) >> 32);
  const uint32_t collective = traits & WG_TRAIT_COLLECTIVE ? 1 : 0;
  const uint32_t *row = t->work_step[collective][traits & WG_TRAIT_FEMALE][years][from];
  return wg_trait_with_activity(traits, (wg_activity)(WG_EMPLOYED + wg_life_step(row, WG_WORK_STATES, from, u)));
}

static void birthday(wg_context *context, uint32_t resident, uint32_t years, uint64_t luck) {
  const wg_life_tables *t = context->world->life;
  const uint32_t traits = wg_residents(context->s)[resident].traits;
  uint32_t next = traits;
  switch (wg_trait_activity(traits)) {
  case WG_CHILD:
  case WG_PUPIL:
    if (years >= WG_SCHOOL_AGE)
      next = go_to_school(t, years, traits, luck);
    break;
  case WG_STUDENT:
    next = study(t, years, traits, luck);
    break;
  case WG_EMPLOYED:
  case WG_UNEMPLOYED:
  case WG_HOME:
  case WG_UNABLE:
    if (years >= WG_WORKING_AGE)
      next = work(t, years, traits, luck);
    break;
  case WG_RETIRED:
  case WG_ACTIVITY_COUNT:
    break;
  }
  if (next != traits)
    wg_resident_change(context->s, resident, next, context->month + 1);
}

static const wg_param_group *const groups[] = {&wg_schooling_group, &wg_working_life_group};

const wg_mechanism wg_activity_mechanism = {
    .name = "activity",
    .label = "活动状况",
    .doc =
        "On birthdays children go to school and through its stages; some go on at 15 and, living at home, study from "
        "18 "
        "to 23; then residents work, look for work, keep house or become unable to work, and retire at the statutory "
        "ages, earlier or later. Students in collective households are left alone until 35.",
    .groups = groups,
    .group_count = sizeof groups / sizeof *groups,
    .birthday = birthday,
};
