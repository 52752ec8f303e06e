// SPDX-License-Identifier: GPL-3.0-or-later
// libconfig's values as the program's.
#ifndef WG_IO_CONFIG_VALUE_H
#define WG_IO_CONFIG_VALUE_H

#include <libconfig.h>

#include "schema/arena.h"
#include "schema/config.h"

// Lists live in `arena`, texts stay libconfig's. Returns WG_FAIL_CONFIG for a group, which no parameter takes, and WG_FAIL_RUN when
// there is no memory.
int wg_config_value_read(const config_setting_t *setting, wg_arena *arena, wg_value *value);

#endif
