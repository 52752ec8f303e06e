// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of registration to here (户口迁入) of people who live here already.
#ifndef WG_MECHANISM_REGISTRATION_H
#define WG_MECHANISM_REGISTRATION_H

#include "mechanism/mechanism.h"

#define WG_REGISTRATION_PARAMS(X, T)                                                                                   \
  X(T, INT, graduate_first, "21", 16, 110, "year", ASSUMED, "应届毕业生最低年龄",                                      \
    "Youngest age at which a graduate is kept (应届毕业生留京).", "no published size")                                 \
  X(T, INT, graduate_last, "27", 16, 110, "year", ASSUMED, "应届毕业生最高年龄", "Oldest such age.",                   \
    "no published size")                                                                                               \
  X(T, REAL, graduate, "0.03", 0.0, 1.0, "1 / year", ASSUMED, "留京落户率",                                            \
    "Employed of these ages with a university education, registered outside the city.", "no published size")           \
  X(T, REAL, talent_university, "0.004", 0.0, 1.0, "1 / year", SIGN, "本科人才引进率",                                 \
    "Employed with a university education, registered outside (引进).",                                                \
    "direction: the rule asks for education; size assumed")                                                            \
  X(T, REAL, talent_college, "0.001", 0.0, 1.0, "1 / year", SIGN, "大专人才引进率", "The same with college.",          \
    "direction as above; size assumed")                                                                                \
  X(T, REALS, points_years, "[]", 1971.0, 2140.0, "year", SIGN, "积分落户年份",                                        \
    "Calendar years from which each of points_rates holds, ascending; before the first there is none.",                \
    "Beijing's points system began in 2018; recalled, unverified")                                                     \
  X(T, REALS, points_rates, "[]", 0.0, 1.0, "1 / year", ASSUMED, "积分落户率",                                         \
    "Employed of 25 to 59, registered outside, who are registered here by points (积分落户).",                         \
    "about 6,000 a year in the city, recalled, unverified")                                                            \
  X(T, INT, spouse_age, "45", 16, 110, "year", ASSUMED, "夫妻投靠年龄",                                                \
    "Age from which the spouse of a local is registered here (夫妻投靠), if outside the city before.",                 \
    "the city's rule, recalled, unverified")                                                                           \
  X(T, REAL, spouse, "0.15", 0.0, 1.0, "1 / year", ASSUMED, "夫妻投靠率", "Such spouses, from that age on.",           \
    "no published size")                                                                                               \
  X(T, REAL, spouse_in_city, "0.1", 0.0, 1.0, "1 / year", ASSUMED, "市内夫妻投靠率",                                   \
    "Spouses of locals registered elsewhere in the city, at any age.", "no published size")                            \
  X(T, REAL, own_dwelling, "0.03", 0.0, 1.0, "1 / year", ASSUMED, "市内户口迁移率",                                    \
    "Heads of family households registered elsewhere in the city who move their registration to where they live.",     \
    "no published size")                                                                                               \
  X(T, REAL, follow, "0.3", 0.0, 1.0, "1 / year", ASSUMED, "子女随迁率",                                               \
    "Minors below 18 not registered here in the household of a head who is, for some time already.",                   \
    "no published size")

WG_PARAM_STRUCT(wg_registration_params, WG_REGISTRATION_PARAMS)
extern const wg_param_group wg_registration_group;
extern const wg_mechanism wg_registration_mechanism;

#endif
