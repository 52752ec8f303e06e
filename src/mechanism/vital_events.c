// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/vital_events.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/anchor_years.h"
#include "model/departure.h"
#include "model/fertility_schedule.h"
#include "model/life_table.h"
#include "model/place_sum.h"
#include "model/trust.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_vital_events_group, "vital_events", false, wg_vital_events_params, WG_VITAL_EVENTS_PARAMS, "生死",
               "Births and deaths.");

enum { ANCHORS_MAX = 16, BIRTHS_MAX = 15 };
#define WAITING_MOST 0.9 // share of the women of an age

// The rates of one date.
typedef struct anchor {
  double death[WG_SEX_COUNT][WG_AGE_MAX + 1]; // hazard of a month in which the roll call meets the resident
  double birth[WG_AGE_MAX + 1];               // births per woman and month, before the factors
} anchor;

typedef struct constants {
  wg_reals years;
  anchor anchors[ANCHORS_MAX];
  double outside;    // factor on the hazards of death of those registered outside
  double partner[2]; // factor on births, without and with a partner
  double collective;
  double waiting[WG_WAITING_YEARS];
  uint32_t spacing; // months
  uint32_t girls;   // threshold
} constants;

// ---- what the configuration gives ----

static const char *origin(const wg_world *world, const char *parameter) {
  return wg_config_origin(world->config, &wg_vital_events_group, 0, parameter);
}

static void check_years(const wg_world *world, wg_reals years, wg_error *error) {
  if (years.count < 1 || years.count > ANCHORS_MAX)
    wg_error_add(error, WG_FAIL_CONFIG, "%s: vital_events.years: %zu numbers (allowed: 1 to %d)",
                 origin(world, "years"), years.count, ANCHORS_MAX);
}

static int check_counts(const wg_world *world, const wg_vital_events_params *p, wg_error *error) {
  check_years(world, p->years, error);
  const wg_anchors lists[] = {
      {&wg_vital_events_group, "years", "life_expectancy_male", p->years, p->life_expectancy_male, 1},
      {&wg_vital_events_group, "years", "life_expectancy_female", p->years, p->life_expectancy_female, 1},
      {&wg_vital_events_group, "years", "infant_mortality", p->years, p->infant_mortality, 1},
      {&wg_vital_events_group, "years", "fertility", p->years, p->fertility, WG_FERTILE_BANDS}};
  for (size_t i = 0; i < sizeof lists / sizeof *lists && !error->code; i++)
    wg_anchors_check(world, lists + i, error);
  return error->code;
}

static void prepare_deaths(const wg_world *world, const wg_vital_events_params *p, size_t i, anchor *a,
                           wg_error *error) {
  const struct {
    const char *name;
    wg_reals life;
    double slope, makeham;
  } sexes[WG_SEX_COUNT] = {
      {"life_expectancy_male", p->life_expectancy_male, p->mortality_slope_male, p->mortality_makeham_male},
      {"life_expectancy_female", p->life_expectancy_female, p->mortality_slope_female, p->mortality_makeham_female}};
  for (uint32_t sex = 0; sex < WG_SEX_COUNT; sex++) {
    const wg_mortality_law law = {sexes[sex].slope, sexes[sex].makeham, p->infant_mortality.items[i]};
    double hazard[WG_AGE_MAX + 1];
    if (!wg_life_table_fit(&law, sexes[sex].life.items[i], hazard)) {
      wg_error_add(error, WG_FAIL_CONFIG,
                   "%s: vital_events.%s: %g years cannot be had with a slope of %g, a Makeham term of %g and an infant "
                   "mortality of %g (allowed: what they leave)",
                   origin(world, sexes[sex].name), sexes[sex].name, sexes[sex].life.items[i], law.slope, law.makeham,
                   law.infant);
      return;
    }
    for (uint32_t years = 0; years <= WG_AGE_MAX; years++)
      a->death[sex][years] = hazard[years] / wg_life_table_months(years);
  }
}

// The share of women of an age who wait, when their births are `factor` times those of the anchors a (weight 1 - share) and
// b (weight share).
static double waiting_share(const constants *c, const anchor *a, const anchor *b, double share, double factor,
                            uint32_t years) {
  double sum = 0.0;
  for (uint32_t j = 0; j < WG_WAITING_YEARS && j <= years; j++)
    sum += c->waiting[j] * (a->birth[years - j] + (b->birth[years - j] - a->birth[years - j]) * share);
  return sum * factor;
}

static void prepare_births(const wg_world *world, const wg_vital_events_params *p, size_t i, const constants *c,
                           anchor *a, wg_error *error) {
  wg_fertility_single_years(p->fertility.items + i * WG_FERTILE_BANDS, a->birth);
  for (uint32_t years = 0; years <= WG_AGE_MAX; years++)
    a->birth[years] /= 12.0;
  const double factor =
      (c->partner[0] > c->partner[1] ? c->partner[0] : c->partner[1]) * (c->collective > 1.0 ? c->collective : 1.0);
  double most = 0.0;
  uint32_t where = 0;
  for (uint32_t years = 0; years <= WG_AGE_MAX; years++) {
    const double share = waiting_share(c, a, a, 0.0, factor, years);
    if (share > most) {
      most = share;
      where = years;
    }
  }
  if (most > WAITING_MOST)
    wg_error_add(error, WG_FAIL_CONFIG,
                 "%s: vital_events.birth_spacing: after %g, %.3g of the women aged %u would always be waiting "
                 "(allowed: up to %g)",
                 origin(world, "birth_spacing"), c->years.items[i], most, where, WAITING_MOST);
}

static int prepare(const wg_world *world, void **result, wg_error *error) {
  const wg_vital_events_params *p = wg_config_get(world->config, &wg_vital_events_group);
  wg_error counts = {0};
  if (check_counts(world, p, &counts))
    return wg_error_merge(error, &counts);
  constants *c = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for vital events");
  *result = c;
  c->years = p->years;
  c->outside = p->mortality_outside;
  c->partner[0] = p->fertility_unpartnered;
  c->partner[1] = p->fertility_partnered;
  c->collective = p->fertility_collective;
  c->spacing = (uint32_t)p->birth_spacing;
  c->girls = wg_threshold(p->share_female);
  wg_waiting_weights(c->spacing, c->waiting);
  wg_error rates = {0};
  for (size_t i = 0; i < c->years.count; i++) {
    prepare_deaths(world, p, i, c->anchors + i, &rates);
    prepare_births(world, p, i, c, c->anchors + i, &rates);
  }
  return rates.code ? wg_error_merge(error, &rates) : WG_OK;
}

// ---- the rates of a month ----

static double death_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years,
                        uint32_t traits) {
  (void)world;
  const constants *c = constants_;
  const wg_moment m = wg_years_at(c->years, month);
  const uint32_t sex = traits & WG_TRAIT_FEMALE;
  const bool outside = wg_trait_registration(traits) == WG_REGISTERED_OUTSIDE;
  const double hazard = wg_between(m, c->anchors[m.before].death[sex][years], c->anchors[m.after].death[sex][years]);
  return 1.0 - wg_exp(-hazard * (outside ? c->outside : 1.0));
}

static void die(wg_context *context, uint32_t resident) {
  wg_communities(context->s)[wg_grids(context->s)[wg_residents(context->s)[resident].grid].community].deaths++;
  wg_resident_die(context->s, resident, context->month + 1);
}

// The probability of a birth in the month for a woman who does not wait.
static double birth_probability(const constants *c, wg_month month, uint32_t years, double factor) {
  const wg_moment m = wg_years_at(c->years, month);
  const double births = wg_between(m, c->anchors[m.before].birth[years], c->anchors[m.after].birth[years]) * factor;
  return births > 0.0 ? wg_birth_hazard(births, waiting_share(c, c->anchors + m.before, c->anchors + m.after, m.share,
                                                              factor, years))
                      : 0.0;
}

static double birth_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years,
                        uint32_t traits) {
  (void)world;
  const constants *c = constants_;
  if (!(traits & WG_TRAIT_FEMALE))
    return 0.0;
  const double partner = c->partner[0] > c->partner[1] ? c->partner[0] : c->partner[1];
  return birth_probability(c, month, years, partner * (traits & WG_TRAIT_COLLECTIVE ? c->collective : 1.0));
}

// ---- waiting between births ----

static uint32_t births_so_far(const wg_resident *mother) {
  return mother->traits >> WG_TRAIT_BIRTHS_SHIFT & BIRTHS_MAX;
}

// The name of a mother's child, by its month of birth and its order among her births; past the fifteenth all are the
// sixteenth, and the month tells them apart.
static uint64_t child_name(const wg_resident *mother, wg_month month, uint32_t order) {
  return wg_identity_make(mother->identity, (uint64_t)month << 8 | order, WG_PURPOSE_IDENTITY_NEWBORN);
}

static bool is_last_child(const wg_resident *mother, const wg_resident *child) {
  const uint32_t births = births_so_far(mother);
  if (births == 0)
    return false;
  return child->identity == child_name(mother, child->birth_month, births) ||
         (births == BIRTHS_MAX && child->identity == child_name(mother, child->birth_month, births + 1));
}

static bool is_last_child_of_any(const wg_subdistrict *s, const wg_resident *child) {
  const wg_resident *residents = wg_residents(s), *mother = child;
  do {
    if (is_last_child(mother, child))
      return true;
    mother = residents + mother->next;
  } while (mother != child);
  return false;
}

// A birth not longer ago than the spacing shows in the infant that lives with her: hers by its name, or, in a family
// household, one that came with the census or with newcomers and is nobody's by its name.
static bool waits(const constants *c, const wg_subdistrict *s, const wg_resident *mother, wg_month month) {
  const wg_resident *residents = wg_residents(s);
  for (const wg_resident *child = residents + mother->next; child != mother; child = residents + child->next)
    if ((uint32_t)month - child->birth_month <= c->spacing &&
        (is_last_child(mother, child) || (!(mother->traits & WG_TRAIT_COLLECTIVE) && !is_last_child_of_any(s, child))))
      return true;
  return false;
}

static double birth_rate(const wg_context *context, const wg_resident *mother, uint32_t years) {
  const constants *c = context->constants;
  if (waits(c, context->s, mother, context->month))
    return 0.0;
  const double partner = c->partner[mother->traits & WG_TRAIT_PARTNERED ? 1 : 0];
  return birth_probability(c, context->month, years,
                           partner * (mother->traits & WG_TRAIT_COLLECTIVE ? c->collective : 1.0));
}

// ---- newborns ----

enum { ADULT = 20 * 12, GENERATION = 18 * 12 }; // months

// Whether somebody of the household may be the father: an adult man less than a generation older or younger.
static bool may_be_father(const wg_resident *mother, const wg_resident *r, wg_month month) {
  const int32_t younger = (int32_t)r->birth_month - mother->birth_month;
  return !(r->traits & WG_TRAIT_FEMALE) && month - r->birth_month >= ADULT && younger < GENERATION &&
         younger > -GENERATION;
}

// A newborn is registered here if its mother or its father is, otherwise where its mother is. The father is not known: where
// the mother is not the household's head, the head's registration stands for his; where she is, that of any man of her
// generation in the household. In a collective household only the mother counts.
static wg_registration newborn_registration(const wg_subdistrict *s, const wg_resident *mother, wg_month month) {
  const wg_registration own = (wg_registration)wg_resident_registration(mother);
  if (own == WG_REGISTERED_HERE || mother->traits & WG_TRAIT_COLLECTIVE)
    return own;
  const wg_resident *residents = wg_residents(s);
  const bool heads = mother->traits & WG_TRAIT_HEAD;
  for (const wg_resident *r = residents + mother->next; r != mother; r = residents + r->next)
    if (wg_resident_registration(r) == WG_REGISTERED_HERE &&
        (heads ? may_be_father(mother, r, month) : (r->traits & WG_TRAIT_HEAD) != 0))
      return WG_REGISTERED_HERE;
  return own;
}

static void give_birth(wg_context *context, uint32_t mother) {
  const constants *c = context->constants;
  wg_subdistrict *s = context->s;
  wg_resident *m = wg_residents(s) + mother;
  const uint32_t order = births_so_far(m) + 1;
  const uint64_t identity = child_name(m, context->month, order);
  m->traits += order <= BIRTHS_MAX ? 1U << WG_TRAIT_BIRTHS_SHIFT : 0;
  wg_draw draw = wg_draw_open(context->world->luck, WG_PURPOSE_BIRTH, (uint32_t)context->month, identity, 1);
  uint32_t traits = wg_trait_with_registration(0, newborn_registration(s, m, context->month));
  if (wg_draw_u32(&draw) < c->girls)
    traits |= WG_TRAIT_FEMALE;
  const uint16_t trust = wg_trust_baseline(context->world, identity);
  wg_resident_join(s, identity, m->household, context->month, traits, trust, trust, context->month + 1);
  wg_communities(s)[wg_grids(s)[m->grid].community].births++;
}

static const wg_roll_event events[] = {
    {"birth", WG_PURPOSE_BIRTH, .adds_resident = true, .cap = birth_cap, .rate = birth_rate, .happen = give_birth},
    {"death", WG_PURPOSE_DEATH, .cap = death_cap, .happen = die},
};

static void births(const wg_world *world, wg_place place, void *block) {
  *(int64_t *)block = WG_SUM_COMMUNITIES(world, place, births);
}

static void deaths(const wg_world *world, wg_place place, void *block) {
  *(int64_t *)block = WG_SUM_COMMUNITIES(world, place, deaths);
}

static const wg_output outputs[] = {
    {"births", WG_I32, {WG_AXIS_NONE}, "resident", "Births in the month", "出生人数", births},
    {"deaths", WG_I32, {WG_AXIS_NONE}, "resident", "Deaths in the month", "死亡人数", deaths},
};

static const wg_param_group *const groups[] = {&wg_vital_events_group};

const wg_mechanism wg_vital_events = {
    .name = "vital_events",
    .label = "生死",
    .doc =
        "Everybody dies by single year of age and sex, from life tables whose life expectancy at birth is configured "
        "and "
        "changes over the years. Women of family households give birth by single year of age, not within a waiting "
        "time "
        "after a birth. Newborns join their mother's household; they are registered here if a parent is. Minors whom a "
        "death leaves alone leave the district to relatives.",
    .groups = groups,
    .group_count = 1,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
};
