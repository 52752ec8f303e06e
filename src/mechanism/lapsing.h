// SPDX-License-Identifier: GPL-3.0-or-later
// Needs and cases that end of their own (自行消失).
#ifndef WG_MECHANISM_LAPSING_H
#define WG_MECHANISM_LAPSING_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_lapsing;

#endif
