// SPDX-License-Identifier: GPL-3.0-or-later
// One person moves to a collective household elsewhere in the district.
#ifndef WG_MODEL_REHOUSE_H
#define WG_MODEL_REHOUSE_H

#include "model/world.h"

// Counted as a move within for that reason when the community is another one. Open needs stay where they arose and go on
// there. A bed must be free. `month` is the one at whose first day ages are counted. Errors: want of memory.
int wg_resident_rehouse(wg_subdistrict *from, uint32_t resident, wg_subdistrict *to, uint32_t grid,
                        wg_move_reason reason, wg_month month, wg_error *error);

#endif
