// SPDX-License-Identifier: GPL-3.0-or-later
// One run of a plan: its settings, identity and place.
#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "engine/registry.h"
#include "schema/literal.h"
#include "study/plan_parts.h"

static const wg_drawn *drawn_of(const wg_plan *plan, size_t entry, size_t parameter) {
  const wg_drawn *const drawn = plan->entries[entry].drawn + parameter;
  return drawn->instance ? drawn : NULL;
}

static wg_param_range range_of(const wg_drawn *drawn) {
  return (wg_param_range){drawn->low, drawn->high, drawn->scale};
}

double wg_plan_value(const wg_plan *plan, size_t entry, size_t draw, size_t parameter) {
  const wg_drawn *const drawn = drawn_of(plan, entry, parameter);
  if (!drawn)
    return WG_NAN;
  const wg_param_range range = range_of(drawn);
  const double position = plan->design.position[draw * plan->design.parameter_count + parameter];
  const double value = wg_param_range_value(drawn->row, &range, position);
  for (size_t i = 0; i < plan->limit_count; i++)
    if (plan->limits[i].parameter == parameter)
      return wg_param_range_round(value * plan->limits[i].factors[entry * plan->draw_count + draw]);
  return value;
}

// "path=value" of one drawn parameter; the caller frees.
static char *drawn_set(const wg_plan *plan, wg_cell cell, size_t parameter) {
  const wg_drawn *const drawn = plan->entries[cell.entry].drawn + parameter;
  const wg_param_range range = range_of(drawn);
  char *const value =
      wg_param_range_text(drawn->row, drawn->instance, &range, wg_plan_value(plan, cell.entry, cell.draw, parameter));
  char *set = NULL;
  if (value && asprintf(&set, "%s=%s", drawn->path, value) < 0)
    set = NULL;
  free(value);
  return set;
}

int wg_plan_cell_options(const wg_plan *plan, wg_cell cell, wg_arena *arena, wg_run_options *options, wg_error *error) {
  const wg_plan_entry *const entry = plan->entries + cell.entry;
  const size_t most = entry->sets.count + plan->design.parameter_count + 1;
  const char **const sets = wg_arena_alloc(arena, most, sizeof *sets);
  const char **const origins = wg_arena_alloc(arena, most, sizeof *origins);
  const char *const draw = wg_plan_text(arena, "draw %zu", cell.draw);
  if (!sets || !origins || !draw)
    return wg_plan_no_memory(error);
  size_t count = 0;
  for (; count < entry->sets.count; count++) {
    sets[count] = entry->sets.items[count];
    origins[count] = entry->set_origins[count];
  }
  for (size_t p = 0; p < plan->design.parameter_count; p++) {
    if (!drawn_of(plan, cell.entry, p))
      continue;
    char *const set = drawn_set(plan, cell, p);
    sets[count] = set ? wg_arena_text(arena, set, strlen(set)) : NULL;
    free(set);
    origins[count] = draw;
    if (!sets[count++])
      return wg_plan_no_memory(error);
  }
  sets[count] = wg_plan_text(arena, "run.replicate=%zu", cell.replicate);
  origins[count] = "replicate";
  if (!sets[count++])
    return wg_plan_no_memory(error);
  options->scenario = entry->variant->scenario;
  options->sets = sets;
  options->set_origins = origins;
  options->set_count = count;
  options->allow_outside = plan->allow_outside;
  return WG_OK;
}

void wg_plan_cell_path(const wg_plan *plan, wg_cell cell, char path[WG_CELL_PATH_SIZE]) {
  const char *const name = plan->entries[cell.entry].name;
  if (plan->design.draw_count)
    snprintf(path, WG_CELL_PATH_SIZE, "runs/%s/d%02zu/%zu.h5", name, cell.draw, cell.replicate);
  else
    snprintf(path, WG_CELL_PATH_SIZE, "runs/%s/%zu.h5", name, cell.replicate);
}

// ---- identities ----

void wg_run_identity(const wg_run *run, char identity[WG_IDENTITY_SIZE]) {
  memcpy(identity, run->provenance.identity, WG_IDENTITY_SIZE);
}

// As --set does.
static int set_text(wg_config *config, const char *set, wg_error *error) {
  wg_arena arena = {0};
  wg_value value;
  wg_message problem = {0};
  const char *const equals = strchr(set, '=');
  const char *const path = wg_arena_text(&arena, set, (size_t)(equals - set));
  int code = path ? wg_literal_parse(equals + 1, &arena, &value, &problem) : WG_FAIL_RUN;
  if (!code)
    code = wg_config_set(config, path, &value, "draw", false, error);
  else
    wg_error_set(error, code, "draw: %s: %s", set, problem.text);
  wg_arena_free(&arena);
  return code;
}

int wg_plan_drawn_config(const wg_plan *plan, size_t entry, size_t draw, wg_config **config, wg_error *error) {
  int code = wg_config_copy(plan->entries[entry].config, config, error);
  for (size_t p = 0; p < plan->design.parameter_count && !code; p++) {
    if (!drawn_of(plan, entry, p))
      continue;
    char *const set = drawn_set(plan, (wg_cell){entry, draw, 0}, p);
    code = set ? set_text(*config, set, error) : wg_plan_no_memory(error);
    free(set);
  }
  return code;
}

static int take_draw(wg_identities *self, const wg_plan *plan, wg_cell cell, wg_error *error) {
  wg_identities_free(self);
  self->cell = cell;
  return wg_plan_drawn_config(plan, cell.entry, cell.draw, &self->config, error);
}

int wg_identities_find(wg_identities *self, const wg_plan *plan, wg_cell cell, char identity[WG_IDENTITY_SIZE],
                       wg_error *error) {
  int code = WG_OK;
  if (!self->config || self->cell.entry != cell.entry || self->cell.draw != cell.draw)
    code = take_draw(self, plan, cell, error);
  const wg_value replicate = {.kind = WG_VALUE_INT, .integer = (int64_t)cell.replicate};
  if (!code)
    code = wg_config_set(self->config, "run.replicate", &replicate, "replicate", false, error);
  if (code)
    return code;
  char *const text = wg_config_text(self->config);
  if (!text)
    return wg_plan_no_memory(error);
  wg_configuration_identity(text, identity);
  free(text);
  return WG_OK;
}

void wg_identities_free(wg_identities *self) {
  wg_config_free(self->config);
  *self = (wg_identities){0};
}
