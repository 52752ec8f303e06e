// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/statuses.h"

#include "base/maths.h"
#include "model/trust.h"
#include "schema/purpose.h"

enum { CAMPUS_FIRST = 17, CAMPUS_LAST = 28, OFF_CAMPUS_LAST = 24 };

// Whether somebody in a collective household may be at school.
static bool may_study(uint32_t years, bool campus) {
  return campus ? years <= CAMPUS_LAST : years >= CAMPUS_FIRST && years <= OFF_CAMPUS_LAST;
}

// Pupil, student, or WG_CHILD for somebody who has left school.
static wg_activity in_collective(const wg_life_tables *t, uint32_t years, bool campus, uint32_t u) {
  if (!may_study(years, campus) || u >= t->student_in_collective[campus])
    return WG_CHILD;
  return years < CAMPUS_FIRST ? WG_PUPIL : WG_STUDENT;
}

// At home: where the rules of the yearly birthday lead a cohort to (mechanism/activity.c).
typedef struct home_shares {
  double pupil, student;
} home_shares;

static home_shares shares_at_home(const wg_schooling_params *p, uint32_t years, uint32_t traits, bool college) {
  const double senior = wg_senior_share(p, traits);
  if (years < WG_STUDENT_AGE)
    return (home_shares){.pupil = senior};
  const double late = years == WG_STUDENT_AGE ? senior * p->late_share : 0.0;
  const uint32_t end = college ? WG_COLLEGE_END : WG_UNIVERSITY_END;
  const double still = years < end ? 1.0 : years == end ? 1.0 - p->finish_share : 0.0;
  return (home_shares){.pupil = late, .student = (senior - late) * p->student_share * still};
}

static wg_activity in_family(const wg_schooling_params *p, uint32_t years, uint32_t traits, bool college, uint32_t u) {
  const home_shares shares = shares_at_home(p, years, traits, college);
  if (u < wg_threshold(shares.pupil))
    return WG_PUPIL;
  return u < wg_threshold(shares.pupil + shares.student) ? WG_STUDENT : WG_CHILD;
}

static double expected_at_home(const wg_schooling_params *p, const wg_household_plan *plan, const wg_people *people) {
  double share[WG_REGISTRATION_COUNT][WG_UNIVERSITY_END + 1] = {{0.0}};
  for (uint32_t registration = 0; registration < WG_REGISTRATION_COUNT; registration++)
    for (uint32_t years = WG_WORKING_AGE; years <= WG_UNIVERSITY_END; years++)
      for (uint32_t college = 0; college < 2; college++) {
        const home_shares s = shares_at_home(p, years, registration << WG_TRAIT_REGISTRATION_SHIFT, college);
        share[registration][years] += (s.pupil + s.student) * (college ? p->college_share : 1.0 - p->college_share);
      }
  int64_t count[WG_REGISTRATION_COUNT][WG_UNIVERSITY_END + 1] = {{0}};
  for (size_t i = 0; i < plan->group_count; i++) {
    const wg_household_group *g = plan->groups + i;
    for (uint32_t h = g->first_household; h < g->first_household + g->count; h++)
      for (uint32_t j = 0; j < g->size; j++) {
        const uint32_t years = wg_person_age(people->members[wg_household_first_member(g, h) + j]);
        if (years <= WG_UNIVERSITY_END)
          count[people->household_registration[h]][years]++;
      }
  }
  double sum = 0.0;
  for (uint32_t registration = 0; registration < WG_REGISTRATION_COUNT; registration++)
    for (uint32_t years = WG_WORKING_AGE; years <= WG_UNIVERSITY_END; years++)
      sum += share[registration][years] * (double)count[registration][years];
  return sum;
}

static double clamp(double share) {
  return share > 0.0 ? share < 1.0 ? share : 1.0 : 0.0;
}

void wg_statuses_find_students(const wg_world *world, const wg_geography *geography, const wg_household_plan *plan,
                               const wg_people *people) {
  wg_life_tables *t = world->life;
  const wg_schooling_params *p = t->schooling;
  int64_t young[2] = {0, 0}, adults = 0;
  for (size_t c = 0; c < geography->community_count; c++) {
    const bool campus = geography->communities[c].kind == WG_CAMPUS;
    for (uint32_t i = people->collective_first[c]; i < people->collective_first[c + 1]; i++)
      young[campus] += may_study(wg_person_age(people->collective[i]), campus);
  }
  for (uint32_t i = 0; i < people->collective_count; i++)
    adults += wg_person_age(people->collective[i]) >= WG_WORKING_AGE;
  for (uint32_t i = 0; i < plan->members; i++)
    adults += wg_person_age(people->members[i]) >= WG_WORKING_AGE;
  double left = p->students_of_adults * (double)adults - expected_at_home(p, plan, people);
  const double campus = young[1] ? clamp(left / (double)young[1]) : 0.0;
  const double on = campus < p->student_on_campus ? campus : p->student_on_campus;
  left -= on * (double)young[1];
  t->student_in_collective[1] = wg_threshold(on);
  t->student_in_collective[0] = wg_threshold(young[0] ? clamp(left / (double)young[0]) : 0.0);
}

static uint32_t adult(const wg_life_tables *t, uint32_t years, uint32_t traits, wg_community_kind kind, wg_draw *draw) {
  const wg_schooling_params *p = t->schooling;
  const bool collective = traits & WG_TRAIT_COLLECTIVE;
  const uint32_t u_school = wg_draw_u32(draw), u_level = wg_draw_u32(draw), u_work = wg_draw_u32(draw);
  const bool college = u_level < wg_threshold(collective ? p->college_on_campus : p->college_share);
  const wg_activity school = collective ? in_collective(t, years, kind == WG_CAMPUS, u_school)
                                        : in_family(p, years, traits, college, u_school);
  if (school == WG_PUPIL)
    return wg_trait_with_activity(wg_trait_with_education(traits, WG_SENIOR), WG_PUPIL);
  if (school == WG_STUDENT)
    return wg_trait_with_activity(wg_trait_with_education(traits, college ? WG_COLLEGE : WG_UNIVERSITY), WG_STUDENT);
  return wg_trait_with_activity(wg_life_with_education(t, years, traits, u_level),
                                wg_life_work(t, years, traits, u_work));
}

uint32_t wg_census_statuses(const wg_world *world, uint64_t identity, uint32_t years, uint32_t traits,
                            wg_community_kind kind, uint16_t trust) {
  const wg_life_tables *t = world->life;
  wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_SYNTHESIS_STATUS, 0, identity, 0);
  const uint32_t u_care = wg_draw_u32(&draw), u_party = wg_draw_u32(&draw), u_volunteer = wg_draw_u32(&draw);
  traits = years < WG_WORKING_AGE ? wg_life_with_childhood(t, years, traits, wg_draw_u32(&draw))
                                  : adult(t, years, traits, kind, &draw);
  traits = wg_life_with_party(t, years, wg_life_with_care(t, years, traits, u_care), u_party);
  const wg_trust_params *mean = wg_config_get(world->config, &wg_trust_group);
  const double share = wg_volunteer_share(t->civic, years, traits, trust / 65535.0 - mean->baseline_mean);
  return u_volunteer < wg_threshold(share) ? traits | WG_TRAIT_VOLUNTEER : traits;
}
