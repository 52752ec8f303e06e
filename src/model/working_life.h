// SPDX-License-Identifier: GPL-3.0-or-later
// Work, its loss, the household and retirement (就业, 失业, 料理家务, 离退休): yearly probabilities by age and sex. The same
// numbers give the cross-section at the start, so that nothing drifts by itself.
#ifndef WG_MODEL_WORKING_LIFE_H
#define WG_MODEL_WORKING_LIFE_H

#include "schema/param.h"

#define WG_WORKING_LIFE_BANDS "by band 15-19 ... 85+"

#define WG_WORKING_LIFE_PARAMS(X, T)                                                                                   \
  X(T, REAL, first_unemployed, "0.15", 0.0, 1.0, "1", ASSUMED, "初次失业比例",                                         \
    "Of those who leave school: look for work at first.", "no published size")                                         \
  X(T, REALS, lose_work, "[]", 0.0, 1.0, "1 / year", ASSUMED, "失业率",                                                \
    "Employed who lose their work, " WG_WORKING_LIFE_BANDS ".", "no published size")                                   \
  X(T, REALS, find_work, "[]", 0.0, 1.0, "1 / year", ASSUMED, "再就业率",                                              \
    "Unemployed who find work, " WG_WORKING_LIFE_BANDS ".", "no published size")                                       \
  X(T, REALS, to_home_male, "[]", 0.0, 1.0, "1 / year", ASSUMED, "男性转家务",                                         \
    "Men in the labour force who turn to the household, " WG_WORKING_LIFE_BANDS "; in family households only.",        \
    "no published size")                                                                                               \
  X(T, REALS, to_home_female, "[]", 0.0, 1.0, "1 / year", SIGN, "女性转家务", "The same, women.",                      \
    "direction: highest at the ages of childbearing; size assumed")                                                    \
  X(T, REALS, from_home_male, "[]", 0.0, 1.0, "1 / year", ASSUMED, "男性重返就业",                                     \
    "Men at home who take up work, " WG_WORKING_LIFE_BANDS ".", "no published size")                                   \
  X(T, REALS, from_home_female, "[]", 0.0, 1.0, "1 / year", ASSUMED, "女性重返就业", "The same, women.",               \
    "no published size")                                                                                               \
  X(T, REALS, become_unable, "[]", 0.0, 1.0, "1 / year", ASSUMED, "丧失工作能力率",                                    \
    "In the labour force or at home: become unable to work, " WG_WORKING_LIFE_BANDS ".", "no published size")          \
  X(T, INT, retire_men, "60", 40, 80, "year", MEASURED, "男性退休年龄", "Statutory age of men.",                       \
    "State Council Document 104 of 1978")                                                                              \
  X(T, INT, retire_women_workers, "50", 40, 80, "year", MEASURED, "女工人退休年龄", "Statutory age of women workers.", \
    "State Council Document 104 of 1978")                                                                              \
  X(T, INT, retire_women_cadres, "55", 40, 80, "year", MEASURED, "女干部退休年龄",                                     \
    "Statutory age of women cadres; not below that of workers.", "State Council Document 104 of 1978")                 \
  X(T, REAL, women_workers, "0.6", 0.0, 1.0, "1", ASSUMED, "女工人比例",                                               \
    "Of women in the labour force at the earlier age: those to whom it applies.", "no published size")                 \
  X(T, REAL, retire_on_time, "0.9", 0.0, 1.0, "1", ASSUMED, "按龄退休比例",                                            \
    "Retire on reaching the statutory age; the others work on.", "no published size")                                  \
  X(T, REAL, stop_working_on, "0.25", 0.0, 1.0, "1 / year", ASSUMED, "延后退休率",                                     \
    "Those who work on (or look for work) and stop.", "no published size")                                             \
  X(T, REAL, pension_share, "0.6", 0.0, 1.0, "1", ASSUMED, "家务人员领取养老金比例",                                   \
    "Of those at home or unable to work at the statutory age (women: the later one): count as retired from then on.",  \
    "no published size")                                                                                               \
  X(T, REALS, early_male, "[]", 0.0, 1.0, "1 / year", ASSUMED, "男性提前退休率",                                       \
    "Men who retire before the statutory age, " WG_WORKING_LIFE_BANDS ".",                                             \
    "early retirement (内退, arduous trades); size set so that the retired are the census's share")                    \
  X(T, REALS, early_female, "[]", 0.0, 1.0, "1 / year", ASSUMED, "女性提前退休率", "The same, women.", "the same")

WG_PARAM_STRUCT(wg_working_life_params, WG_WORKING_LIFE_PARAMS)
extern const wg_param_group wg_working_life_group;

#endif
