// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/trust.h"

#include "schema/purpose.h"

uint16_t wg_trust_baseline(const wg_world *world, uint64_t identity) {
  const wg_trust_params *p = wg_config_get(world->config, &wg_trust_group);
  wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_TRUST_BASELINE, 0, identity, 0);
  double level = p->baseline_mean + p->baseline_spread * (wg_draw_unit(&draw) - 0.5);
  level = level < 0.0 ? 0.0 : level > 1.0 ? 1.0 : level;
  return (uint16_t)(level * 65535.0);
}
