// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/defaults.h"

#include <stdlib.h>
#include <string.h>

#include "engine/registry.h"
#include "io/config_file.h"
#include "run/locate.h"

static int set(wg_config *config, const char *path, wg_value value, wg_error *error) {
  return wg_config_set(config, path, &value, "default", false, error);
}

static int list_policies(wg_config *config, const wg_param_group *const *groups, size_t count, wg_error *error) {
  int code = WG_OK;
  for (size_t g = 0; g < count && !code; g++) {
    if (!groups[g]->type)
      continue;
    char path[128];
    code = wg_config_add(config, groups[g]->path, groups[g]->type, "default", error);
    snprintf(path, sizeof path, "%s.%s.strength", groups[g]->path, groups[g]->type);
    if (!code)
      code = set(config, path, (wg_value){.kind = WG_VALUE_REAL, .real = 0.0}, error);
  }
  return code;
}

int wg_defaults_print(FILE *stream, wg_error *error) {
  const wg_param_group *groups[WG_GROUPS_MAX];
  const size_t count = wg_registry_groups(groups);
  wg_config *config = NULL;
  char *folder = NULL;
  bool whole;
  int code = wg_config_create(groups, count, &config, error);
  if (!code)
    code = wg_locate_district("haidian", &folder, error);
  if (!code)
    code = wg_config_file_read(&(wg_config_sources){.configs = folder}, config, &whole, error);
  if (!code)
    code = set(config, "name", (wg_value){.kind = WG_VALUE_TEXT, .text = "all-parameters"}, error);
  if (!code)
    code = list_policies(config, groups, count, error);
  if (!code && wg_config_print(config, true, stream))
    code = wg_error_set(error, WG_FAIL_RUN, "standard output: cannot be written");
  wg_config_free(config);
  free(folder);
  return code;
}
