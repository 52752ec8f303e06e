// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/groups.h"

#include "model/group.h"
#include "model/place_sum.h"

// What residents need in their groups; in urban and rural places, what places need too.
#define GROUP_SUMS(world, place, column, sums)                                                                         \
  do {                                                                                                                 \
    for (uint32_t i = 0; i < WG_GROUP_COUNT; i++)                                                                      \
      (sums)[i] = 0;                                                                                                   \
    WG_FOR_COMMUNITIES(world, place, sub, c) {                                                                         \
      const wg_group_tally *rows = wg_group_tallies(sub) + (size_t)c * WG_GROUP_ROWS;                                  \
      for (uint32_t i = 0; i < WG_GROUP_COHORT; i++)                                                                   \
        (sums)[i] += rows[i].column;                                                                                   \
      for (uint32_t i = 0; i < 2; i++)                                                                                 \
        (sums)[WG_GROUP_OUT_COHORT + i] += rows[WG_GROUP_COHORT + i].column;                                           \
      const uint32_t kind = wg_community_is_rural(wg_communities(sub) + c) ? WG_GROUP_RURAL : WG_GROUP_URBAN;          \
      for (uint32_t v = 0; v < sub->service_count; v++)                                                                \
        (sums)[kind] += wg_tallies(sub)[(size_t)c * sub->service_count + v].column;                                    \
    }                                                                                                                  \
  } while (0)

#define GROUP_OUTPUT(column)                                                                                           \
  static void column(const wg_world *world, wg_place place, void *block) {                                             \
    GROUP_SUMS(world, place, column, (int64_t *)block);                                                                \
  }

#define GROUP_RATIO(name, part, whole)                                                                                 \
  static void name(const wg_world *world, wg_place place, void *block) {                                               \
    int64_t parts[WG_GROUP_COUNT], wholes[WG_GROUP_COUNT];                                                             \
    GROUP_SUMS(world, place, part, parts);                                                                             \
    GROUP_SUMS(world, place, whole, wholes);                                                                           \
    for (uint32_t i = 0; i < WG_GROUP_COUNT; i++)                                                                      \
      ((double *)block)[i] = wholes[i] ? (double)parts[i] / (double)wholes[i] : WG_NAN;                                \
  }

GROUP_OUTPUT(due)
GROUP_OUTPUT(met_due)
GROUP_OUTPUT(filed_due)
GROUP_OUTPUT(filed_met_due)
GROUP_RATIO(coverage, met_due, due)
GROUP_RATIO(observed_coverage, filed_met_due, filed_due)

#define BY_GROUP                                                                                                       \
  { WG_AXIS_GROUP }

static const wg_output outputs[] = {
    {"due_by_group", WG_I32, BY_GROUP, "need", "Needs due in the month, by whose or where", "到期需求（按人群）", due},
    {"met_due_by_group", WG_I32, BY_GROUP, "need", "Those of them resolved within their limit", "到期已满足（按人群）",
     met_due},
    {"coverage_by_group", WG_F64, BY_GROUP, "1", "Coverage: met_due_by_group / due_by_group", "覆盖率（按人群）",
     coverage},
    {"filed_due_by_group", WG_I32, BY_GROUP, "case", "Filed cases legally due in the month, by whose or where",
     "到期案件（按人群）", filed_due},
    {"filed_met_due_by_group", WG_I32, BY_GROUP, "case", "Those of them closed within the limit",
     "到期已结案（按人群）", filed_met_due},
    {"observed_coverage_by_group", WG_F64, BY_GROUP, "1",
     "Coverage as officials see it: filed_met_due_by_group / filed_due_by_group", "可见覆盖率（按人群）",
     observed_coverage},
};

const wg_mechanism wg_groups = {
    .name = "groups",
    .label = "人群",
    .doc =
        "Coverage by age band, registration and whether the resident has been here since run.start, of residents' own "
        "needs, as they were when the need arose; and of all needs, those of places too, in urban and rural "
        "communities.",
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
};
