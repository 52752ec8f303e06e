// SPDX-License-Identifier: GPL-3.0-or-later
// Leaving the parents, the dormitory, or, when old and alone, one's own dwelling (离家, 离舍, 养老).
#ifndef WG_MECHANISM_LEAVING_HOME_H
#define WG_MECHANISM_LEAVING_HOME_H

#include "mechanism/mechanism.h"

#define WG_LEAVING_HOME_PARAMS(X, T)                                                                                   \
  X(T, REALS, leave_parents, "[]", 0.0, 2.0, "1 / year", ASSUMED, "离家率",                                            \
    "Adult children of 18 to 40 who leave their parents' household, with partner and children, by the 19 age bands.",  \
    "")                                                                                                                \
  X(T, REAL, to_room, "0.2", 0.0, 1.0, "1", ASSUMED, "离家住集体户",                                                   \
    "Those of them who go alone and look for a place in a collective household first.", "no published size")           \
  X(T, REALS, leave_room, "[]", 0.0, 2.0, "1 / year", ASSUMED, "离开集体户率",                                         \
    "Residents of collective households, students apart, who move to a dwelling of their own, by age band.", "")       \
  X(T, REAL, care_home, "0.01", 0.0, 1.0, "1 / year", ASSUMED, "入住养老机构",                                         \
    "Persons living alone, of 75 or over or disabled, who move to a home.", "no published size")                       \
  X(T, REAL, care_relatives, "0.02", 0.0, 1.0, "1 / year", ASSUMED, "投亲养老",                                        \
    "The same who move to relatives outside the district.", "no published size")

WG_PARAM_STRUCT(wg_leaving_home_params, WG_LEAVING_HOME_PARAMS)
extern const wg_param_group wg_leaving_home_group;
extern const wg_mechanism wg_leaving_home;

#endif
