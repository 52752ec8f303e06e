// SPDX-License-Identifier: GPL-3.0-or-later
// Trust (信任) moves with what residents experience and returns to their own level.
#ifndef WG_MECHANISM_TRUST_H
#define WG_MECHANISM_TRUST_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_trust_mechanism;

#endif
