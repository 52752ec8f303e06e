// SPDX-License-Identifier: GPL-3.0-or-later
// Need of care (照护需要): onset and recovery with age.
#ifndef WG_MECHANISM_CARE_H
#define WG_MECHANISM_CARE_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_care_mechanism;

#endif
