// SPDX-License-Identifier: GPL-3.0-or-later
// Desks work through their queues (处置).
#ifndef WG_MECHANISM_HANDLING_H
#define WG_MECHANISM_HANDLING_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_handling;

#endif
