// SPDX-License-Identifier: GPL-3.0-or-later
// Moves within the district (区内搬迁), to where dwellings are vacant.
#ifndef WG_MECHANISM_HOUSING_H
#define WG_MECHANISM_HOUSING_H

#include "mechanism/mechanism.h"

#define WG_HOUSING_PARAMS(X, T)                                                                                        \
  X(T, REALS, move, "[]", 0.0, 1.0, "1 / year", ASSUMED, "区内搬迁率",                                                 \
    "Family households that move within the district, by the 19 age bands of the head.", "")                           \
  X(T, REAL, near, "0.5", 0.0, 1.0, "1", ASSUMED, "就近搬迁", "Movers who look within their own subdistrict only.", "")

WG_PARAM_STRUCT(wg_housing_params, WG_HOUSING_PARAMS)
extern const wg_param_group wg_housing_group;
extern const wg_mechanism wg_housing;

#endif
