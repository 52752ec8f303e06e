// SPDX-License-Identifier: GPL-3.0-or-later
// What the month cost (经费): wages of desks, and policies.
#ifndef WG_MECHANISM_BUDGET_H
#define WG_MECHANISM_BUDGET_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_budget;

#endif
