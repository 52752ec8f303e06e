// SPDX-License-Identifier: GPL-3.0-or-later
// Who lives here: the population as output.
#ifndef WG_MECHANISM_CENSUS_H
#define WG_MECHANISM_CENSUS_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_census;

#endif
