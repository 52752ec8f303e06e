// SPDX-License-Identifier: GPL-3.0-or-later
// The dates of snapshots.
#ifndef WG_ENGINE_SNAPSHOTS_H
#define WG_ENGINE_SNAPSHOTS_H

#include "model/world.h"

// Checks output.snapshot: real dates that are first days of months, or run.start or run.end. Dates outside the run are
// allowed and inert.
int wg_snapshots_check(const wg_world *world, wg_error *error);

// Whether a snapshot is wanted on `date`.
bool wg_snapshots_wanted(const wg_world *world, wg_date date);

#endif
