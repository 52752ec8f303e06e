// SPDX-License-Identifier: GPL-3.0-or-later
// What is left of a working day's hours (工时) of a desk's filled posts after each loss.
#ifndef WG_MODEL_HOURS_H
#define WG_MODEL_HOURS_H

#include "model/desk.h"

// Minutes of a working day left after each loss and all before it, in the order of wg_loss: leave and training as configured,
// `office` and `duty` as shares of what is left then, travel for officers who share grids (一人多格). Not rounded.
void wg_desk_hours(const wg_desk *desk, const wg_desk_kind_params *p, double office, double duty,
                   double after[WG_LOSS_COUNT]);

#endif
