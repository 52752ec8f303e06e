// SPDX-License-Identifier: GPL-3.0-or-later
// Overdue cases go to a wider desk (升级).
#ifndef WG_MECHANISM_ESCALATION_H
#define WG_MECHANISM_ESCALATION_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_escalation;

#endif
