// SPDX-License-Identifier: GPL-3.0-or-later
// Which subdistricts keep an event log (流转日志).
#ifndef WG_ENGINE_LOGGED_H
#define WG_ENGINE_LOGGED_H

#include "model/world.h"

// Marks the subdistricts that output.events names; each must be one that is simulated.
int wg_logged_choose(wg_world *world, wg_error *error);

#endif
