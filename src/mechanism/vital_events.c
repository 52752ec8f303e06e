// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/vital_events.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/departure.h"
#include "model/place_sum.h"
#include "model/trust.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_vital_events_group, "vital_events", false, wg_vital_events_params, WG_VITAL_EVENTS_PARAMS, "生死",
               "Births and deaths.");

enum { FERTILE_BANDS = 7, FIRST_FERTILE_BAND = 4 };

typedef struct constants {
  double death[WG_SEX_COUNT][WG_AGE_MAX + 1]; // probability in a month
  double birth[WG_AGE_MAX + 1];
  uint32_t girls;
} constants;

static int prepare(const wg_world *world, void **result, wg_error *error) {
  const wg_vital_events_params *p = wg_config_get(world->config, &wg_vital_events_group);
  if (p->fertility.count != FERTILE_BANDS)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: vital_events.fertility: %zu numbers (allowed: %d)",
                        wg_config_origin(world->config, &wg_vital_events_group, 0, "fertility"), p->fertility.count,
                        FERTILE_BANDS);
  constants *c = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for vital events");
  for (uint32_t years = 0; years <= WG_AGE_MAX; years++) {
    const double men = p->mortality_scale_male * wg_exp(p->mortality_slope_male * ((double)years + 0.5));
    const double women = p->mortality_scale_female * wg_exp(p->mortality_slope_female * ((double)years + 0.5));
    const double infant = years == 0 ? -wg_log(1.0 - p->infant_mortality) : 0.0;
    c->death[0][years] = 1.0 - wg_exp(-(men + infant) / 12.0);
    c->death[1][years] = 1.0 - wg_exp(-(women + infant) / 12.0);
    const uint32_t band = wg_age_band(years);
    if (band >= FIRST_FERTILE_BAND && band < FIRST_FERTILE_BAND + FERTILE_BANDS)
      c->birth[years] = p->fertility.items[band - FIRST_FERTILE_BAND] / 12.0;
  }
  c->girls = wg_threshold(p->share_female);
  *result = c;
  return WG_OK;
}

static double death_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years,
                        uint32_t traits) {
  (void)world;
  (void)month;
  const constants *c = constants_;
  return c->death[traits & WG_TRAIT_FEMALE][years];
}

static void die(wg_context *context, uint32_t resident) {
  wg_communities(context->s)[wg_grids(context->s)[wg_residents(context->s)[resident].grid].community].deaths++;
  wg_resident_die(context->s, resident, context->month + 1);
}

static double birth_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years,
                        uint32_t traits) {
  (void)world;
  (void)month;
  const constants *c = constants_;
  return (traits & WG_TRAIT_FEMALE) && !(traits & WG_TRAIT_COLLECTIVE) ? c->birth[years] : 0.0;
}

static void give_birth(wg_context *context, uint32_t mother) {
  const constants *c = context->constants;
  wg_subdistrict *s = context->s;
  wg_resident *m = wg_residents(s) + mother;
  const uint32_t order = ((m->traits >> WG_TRAIT_BIRTHS_SHIFT) & 15U) + 1;
  m->traits += order < 15 ? 1U << WG_TRAIT_BIRTHS_SHIFT : 0;
  // The month tells births beyond the fifteenth apart.
  const uint64_t identity =
      wg_identity_make(m->identity, (uint64_t)context->month << 8 | order, WG_PURPOSE_IDENTITY_NEWBORN);
  wg_draw draw = wg_draw_open(context->world->luck, WG_PURPOSE_BIRTH, (uint32_t)context->month, identity, 1);
  uint32_t traits = m->traits & (3U << WG_TRAIT_REGISTRATION_SHIFT);
  if (wg_draw_u32(&draw) < c->girls)
    traits |= WG_TRAIT_FEMALE;
  const uint16_t trust = wg_trust_baseline(context->world, identity);
  wg_resident_join(s, identity, m->household, context->month, traits, trust, trust, context->month + 1);
  wg_communities(s)[wg_grids(s)[m->grid].community].births++;
}

static const wg_roll_event events[] = {
    {"birth", WG_PURPOSE_BIRTH, .adds_resident = true, .cap = birth_cap, .happen = give_birth},
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
        "Women of family households give birth by age; everybody dies by age and sex (Gompertz hazard, infants apart). "
        "Newborns join their mother's household and take her registration. Minors whom a death leaves alone leave the "
        "district to relatives.",
    .groups = groups,
    .group_count = 1,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
};
