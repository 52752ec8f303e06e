// SPDX-License-Identifier: GPL-3.0-or-later
// Party membership (党员) and volunteering (志愿者): who joins and who leaves, in a year.
#ifndef WG_MODEL_CIVIC_H
#define WG_MODEL_CIVIC_H

#include "model/resident.h"
#include "schema/param.h"

enum { WG_PARTY_AGE = 18 }; // 党章 art. 1

#define WG_CIVIC_PARAMS(X, T)                                                                                          \
  X(T, REALS, join_party, "[]", 0.0, 1.0, "1 / year", ASSUMED, "入党率",                                               \
    "Men with college or university, or studying there, who join, by band 15-19 ... 85+ (none below 18). "             \
    "Nobody leaves.",                                                                                                  \
    "set to somewhat more than the city's about 0.11 members per adult, recalled, unverified")                         \
  X(T, REAL, party_women, "0.7", 0.0, 10.0, "1", SIGN, "女性入党倾向", "Factor for women.",                            \
    "direction: fewer women are members; size assumed")                                                                \
  X(T, REAL, party_less_school, "0.25", 0.0, 10.0, "1", SIGN, "低学历入党倾向", "Factor for less schooling.",          \
    "direction: members have more years of school; size assumed")                                                      \
  X(T, INT, volunteer_first, "14", 0, 110, "year", ASSUMED, "志愿者最低年龄", "Youngest age of a volunteer.",          \
    "no published size")                                                                                               \
  X(T, INT, volunteer_last, "79", 0, 110, "year", ASSUMED, "志愿者最高年龄",                                           \
    "Oldest age at which one joins; nobody stays beyond.", "no published size")                                        \
  X(T, REAL, volunteer_join, "0.012", 0.0, 1.0, "1 / year", ASSUMED, "志愿者加入率",                                   \
    "Residents who become volunteers, at the mean level of trust.", "no published size")                               \
  X(T, REAL, volunteer_leave, "0.25", 0.0, 1.0, "1 / year", ASSUMED, "志愿者退出率", "Volunteers who stop.",           \
    "no published size")                                                                                               \
  X(T, REAL, volunteer_trust, "1.0", 0.0, 4.0, "1", SIGN, "信任与志愿服务",                                            \
    "How far joining follows trust: times 1 + this * (trust - trust.baseline_mean), not below 0.",                     \
    "direction assumed by the design; no published size")                                                              \
  X(T, REAL, volunteer_party, "3.0", 0.0, 20.0, "1", SIGN, "党员志愿倾向", "Factor for party members.",                \
    "direction: members are called upon; size assumed")                                                                \
  X(T, REAL, volunteer_student, "3.0", 0.0, 20.0, "1", SIGN, "学生志愿倾向", "Factor for students.",                   \
    "direction: universities organise volunteering; size assumed")

WG_PARAM_STRUCT(wg_civic_params, WG_CIVIC_PARAMS)
extern const wg_param_group wg_civic_group;

// Probability that somebody of these traits who is no volunteer becomes one in a year, at the age in years; `distance` is
// trust less the mean level, in -1 to 1. At most 1.
double wg_volunteer_join(const wg_civic_params *params, uint32_t years, uint32_t traits, double distance);

// The share of volunteers to which joining and leaving lead among people of these traits when they have long been old
// enough.
double wg_volunteer_share(const wg_civic_params *params, uint32_t years, uint32_t traits, double distance);

#endif
