// SPDX-License-Identifier: GPL-3.0-or-later
// The axes of output variables: names, lengths and labels.
#ifndef WG_ENGINE_AXES_H
#define WG_ENGINE_AXES_H

#include "model/world.h"
#include "schema/output.h"

// The dimension's name in the file.
const char *wg_axis_name(wg_axis axis);

size_t wg_axis_length(const wg_world *world, wg_axis axis);

// The code of entry `i` ("elder_care", "85+"), and its Chinese label (NULL where the axis has none). The axis of delays has
// numbers instead (wg_delay_bin_days), that of levers names that are put together (wg_slot_code).
const char *wg_axis_code(const wg_world *world, wg_axis axis, size_t i);
const char *wg_axis_label(const wg_world *world, wg_axis axis, size_t i);

const char *wg_axis_long_name(wg_axis axis);

#endif
