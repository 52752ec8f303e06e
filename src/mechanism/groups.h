// SPDX-License-Identifier: GPL-3.0-or-later
// For whom (为谁): coverage by groups of residents and kinds of places.
#ifndef WG_MECHANISM_GROUPS_H
#define WG_MECHANISM_GROUPS_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_groups;

#endif
