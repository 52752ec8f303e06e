// SPDX-License-Identifier: GPL-3.0-or-later
// Births and deaths (出生, 死亡).
#ifndef WG_MECHANISM_VITAL_EVENTS_H
#define WG_MECHANISM_VITAL_EVENTS_H

#include "mechanism/mechanism.h"

#define WG_VITAL_EVENTS_PARAMS(X, T)                                                                                   \
  X(T, REALS, fertility, "[]", 0.0, 0.5, "birth / woman / year", ASSUMED, "年龄别生育率",                              \
    "By the mother's five-year band from 15-19 to 45-49 (seven numbers); women of collective households have none.",   \
    "")                                                                                                                \
  X(T, REAL, share_female, "0.485", 0.0, 1.0, "1", ASSUMED, "女婴比", "Share of girls among newborns.",                \
    "sex ratio at birth of about 106")                                                                                 \
  X(T, REAL, mortality_scale_male, "0.00004", 0.0, 0.1, "1 / year", ASSUMED, "男性死亡率系数",                         \
    "a in the Gompertz hazard a * exp(b * age), men.", "Gompertz (1825); fitted to a life expectancy")                 \
  X(T, REAL, mortality_slope_male, "0.095", 0.0, 0.3, "1 / year", ASSUMED, "男性死亡率斜率", "b, men.", "")            \
  X(T, REAL, mortality_scale_female, "0.00002", 0.0, 0.1, "1 / year", ASSUMED, "女性死亡率系数", "a, women.", "")      \
  X(T, REAL, mortality_slope_female, "0.1", 0.0, 0.3, "1 / year", ASSUMED, "女性死亡率斜率", "b, women.", "")          \
  X(T, REAL, infant_mortality, "0.003", 0.0, 0.5, "1", ASSUMED, "婴儿死亡率",                                          \
    "Probability to die before the first birthday.", "")

WG_PARAM_STRUCT(wg_vital_events_params, WG_VITAL_EVENTS_PARAMS)
extern const wg_param_group wg_vital_events_group;
extern const wg_mechanism wg_vital_events;

#endif
