// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/civic.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/trust.h"
#include "schema/purpose.h"

typedef struct constants {
  double mean_trust;
  uint32_t join_cap[2][2]; // thresholds: by party membership and whether a student, at full trust
  uint32_t leave;
} constants;

static int prepare(const wg_world *world, void **result, wg_error *error) {
  const wg_civic_params *p = wg_config_get(world->config, &wg_civic_group);
  const wg_trust_params *trust = wg_config_get(world->config, &wg_trust_group);
  constants *c = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for civic life");
  c->mean_trust = trust->baseline_mean;
  c->leave = wg_threshold(p->volunteer_leave);
  for (uint32_t party = 0; party < 2; party++)
    for (uint32_t student = 0; student < 2; student++) {
      const uint32_t traits =
          wg_trait_with_activity(party ? WG_TRAIT_PARTY_MEMBER : 0, student ? WG_STUDENT : WG_EMPLOYED);
      const double cap = wg_volunteer_join(p, (uint32_t)p->volunteer_first, traits, 1.0 - c->mean_trust);
      c->join_cap[party][student] = wg_threshold(cap);
    }
  *result = c;
  return WG_OK;
}

static bool joins_party(const wg_life_tables *t, uint32_t years, uint32_t traits, uint32_t u) {
  const uint32_t *by_age = t->party_join[traits & WG_TRAIT_FEMALE][wg_trait_tertiary(traits)];
  return years >= WG_PARTY_AGE && !(traits & WG_TRAIT_PARTY_MEMBER) && u < by_age[years];
}

// Whether somebody is a volunteer in the year to come.
static bool volunteers(const constants *c, const wg_civic_params *p, const wg_resident *r, uint32_t years,
                       uint32_t traits, uint32_t u) {
  if (traits & WG_TRAIT_VOLUNTEER)
    return years <= p->volunteer_last && u >= c->leave;
  const bool party = traits & WG_TRAIT_PARTY_MEMBER, student = wg_trait_activity(traits) == WG_STUDENT;
  return u < c->join_cap[party][student] &&
         u < wg_threshold(wg_volunteer_join(p, years, traits, r->trust / 65535.0 - c->mean_trust));
}

static void birthday(wg_context *context, uint32_t resident, uint32_t years, uint64_t luck) {
  const wg_life_tables *t = context->world->life;
  const wg_resident *r = wg_residents(context->s) + resident;
  const uint64_t own = wg_draw_derive(luck, WG_PURPOSE_BIRTHDAY_CIVIC);
  uint32_t traits = r->traits;
  if (joins_party(t, years, traits, (uint32_t)(own >> 32)))
    traits |= WG_TRAIT_PARTY_MEMBER;
  if (volunteers(context->constants, t->civic, r, years, traits, (uint32_t)own))
    traits |= WG_TRAIT_VOLUNTEER;
  else
    traits &= ~(uint32_t)WG_TRAIT_VOLUNTEER;
  if (traits != r->traits)
    wg_resident_change(context->s, resident, traits, context->month + 1);
}

static const wg_param_group *const groups[] = {&wg_civic_group};

const wg_mechanism wg_civic_mechanism = {
    .name = "civic",
    .label = "党员与志愿者",
    .doc = "On birthdays adults join the Party, by age, sex and schooling, and residents become volunteers or stop: "
           "likelier "
           "with trust, as members and as students. Both are statuses only; no hours follow from them yet.",
    .groups = groups,
    .group_count = sizeof groups / sizeof *groups,
    .prepare = prepare,
    .birthday = birthday,
};
