// SPDX-License-Identifier: GPL-3.0-or-later
// Party members (党员) and volunteers (志愿者).
#ifndef WG_MECHANISM_CIVIC_H
#define WG_MECHANISM_CIVIC_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_civic_mechanism;

#endif
