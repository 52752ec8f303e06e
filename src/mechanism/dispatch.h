// SPDX-License-Identifier: GPL-3.0-or-later
// Filed cases go to desks (任务派遣).
#ifndef WG_MECHANISM_DISPATCH_H
#define WG_MECHANISM_DISPATCH_H

#include "mechanism/mechanism.h"

#define WG_DISPATCH_PARAMS(X, T)                                                                                       \
  X(T, REAL, severity_days, "3.0", 0.0, 1000.0, "day", ASSUMED, "轻重提前",                                            \
    "Days by which each point of severity moves a case forward in a queue ordered by due date.", "no published size")  \
  X(T, REAL, misroute, "0.15", 0.0, 0.9, "1", ASSUMED, "误派概率",                                                     \
    "Probability that a filed case goes to another network's team first, with the three networks (三网) apart.",       \
    "direction: the seed text names misdirected cases; no published size")

WG_PARAM_STRUCT(wg_dispatch_params, WG_DISPATCH_PARAMS)
extern const wg_param_group wg_dispatch_group;
extern const wg_mechanism wg_dispatch;

#endif
