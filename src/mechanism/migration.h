// SPDX-License-Identifier: GPL-3.0-or-later
// Moves out of and into the district for work, family, return and retirement (务工经商, 随迁, 返乡, 退休). Students have a
// mechanism of their own.
#ifndef WG_MECHANISM_MIGRATION_H
#define WG_MECHANISM_MIGRATION_H

#include "mechanism/mechanism.h"

#define WG_MIGRATION_PARAMS(X, T)                                                                                      \
  X(T, REALS, years, "[2010.83]", 1900.0, 2200.0, "year", SETTING, "基准年",                                           \
    "Calendar years for which in_collective and in_age_head are given; straight lines between them.", "")              \
  X(T, REALS, out_household, "[]", 0.0, 1.0, "1 / year", ASSUMED, "户主迁出率",                                        \
    "Family households registered here that leave together, by the 19 age bands of the head.", "")                     \
  X(T, REAL, out_outside, "2.0", 0.0, 10.0, "1", SIGN, "外来户迁出倍数",                                               \
    "How many times likelier households registered outside the city leave.",                                           \
    "direction: migrants stay for years, not for life; size assumed")                                                  \
  X(T, REAL, out_elsewhere, "1.0", 0.0, 10.0, "1", ASSUMED, "本市外区户迁出倍数",                                      \
    "The same for households registered elsewhere in the city.", "no published size")                                  \
  X(T, REALS, out_member, "[]", 0.0, 1.0, "1 / year", ASSUMED, "成员迁出率",                                           \
    "Other members of family households, without a partner there, who leave alone, by age band (none below 16).", "")  \
  X(T, REALS, out_collective, "[]", 0.0, 1.0, "1 / year", ASSUMED, "集体户迁出率",                                     \
    "Residents of collective households other than students who leave, by age band.", "")                              \
  X(T, REAL, in_households, "0.07", 0.0, 2.0, "household / dwelling / year", ASSUMED, "家庭户迁入率",                  \
    "Family households that would come, per dwelling; they stay away where none is vacant.", "")                       \
  X(T, REALS, in_age_head, "[]", 0.0, 1.0, "1", ASSUMED, "迁入户主年龄",                                               \
    "Shares of the 19 age bands among the heads of coming households, for each of the years.", "")                     \
  X(T, REALS, in_collective, "[]", 0.0, 2.0, "resident / bed / year", ASSUMED, "集体户迁入率",                         \
    "Workers of the 19 age bands who would come into collective households, per bed outside campuses, for each of "    \
    "the years; they stay away where no bed is free.",                                                                 \
    "")                                                                                                                \
  X(T, REAL, in_couple, "0.45", 0.0, 1.0, "1", ASSUMED, "夫妻户占比",                                                  \
    "Coming households that are a couple, with or without a child.", "")                                               \
  X(T, REAL, in_child, "0.4", 0.0, 1.0, "1", ASSUMED, "带子女占比", "Coming couples (head 25 to 49) with a child.",    \
    "")                                                                                                                \
  X(T, REAL, in_female, "0.48", 0.0, 1.0, "1", ASSUMED, "迁入女性占比",                                                \
    "Women among heads and residents of collectives.", "")                                                             \
  X(T, REALS, in_registration, "[0.15, 0.1, 0.75]", 0.0, 1.0, "1", ASSUMED, "迁入户户籍",                              \
    "Shares of here, elsewhere in the city, outside, among coming households.", "")                                    \
  X(T, REALS, in_registration_collective, "[0.15, 0.05, 0.8]", 0.0, 1.0, "1", ASSUMED, "迁入工人户籍",                 \
    "The same among workers who come into collective households.", "")                                                 \
  X(T, REAL, parent_follows, "0.05", 0.0, 1.0, "1 / year", ASSUMED, "老人随迁率",                                      \
    "Households with a child below four and nobody of 50 or over to which a parent of the couple comes.", "")          \
  X(T, REAL, child_follows, "0.05", 0.0, 1.0, "1 / year", ASSUMED, "子女随迁率",                                       \
    "Couples registered elsewhere, the head 28 to 44, without a child at home to which one follows.", "")

WG_PARAM_STRUCT(wg_migration_params, WG_MIGRATION_PARAMS)
extern const wg_param_group wg_migration_group;
extern const wg_mechanism wg_migration;

#endif
