// SPDX-License-Identifier: GPL-3.0-or-later
// Desks work through their queues (处置).
#ifndef WG_MECHANISM_HANDLING_H
#define WG_MECHANISM_HANDLING_H

#include "mechanism/mechanism.h"

#define WG_HANDLING_PARAMS(X, T)                                                                                       \
  X(T, REAL, transfer_days, "1.0", 0.0, 60.0, "day", ASSUMED, "移交天数",                                              \
    "Days that a hand-off between owners (条, 块) or networks takes; fractions by draw.",                              \
    "no published size; a day is the least that the step can show")

WG_PARAM_STRUCT(wg_handling_params, WG_HANDLING_PARAMS)
extern const wg_param_group wg_handling_group;
extern const wg_mechanism wg_handling;

#endif
