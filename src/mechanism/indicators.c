// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/indicators.h"

#include "model/indicator.h"
#include "model/target.h"

#define INDICATOR(name, indicator)                                                                                     \
  static void name(const wg_world *world, wg_place place, void *block) {                                               \
    *(double *)block = wg_indicator_of(world, place, indicator);                                                       \
  }
INDICATOR(workers, WG_INDICATOR_WORKERS)
INDICATOR(volunteers, WG_INDICATOR_VOLUNTEERS)
INDICATOR(space, WG_INDICATOR_SPACE)
INDICATOR(grid_size, WG_INDICATOR_GRID_SIZE)
INDICATOR(staffed, WG_INDICATOR_STAFFED)

static const wg_output outputs[] = {
    {"community_workers_per_10000",
     WG_F64,
     {WG_AXIS_NONE},
     "person / 10000 residents",
     "Staff of committees, stations and social workers per 10,000 residents",
     "每万人社区工作者",
     workers},
    {"volunteer_share", WG_F64, {WG_AXIS_NONE}, "1", "Volunteers by residents", "志愿者占比", volunteers},
    {"service_space_per_100_households",
     WG_F64,
     {WG_AXIS_NONE},
     "m2 / 100 households",
     "Floor space of community service facilities per 100 family households",
     "每百户服务用房面积",
     space},
    {"residents_per_grid", WG_F64, {WG_AXIS_NONE}, "resident / grid", "Residents per grid", "网格平均人口", grid_size},
    {"grids_staffed",
     WG_F64,
     {WG_AXIS_NONE},
     "1",
     "Share of grids with an officer, or a part of one",
     "网格配员率",
     staffed},
};

static const wg_param_group *const groups[] = {&wg_target_group};

const wg_mechanism wg_indicators = {
    .name = "indicators",
    .label = "规划指标",
    .doc =
        "What plans set targets for, as it stands at the month's end. A row of `targets` is the target of the variable "
        "of its name and is written as its attributes `target`, `target_source` and `target_evidence`; nothing in the "
        "model aims at it.",
    .groups = groups,
    .group_count = sizeof groups / sizeof *groups,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
};
