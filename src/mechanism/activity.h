// SPDX-License-Identifier: GPL-3.0-or-later
// What residents do, year by year (活动状况): school, study at home, work and its loss, the household, retirement.
#ifndef WG_MECHANISM_ACTIVITY_H
#define WG_MECHANISM_ACTIVITY_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_activity_mechanism;

#endif
