// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/target.h"

#include <string.h>

const wg_param *wg_target_of(const wg_config *config, const char *output, double *value) {
  const char *values = wg_config_get(config, &wg_target_group);
  for (size_t i = 0; values && i < wg_target_group.count; i++) {
    const wg_param *row = wg_target_group.rows + i;
    if (strcmp(row->name, output) != 0)
      continue;
    memcpy(value, values + row->offset, sizeof *value);
    return row;
  }
  return NULL;
}
