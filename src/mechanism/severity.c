// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/severity.h"

#include "model/place_sum.h"

#define WEIGHTED_SUM(world, place, column)                                                                             \
  __extension__({                                                                                                      \
    int64_t sum_ = 0;                                                                                                  \
    WG_FOR_COMMUNITIES(world, place, sub, c)                                                                           \
    for (uint32_t v = 0; v < sub->service_count; v++)                                                                  \
      sum_ += (world)->catalogue.services[v].params->severity *                                                        \
              (int64_t)wg_tallies(sub)[(size_t)c * sub->service_count + v].column;                                     \
    sum_;                                                                                                              \
  })

#define WEIGHTED_OUTPUT(name, column)                                                                                  \
  static void name(const wg_world *world, wg_place place, void *block) {                                               \
    *(int64_t *)block = WEIGHTED_SUM(world, place, column);                                                            \
  }

#define WEIGHTED_RATIO(name, part, whole)                                                                              \
  static void name(const wg_world *world, wg_place place, void *block) {                                               \
    const int64_t wholes = WEIGHTED_SUM(world, place, whole);                                                          \
    *(double *)block = wholes ? (double)WEIGHTED_SUM(world, place, part) / (double)wholes : WG_NAN;                    \
  }

WEIGHTED_OUTPUT(due_weighted, due)
WEIGHTED_OUTPUT(met_due_weighted, met_due)
WEIGHTED_OUTPUT(filed_due_weighted, filed_due)
WEIGHTED_OUTPUT(filed_met_due_weighted, filed_met_due)
WEIGHTED_RATIO(coverage_weighted, met_due, due)
WEIGHTED_RATIO(observed_coverage_weighted, filed_met_due, filed_due)

#define PLAIN                                                                                                          \
  { WG_AXIS_NONE }

static const wg_output outputs[] = {
    {"due_weighted", WG_I64, PLAIN, "severity", "Needs due in the month, weighted with severity", "到期需求（加权）",
     due_weighted},
    {"met_due_weighted", WG_I64, PLAIN, "severity", "Those of them resolved within their limit", "到期已满足（加权）",
     met_due_weighted},
    {"coverage_weighted", WG_F64, PLAIN, "1", "Coverage: met_due_weighted / due_weighted", "覆盖率（加权）",
     coverage_weighted},
    {"filed_due_weighted", WG_I64, PLAIN, "severity", "Filed cases legally due in the month, weighted with severity",
     "到期案件（加权）", filed_due_weighted},
    {"filed_met_due_weighted", WG_I64, PLAIN, "severity", "Those of them closed within the limit", "到期已结案（加权）",
     filed_met_due_weighted},
    {"observed_coverage_weighted", WG_F64, PLAIN, "1",
     "Coverage as officials see it: filed_met_due_weighted / filed_due_weighted", "可见覆盖率（加权）",
     observed_coverage_weighted},
};

const wg_mechanism wg_severity = {
    .name = "severity",
    .label = "轻重加权",
    .doc = "Coverage over all services, each need counting as often as its service's severity says.",
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
};
