// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/need_volume.h"

WG_PARAM_GROUP(wg_needs_group, "needs", false, wg_needs_params, WG_NEEDS_PARAMS, "需求", "How many needs arise.");

double wg_filed_share_ratio(const wg_world *world) {
  const wg_needs_params *p = wg_config_get(world->config, &wg_needs_group);
  return p->filed_share / 0.35;
}
