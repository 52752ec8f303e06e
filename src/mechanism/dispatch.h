// SPDX-License-Identifier: GPL-3.0-or-later
// Filed cases go to desks (任务派遣).
#ifndef WG_MECHANISM_DISPATCH_H
#define WG_MECHANISM_DISPATCH_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_dispatch;

#endif
