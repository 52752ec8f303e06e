// SPDX-License-Identifier: GPL-3.0-or-later
// Lists given in the configuration that must have so many numbers.
#ifndef WG_MODEL_LIST_CHECK_H
#define WG_MODEL_LIST_CHECK_H

#include "schema/config.h"

// Another number of values than `wanted` in the group's list `name` is a problem added to `error`, with the place it came
// from. Returns 0 or WG_FAIL_CONFIG.
int wg_list_check(const wg_config *config, const wg_param_group *group, const char *name, size_t count, size_t wanted,
                  wg_error *error);

#endif
