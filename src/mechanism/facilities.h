// SPDX-License-Identifier: GPL-3.0-or-later
// Service facilities (服务设施) and who can walk to them (一刻钟社区服务圈).
#ifndef WG_MECHANISM_FACILITIES_H
#define WG_MECHANISM_FACILITIES_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_facilities_mechanism;

#endif
