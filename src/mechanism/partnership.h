// SPDX-License-Identifier: GPL-3.0-or-later
// Couples form and part (形成伴侣, 分手), married or not, and the households that this founds, merges and splits.
#ifndef WG_MECHANISM_PARTNERSHIP_H
#define WG_MECHANISM_PARTNERSHIP_H

#include "mechanism/mechanism.h"

#define WG_PARTNERSHIP_PARAMS(X, T)                                                                                    \
  X(T, REALS, seek_men, "[]", 0.0, 2.0, "1 / year", ASSUMED, "男性择偶率",                                             \
    "Men without a partner who begin to look for one, by the 19 age bands.", "")                                       \
  X(T, REALS, seek_women, "[]", 0.0, 2.0, "1 / year", ASSUMED, "女性择偶率", "The same for women.", "")                \
  X(T, REAL, seek_collective, "0.3", 0.0, 1.0, "1", ASSUMED, "集体户择偶倍数",                                         \
    "Times these rates for residents of collective households.", "no published size")                                  \
  X(T, REAL, husband_older, "2.0", -10.0, 10.0, "year", ASSUMED, "夫妻年龄差",                                         \
    "By how much a man should be older than the woman whom he would suit best.", "as in the synthesis")                \
  X(T, REAL, most_apart, "6.0", 0.0, 50.0, "year", ASSUMED, "年龄差容忍",                                              \
    "How far from that a couple's difference of age may lie.", "no published size")                                    \
  X(T, REAL, partner_from_outside, "0.2", 0.0, 1.0, "1", ASSUMED, "区外伴侣",                                          \
    "Seekers who found nobody in the district and whose partner comes from outside.", "no published size")             \
  X(T, REALS, outside_registration, "[0.2, 0.2, 0.6]", 0.0, 1.0, "1", ASSUMED, "区外伴侣户籍",                         \
    "Shares of here, elsewhere in the city, outside among them.", "no published size")                                 \
  X(T, REAL, separation, "0.01", 0.0, 1.0, "1 / year", ASSUMED, "分手率",                                              \
    "Couples of whom one is the head of the household and who part.",                                                  \
    "about 3 divorces per 1,000 residents a year in Beijing (recalled, unverified)")

WG_PARAM_STRUCT(wg_partnership_params, WG_PARTNERSHIP_PARAMS)
extern const wg_param_group wg_partnership_group;
extern const wg_mechanism wg_partnership;

#endif
