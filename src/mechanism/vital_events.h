// SPDX-License-Identifier: GPL-3.0-or-later
// Births and deaths (出生, 死亡). Formulas, sources and what is assumed: docs/vital-events.md.
#ifndef WG_MECHANISM_VITAL_EVENTS_H
#define WG_MECHANISM_VITAL_EVENTS_H

#include "mechanism/mechanism.h"

#define WG_VITAL_EVENTS_PARAMS(X, T)                                                                                   \
  X(T, REALS, years, "[]", 1900.0, 2200.0, "year", ASSUMED, "基准年份",                                                \
    "Dates (2013.33: the beginning of May 2013) to which the lists below belong, ascending, 1 to 16. Between them "    \
    "rates change linearly from month to month; before the first and after the last they stay.",                       \
    "")                                                                                                                \
  X(T, REALS, life_expectancy_male, "[]", 30.0, 100.0, "year", ASSUMED, "男性预期寿命",                                \
    "Life expectancy at birth, men, one for each date.", "")                                                           \
  X(T, REALS, life_expectancy_female, "[]", 30.0, 100.0, "year", ASSUMED, "女性预期寿命",                              \
    "Life expectancy at birth, women, one for each date.", "")                                                         \
  X(T, REALS, infant_mortality, "[]", 0.0, 0.5, "1", ASSUMED, "婴儿死亡率",                                            \
    "Probability of dying before the first birthday, one for each date.", "")                                          \
  X(T, REAL, mortality_slope_male, "0.095", 0.01, 0.3, "1 / year of age", ASSUMED, "男性死亡率斜率",                   \
    "b in the Gompertz-Makeham hazard m + a exp(b age), men; a is fitted to the life expectancy.",                     \
    "Gompertz (1825); 0.08 to 0.12 in most populations (recalled)")                                                    \
  X(T, REAL, mortality_slope_female, "0.105", 0.01, 0.3, "1 / year of age", ASSUMED, "女性死亡率斜率", "b, women.",    \
    "as above")                                                                                                        \
  X(T, REAL, mortality_makeham_male, "0.0002", 0.0, 0.01, "1 / year", ASSUMED, "男性基础死亡率",                       \
    "m, men: what does not depend on age, such as accidents.", "Makeham (1860); the size is assumed")                  \
  X(T, REAL, mortality_makeham_female, "0.0001", 0.0, 0.01, "1 / year", ASSUMED, "女性基础死亡率", "m, women.",        \
    "as above")                                                                                                        \
  X(T, REAL, mortality_outside, "1.0", 0.2, 2.0, "1", ASSUMED, "外省户籍死亡率倍数",                                   \
    "Factor on the hazards of residents registered outside the city; 1: they die as the others. Plausible from 0.7.",  \
    "who fall ill return home: a direction only (doi 10.3390/ijerph16091596); no healthier than urban residents "      \
    "(doi 10.1186/s12889-015-2074-x)")                                                                                 \
  X(T, REALS, fertility, "[]", 0.0, 0.5, "birth / woman / year", ASSUMED, "年龄别生育率",                              \
    "By the mother's five-year band from 15-19 to 45-49, seven numbers for each date, one date after the other; for "  \
    "women of family households.",                                                                                     \
    "")                                                                                                                \
  X(T, REAL, fertility_partnered, "1.0", 0.0, 10.0, "1", ASSUMED, "有伴侣者生育倍数",                                  \
    "Factor on the fertility of women who live with a partner.", "1: no difference until partnership is modelled")     \
  X(T, REAL, fertility_unpartnered, "1.0", 0.0, 10.0, "1", ASSUMED, "无伴侣者生育倍数",                                \
    "Factor on the fertility of the other women.", "1: no difference until partnership is modelled")                   \
  X(T, REAL, fertility_collective, "0.0", 0.0, 10.0, "1", ASSUMED, "集体户生育倍数",                                   \
    "Further factor on the fertility of women of collective households; 0: they have no births.",                      \
    "dormitories of students and workers")                                                                             \
  X(T, INT, birth_spacing, "10", 0, 36, "month", ASSUMED, "生育间隔",                                                  \
    "Calendar months after that of a birth in which the mother has no other one.",                                     \
    "nine months of pregnancy and one more; plausible from 10 to 15")                                                  \
  X(T, REAL, share_female, "0.485", 0.0, 1.0, "1", ASSUMED, "女婴比", "Share of girls among newborns.",                \
    "a sex ratio at birth of 106, as in most populations (recalled)")

WG_PARAM_STRUCT(wg_vital_events_params, WG_VITAL_EVENTS_PARAMS)
extern const wg_param_group wg_vital_events_group;
extern const wg_mechanism wg_vital_events;

#endif
