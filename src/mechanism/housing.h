// SPDX-License-Identifier: GPL-3.0-or-later
// Moves within the district (区内搬迁), to where dwellings are vacant; dwellings that are built (住房建设).
#ifndef WG_MECHANISM_HOUSING_H
#define WG_MECHANISM_HOUSING_H

#include "mechanism/mechanism.h"

#define WG_HOUSING_PARAMS(X, T)                                                                                        \
  X(T, REALS, move, "[]", 0.0, 1.0, "1 / year", ASSUMED, "区内搬迁率",                                                 \
    "Family households that decide to move within the district, by the 19 age bands of the head.", "")                 \
  X(T, REAL, crowded, "1.5", 1.0, 10.0, "1", ASSUMED, "拥挤户搬迁倍数",                                                \
    "Times the rate for households of more than four members.", "direction: crowding makes people move; size assumed") \
  X(T, REAL, near, "0.5", 0.0, 1.0, "1", ASSUMED, "就近搬迁", "Movers who look within their own subdistrict only.",    \
    "")                                                                                                                \
  X(T, REALS, cost_small, "[1.0, 1.0, 1.0, 1.0, 1.0]", 0.0, 100.0, "1", ASSUMED, "小户房价偏好",                       \
    "Weight of a vacant dwelling of cost class 1 to 5 for households of one or two; all equal: the class does not "    \
    "matter.",                                                                                                         \
    "no published size")                                                                                               \
  X(T, REALS, cost_large, "[1.0, 1.0, 1.0, 1.0, 1.0]", 0.0, 100.0, "1", ASSUMED, "大户房价偏好",                       \
    "The same for households of three or more.", "no published size")                                                  \
  X(T, REALS, cost_young, "[1.0, 1.0, 1.0, 1.0, 1.0]", 0.0, 100.0, "1", ASSUMED, "青年户房价偏好",                     \
    "Multiplies it where the head is younger than 35.", "no published size")                                           \
  X(T, REALS, cost_older, "[1.0, 1.0, 1.0, 1.0, 1.0]", 0.0, 100.0, "1", ASSUMED, "中老年户房价偏好",                   \
    "Multiplies it where the head is 35 or older.", "no published size")                                               \
  X(T, REAL, trust_pull, "0.0", 0.0, 2.0, "1", ASSUMED, "信任吸引",                                                    \
    "How far households prefer places where people trust their grid: weight times 1 + this * (mean trust - "           \
    "trust.baseline_mean).",                                                                                           \
    "no published size")                                                                                               \
  X(T, REALS, construction, "[0.008]", 0.0, 0.1, "1 / year", ASSUMED, "住房建设",                                      \
    "Dwellings completed, as a share of those at the start, in the years of construction_years; linear between them, " \
    "constant before and after.",                                                                                      \
    "no source used: what was built after 2010 is kept for validation")                                                \
  X(T, REALS, construction_years, "[2010.0]", 1900.0, 2200.0, "year", SETTING, "住房建设年份",                         \
    "The years (their beginnings) to which construction belongs, rising.", "")                                         \
  X(T, REAL, construction_rural, "2.0", 0.0, 20.0, "1", ASSUMED, "村镇建设倍数",                                       \
    "How many times as many dwellings are completed per dwelling in villages and towns as elsewhere.",                 \
    "direction: land is left there; size assumed")

WG_PARAM_STRUCT(wg_housing_params, WG_HOUSING_PARAMS)
extern const wg_param_group wg_housing_group;
extern const wg_mechanism wg_housing;

#endif
