// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef WG_MECHANISM_CARE_ACCOUNT_H
#define WG_MECHANISM_CARE_ACCOUNT_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_care_account;

#endif
