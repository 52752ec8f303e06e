// SPDX-License-Identifier: GPL-3.0-or-later
// Where a run's policies were in force.
#ifndef WG_COMPARE_ADOPTED_H
#define WG_COMPARE_ADOPTED_H

#include "compare/run_view.h"

// For each of `policies` and each place, whether it had begun before `end` in some community of the place: adopted[policy][place].
// False where the run does not tell.
int wg_adopted_read(const wg_run_view *view, const char *const *policies, size_t policy_count, wg_date end,
                    bool *adopted, wg_error *error);

#endif
