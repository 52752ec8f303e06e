// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/equity.h"

#include "base/maths.h"
#include "model/inequality.h"

// The month comes into the sums of the year, the one of a year before goes.
static void month_end(wg_context *context) {
  const wg_subdistrict *s = context->s;
  const uint32_t cells = wg_communities_count(s) * s->service_count;
  wg_due_row *year = wg_years(s);
  wg_due_row *month = wg_year_months(s) + (size_t)(context->month % WG_YEAR_MONTHS) * cells;
  for (uint32_t i = 0; i < cells; i++) {
    const wg_tally *t = wg_tallies(s) + i;
    const wg_due_row now = {t->due, t->met_due, t->filed_due, t->filed_met_due};
    year[i].due += now.due - month[i].due;
    year[i].met_due += now.met_due - month[i].met_due;
    year[i].filed_due += now.filed_due - month[i].filed_due;
    year[i].filed_met_due += now.filed_met_due - month[i].filed_met_due;
    month[i] = now;
  }
}

// Of fewer months than twelve nothing is said: the fewer cases, the more uneven luck alone makes them look.
static bool year_is_full(const wg_world *world) {
  return world->subdistrict_count > 0 && world->subdistricts->lived &&
         world->month - wg_date_month(world->run->start) + 1 >= WG_YEAR_MONTHS;
}

static size_t count_communities(const wg_world *world) {
  size_t count = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    count += wg_communities_count(world->subdistricts + i);
  return count;
}

// The communities' year, subdistrict by subdistrict in the order of their codes.
static void gather(const wg_world *world, uint32_t service, bool filed, wg_portion *portions) {
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    const wg_subdistrict *s = world->subdistricts + i;
    for (uint32_t c = 0; c < wg_communities_count(s); c++) {
      const wg_due_row *year = wg_years(s) + (size_t)c * s->service_count + service;
      *portions++ = (wg_portion){
          .due = filed ? year->filed_due : year->due, .met = filed ? year->filed_met_due : year->met_due, .group = i};
    }
  }
}

static void measure(const wg_world *world, bool filed, double (*of)(wg_portion *, size_t), double *values) {
  const size_t count = count_communities(world);
  wg_portion portions[count + 1];
  for (uint32_t v = 0; v < world->catalogue.service_count; v++) {
    values[v] = WG_NAN;
    if (!year_is_full(world))
      continue;
    gather(world, v, filed, portions);
    values[v] = of(portions, count);
  }
}

#define MEASURE(name, filed, of)                                                                                       \
  static void name(const wg_world *world, wg_place place, void *block) {                                               \
    (void)place;                                                                                                       \
    measure(world, filed, of, block);                                                                                  \
  }
MEASURE(coverage_gini, false, wg_gini)
MEASURE(observed_coverage_gini, true, wg_gini)
MEASURE(coverage_gini_by_luck, false, wg_gini_by_luck)
MEASURE(coverage_theil, false, wg_theil_total)
MEASURE(coverage_theil_between, false, wg_theil_between)
MEASURE(coverage_theil_within, false, wg_theil_within)

#define DISTRICT_BY_SERVICE                                                                                            \
  { WG_AXIS_NO_PLACE, WG_AXIS_SERVICE }

static const wg_output outputs[] = {
    {"coverage_gini", WG_F64, DISTRICT_BY_SERVICE, "1",
     "Gini coefficient over communities of the coverage of the last twelve months, weighted by needs due",
     "覆盖率基尼系数", coverage_gini},
    {"observed_coverage_gini", WG_F64, DISTRICT_BY_SERVICE, "1",
     "The same Gini coefficient of coverage as officials see it, weighted by filed cases due", "可见覆盖率基尼系数",
     observed_coverage_gini},
    {"coverage_gini_by_luck", WG_F64, DISTRICT_BY_SERVICE, "1",
     "About what coverage_gini would be if communities differed by luck alone", "覆盖率基尼系数(纯属偶然)",
     coverage_gini_by_luck},
    {"coverage_theil", WG_F64, DISTRICT_BY_SERVICE, "1",
     "Theil's T over communities of the coverage of the last twelve months, weighted by needs due", "覆盖率泰尔指数",
     coverage_theil},
    {"coverage_theil_between", WG_F64, DISTRICT_BY_SERVICE, "1", "The part of coverage_theil between subdistricts",
     "街镇间泰尔指数", coverage_theil_between},
    {"coverage_theil_within", WG_F64, DISTRICT_BY_SERVICE, "1", "The part of coverage_theil within subdistricts",
     "街镇内泰尔指数", coverage_theil_within},
};

const wg_mechanism wg_equity = {
    .name = "equity",
    .label = "均等化",
    .doc = "Coverage met_due / due of each simulated community over the last twelve months, the month just lived "
           "included, and how unequal it is: Gini, and Theil's T = between + within subdistricts, each community "
           "weighted by what was due. NaN before twelve months have been lived (a first month that is cut counts as "
           "one), and where nothing was met. Luck alone makes communities unequal, the more the rarer a service is: "
           "coverage_gini_by_luck is sqrt((1 - p) / (pi p n)) for a coverage p everywhere and n needs due in each "
           "community.",
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .month_end = month_end,
};
