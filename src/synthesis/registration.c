// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/registration.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/maths.h"
#include "schema/purpose.h"

// Weighted sampling without replacement (Efraimidis and Spirakis 2006): everybody gets 1 - u^(1/weight), and the
// smallest are taken until the number is reached. The scores are kept in 16 bits and counted instead of sorted.
enum { SCORES = 65536, NOBODY = SCORES - 1 };

typedef struct sampling {
  const wg_household_plan *plan;
  wg_people *people;
  uint16_t *household_score, *collective_score;
  int64_t *persons; // [SCORES], persons with that score
} sampling;

static uint16_t score(wg_luck luck, uint64_t unit, uint32_t index, double weight) {
  if (weight <= 0.0)
    return NOBODY;
  wg_draw draw = wg_draw_open(luck, WG_PURPOSE_SYNTHESIS_PERSON, 0, unit, index);
  const double u = wg_draw_unit(&draw);
  const double value = 1.0 - (weight == 1.0 ? u : wg_exp(wg_log(u) / weight));
  return (uint16_t)(value < 1.0 ? value * (SCORES - 1) : NOBODY);
}

static double place_weight(const wg_geography *g, size_t community, const wg_synthesis_params *p) {
  const wg_community_plan *m = g->communities + community;
  const double lean = 1.0 + p->newcomers_to_villages;
  return (g->subdistricts[m->subdistrict].town ? lean : 1.0) * (m->kind == WG_VILLAGE ? lean : 1.0);
}

static double age_weight(uint32_t eldest, const wg_synthesis_params *p) {
  return eldest < 40 ? p->newcomers_young : eldest < WG_OLD_AGE ? 1.0 : p->newcomers_old;
}

// Scores those who are still registered here.
static void score_all(sampling *a, const wg_geography *g, const wg_synthesis_params *p, wg_luck luck, bool outside) {
  const wg_people *people = a->people;
  const uint32_t index = outside ? 1 : 2;
  for (size_t c = 0; c < g->community_count; c++) {
    const double place = outside ? place_weight(g, c, p) : 1.0;
    for (uint32_t i = people->household_first[c]; i < people->household_first[c + 1]; i++) {
      const uint32_t h = people->households[i];
      if (people->household_registration[h] != WG_REGISTERED_HERE)
        continue;
      const wg_household_group *group = wg_household_plan_find(a->plan, h);
      const wg_person *member = people->members + wg_household_first_member(group, h);
      uint32_t eldest = 0;
      for (int j = 0; j < group->size; j++)
        eldest = wg_person_age(member[j]) > eldest ? wg_person_age(member[j]) : eldest;
      a->household_score[h] = score(luck, h, index, outside ? place * age_weight(eldest, p) : 1.0);
      a->persons[a->household_score[h]] += group->size;
    }
    const double campus = outside && g->communities[c].kind == WG_CAMPUS ? p->newcomers_on_campus : 1.0;
    for (uint32_t i = people->collective_first[c]; i < people->collective_first[c + 1]; i++) {
      if (people->collective_registration[i] != WG_REGISTERED_HERE)
        continue;
      const double weight = outside ? place * campus * age_weight(wg_person_age(people->collective[i]), p) : 1.0;
      a->collective_score[i] = score(luck, (uint64_t)a->plan->households + i, index, weight);
      a->persons[a->collective_score[i]]++;
    }
  }
}

// Everybody below the score is taken; what is missing is made up of those at it and above, family households only as
// long as they fit, collective residents one by one. Returns the persons still missing.
static int64_t take_below(sampling *a, int64_t wanted, wg_registration registration) {
  wg_people *people = a->people;
  int64_t left = wanted;
  uint32_t limit = 0;
  while (limit < SCORES - 1 && a->persons[limit] <= left)
    left -= a->persons[limit++];
  for (size_t i = 0; i < a->plan->group_count; i++) {
    const wg_household_group *g = a->plan->groups + i;
    for (uint32_t h = g->first_household; h < g->first_household + g->count; h++) {
      if (people->household_registration[h] != WG_REGISTERED_HERE)
        continue;
      const bool below = a->household_score[h] < limit;
      const bool fits = a->household_score[h] == limit && g->size <= left;
      if (!below && !fits)
        continue;
      people->household_registration[h] = (uint8_t)registration;
      left -= below ? 0 : g->size;
    }
  }
  // Collective residents by score from the limit on.
  int64_t at[SCORES / 256] = {0}; // by the upper byte of the score: enough to find where to stop
  for (uint32_t i = 0; i < people->collective_count; i++)
    if (people->collective_registration[i] == WG_REGISTERED_HERE && a->collective_score[i] >= limit)
      at[a->collective_score[i] / 256]++;
  uint32_t last = limit / 256;
  for (int64_t seen = at[last]; seen < left && last + 1 < SCORES / 256;)
    seen += at[++last];
  for (uint32_t i = 0; i < people->collective_count; i++) {
    if (people->collective_registration[i] != WG_REGISTERED_HERE)
      continue;
    const bool below = a->collective_score[i] < limit;
    const bool fits = left > 0 && a->collective_score[i] >= limit && a->collective_score[i] / 256 <= last;
    if (!below && !fits)
      continue;
    people->collective_registration[i] = (uint8_t)registration;
    left -= below ? 0 : 1;
  }
  return left;
}

static int sample(sampling *a, const wg_geography *g, const wg_synthesis_params *p, wg_luck luck, int64_t wanted,
                  wg_registration registration, wg_error *error) {
  for (int i = 0; i < SCORES; i++)
    a->persons[i] = 0;
  score_all(a, g, p, luck, registration == WG_REGISTERED_OUTSIDE);
  const int64_t missing = take_below(a, wanted, registration);
  if (missing == 0)
    return WG_OK;
  return wg_error_add(error, WG_FAIL_CONFIG,
                      "synthesis: %" PRId64 " of the residents registered elsewhere fit no household: there are too "
                      "few collective residents",
                      missing);
}

int wg_register(const wg_geography *geography, const wg_synthesis_params *params, const wg_census_targets *targets,
                const wg_household_plan *plan, wg_luck luck, wg_people *people, wg_error *error) {
  sampling a = {.plan = plan,
                .people = people,
                .household_score = malloc(((size_t)plan->households + 1) * sizeof(uint16_t)),
                .collective_score = malloc(((size_t)people->collective_count + 1) * sizeof(uint16_t)),
                .persons = malloc(SCORES * sizeof(int64_t))};
  int code = WG_OK;
  if (!a.household_score || !a.collective_score || !a.persons) {
    code = wg_error_set(error, WG_FAIL_RUN, "out of memory for the registration of %u households", plan->households);
    goto out;
  }
  code =
      sample(&a, geography, params, luck, targets->registration[WG_REGISTERED_OUTSIDE], WG_REGISTERED_OUTSIDE, error);
  if (!code)
    code = sample(&a, geography, params, luck, targets->registration[WG_REGISTERED_ELSEWHERE], WG_REGISTERED_ELSEWHERE,
                  error);
out:
  free(a.household_score);
  free(a.collective_score);
  free(a.persons);
  return code;
}
