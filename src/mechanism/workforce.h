// SPDX-License-Identifier: GPL-3.0-or-later
// The day's hours of desks (工时): how much goes to handling and how much to looking.
#ifndef WG_MECHANISM_WORKFORCE_H
#define WG_MECHANISM_WORKFORCE_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_workforce;

#endif
