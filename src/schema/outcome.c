// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/outcome.h"

#include <string.h>

#define ENDED                                                                                                          \
  { "met_on_time", "met_late", "lapsed" }

// clang-format off
const wg_outcome wg_outcomes[] = {
    {.name = "coverage", .label = "覆盖率", .long_name = "coverage", .chinese = "需求覆盖率", .unit = "points",
     .unit_chinese = "个百分点", .decimals = 2, .better = 1, .scale = 100.0, .over = {"met_due"}, .under = {"due"}},
    {.name = "observed_coverage", .label = "可见覆盖率", .long_name = "coverage as officials see it",
     .chinese = "可见覆盖率", .unit = "points", .unit_chinese = "个百分点", .decimals = 2, .better = 1, .scale = 100.0,
     .over = {"filed_met_due"}, .under = {"filed_due"}},
    {.name = "elder_care_coverage", .label = "养老服务覆盖率", .long_name = "coverage of elder care",
     .chinese = "养老服务覆盖率", .unit = "points", .unit_chinese = "个百分点", .decimals = 2, .better = 1, .scale = 100.0,
     .over = {"met_due"}, .under = {"due"}, .service = "elder_care"},
    {.name = "care_coverage", .label = "照护覆盖率", .long_name = "the share of needed person-days of care that are served",
     .chinese = "照护人日覆盖率", .unit = "points", .unit_chinese = "个百分点", .decimals = 2, .better = 1, .scale = 100.0,
     .over = {"care_days_served"}, .under = {"care_days_needed"}},
    {.name = "met_on_time_share", .label = "按期满足占比", .long_name = "the share of needs met on time, of those that ended,",
     .chinese = "了结需求中按期满足的占比", .unit = "points", .unit_chinese = "个百分点", .decimals = 2, .better = 1,
     .scale = 100.0, .over = {"met_on_time"}, .under = ENDED},
    {.name = "lapsed_share", .label = "自行消失占比", .long_name = "the share of needs that lapsed, of those that ended,",
     .chinese = "了结需求中自行消失的占比", .unit = "points", .unit_chinese = "个百分点", .decimals = 2, .better = -1,
     .scale = 100.0, .over = {"lapsed"}, .under = ENDED},
    {.name = "on_time_closing", .label = "按期结案率", .long_name = "the share of cases closed within the legal limit",
     .chinese = "按期结案率", .unit = "points", .unit_chinese = "个百分点", .decimals = 2, .better = 1, .scale = 100.0,
     .over = {"closed_on_legal_time"}, .under = {"closed"}},
    {.name = "response_time_mean", .label = "平均办理时长", .long_name = "mean time from filing to closing",
     .chinese = "平均办理时长", .unit = "days", .unit_chinese = "天", .decimals = 2, .better = -1, .scale = 1.0,
     .over = {"response_time"}, .under = {"response_time"}, .is_delay = true},
    {.name = "response_time_median", .label = "办理时长中位数", .long_name = "median time from filing to closing",
     .chinese = "办理时长中位数", .unit = "days", .unit_chinese = "天", .decimals = 2, .better = -1,
     .form = WG_OUTCOME_MEDIAN, .scale = 1.0, .over = {"response_time"}, .is_delay = true},
    {.name = "access_coverage", .label = "设施可达覆盖率",
     .long_name = "the share of residents who can walk to a facility (mean over its kinds)", .chinese = "设施步行可达覆盖率（各类平均）",
     .unit = "points", .unit_chinese = "个百分点", .decimals = 2, .better = 1, .scale = 100.0, .over = {"access_coverage"},
     .weight = "residents", .along = ""},
    {.name = "coverage_gini", .label = "覆盖率基尼系数",
     .long_name = "inequality of coverage between communities (Gini, mean over services)",
     .chinese = "社区间覆盖率基尼系数（各事项加权平均）", .unit = "points", .unit_chinese = "个百分点", .decimals = 2,
     .better = -1, .form = WG_OUTCOME_END, .scale = 100.0, .over = {"coverage_gini"}, .weight = "due",
     .along = "service"},
    {.name = "satisfaction", .label = "满意度", .long_name = "the share of the satisfied, of those asked about their case,",
     .chinese = "回访满意度", .unit = "points", .unit_chinese = "个百分点", .decimals = 2, .better = 1, .scale = 100.0,
     .over = {"satisfied"}, .under = {"rated"}},
    {.name = "trust", .label = "信任", .long_name = "mean trust of residents", .chinese = "居民平均信任", .unit = "points",
     .unit_chinese = "个百分点", .decimals = 2, .better = 1, .scale = 100.0, .over = {"trust"}, .weight = "residents",
     .along = ""},
    {.name = "disorder", .label = "失序", .long_name = "mean disorder around residents", .chinese = "居民周围平均失序",
     .unit = "points", .unit_chinese = "个百分点", .decimals = 2, .better = -1, .scale = 100.0, .over = {"disorder"},
     .weight = "residents", .along = ""},
    {.name = "needs_arisen", .label = "产生的需求", .long_name = "the number of needs that arose", .chinese = "产生的需求",
     .unit = "needs", .unit_chinese = "件", .form = WG_OUTCOME_SUM, .scale = 1.0, .over = {"needs_arisen"}},
    {.name = "met_on_time", .label = "按期满足", .long_name = "the number of needs met on time", .chinese = "按期满足的需求",
     .unit = "needs", .unit_chinese = "件", .better = 1, .form = WG_OUTCOME_SUM, .scale = 1.0,
     .over = {"met_on_time"}},
    {.name = "lapsed", .label = "自行消失", .long_name = "the number of needs that lapsed", .chinese = "自行消失的需求", .unit = "needs",
     .unit_chinese = "件", .better = -1, .form = WG_OUTCOME_SUM, .scale = 1.0, .over = {"lapsed"}},
    {.name = "open_needs", .label = "未了需求", .long_name = "the number of open needs at the end", .chinese = "期末未了需求",
     .unit = "needs", .unit_chinese = "件", .better = -1, .form = WG_OUTCOME_END, .scale = 1.0, .over = {"open_needs"}},
    {.name = "residents", .label = "常住人口", .long_name = "the number of residents at the end", .chinese = "期末常住人口",
     .unit = "residents", .unit_chinese = "人", .form = WG_OUTCOME_END, .scale = 1.0, .over = {"residents"}},
    {.name = "staff_use", .label = "工时使用率", .long_name = "the share of working time that is used",
     .chinese = "工时使用率", .unit = "points", .unit_chinese = "个百分点", .decimals = 2, .scale = 100.0,
     .over = {"person_minutes_used"}, .under = {"person_minutes_available"}},
    {.name = "cost", .label = "支出", .long_name = "cost", .chinese = "支出", .unit = "yuan", .unit_chinese = "元",
     .better = -1, .form = WG_OUTCOME_SUM, .scale = 0.01, .over = {"cost_fen"}},
    {.name = "cost_per_met", .label = "每件满足支出", .long_name = "cost for each need met on time",
     .chinese = "每件按期满足需求的支出", .unit = "yuan", .unit_chinese = "元", .decimals = 2, .better = -1, .scale = 0.01,
     .over = {"cost_fen"}, .under = {"met_on_time"}},
};
// clang-format on

const size_t wg_outcome_count = sizeof wg_outcomes / sizeof *wg_outcomes;

const wg_outcome *wg_outcome_find(const char *name) {
  for (size_t i = 0; i < wg_outcome_count; i++)
    if (strcmp(wg_outcomes[i].name, name) == 0)
      return wg_outcomes + i;
  return NULL;
}

bool wg_outcome_is_share(const wg_outcome *outcome) {
  return strcmp(outcome->unit, "points") == 0;
}
