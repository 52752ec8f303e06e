// SPDX-License-Identifier: GPL-3.0-or-later
// How evenly the coverage of services is spread over communities (均等化).
#ifndef WG_MECHANISM_EQUITY_H
#define WG_MECHANISM_EQUITY_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_equity;

#endif
