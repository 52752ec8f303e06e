// SPDX-License-Identifier: GPL-3.0-or-later
// The books are held against what was counted (核对).
#ifndef WG_MECHANISM_AUDIT_H
#define WG_MECHANISM_AUDIT_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_audit;

#endif
