// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/logged.h"

#include <inttypes.h>
#include <stdlib.h>

static int refuse(const wg_world *world, const char *text, wg_error *error) {
  return wg_error_add(error, WG_FAIL_CONFIG,
                      "%s: output.events: no subdistrict \"%.40s\" is simulated (allowed: codes of simulated "
                      "subdistricts, such as %" PRId64 " for %s)",
                      wg_config_origin(world->config, &wg_output_group, 0, "events"), text, world->subdistricts[0].code,
                      world->subdistricts[0].name);
}

int wg_logged_choose(wg_world *world, wg_error *error) {
  const wg_output_params *p = wg_config_get(world->config, &wg_output_group);
  int code = WG_OK;
  for (size_t i = 0; i < p->events.count; i++) {
    const char *text = p->events.items[i];
    char *end;
    const int64_t number = strtoll(text, &end, 10);
    wg_subdistrict *s = text[0] >= '0' && text[0] <= '9' && *end == '\0' ? wg_world_subdistrict(world, number) : NULL;
    if (s)
      s->logging = true;
    else
      code = refuse(world, text, error);
  }
  return code;
}
