// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/list_check.h"

int wg_list_check(const wg_config *config, const wg_param_group *group, const char *name, size_t count, size_t wanted,
                  wg_error *error) {
  if (count == wanted)
    return WG_OK;
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s.%s: %zu numbers (allowed: %zu)",
                      wg_config_origin(config, group, 0, name), group->path, name, count, wanted);
}
