// SPDX-License-Identifier: GPL-3.0-or-later
// Moves out of and into the district (迁出, 迁入).
#ifndef WG_MECHANISM_MIGRATION_H
#define WG_MECHANISM_MIGRATION_H

#include "mechanism/mechanism.h"

#define WG_MIGRATION_PARAMS(X, T)                                                                                      \
  X(T, REALS, out_household, "[]", 0.0, 1.0, "1 / year", ASSUMED, "户主迁出率",                                        \
    "Family households that leave together, by the 19 age bands of the head.", "")                                     \
  X(T, REALS, out_member, "[]", 0.0, 1.0, "1 / year", ASSUMED, "成员迁出率",                                           \
    "Other members of family households who leave alone, by age band (none below 16).", "")                            \
  X(T, REALS, out_collective, "[]", 0.0, 1.0, "1 / year", ASSUMED, "集体户迁出率",                                     \
    "Residents of collective households who leave, by age band.", "")                                                  \
  X(T, REAL, in_households, "0.07", 0.0, 2.0, "household / dwelling / year", ASSUMED, "家庭户迁入率",                  \
    "Family households that would come, per dwelling; they stay away where none is vacant.", "")                       \
  X(T, REAL, in_collective, "0.2", 0.0, 2.0, "resident / bed / year", ASSUMED, "集体户迁入率",                         \
    "Residents of collective households who would come, per bed; they stay away where none is free.", "")              \
  X(T, REALS, in_age_head, "[]", 0.0, 1.0, "1", ASSUMED, "迁入户主年龄",                                               \
    "Shares of the age bands among the heads of coming households.", "")                                               \
  X(T, REALS, in_age_collective, "[]", 0.0, 1.0, "1", ASSUMED, "迁入集体户年龄",                                       \
    "The same for collective households.", "")                                                                         \
  X(T, REAL, in_couple, "0.45", 0.0, 1.0, "1", ASSUMED, "夫妻户占比",                                                  \
    "Coming households that are a couple, with or without a child.", "")                                               \
  X(T, REAL, in_child, "0.4", 0.0, 1.0, "1", ASSUMED, "带子女占比", "Coming couples (head 25 to 49) with a child.",    \
    "")                                                                                                                \
  X(T, REAL, in_female, "0.48", 0.0, 1.0, "1", ASSUMED, "迁入女性占比",                                                \
    "Women among heads and residents of collectives.", "")                                                             \
  X(T, REALS, in_registration, "[0.15, 0.1, 0.75]", 0.0, 1.0, "1", ASSUMED, "迁入户籍",                                \
    "Shares of here, elsewhere in the city, outside.", "")

WG_PARAM_STRUCT(wg_migration_params, WG_MIGRATION_PARAMS)
extern const wg_param_group wg_migration_group;
extern const wg_mechanism wg_migration;

#endif
