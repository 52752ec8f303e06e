// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/life_tables.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/list_check.h"
#include "model/shares.h"

enum { FIRST_WORK_BAND = WG_AGE_BAND_COUNT - WG_WORK_BANDS, STATES_MAX = 8 };

typedef struct maker {
  const wg_config *config;
  wg_error *error;
  int code;
} maker;

// The list's numbers, or as many times nothing.
static const double *list(maker *m, const wg_param_group *group, const char *name, wg_reals values, size_t wanted) {
  static const double nothing[WG_AGE_BAND_COUNT];
  const int code = wg_list_check(m->config, group, name, values.count, wanted, m->error);
  if (!code)
    return values.items;
  m->code = code;
  return nothing;
}

static void too_likely(maker *m, const wg_param_group *group, const char *name, const char *names, uint32_t band,
                       double sum) {
  m->code = wg_error_add(m->error, WG_FAIL_CONFIG, "%s: %s: %s: %g together at %s (allowed: up to 1)",
                         wg_config_origin(m->config, group, 0, name), group->path, names, sum, wg_age_band_names[band]);
}

// ---- from probabilities to thresholds ----

// One row of a step; `to[from]` is what the others leave.
static void step_row(double *to, uint32_t states, uint32_t from, uint32_t *out) {
  double away = 0.0;
  for (uint32_t i = 0; i < states; i++)
    away += i == from ? 0.0 : to[i];
  to[from] = away < 1.0 ? 1.0 - away : 0.0;
  double sum = to[from];
  out[0] = wg_threshold(sum);
  for (uint32_t slot = 1; slot < states; slot++) {
    sum += to[slot <= from ? slot - 1 : slot];
    out[slot] = wg_threshold(sum < 1.0 ? sum : 1.0);
  }
}

// The cross-section a year on: the sum over where people came from.
static void propagate(double *shares, const double *matrix, uint32_t states) {
  double next[STATES_MAX] = {0.0};
  for (uint32_t from = 0; from < states; from++)
    for (uint32_t to = 0; to < states; to++)
      next[to] += shares[from] * matrix[from * states + to];
  for (uint32_t i = 0; i < states; i++)
    shares[i] = next[i];
}

// ---- care ----

static void make_care(maker *m, wg_life_tables *t) {
  const wg_care_params *p = wg_config_get(m->config, &wg_care_group);
  const double *fall_ill = list(m, &wg_care_group, "fall_ill", p->fall_ill, WG_AGE_BAND_COUNT);
  const double *recover = list(m, &wg_care_group, "recover", p->recover, WG_AGE_BAND_COUNT);
  const double *disable = list(m, &wg_care_group, "disable", p->disable, WG_AGE_BAND_COUNT);
  const double *improve = list(m, &wg_care_group, "improve", p->improve, WG_AGE_BAND_COUNT);
  for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++)
    if (recover[band] + disable[band] > 1.0)
      too_likely(m, &wg_care_group, "disable", "recover + disable", band, recover[band] + disable[band]);
  double shares[WG_CARE_COUNT] = {1.0, 0.0, 0.0};
  for (uint32_t years = 0; years < WG_LIFE_AGES; years++) {
    const uint32_t band = wg_age_band(years);
    double matrix[WG_CARE_COUNT][WG_CARE_COUNT] = {
        [WG_CARE_NONE] = {[WG_CARE_CHRONIC] = fall_ill[band]},
        [WG_CARE_CHRONIC] = {[WG_CARE_NONE] = recover[band], [WG_CARE_DISABLED] = disable[band]},
        [WG_CARE_DISABLED] = {[WG_CARE_CHRONIC] = improve[band]}};
    for (uint32_t from = 0; from < WG_CARE_COUNT; from++)
      step_row(matrix[from], WG_CARE_COUNT, from, t->care_step[years][from]);
    if (years > 0)
      propagate(shares, matrix[0], WG_CARE_COUNT);
    wg_shares_cumulate(shares, WG_CARE_COUNT, t->care[years]);
  }
}

// ---- work ----

typedef struct work_rates {
  const wg_working_life_params *p;
  const double *lose, *find, *unable;
  const double *home[WG_SEX_COUNT], *back[WG_SEX_COUNT], *early[WG_SEX_COUNT];
} work_rates;

static work_rates read_work(maker *m) {
  const wg_param_group *g = &wg_working_life_group;
  const wg_working_life_params *p = wg_config_get(m->config, g);
  work_rates r = {.p = p,
                  .lose = list(m, g, "lose_work", p->lose_work, WG_WORK_BANDS),
                  .find = list(m, g, "find_work", p->find_work, WG_WORK_BANDS),
                  .unable = list(m, g, "become_unable", p->become_unable, WG_WORK_BANDS),
                  .home = {list(m, g, "to_home_male", p->to_home_male, WG_WORK_BANDS),
                           list(m, g, "to_home_female", p->to_home_female, WG_WORK_BANDS)},
                  .back = {list(m, g, "from_home_male", p->from_home_male, WG_WORK_BANDS),
                           list(m, g, "from_home_female", p->from_home_female, WG_WORK_BANDS)},
                  .early = {list(m, g, "early_male", p->early_male, WG_WORK_BANDS),
                            list(m, g, "early_female", p->early_female, WG_WORK_BANDS)}};
  for (uint32_t b = 0; b < WG_WORK_BANDS; b++)
    for (uint32_t sex = 0; sex < WG_SEX_COUNT; sex++) {
      const double employed = r.lose[b] + r.home[sex][b] + r.unable[b];
      const double unemployed = r.find[b] + r.home[sex][b] + r.unable[b];
      const double home = r.back[sex][b] + r.unable[b];
      if (employed > 1.0)
        too_likely(m, g, "lose_work", "lose_work + to_home + become_unable", b + FIRST_WORK_BAND, employed);
      if (unemployed > 1.0)
        too_likely(m, g, "find_work", "find_work + to_home + become_unable", b + FIRST_WORK_BAND, unemployed);
      if (home > 1.0)
        too_likely(m, g, "become_unable", "from_home + become_unable", b + FIRST_WORK_BAND, home);
    }
  if (p->retire_women_cadres < p->retire_women_workers)
    m->code = wg_error_add(m->error, WG_FAIL_CONFIG, "%s: working_life.retire_women_cadres: %d (allowed: from %d on)",
                           wg_config_origin(m->config, g, 0, "retire_women_cadres"), (int)p->retire_women_cadres,
                           (int)p->retire_women_workers);
  return r;
}

static uint32_t pension_age(const wg_working_life_params *p, uint32_t sex) {
  return (uint32_t)(sex ? p->retire_women_cadres : p->retire_men);
}

// Chance to retire for somebody in the labour force who reaches the age.
static double retire(const work_rates *r, uint32_t sex, uint32_t years) {
  const wg_working_life_params *p = r->p;
  const uint32_t age = pension_age(p, sex);
  if (years > age)
    return p->stop_working_on;
  if (years == age)
    return p->retire_on_time;
  const double early = r->early[sex][wg_age_band(years) - FIRST_WORK_BAND];
  const double workers = sex && years == (uint32_t)p->retire_women_workers ? p->women_workers * p->retire_on_time : 0.0;
  return workers + (1.0 - workers) * early;
}

enum { EMPLOYED, UNEMPLOYED, HOME, RETIRED, UNABLE };

static void work_matrix(const work_rates *r, uint32_t collective, uint32_t sex, uint32_t years,
                        double matrix[WG_WORK_STATES][WG_WORK_STATES]) {
  const uint32_t b = wg_age_band(years) - FIRST_WORK_BAND;
  const double retired = retire(r, sex, years), rest = 1.0 - retired;
  const double home = collective ? 0.0 : r->home[sex][b];
  const double pension = years == pension_age(r->p, sex) ? r->p->pension_share : 0.0;
  matrix[EMPLOYED][RETIRED] = matrix[UNEMPLOYED][RETIRED] = retired;
  matrix[EMPLOYED][HOME] = matrix[UNEMPLOYED][HOME] = rest * home;
  matrix[EMPLOYED][UNABLE] = matrix[UNEMPLOYED][UNABLE] = rest * r->unable[b];
  matrix[EMPLOYED][UNEMPLOYED] = rest * r->lose[b];
  matrix[UNEMPLOYED][EMPLOYED] = rest * r->find[b];
  matrix[HOME][RETIRED] = matrix[UNABLE][RETIRED] = pension;
  matrix[HOME][EMPLOYED] = (1.0 - pension) * r->back[sex][b];
  matrix[HOME][UNABLE] = (1.0 - pension) * r->unable[b];
}

static void make_work(maker *m, wg_life_tables *t) {
  const work_rates r = read_work(m);
  t->working_life = r.p;
  for (uint32_t collective = 0; collective < 2; collective++)
    for (uint32_t sex = 0; sex < WG_SEX_COUNT; sex++) {
      double shares[WG_WORK_STATES] = {[EMPLOYED] = 1.0 - r.p->first_unemployed, [UNEMPLOYED] = r.p->first_unemployed};
      for (uint32_t years = WG_WORKING_AGE; years < WG_LIFE_AGES; years++) {
        double matrix[WG_WORK_STATES][WG_WORK_STATES] = {0};
        work_matrix(&r, collective, sex, years, matrix);
        for (uint32_t from = 0; from < WG_WORK_STATES; from++)
          step_row(matrix[from], WG_WORK_STATES, from, t->work_step[collective][sex][years][from]);
        if (years > WG_WORKING_AGE)
          propagate(shares, matrix[0], WG_WORK_STATES);
        wg_shares_cumulate(shares, WG_WORK_STATES, t->work[collective][sex][years]);
      }
    }
}

// ---- education ----

static void make_education(maker *m, wg_life_tables *t) {
  const wg_param_group *g = &wg_schooling_group;
  const wg_schooling_params *p = t->schooling = wg_config_get(m->config, g);
  const double *odds = list(m, g, "outside_odds", p->outside_odds, WG_EDUCATION_COUNT);
#define LEVEL(name) list(m, g, #name, p->name, WG_WORK_BANDS)
  const double *weights[WG_SEX_COUNT][WG_EDUCATION_COUNT] = {
      {LEVEL(no_school_male), LEVEL(primary_male), LEVEL(junior_male), LEVEL(senior_male), LEVEL(college_male),
       LEVEL(university_male)},
      {LEVEL(no_school_female), LEVEL(primary_female), LEVEL(junior_female), LEVEL(senior_female),
       LEVEL(college_female), LEVEL(university_female)}};
#undef LEVEL
  const int lengths = m->code;
  for (uint32_t outside = 0; outside < 2; outside++)
    for (uint32_t sex = 0; sex < WG_SEX_COUNT; sex++)
      for (uint32_t years = WG_WORKING_AGE; years < WG_LIFE_AGES; years++) {
        const uint32_t b = wg_age_band(years) - FIRST_WORK_BAND;
        double shares[WG_EDUCATION_COUNT], sum = 0.0;
        for (uint32_t level = 0; level < WG_EDUCATION_COUNT; level++)
          sum += shares[level] = weights[sex][level][b] * (outside ? odds[level] : 1.0);
        if (!lengths && sum <= 0.0 && wg_age_band_first(b + FIRST_WORK_BAND) == (years == WG_WORKING_AGE ? 15 : years))
          m->code = wg_error_add(
              m->error, WG_FAIL_CONFIG, "%s: schooling: weights of %s at %s%s sum to 0 (allowed: above)",
              wg_config_origin(m->config, g, 0, sex ? "university_female" : "university_male"), sex ? "women" : "men",
              wg_age_band_names[b + FIRST_WORK_BAND], outside ? ", registered outside," : "");
        // Nobody has left a university before its end.
        if (years < WG_UNIVERSITY_END) {
          shares[years < WG_COLLEGE_END ? WG_SENIOR : WG_COLLEGE] += shares[WG_UNIVERSITY];
          shares[WG_UNIVERSITY] = 0.0;
        }
        if (years < WG_COLLEGE_END) {
          shares[WG_SENIOR] += shares[WG_COLLEGE];
          shares[WG_COLLEGE] = 0.0;
        }
        wg_shares_cumulate(shares, WG_EDUCATION_COUNT, t->education[outside][sex][years]);
      }
}

// ---- party ----

static void make_party(maker *m, wg_life_tables *t) {
  const wg_civic_params *p = t->civic = wg_config_get(m->config, &wg_civic_group);
  const double *join = list(m, &wg_civic_group, "join_party", p->join_party, WG_WORK_BANDS);
  if (p->volunteer_last < p->volunteer_first)
    m->code = wg_error_add(m->error, WG_FAIL_CONFIG, "%s: civic.volunteer_last: %d (allowed: from %d on)",
                           wg_config_origin(m->config, &wg_civic_group, 0, "volunteer_last"), (int)p->volunteer_last,
                           (int)p->volunteer_first);
  for (uint32_t sex = 0; sex < WG_SEX_COUNT; sex++)
    for (uint32_t tertiary = 0; tertiary < 2; tertiary++) {
      const double factor = (sex ? p->party_women : 1.0) * (tertiary ? 1.0 : p->party_less_school);
      double outside = 1.0;
      for (uint32_t years = WG_PARTY_AGE; years < WG_LIFE_AGES; years++) {
        const double rate = join[wg_age_band(years) - FIRST_WORK_BAND] * factor, chance = rate < 1.0 ? rate : 1.0;
        outside *= 1.0 - chance;
        t->party_join[sex][tertiary][years] = wg_threshold(chance);
        t->party[sex][tertiary][years] = wg_threshold(1.0 - outside);
      }
    }
}

int wg_life_tables_create(const wg_config *config, wg_life_tables **tables, wg_error *error) {
  wg_life_tables *t = *tables = calloc(1, sizeof *t);
  if (!t)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the tables of life courses");
  maker m = {config, error, WG_OK};
  make_education(&m, t);
  make_work(&m, t);
  make_care(&m, t);
  make_party(&m, t);
  return m.code;
}

// ---- one resident ----

wg_activity wg_life_first_work(const wg_life_tables *t, uint32_t u) {
  return u < wg_threshold(t->working_life->first_unemployed) ? WG_UNEMPLOYED : WG_EMPLOYED;
}

wg_activity wg_life_work(const wg_life_tables *t, uint32_t years, uint32_t traits, uint32_t u) {
  const uint32_t collective = traits & WG_TRAIT_COLLECTIVE ? 1 : 0;
  return (wg_activity)(WG_EMPLOYED +
                       wg_life_pick(t->work[collective][traits & WG_TRAIT_FEMALE][years], WG_WORK_STATES, u));
}

uint32_t wg_life_with_education(const wg_life_tables *t, uint32_t years, uint32_t traits, uint32_t u) {
  const uint32_t outside = wg_trait_registration(traits) == WG_REGISTERED_OUTSIDE;
  return wg_trait_with_education(
      traits,
      (wg_education)wg_life_pick(t->education[outside][traits & WG_TRAIT_FEMALE][years], WG_EDUCATION_COUNT, u));
}

uint32_t wg_life_with_care(const wg_life_tables *t, uint32_t years, uint32_t traits, uint32_t u) {
  return wg_trait_with_care(traits, (wg_care)wg_life_pick(t->care[years], WG_CARE_COUNT, u));
}

uint32_t wg_life_with_party(const wg_life_tables *t, uint32_t years, uint32_t traits, uint32_t u) {
  const bool member = u < t->party[traits & WG_TRAIT_FEMALE][wg_trait_tertiary(traits)][years];
  return member ? traits | WG_TRAIT_PARTY_MEMBER : traits & ~(uint32_t)WG_TRAIT_PARTY_MEMBER;
}

uint32_t wg_life_with_childhood(const wg_life_tables *t, uint32_t years, uint32_t traits, uint32_t u) {
  const bool senior = years >= WG_SENIOR_AGE && u < wg_threshold(wg_senior_share(t->schooling, traits));
  return wg_trait_with_activity(wg_trait_with_education(traits, senior ? WG_SENIOR : wg_school_stage(years)),
                                years < WG_SCHOOL_AGE ? WG_CHILD : WG_PUPIL);
}
