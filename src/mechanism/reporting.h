// SPDX-License-Identifier: GPL-3.0-or-later
// Self-reports (自报) by channel, and duplicates (重复上报): the accounts of model/reporting.h.
#ifndef WG_MECHANISM_REPORTING_H
#define WG_MECHANISM_REPORTING_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_reporting_mechanism;

#endif
