// SPDX-License-Identifier: GPL-3.0-or-later
// Targets of plans (规划指标): a row of this group is the target of the output variable of the same name, and is written as
// its attributes.
#ifndef WG_MODEL_TARGET_H
#define WG_MODEL_TARGET_H

#include "schema/config.h"

#define WG_TARGET_PARAMS(X, T)                                                                                         \
  X(T, REAL, community_workers_per_10000, "18.0", 0.0, 1000.0, "person / 10000 residents", MEASURED,                   \
    "每万人社区工作者", "Target of the output of that name.",                                                          \
    "a target for urban residents in 2025: provincial plans under a national plan of 2021")                            \
  X(T, REAL, volunteer_share, "0.13", 0.0, 1.0, "1", MEASURED, "志愿者占比", "The same.",                              \
    "a target for registered volunteers in 2020: 13th five-year plan, as told by Southern Weekly (2019-08-22)")        \
  X(T, REAL, service_space_per_100_households, "30.0", 0.0, 100000.0, "m2 / 100 households", MEASURED,                 \
    "每百户服务用房", "The same.", "a target for 2025: provincial plans under a national plan of 2021")                \
  X(T, REAL, residents_per_grid, "1000.0", 1.0, 1000000.0, "resident / grid", SIGN, "网格规模", "The same.",           \
    "about 1,000 in most cases nationally: Pei (prcleader.org); no plan of the district's is known")                   \
  X(T, REAL, grids_staffed, "1.0", 0.0, 1.0, "1", ASSUMED, "网格配员率", "The same.",                                  \
    "an officer for every grid (一人一格)")
WG_PARAM_STRUCT(wg_target_params, WG_TARGET_PARAMS)
extern const wg_param_group wg_target_group;

// The row that is the target of an output, and its value; NULL where there is none.
const wg_param *wg_target_of(const wg_config *config, const char *output, double *value);

#endif
