// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/newcomer.h"

#include "base/maths.h"
#include "model/trust.h"
#include "schema/purpose.h"

static wg_activity adult_activity(const wg_life_tables *t, uint32_t years, uint32_t traits, wg_activity wanted,
                                  uint32_t u, uint32_t u_school) {
  if (wanted != WG_CHILD)
    return wanted;
  if (years < WG_STUDENT_AGE && !(traits & WG_TRAIT_COLLECTIVE) &&
      u_school < wg_threshold(wg_senior_share(t->schooling, traits)))
    return WG_PUPIL;
  return wg_life_work(t, years, traits, u);
}

uint32_t wg_newcomer_traits(const wg_world *world, uint64_t identity, uint32_t years, uint32_t traits,
                            wg_activity wanted, uint16_t trust) {
  const wg_life_tables *t = world->life;
  wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_NEWCOMER_STATUS, (uint32_t)world->month, identity, 0);
  // Everybody draws the same numbers, so that what is wanted leaves the luck of the rest alone.
  const uint32_t u_activity = wg_draw_u32(&draw), u_school = wg_draw_u32(&draw), u_education = wg_draw_u32(&draw);
  const uint32_t u_care = wg_draw_u32(&draw), u_party = wg_draw_u32(&draw), u_volunteer = wg_draw_u32(&draw);
  if (years < WG_WORKING_AGE) {
    traits = wg_life_with_childhood(t, years, traits, u_school);
  } else {
    const wg_activity activity = adult_activity(t, years, traits, wanted, u_activity, u_school);
    traits = wg_trait_with_activity(traits, activity);
    if (activity == WG_STUDENT && !wg_trait_tertiary(traits)) {
      const double college =
          traits & WG_TRAIT_COLLECTIVE ? t->schooling->college_on_campus : t->schooling->college_share;
      traits = wg_trait_with_education(traits, u_education < wg_threshold(college) ? WG_COLLEGE : WG_UNIVERSITY);
    } else if (activity == WG_PUPIL) {
      traits = wg_trait_with_education(traits, WG_SENIOR);
    } else if (activity != WG_STUDENT) {
      traits = wg_life_with_education(t, years, traits, u_education);
    }
  }
  traits = wg_life_with_party(t, years, wg_life_with_care(t, years, traits, u_care), u_party);
  const wg_trust_params *p = wg_config_get(world->config, &wg_trust_group);
  const double distance = trust / 65535.0 - p->baseline_mean;
  const bool volunteer = u_volunteer < wg_threshold(wg_volunteer_share(t->civic, years, traits, distance));
  return volunteer ? traits | WG_TRAIT_VOLUNTEER : traits;
}
