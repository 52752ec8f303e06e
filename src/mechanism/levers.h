// SPDX-License-Identifier: GPL-3.0-or-later
// What policies made of the levers (杠杆), as output on demand.
#ifndef WG_MECHANISM_LEVERS_H
#define WG_MECHANISM_LEVERS_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_levers_mechanism;

#endif
