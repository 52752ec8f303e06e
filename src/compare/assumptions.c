// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/assumptions.h"

#include <string.h>

#include "compare/spillover.h"
#include "engine/registry.h"

// The row of "policies.NAME.params.ROW", NULL where no policy has it.
static const wg_param *find_row(const char *path) {
  static const char head[] = "policies.", middle[] = ".params.";
  const char *const name = path + sizeof head - 1;
  const char *const part = strstr(name, middle);
  if (!part)
    return NULL;
  const size_t length = strcspn(name, "#."); // without the number of an entry
  const wg_param_group *groups[WG_GROUPS_MAX];
  const size_t count = wg_registry_groups(groups);
  for (size_t g = 0; g < count; g++) {
    if (!groups[g]->type || !groups[g]->part || strcmp(groups[g]->part, "params") != 0 ||
        strlen(groups[g]->type) != length || strncmp(groups[g]->type, name, length) != 0)
      continue;
    for (size_t r = 0; r < groups[g]->count; r++)
      if (strcmp(groups[g]->rows[r].name, part + sizeof middle - 1) == 0)
        return groups[g]->rows + r;
  }
  return NULL;
}

static bool is_drawn(const wg_samples *s, const char *path) {
  for (size_t p = 0; p < s->parameter_count; p++)
    if (strcmp(s->parameters[p].path, path) == 0)
      return true;
  return false;
}

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the policies' assumptions");
}

int wg_assumptions_tell(const wg_samples *s, size_t base, size_t value, wg_arena *arena, wg_compared_variant *told,
                        wg_error *error) {
  const wg_settings *const own = &s->variants[value].settings, *const other = &s->variants[base].settings;
  size_t most = 0;
  for (size_t i = 0; i < own->count; i++)
    most += wg_setting_is_of_policy(own->items[i].path, NULL);
  wg_policy_assumption *const assumptions = wg_arena_alloc(arena, most + 1, sizeof *assumptions);
  if (!assumptions)
    return no_memory(error);
  for (size_t i = 0; i < own->count; i++) {
    const wg_setting *const setting = own->items + i;
    static const char head[] = "policies.";
    size_t end = 0;
    const wg_param *const row = wg_setting_is_of_policy(setting->path, &end) ? find_row(setting->path) : NULL;
    if (!row || row->evidence != WG_ASSUMED)
      continue;
    const char *const policy = wg_arena_text(arena, setting->path + sizeof head - 1, end - (sizeof head - 1));
    if (!policy)
      return no_memory(error);
    if (wg_policy_differs(other, own, policy))
      assumptions[told->assumption_count++] = (wg_policy_assumption){
          setting->path, setting->value, row->label, row->unit ? row->unit : "", is_drawn(s, setting->path)};
  }
  told->assumptions = assumptions;
  return WG_OK;
}
