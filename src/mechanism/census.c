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

static void collective_residents(const wg_world *world, wg_place place, void *block) {
  *(int64_t *)block = WG_SUM_COMMUNITIES(world, place, collective_residents);
}

static void dwellings(const wg_world *world, wg_place place, void *block) {
  *(int64_t *)block = WG_SUM_COMMUNITIES(world, place, dwellings);
}

// The month begins: last month's moves are written. Birthdays are the roll call's business.
static void month_start(wg_context *context) {
  wg_community *communities = wg_communities(context->s);
  for (uint32_t c = 0; c < wg_communities_count(context->s); c++) {
    wg_community *k = communities + c;
    k->births = k->deaths = 0;
    k->moved_in = k->moved_out = k->moved_within = k->moved_within_in = 0;
  }
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
    {"collective_residents",
     WG_I32,
     {WG_AXIS_NONE},
     "resident",
     "Residents of collective households",
     "集体户人口",
     collective_residents},
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
