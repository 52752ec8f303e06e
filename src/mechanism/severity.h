// SPDX-License-Identifier: GPL-3.0-or-later
// Coverage of all services together, each need weighted with its severity (轻重).
#ifndef WG_MECHANISM_SEVERITY_H
#define WG_MECHANISM_SEVERITY_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_severity;

#endif
