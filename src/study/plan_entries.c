// SPDX-License-Identifier: GPL-3.0-or-later
// Variants × points of the sweep, each with its resolved configuration.
#include <stdlib.h>
#include <string.h>

#include "engine/registry.h"
#include "schema/config_compare.h"
#include "schema/config_path.h"
#include "schema/literal.h"
#include "schema/message.h"
#include "study/plan_parts.h"

static bool applies(const wg_study_sweep *sweep, const wg_study_variant *variant) {
  for (size_t i = 0; i < sweep->variants.count; i++)
    if (strcmp(sweep->variants.items[i], variant->name) == 0)
      return true;
  return sweep->variants.count == 0;
}

static size_t points_of(const wg_study_spec *spec, const wg_study_variant *variant) {
  size_t points = 1;
  for (size_t s = 0; s < spec->sweep_count; s++)
    if (applies(spec->sweeps + s, variant)) {
      if (points > WG_STUDY_CELLS_MAX)
        break;
      points *= spec->sweeps[s].value_count;
    }
  return points;
}

// ---- what an entry is called ----

// The last key of a path, or as many as tell it from those of the other sweeps.
static const char *short_path(const wg_study_spec *spec, size_t sweep) {
  const char *const path = spec->sweeps[sweep].path;
  for (const char *at = path + strlen(path); at > path; at--) {
    if (at[-1] != '.')
      continue;
    bool alone = true;
    for (size_t s = 0; s < spec->sweep_count && alone; s++) {
      const size_t length = strlen(spec->sweeps[s].path), tail = strlen(at);
      alone = s == sweep || length < tail || strcmp(spec->sweeps[s].path + length - tail, at) != 0;
    }
    if (alone)
      return at;
  }
  return path;
}

// A value as part of a folder's name: a long or unprintable one gives way to its number.
static char *short_value(const wg_study_sweep *sweep, size_t value, wg_arena *arena) {
  enum { LONGEST = 30 };
  const char *const text = sweep->values[value];
  char *const name = wg_arena_alloc(arena, strlen(text) + 1, 1);
  if (!name)
    return NULL;
  size_t length = 0;
  for (const char *at = text; *at; at++)
    if (!strchr(" \"()[]", *at))
      name[length++] = *at == ',' ? '+' : *at; // a comma is between sweeps
  bool plain = length > 0 && length <= LONGEST;
  for (size_t i = 0; i < length; i++)
    plain = plain && (unsigned char)name[i] > ' ' && !strchr("/\\=\x7f", name[i]);
  return plain ? name : wg_plan_text(arena, "#%zu", value + 1);
}

static const char *name_entry(const wg_plan *plan, const wg_plan_entry *entry, wg_arena *arena) {
  const char *name = entry->variant->name;
  for (size_t s = 0; name && s < plan->spec->sweep_count; s++) {
    if (entry->values[s] == WG_PLAN_NOWHERE)
      continue;
    const char *const value = short_value(plan->spec->sweeps + s, entry->values[s], arena);
    name = value ? wg_plan_text(arena, "%s,%s=%s", name, short_path(plan->spec, s), value) : NULL;
  }
  return name;
}

// With ".h5", draws and what is not yet whole it has to name a folder and files.
static int check_length(const wg_plan_entry *entry, wg_error *error) {
  enum { LONGEST = 240 };
  if (strlen(entry->name) <= LONGEST)
    return WG_OK;
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: \"%s\" is too long to name a folder (allowed: up to %d bytes)",
                      entry->variant->origin, entry->name, LONGEST);
}

static const char *label_entry(const wg_plan *plan, const wg_plan_entry *entry, wg_arena *arena) {
  const wg_scenario_params *const scenario = wg_config_get(entry->config, &wg_scenario_group);
  const char *label = wg_plan_text(arena, "%s", scenario->label);
  for (size_t s = 0; label && *label && s < plan->spec->sweep_count; s++) {
    if (entry->values[s] == WG_PLAN_NOWHERE)
      continue;
    const wg_study_sweep *const sweep = plan->spec->sweeps + s;
    const wg_path found = wg_config_look(entry->config, sweep->path);
    const char *const value = short_value(sweep, entry->values[s], arena);
    label = value ? wg_plan_text(arena, "%s，%s %s", label, found.row ? found.row->label : sweep->path, value) : NULL;
  }
  return label;
}

// ---- its settings and configuration ----

static int add_set(wg_arena *arena, wg_text_list *sets, const char **origins, const char *set, const char *origin,
                   const char *key, wg_error *error) {
  origins[sets->count] = wg_plan_text(arena, "%s: %s", origin, key);
  sets->items[sets->count] = set;
  return set && origins[sets->count++] ? WG_OK : wg_plan_no_memory(error);
}

static int collect_sets(wg_plan *plan, wg_plan_entry *entry, wg_error *error) {
  const wg_study_spec *const spec = plan->spec;
  const size_t most = spec->sets.count + entry->variant->sets.count + spec->sweep_count;
  wg_text_list sets = {.items = wg_arena_alloc(&plan->arena, most, sizeof *sets.items)};
  const char **const origins = wg_arena_alloc(&plan->arena, most, sizeof *origins);
  if (!sets.items || !origins)
    return wg_plan_no_memory(error);
  int code = WG_OK;
  for (size_t i = 0; i < spec->sets.count && !code; i++)
    code = add_set(&plan->arena, &sets, origins, spec->sets.items[i], spec->set_origin, "set", error);
  for (size_t i = 0; i < entry->variant->sets.count && !code; i++)
    code = add_set(&plan->arena, &sets, origins, entry->variant->sets.items[i], entry->variant->origin, "set", error);
  for (size_t s = 0; s < spec->sweep_count && !code; s++) {
    const wg_study_sweep *const sweep = spec->sweeps + s;
    if (entry->values[s] == WG_PLAN_NOWHERE)
      continue;
    const char *const set = wg_plan_text(&plan->arena, "%s=%s", sweep->path, sweep->values[entry->values[s]]);
    const char *const key = wg_plan_text(&plan->arena, "variant \"%s\"", entry->variant->name);
    code = key ? add_set(&plan->arena, &sets, origins, set, sweep->origin, key, error) : wg_plan_no_memory(error);
  }
  entry->sets = (wg_texts){sets.count, sets.items};
  entry->set_origins = origins;
  return code;
}

// Variants share files, and what is wrong with those is told once.
static bool told(const wg_error *error, const char *line, size_t length) {
  for (const char *at = error->text; *at;) {
    const size_t here = strcspn(at, "\n");
    if (here == length && strncmp(at, line, length) == 0)
      return true;
    at += here + (at[here] == '\n');
  }
  return false;
}

static int merge_new(wg_error *error, const wg_error *other) {
  for (const char *at = other->text; *at;) {
    const size_t length = strcspn(at, "\n");
    if (!told(error, at, length))
      wg_error_add(error, other->code, "%.*s", (int)length, at);
    at += length + (at[length] == '\n');
  }
  return other->code;
}

static int resolve(const wg_plan *plan, wg_plan_entry *entry, wg_error *error) {
  const wg_run_options options = {.scenario = entry->variant->scenario,
                                  .sets = entry->sets.items,
                                  .set_origins = entry->set_origins,
                                  .set_count = entry->sets.count,
                                  .allow_outside = plan->allow_outside,
                                  .planned = true};
  wg_run run = {0};
  wg_error problems = {0};
  const int code = wg_run_open(&options, &run, &problems);
  if (!code) {
    entry->config = run.config;
    run.config = NULL;
  }
  wg_run_free(&run);
  return code ? merge_new(error, &problems) : WG_OK;
}

// ---- the grid ----

static wg_plan_entry *find_at_same_point(const wg_plan *plan, const wg_plan_entry *entry) {
  for (size_t i = 0; i < plan->entry_count; i++) {
    wg_plan_entry *const other = plan->entries + i;
    bool same = strcmp(other->variant->name, plan->spec->baseline) == 0;
    for (size_t s = 0; s < plan->spec->sweep_count && same; s++)
      same = other->values[s] == WG_PLAN_NOWHERE || other->values[s] == entry->values[s];
    if (same)
      return other;
  }
  return NULL;
}

static int place(wg_plan *plan, size_t variant, size_t point, wg_plan_entry *entry, wg_error *error) {
  const wg_study_spec *const spec = plan->spec;
  size_t *const values = wg_arena_alloc(&plan->arena, spec->sweep_count, sizeof *values);
  if (!values)
    return wg_plan_no_memory(error);
  *entry = (wg_plan_entry){.variant = spec->variants + variant, .point = point, .values = values};
  // The last sweep runs fastest.
  for (size_t s = spec->sweep_count; s-- > 0;) {
    values[s] = WG_PLAN_NOWHERE;
    if (!applies(spec->sweeps + s, entry->variant))
      continue;
    values[s] = point % spec->sweeps[s].value_count;
    point /= spec->sweeps[s].value_count;
  }
  entry->name = name_entry(plan, entry, &plan->arena);
  const int code = entry->name ? check_length(entry, error) : wg_plan_no_memory(error);
  return code ? code : collect_sets(plan, entry, error);
}

static int place_all(wg_plan *plan, wg_error *error) {
  const wg_study_spec *const spec = plan->spec;
  size_t count = 0;
  for (size_t v = 0; v < spec->variant_count && count <= WG_STUDY_CELLS_MAX; v++)
    count += points_of(spec, spec->variants + v);
  const double cells = (double)count * (double)plan->draw_count * (double)plan->replicate_count;
  if (cells > WG_STUDY_CELLS_MAX)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: %.0f runs (allowed: up to %d)", spec->path, cells,
                        WG_STUDY_CELLS_MAX);
  plan->entries = wg_arena_alloc(&plan->arena, count, sizeof *plan->entries);
  if (!plan->entries)
    return wg_plan_no_memory(error);
  int code = WG_OK;
  for (size_t v = 0; v < spec->variant_count && !code; v++)
    for (size_t p = 0; p < points_of(spec, spec->variants + v) && !code; p++)
      code = place(plan, v, p, plan->entries + plan->entry_count++, error);
  return code;
}

static int find_baselines(wg_plan *plan, wg_error *error) {
  int code = WG_OK;
  for (size_t i = 0; i < plan->entry_count; i++) {
    const wg_plan_entry *const base = find_at_same_point(plan, plan->entries + i);
    if (base)
      plan->entries[i].compared_with = (size_t)(base - plan->entries);
    else if (plan->entries[i].point == 0)
      code = wg_error_add(
          error, WG_FAIL_CONFIG,
          "%s: variant \"%s\" is left out of a sweep of the baseline, so that there is nothing to compare it "
          "with (allowed: `variants` of a sweep that names the baseline name all)",
          plan->entries[i].variant->origin, plan->entries[i].variant->name);
  }
  return code;
}

// The first point of each variant stands for what its files and settings have to tell.
static int resolve_all(wg_plan *plan, wg_error *error) {
  int code = WG_OK, first = WG_OK;
  for (size_t i = 0; i < plan->entry_count && code != WG_FAIL_RUN; i++) {
    if (plan->entries[i].point > 0 && first)
      continue;
    const int one = resolve(plan, plan->entries + i, error);
    first = plan->entries[i].point == 0 ? one : first;
    code = one ? one : code;
  }
  return code;
}

// ---- what must hold between entries ----

static int tell_differences(const wg_plan_entry *entry, const wg_plan_entry *base, const wg_config_differences *found,
                            wg_error *error) {
  enum { TOLD_MAX = 10 };
  for (size_t i = 0; i < found->count && i < TOLD_MAX; i++) {
    const wg_config_difference *const one = found->items + i;
    wg_message line = {0};
    wg_message_add(&line, "%s: is ", one->path);
    wg_message_quote(&line, one->a ? one->a : "absent", one->a ? strlen(one->a) : 6);
    wg_message_add(&line, " in \"%s\" and ", base->name);
    wg_message_quote(&line, one->b ? one->b : "absent", one->b ? strlen(one->b) : 6);
    wg_message_add(&line, " in \"%s\"", entry->name);
    wg_error_add(error, WG_FAIL_CONFIG, "%s: %s (allowed: variants that are compared differ in policies alone)",
                 entry->variant->origin, line.text);
  }
  if (found->count > TOLD_MAX)
    wg_error_add(error, WG_FAIL_CONFIG, "%s: and %zu more keys in which it differs from \"%s\"", entry->variant->origin,
                 found->count - TOLD_MAX, base->name);
  return found->count ? WG_FAIL_CONFIG : WG_OK;
}

static int compare_all(const wg_plan *plan, wg_error *error) {
  static const char *const may_differ[] = {"policies", "name", "label"};
  static const wg_texts skip = {sizeof may_differ / sizeof *may_differ, may_differ};
  int code = WG_OK;
  for (size_t i = 0; i < plan->entry_count && code != WG_FAIL_RUN; i++) {
    const wg_plan_entry *const entry = plan->entries + i, *const base = plan->entries + entry->compared_with;
    wg_arena arena = {0};
    wg_config_differences found;
    int one = wg_config_compare(base->config, entry->config, &skip, &arena, &found, error);
    if (!one)
      one = tell_differences(entry, base, &found, error);
    wg_arena_free(&arena);
    code = one ? one : code;
  }
  return code;
}

// Two entries of one configuration would be one run under two names.
static int check_distinct(const wg_plan *plan, wg_error *error) {
  int code = WG_OK;
  XXH128_hash_t *const hashes = calloc(plan->entry_count + 1, sizeof *hashes);
  if (!hashes)
    return wg_plan_no_memory(error);
  for (size_t i = 0; i < plan->entry_count && code != WG_FAIL_RUN; i++) {
    char *const text = wg_config_text(plan->entries[i].config);
    if (!text) {
      code = wg_plan_no_memory(error);
      break;
    }
    hashes[i] = XXH3_128bits(text, strlen(text));
    free(text);
    for (size_t k = 0; k < i; k++) {
      const wg_plan_entry *const one = plan->entries + i, *const other = plan->entries + k;
      if (strcmp(one->name, other->name) == 0)
        code = wg_error_add(error, WG_FAIL_CONFIG, "%s: two points of the sweep are called \"%s\"",
                            one->variant->origin, one->name);
      else if (XXH128_isEqual(hashes[i], hashes[k]))
        code = wg_error_add(error, WG_FAIL_CONFIG, "%s: \"%s\" is configured as \"%s\" is, name and all",
                            one->variant->origin, one->name, other->name);
    }
  }
  free(hashes);
  return code;
}

int wg_plan_expand(wg_plan *plan, bool named, wg_error *error) {
  int code = place_all(plan, error);
  if (code)
    return code;
  const int baselines = named ? find_baselines(plan, error) : WG_OK;
  code = resolve_all(plan, error);
  if (code || baselines || !named)
    return code ? code : baselines;
  for (size_t i = 0; i < plan->entry_count; i++) {
    plan->entries[i].label = label_entry(plan, plan->entries + i, &plan->arena);
    if (!plan->entries[i].label)
      return wg_plan_no_memory(error);
  }
  const int differences = compare_all(plan, error);
  code = check_distinct(plan, error);
  return differences ? differences : code;
}
