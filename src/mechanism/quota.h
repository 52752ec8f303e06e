// SPDX-License-Identifier: GPL-3.0-or-later
// What the district's departments (区级部门) do for each subdistrict in the coming month.
#ifndef WG_MECHANISM_QUOTA_H
#define WG_MECHANISM_QUOTA_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_quota;

#endif
