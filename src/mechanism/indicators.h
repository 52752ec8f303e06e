// SPDX-License-Identifier: GPL-3.0-or-later
// Indicators of plans (规划指标), as officials count them, and their targets.
#ifndef WG_MECHANISM_INDICATORS_H
#define WG_MECHANISM_INDICATORS_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_indicators;

#endif
