// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/census.h"

#include "model/place_sum.h"

static void residents(const wg_world *world, wg_place place, void *block) {
  int64_t *cells = block;
  for (uint32_t i = 0; i < WG_POPULATION_CELLS; i++)
    cells[i] = 0;
  WG_FOR_COMMUNITIES(world, place, s, c)
  for (uint32_t i = 0; i < WG_POPULATION_CELLS; i++)
    cells[i] += wg_population(s)[(size_t)c * WG_POPULATION_CELLS + i].residents;
}

static void households(const wg_world *world, wg_place place, void *block) {
  *(int64_t *)block = WG_SUM_COMMUNITIES(world, place, households);
}

static void collective_households(const wg_world *world, wg_place place, void *block) {
  *(int64_t *)block = WG_SUM_COMMUNITIES(world, place, collective_households);
}

static void collective_residents(const wg_world *world, wg_place place, void *block) {
  *(int64_t *)block = WG_SUM_COMMUNITIES(world, place, collective_residents);
}

static void dwellings(const wg_world *world, wg_place place, void *block) {
  *(int64_t *)block = WG_SUM_COMMUNITIES(world, place, dwellings);
}

static void households_by_size(const wg_world *world, wg_place place, void *block) {
  int64_t *sizes = block;
  for (uint32_t i = 0; i < WG_HOUSEHOLD_SIZES; i++)
    sizes[i] = 0;
  WG_FOR_COMMUNITIES(world, place, s, c)
  for (uint32_t i = 0; i < WG_HOUSEHOLD_SIZES; i++)
    sizes[i] += wg_household_sizes(s)[(size_t)c * WG_HOUSEHOLD_SIZES + i].households;
}

// Residents by age band and sex who were here at the start.
static void cohort_residents(const wg_world *world, wg_place place, void *block) {
  int64_t *cells = block;
  for (uint32_t i = 0; i < WG_AGE_BAND_COUNT * WG_SEX_COUNT; i++)
    cells[i] = 0;
  WG_FOR_COMMUNITIES(world, place, s, c)
  for (uint32_t i = 0; i < WG_POPULATION_CELLS; i++)
    cells[i / WG_REGISTRATION_COUNT] += wg_population(s)[(size_t)c * WG_POPULATION_CELLS + i].cohort;
}

static void moved_by_reason(const wg_world *world, wg_place place, void *block) {
  int64_t *cells = block;
  for (uint32_t i = 0; i < WG_MOVE_CELLS; i++)
    cells[i] = 0;
  WG_FOR_COMMUNITIES(world, place, s, c)
  for (uint32_t i = 0; i < WG_MOVE_CELLS; i++)
    cells[i] += wg_moves(s)[(size_t)c * WG_MOVE_CELLS + i].residents;
}

static int64_t moved(const wg_world *world, wg_place place, wg_move_direction direction) {
  int64_t cells[WG_MOVE_CELLS], sum = 0;
  moved_by_reason(world, place, cells);
  for (uint32_t reason = 0; reason < WG_MOVE_REASON_COUNT; reason++)
    sum += cells[direction * WG_MOVE_REASON_COUNT + reason];
  return sum;
}

#define MOVED(name, direction)                                                                                         \
  static void name(const wg_world *world, wg_place place, void *block) {                                               \
    *(int64_t *)block = moved(world, place, direction);                                                                \
  }
MOVED(moved_in, WG_MOVE_IN)
MOVED(moved_out, WG_MOVE_OUT)
MOVED(moved_within, WG_MOVE_WITHIN)
MOVED(moved_within_in, WG_MOVE_WITHIN_HERE)

static void statuses(const wg_world *world, wg_place place, uint32_t first, uint32_t count, int64_t *out) {
  for (uint32_t i = 0; i < count; i++)
    out[i] = 0;
  WG_FOR_COMMUNITIES(world, place, s, c)
  for (uint32_t i = 0; i < count; i++)
    out[i] += wg_statuses(s)[(size_t)c * WG_STATUS_COUNT + first + i].residents;
}

#define STATUS(name, first, count)                                                                                     \
  static void name(const wg_world *world, wg_place place, void *block) {                                               \
    statuses(world, place, first, count, block);                                                                       \
  }
STATUS(activity, WG_STATUS_ACTIVITY, WG_ACTIVITY_COUNT)
STATUS(education, WG_STATUS_EDUCATION, WG_EDUCATION_COUNT)
STATUS(care, WG_STATUS_CARE, WG_CARE_COUNT)
STATUS(partnered, WG_STATUS_PARTNERED, 1)
STATUS(party_members, WG_STATUS_PARTY_MEMBER, 1)
STATUS(volunteers, WG_STATUS_VOLUNTEER, 1)

// Residents of the bands [first, beyond), both sexes, all registrations.
static double in_bands(const wg_world *world, wg_place place, uint32_t first, uint32_t beyond) {
  int64_t cells[WG_POPULATION_CELLS], sum = 0;
  residents(world, place, cells);
  const uint32_t band = WG_SEX_COUNT * WG_REGISTRATION_COUNT;
  for (uint32_t i = first * band; i < beyond * band; i++)
    sum += cells[i];
  return (double)sum;
}

static double ratio(double part, double whole) {
  return whole > 0.0 ? part / whole : WG_NAN;
}

static void share_60_plus(const wg_world *world, wg_place place, void *block) {
  const uint32_t sixty = wg_age_band(60);
  *(double *)block =
      ratio(in_bands(world, place, sixty, WG_AGE_BAND_COUNT), in_bands(world, place, 0, WG_AGE_BAND_COUNT));
}

static void dependency_ratio(const wg_world *world, wg_place place, void *block) {
  const uint32_t adult = wg_age_band(15), old = wg_age_band(65);
  *(double *)block = ratio(in_bands(world, place, 0, adult) + in_bands(world, place, old, WG_AGE_BAND_COUNT),
                           in_bands(world, place, adult, old));
}

// The month begins: last month's moves are written. Birthdays are the roll call's business.
static void month_start(wg_context *context) {
  wg_community *communities = wg_communities(context->s);
  for (uint32_t c = 0; c < wg_communities_count(context->s); c++) {
    wg_community *k = communities + c;
    k->births = k->deaths = 0;
  }
  wg_move *moves = wg_moves(context->s);
  for (uint32_t i = 0; i < wg_moves_count(context->s); i++)
    moves[i].residents = 0;
}

static const wg_output outputs[] = {
    {"residents",
     WG_I32,
     {WG_AXIS_AGE_BAND, WG_AXIS_SEX, WG_AXIS_REGISTRATION},
     "resident",
     "Residents by age, sex and registration",
     "常住人口",
     residents},
    {"households", WG_I32, {WG_AXIS_NONE}, "household", "Family households", "家庭户", households},
    {"collective_households",
     WG_I32,
     {WG_AXIS_NONE},
     "household",
     "Collective households",
     "集体户",
     collective_households},
    {"collective_residents",
     WG_I32,
     {WG_AXIS_NONE},
     "resident",
     "Residents of collective households",
     "集体户人口",
     collective_residents},
    {"households_by_size",
     WG_I32,
     {WG_AXIS_HOUSEHOLD_SIZE},
     "household",
     "Family households by number of members",
     "家庭户规模",
     households_by_size},
    {"cohort_residents",
     WG_I32,
     {WG_AXIS_AGE_BAND, WG_AXIS_SEX},
     "resident",
     "Residents who were here at the start",
     "初始居民",
     cohort_residents},
    {"activity_residents", WG_I32, {WG_AXIS_ACTIVITY}, "resident", "Residents by activity", "活动状况", activity},
    {"education_residents",
     WG_I32,
     {WG_AXIS_EDUCATION},
     "resident",
     "Residents by education attained",
     "受教育程度",
     education},
    {"care_residents", WG_I32, {WG_AXIS_CARE}, "resident", "Residents by need of care", "照护需要", care},
    {"partnered_residents",
     WG_I32,
     {WG_AXIS_NONE},
     "resident",
     "Residents who live with a partner",
     "有伴侣",
     partnered},
    {"party_members", WG_I32, {WG_AXIS_NONE}, "resident", "Party members", "党员", party_members},
    {"volunteers", WG_I32, {WG_AXIS_NONE}, "resident", "Volunteers", "志愿者", volunteers},
    {"share_60_plus", WG_F64, {WG_AXIS_NONE}, "1", "Share of residents of 60 or over", "60岁及以上占比", share_60_plus},
    {"dependency_ratio",
     WG_F64,
     {WG_AXIS_NONE},
     "1",
     "Residents below 15 and of 65 or over to those between",
     "抚养比",
     dependency_ratio},
    {"moved_in", WG_I32, {WG_AXIS_NONE}, "resident", "Moved in from outside the district", "迁入", moved_in},
    {"moved_out", WG_I32, {WG_AXIS_NONE}, "resident", "Moved out of the district", "迁出", moved_out},
    {"moved_within",
     WG_I32,
     {WG_AXIS_NONE},
     "resident",
     "Moved from here to another community of the district",
     "区内迁出",
     moved_within},
    {"moved_within_in",
     WG_I32,
     {WG_AXIS_NONE},
     "resident",
     "Moved to here from another community of the district",
     "区内迁入",
     moved_within_in},
    {"moved_by_reason",
     WG_I32,
     {WG_AXIS_MOVE_DIRECTION, WG_AXIS_MOVE_REASON},
     "resident",
     "Moves by direction and reason",
     "按原因迁移",
     moved_by_reason},
    {"dwellings", WG_I32, {WG_AXIS_NONE}, "dwelling", "Dwellings for family households", "住房", dwellings},
};

const wg_mechanism wg_census = {
    .name = "census",
    .label = "人口",
    .doc = "Counts of residents by community, age band, sex and registration are kept up with every birth, death, move "
           "and "
           "birthday.",
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .month_start = month_start,
};
