// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/provenance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/registry.h"

const char *wg_version(void) {
  return WG_VERSION;
}

const char *wg_revision(void) {
  return WG_REVISION;
}

// One line for each parameter that claims something about the world: path and grade. Of policies only those listed.
static char *evidence_text(const wg_config *config) {
  char *text = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&text, &size);
  if (!stream)
    return NULL;
  size_t group_count;
  const wg_param_group *const *groups = wg_config_groups(config, &group_count);
  for (size_t g = 0; g < group_count; g++)
    for (size_t p = 0; p < groups[g]->count; p++) {
      const wg_param *row = groups[g]->rows + p;
      char path[256];
      if (row->evidence == WG_SETTING || (groups[g]->keyed && wg_config_count(config, groups[g]) == 0))
        continue;
      wg_registry_path(groups[g], row, path, sizeof path);
      fprintf(stream, "%s: %s\n", path, wg_evidence_name(row->evidence));
    }
  if (fclose(stream)) {
    free(text);
    return NULL;
  }
  return text;
}

void wg_configuration_identity(const char *configuration, char identity[WG_IDENTITY_SIZE]) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(configuration, strlen(configuration), WG_ANSWERS_VERSION);
  snprintf(identity, WG_IDENTITY_SIZE, "%016llx%016llx", (unsigned long long)hash.high64,
           (unsigned long long)hash.low64);
}

int wg_provenance_make(const wg_config *config, wg_provenance *provenance, wg_error *error) {
  const wg_scenario_params *scenario = wg_config_get(config, &wg_scenario_group);
  const wg_run_params *run = wg_config_get(config, &wg_run_group);
  *provenance = (wg_provenance){.configuration = wg_config_text(config), .evidence = evidence_text(config)};
  if (!provenance->configuration || !provenance->evidence)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the provenance");
  const XXH128_hash_t hash = XXH3_128bits(provenance->configuration, strlen(provenance->configuration));
  snprintf(provenance->hash, sizeof provenance->hash, "%016llx%016llx", (unsigned long long)hash.high64,
           (unsigned long long)hash.low64);
  wg_configuration_identity(provenance->configuration, provenance->identity);
  snprintf(provenance->title, sizeof provenance->title, "wangge 网格: %s%s%s", scenario->name,
           scenario->label[0] ? " " : "", scenario->label);
  static const int64_t answers_version = WG_ANSWERS_VERSION;
  const wg_attribute attributes[WG_PROVENANCE_COUNT] = {
      {"title", WG_STRING, 1, provenance->title},
      {"source", WG_STRING, 1, "wangge, a simulator of how a city district is governed; Haidian, Beijing"},
      {"program_version", WG_STRING, 1, wg_version()},
      {"git_revision", WG_STRING, 1, wg_revision()},
      {"answers_version", WG_I64, 1, &answers_version},
      {"scenario", WG_STRING, 1, scenario->name},
      {"variant", WG_STRING, 1, scenario->name},
      {"label_zh", WG_STRING, 1, scenario->label},
      {"seed", WG_I64, 1, &run->seed},
      {"replicate", WG_I64, 1, &run->replicate},
      {"configuration", WG_STRING, 1, provenance->configuration},
      {"configuration_hash", WG_STRING, 1, provenance->hash},
      {"run_identity", WG_STRING, 1, provenance->identity},
      {"evidence", WG_STRING, 1, provenance->evidence},
      {"comment", WG_STRING, 1,
       "Parameters graded `assumed` are assumptions, not findings; results that rest on them are conditional on them."},
  };
  memcpy(provenance->attributes, attributes, sizeof attributes);
  return WG_OK;
}

void wg_provenance_free(wg_provenance *provenance) {
  free(provenance->configuration);
  free(provenance->evidence);
  *provenance = (wg_provenance){0};
}
