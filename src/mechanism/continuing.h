// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef WG_MECHANISM_CONTINUING_H
#define WG_MECHANISM_CONTINUING_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_continuing;

#endif
