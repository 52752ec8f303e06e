// SPDX-License-Identifier: GPL-3.0-or-later
// Desks for every place, as the configuration's desk kinds say, and the people in their posts.
#ifndef WG_SYNTHESIS_STAFFING_H
#define WG_SYNTHESIS_STAFFING_H

#include "model/world.h"

// Places the desks of all kinds in all subdistricts, by the residents who live there now.
int wg_world_staff(wg_world *world, wg_error *error);

#endif
