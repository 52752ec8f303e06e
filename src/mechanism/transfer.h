// SPDX-License-Identifier: GPL-3.0-or-later
// Cases that a desk could not finish go to the next one (移交).
#ifndef WG_MECHANISM_TRANSFER_H
#define WG_MECHANISM_TRANSFER_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_transfer;

#endif
