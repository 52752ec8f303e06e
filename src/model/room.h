// SPDX-License-Identifier: GPL-3.0-or-later
// Rooms (宿舍): collective households that newcomers share. Every grid keeps a list of its rooms for each sex that may have
// a place: those that somebody has left, and the one founded last. What was listed last is filled first, so that row order
// never shows. A room leaves the list when it comes up there and is full, or has dissolved: until then its row is not free.
#ifndef WG_MODEL_ROOM_H
#define WG_MODEL_ROOM_H

#include "model/subdistrict.h"

// The row of a listed collective household of that sex (0 men, 1 women) in the grid with fewer than `most` members, or else
// of a new one with that identity. The caller lets one resident join it at once. A household's row must have been reserved.
uint32_t wg_room_take(wg_subdistrict *s, uint32_t grid, uint32_t sex, uint32_t most, uint64_t identity);

// Puts a collective household whose members are of that sex on its grid's list, if it is not there.
void wg_room_list(wg_subdistrict *s, uint32_t household, uint32_t sex);

#endif
