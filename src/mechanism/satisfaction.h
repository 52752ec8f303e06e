// SPDX-License-Identifier: GPL-3.0-or-later
// Satisfaction (满意度): what residents say when they are asked about their cases (回访).
#ifndef WG_MECHANISM_SATISFACTION_H
#define WG_MECHANISM_SATISFACTION_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_satisfaction;

#endif
