// SPDX-License-Identifier: GPL-3.0-or-later
// Moves within the district (区内搬迁) of a household or of some of its members. Movers get new rows; their old ones are listed
// in `departed`. Open needs stay where they arose and go on there without them. A couple that moves together stays one; who
// moves without the partner has none. A move inside one community is not counted. Only where subdistricts are exchanged: room
// is made here.
#ifndef WG_MODEL_RELOCATION_H
#define WG_MODEL_RELOCATION_H

#include "model/departure.h"
#include "model/kin.h"

// Those going, members of one household of `from`, join `household` of `to` (another one) in the order given: in an empty one
// the first becomes head. Minors whom they would leave without anybody of WG_AGE_ALONE follow. `rows`, if not NULL, receives
// the new row of each one going. Ages are counted at the first of `month`. Returns 0 or WG_FAIL_RUN with `error` filled and
// nothing changed.
int wg_members_relocate(wg_subdistrict *from, const wg_going *going, wg_subdistrict *to, uint32_t household,
                        wg_move_reason reason, wg_month month, uint32_t *rows, wg_error *error);

// The same for those who found a household of that identity in a grid of `to`.
int wg_members_settle(wg_subdistrict *from, const wg_going *going, wg_subdistrict *to, uint32_t grid, uint64_t identity,
                      wg_household_kind kind, wg_move_reason reason, wg_month month, uint32_t *rows, wg_error *error);

// The whole family household moves to a grid of `to`; identity and head stay.
int wg_household_relocate(wg_subdistrict *from, uint32_t household, wg_subdistrict *to, uint32_t grid,
                          wg_move_reason reason, wg_month month, wg_error *error);

// The whole household leaves the simulated district at a month's end: counted as moved out, but open needs stay, as those of
// all who move at a month's end do (wg_household_move_out withdraws them, which is for days only).
int wg_household_go_outside(wg_subdistrict *from, uint32_t household, wg_move_reason reason, wg_month month,
                            wg_error *error);

// The same for one member; minors whom that would leave without anybody of WG_AGE_ALONE go along.
int wg_resident_go_outside(wg_subdistrict *from, uint32_t resident, wg_move_reason reason, wg_month month,
                           wg_error *error);

// Room for `more` residents and, beside them, one household in `to`, and as many departed in `from`.
int wg_relocation_reserve(wg_subdistrict *from, wg_subdistrict *to, uint32_t more, wg_error *error);

#endif
