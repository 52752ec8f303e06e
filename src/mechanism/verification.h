// SPDX-License-Identifier: GPL-3.0-or-later
// Handled cases are verified by another desk (核查), closed or returned (返工).
#ifndef WG_MECHANISM_VERIFICATION_H
#define WG_MECHANISM_VERIFICATION_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_verification;

#endif
