// SPDX-License-Identifier: GPL-3.0-or-later
// Who is enrolled in continuing services at run.start.
#ifndef WG_SYNTHESIS_ENROLLING_H
#define WG_SYNTHESIS_ENROLLING_H

#include "model/world.h"

// After staffing. Each resident is enrolled with the probability (rate of needs) x (mean length) x start_share, as far as
// eligible and as places go, in the order of a turn drawn for each; the rest of an exponential length has its law again. Returns
// 0 or WG_FAIL_RUN.
int wg_world_enrol(wg_world *world, wg_error *error);

#endif
