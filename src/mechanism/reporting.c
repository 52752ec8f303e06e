// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/reporting.h"

#include "model/reporting.h"
#include "model/tally_output.h"

static void month_start(wg_context *context) {
  const wg_subdistrict *s = context->s;
  for (uint32_t c = 0; c < wg_communities_count(s); c++) {
    wg_community *k = wg_communities(s) + c;
    k->reported_counter = k->reported_hotline = k->reported_online = 0;
  }
}

static void by_channel(const wg_world *world, wg_place place, void *block) {
  int64_t *sums = block;
  sums[WG_CHANNEL_COUNTER] = WG_SUM_COMMUNITIES(world, place, reported_counter);
  sums[WG_CHANNEL_HOTLINE] = WG_SUM_COMMUNITIES(world, place, reported_hotline);
  sums[WG_CHANNEL_ONLINE] = WG_SUM_COMMUNITIES(world, place, reported_online);
}

WG_TALLY_OUTPUT(duplicates)

static void reports(const wg_world *world, wg_place place, void *block) {
  int64_t *sums = block;
  for (uint32_t v = 0; v < world->catalogue.service_count; v++)
    sums[v] = 0;
  WG_FOR_COMMUNITIES(world, place, s, c)
  for (uint32_t v = 0; v < s->service_count; v++) {
    const wg_tally *t = wg_tallies(s) + (size_t)c * s->service_count + v;
    sums[v] += (int64_t)t->reported + t->duplicates;
  }
}

static const wg_output outputs[] = {
    {"reported_by_channel",
     WG_I32,
     {WG_AXIS_CHANNEL},
     "case",
     "Cases filed because somebody reported them, by channel",
     "分渠道自报",
     by_channel},
    {"reports", WG_I32, {WG_AXIS_SERVICE}, "report", "Self-reports, first and further ones", "上报", reports},
    {"duplicates",
     WG_I32,
     {WG_AXIS_SERVICE},
     "report",
     "Further reports of cases that are filed already",
     "重复上报",
     duplicates},
};

static const wg_param_group *const groups[] = {&wg_reporting_group};

const wg_mechanism wg_reporting_mechanism = {
    .name = "reporting",
    .label = "自报",
    .doc = "Residents report at the counter (窗口), by the hotline (热线) or on the net (网络), by age and education: "
           "the chance is services.*.self_report x what trust makes of it x the resident's use of all channels / its "
           "mean among those who have such needs at run.start. For places somebody reports who passes. The counter is "
           "closed on days of rest: what would be reported there waits for the next working day. While the filed case "
           "of a place is open further people report it (重复上报), reports_per_day of them in the mean; one nuisance "
           "stays one case. Reports cost nobody's hours.",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .month_start = month_start,
};
