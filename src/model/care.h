// SPDX-License-Identifier: GPL-3.0-or-later
// Need of care (照护需要) by age: yearly onset and recovery. The profile by age that they imply for somebody born in health is
// also that of the start.
#ifndef WG_MODEL_CARE_H
#define WG_MODEL_CARE_H

#include "schema/param.h"

#define WG_CARE_PARAMS(X, T)                                                                                           \
  X(T, REALS, fall_ill, "[]", 0.0, 1.0, "1 / year", SIGN, "慢性病发生率",                                              \
    "From no need to chronic illness, by the 19 age bands of the age reached.",                                        \
    "direction: rises with age; size assumed")                                                                         \
  X(T, REALS, recover, "[]", 0.0, 1.0, "1 / year", ASSUMED, "慢性病缓解率", "From chronic illness to no need.",        \
    "no published size")                                                                                               \
  X(T, REALS, disable, "[]", 0.0, 1.0, "1 / year", SIGN, "失能发生率", "From chronic illness to disability.",          \
    "direction: rises with age; size set to about 6 % of those of 60 and over")                                        \
  X(T, REALS, improve, "[]", 0.0, 1.0, "1 / year", ASSUMED, "失能恢复率", "From disability to chronic illness.",       \
    "no published size")

WG_PARAM_STRUCT(wg_care_params, WG_CARE_PARAMS)
extern const wg_param_group wg_care_group;

#endif
