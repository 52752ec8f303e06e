// SPDX-License-Identifier: GPL-3.0-or-later
// The facilities (服务设施) that the district has at the start.
#ifndef WG_SYNTHESIS_FACILITIES_H
#define WG_SYNTHESIS_FACILITIES_H

#include "model/world.h"
#include "synthesis/geography.h"

// Draws the facilities of all communities: those of the simulated subdistricts become rows, of the others only what they offer
// to their neighbours is kept. `chosen` tells which subdistricts are simulated; their grids must be there.
int wg_world_equip(wg_world *world, const wg_geography *geography, const bool *chosen, wg_error *error);

#endif
