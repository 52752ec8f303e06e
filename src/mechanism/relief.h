// SPDX-License-Identifier: GPL-3.0-or-later
// What closes for relief of the capital's other functions (疏解非首都功能), and who goes with it.
#ifndef WG_MECHANISM_RELIEF_H
#define WG_MECHANISM_RELIEF_H

#include "mechanism/mechanism.h"

#define WG_RELIEF_PARAMS(X, T)                                                                                         \
  X(T, REAL, follow_cap, "0.02", 0.0, 0.5, "1 / month", SETTING, "随迁概率上限",                                       \
    "The greatest monthly probability of following a closed workplace that policies may make of out_migration.", "")

WG_PARAM_STRUCT(wg_relief_params, WG_RELIEF_PARAMS)
extern const wg_param_group wg_relief_group;
extern const wg_mechanism wg_relief;

#endif
