// SPDX-License-Identifier: GPL-3.0-or-later
// Which parameters a study draws: in every entry those that have no measured size, each at the same place of its range.
#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "engine/registry.h"
#include "schema/config_compare.h"
#include "schema/config_path.h"
#include "schema/message.h"
#include "schema/number.h"
#include "study/plan_parts.h"

// A parameter that may be drawn, in one entry.
typedef struct candidate {
  char path[256];
  const wg_param *row;
  const void *instance;
} candidate;

static bool is_swept(const wg_study_spec *spec, const char *path) {
  for (size_t s = 0; s < spec->sweep_count; s++)
    if (strcmp(spec->sweeps[s].path, path) == 0)
      return true;
  return false;
}

static const wg_study_range *find_range(const wg_study_spec *spec, const char *path) {
  for (size_t i = 0; i < spec->range_count; i++)
    if (strcmp(spec->ranges[i].path, path) == 0)
      return spec->ranges + i;
  return NULL;
}

static bool is_wanted(const wg_study_spec *spec, const char *path) {
  for (size_t i = 0; i < spec->drawn.count; i++)
    if (wg_path_below(path, spec->drawn.items[i]))
      return true;
  return spec->drawn.count == 0;
}

// The range that the parameter has in the entry; false where it is not drawn.
static bool find_drawn(const wg_study_spec *spec, const candidate *c, wg_drawn *drawn) {
  if (is_swept(spec, c->path))
    return false;
  wg_param_range range;
  const wg_study_range *const asked = find_range(spec, c->path);
  const bool found =
      asked ? asked->low < asked->high && wg_param_range_make(c->row, c->instance, asked->low, asked->high, &range)
            : is_wanted(spec, c->path) && wg_param_range_find(c->row, c->instance, spec->spread, &range);
  if (found)
    *drawn =
        (wg_drawn){.row = c->row, .low = range.low, .high = range.high, .scale = range.scale, .instance = c->instance};
  return found;
}

// Calls `visit` for every parameter of the configuration.
static int each_candidate(const wg_config *config, int (*visit)(void *context, const candidate *c), void *context) {
  size_t count;
  const wg_param_group *const *const groups = wg_config_groups(config, &count);
  for (size_t g = 0; g < count; g++)
    for (size_t i = 0; i < wg_config_count(config, groups[g]); i++)
      for (size_t r = 0; r < groups[g]->count; r++) {
        candidate c = {.row = groups[g]->rows + r, .instance = wg_config_at(config, groups[g], i)};
        wg_param_path(groups[g], wg_config_name(config, groups[g], i), c.row, c.path, sizeof c.path);
        const int code = visit(context, &c);
        if (code)
          return code;
      }
  return WG_OK;
}

// ---- which ----

typedef struct chosen {
  const wg_study_spec *spec;
  wg_arena *arena;
  const char **paths;
  const wg_param **rows;
  size_t count, capacity;
} chosen;

static int choose(void *context, const candidate *c) {
  chosen *const all = context;
  wg_drawn drawn;
  if (!find_drawn(all->spec, c, &drawn))
    return WG_OK;
  for (size_t i = 0; i < all->count; i++)
    if (strcmp(all->paths[i], c->path) == 0)
      return WG_OK;
  if (all->count == all->capacity) {
    const size_t capacity = all->capacity ? 2 * all->capacity : 256;
    const char **const paths = wg_arena_alloc(all->arena, capacity, sizeof *paths);
    const wg_param **const rows = wg_arena_alloc(all->arena, capacity, sizeof *rows);
    if (!paths || !rows)
      return WG_FAIL_RUN;
    if (all->count) {
      memcpy(paths, all->paths, all->count * sizeof *paths);
      memcpy(rows, all->rows, all->count * sizeof *rows);
    }
    all->paths = paths;
    all->rows = rows;
    all->capacity = capacity;
  }
  all->paths[all->count] = wg_arena_text(all->arena, c->path, strlen(c->path));
  all->rows[all->count] = c->row;
  return all->paths[all->count++] ? WG_OK : WG_FAIL_RUN;
}

// Few enough, and nearly in order.
static void sort(chosen *all) {
  for (size_t i = 1; i < all->count; i++) {
    const char *const path = all->paths[i];
    const wg_param *const row = all->rows[i];
    size_t k = i;
    for (; k > 0 && strcmp(all->paths[k - 1], path) > 0; k--) {
      all->paths[k] = all->paths[k - 1];
      all->rows[k] = all->rows[k - 1];
    }
    all->paths[k] = path;
    all->rows[k] = row;
  }
}

// ---- over which ranges ----

typedef struct filling {
  const wg_plan *plan;
  wg_drawn *drawn; // [parameter_count]
} filling;

static int fill(void *context, const candidate *c) {
  const filling *const all = context;
  const wg_design *const design = &all->plan->design;
  wg_drawn drawn;
  if (!find_drawn(all->plan->spec, c, &drawn))
    return WG_OK;
  size_t low = 0, high = design->parameter_count;
  while (high - low > 1) {
    const size_t middle = low + (high - low) / 2;
    if (strcmp(design->paths[middle], c->path) <= 0)
      low = middle;
    else
      high = middle;
  }
  drawn.path = design->paths[low];
  all->drawn[low] = drawn;
  return WG_OK;
}

static int fill_entries(wg_plan *plan, wg_error *error) {
  for (size_t e = 0; e < plan->entry_count; e++) {
    wg_plan_entry *const entry = plan->entries + e;
    entry->drawn = wg_arena_alloc(&plan->arena, plan->design.parameter_count, sizeof *entry->drawn);
    if (!entry->drawn)
      return wg_plan_no_memory(error);
    for (size_t p = 0; p < plan->design.parameter_count; p++)
      entry->drawn[p] =
          (wg_drawn){.path = plan->design.paths[p], .row = plan->design.rows[p], .low = WG_NAN, .high = WG_NAN};
    filling all = {plan, entry->drawn};
    each_candidate(entry->config, fill, &all);
  }
  return WG_OK;
}

// ---- what was asked for ----

// Whether any entry has a parameter at the path, and what speaks against the range in one of them.
static int check_range(const wg_plan *plan, const wg_study_range *range, wg_error *error) {
  bool known = false;
  for (size_t e = 0; e < plan->entry_count; e++) {
    const wg_config *const config = plan->entries[e].config;
    const wg_path found = wg_config_look(config, range->path);
    if (found.kind != WG_PATH_PARAM)
      continue;
    int at = 0;
    if (found.instance) {
      char name[128];
      snprintf(name, sizeof name, "%.*s", (int)found.instance_length, found.instance);
      at = wg_config_find(config, found.group, name);
    }
    if (at < 0)
      continue;
    known = true;
    char low[32], high[32];
    wg_real_print_short(found.row->min, low);
    wg_real_print_short(found.row->max, high);
    wg_param_range made;
    if (is_swept(plan->spec, range->path))
      return wg_error_add(error, WG_FAIL_CONFIG, "%s: path: %s is swept and cannot be drawn, too", range->origin,
                          range->path);
    if (found.row->evidence == WG_SETTING && !found.group->listed && !found.group->part)
      return wg_error_add(error, WG_FAIL_CONFIG,
                          "%s: path: %s is a setting of the run (allowed: claims about the world)", range->origin,
                          range->path);
    if (found.row->type != WG_PARAM_INT && found.row->type != WG_PARAM_REAL && found.row->type != WG_PARAM_REALS)
      return wg_error_add(error, WG_FAIL_CONFIG, "%s: path: %s is %s (allowed: numbers and lists of numbers)",
                          range->origin, range->path, wg_param_type_name(found.row->type));
    if (!wg_param_range_make(found.row, wg_config_at(config, found.group, (size_t)at), range->low, range->high, &made))
      return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s: low to high is out of range (allowed: %s to %s%s)",
                          range->origin, range->path, low, high,
                          found.row->type == WG_PARAM_REALS ? " for each number times the factor" : "");
  }
  if (known)
    return WG_OK;
  wg_error problems = {0};
  const wg_config *const config = plan->entries[0].config;
  if (wg_config_look(config, range->path).kind == WG_PATH_PARAM)
    wg_config_unknown_instance(config, range->path, range->origin, &problems);
  else if (wg_config_look(config, range->path).kind == WG_PATH_UNKNOWN)
    wg_config_unknown(config, range->path, NULL, range->origin, &problems);
  else
    wg_error_add(&problems, WG_FAIL_CONFIG, "%s: path: %s is a group (allowed: the path of a parameter)", range->origin,
                 range->path);
  return wg_error_merge(error, &problems);
}

static int check_ranges(const wg_plan *plan, wg_error *error) {
  const wg_study_spec *const spec = plan->spec;
  int code = WG_OK;
  for (size_t i = 0; i < spec->range_count; i++) {
    const int one = check_range(plan, spec->ranges + i, error);
    code = one ? one : code;
    for (size_t k = 0; k < i; k++)
      if (strcmp(spec->ranges[k].path, spec->ranges[i].path) == 0)
        code = wg_error_add(error, WG_FAIL_CONFIG, "%s: path: %s stands there a second time", spec->ranges[i].origin,
                            spec->ranges[i].path);
  }
  return code;
}

static int check_asked(const wg_plan *plan, wg_error *error) {
  const wg_study_spec *const spec = plan->spec;
  int code = check_ranges(plan, error);
  for (size_t i = 0; i < spec->drawn.count; i++) {
    bool any = false;
    for (size_t p = 0; p < plan->design.parameter_count && !any; p++)
      any = wg_path_below(plan->design.paths[p], spec->drawn.items[i]);
    if (any || code)
      continue;
    wg_message quoted = {0};
    wg_message_quote(&quoted, spec->drawn.items[i], strlen(spec->drawn.items[i]));
    code = wg_error_add(
        error, WG_FAIL_CONFIG,
        "%s: drawn: nothing that can be drawn lies at or below %s (allowed: paths, or their beginnings up to "
        "a point, of parameters graded assumed or sign)",
        spec->drawn_origin, quoted.text);
  }
  return code;
}

// Two draws that make the same of every parameter would be one run under two names: where only whole numbers are drawn.
static int check_distinct(const wg_plan *plan, wg_error *error) {
  const size_t count = plan->design.parameter_count;
  double *const values = calloc(count + 1, sizeof *values);
  XXH128_hash_t *const hashes = calloc(plan->draw_count + 1, sizeof *hashes);
  int code = values && hashes ? WG_OK : wg_plan_no_memory(error);
  for (size_t e = 0; values && hashes && e < plan->entry_count && !code; e++)
    for (size_t d = 0; d < plan->draw_count && !code; d++) {
      for (size_t p = 0; p < count; p++) {
        const bool has = plan->entries[e].drawn[p].instance != NULL;
        values[p] = has ? wg_plan_value(plan, e, d, p) : 0.0;
      }
      hashes[d] = XXH3_128bits(values, count * sizeof *values);
      for (size_t k = 0; k < d && !code; k++)
        if (XXH128_isEqual(hashes[k], hashes[d]))
          code = wg_error_add(
              error, WG_FAIL_CONFIG,
              "%s: draws: draws %zu and %zu give \"%s\" the same values (allowed: fewer draws, more or wider "
              "ranges)",
              plan->spec->draws_origin, k, d, plan->entries[e].name);
    }
  free(values);
  free(hashes);
  return code;
}

int wg_plan_draw(wg_plan *plan, wg_error *error) {
  const wg_study_spec *const spec = plan->spec;
  if (spec->draws == 0)
    return check_ranges(plan, error);
  chosen all = {.spec = spec, .arena = &plan->arena};
  int code = WG_OK;
  for (size_t e = 0; e < plan->entry_count && !code; e++)
    code = each_candidate(plan->entries[e].config, choose, &all);
  if (code)
    return wg_plan_no_memory(error);
  sort(&all);
  plan->design = (wg_design){.parameter_count = all.count,
                             .paths = all.paths,
                             .rows = all.rows,
                             .sampler = spec->sampler,
                             .blocks = spec->draw_blocks,
                             .block_count = spec->draw_block_count};
  code = check_asked(plan, error);
  if (!code && all.count == 0)
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: draws: no parameter is drawn (allowed: 0)", spec->draws_origin);
  // The luck of the design is the baseline's: all its entries have one seed, and all compared with it have that one.
  for (size_t e = 0; e < plan->entry_count && !code; e++)
    if (plan->entries[e].compared_with == e) {
      const wg_run_params *const run = wg_config_get(plan->entries[e].config, &wg_run_group);
      wg_error problem = {0};
      code = wg_design_lay_out(&plan->design, (uint64_t)run->seed, &plan->arena, &problem);
      if (code)
        wg_error_add(error, code, "%s: %.400s", spec->sampler_origin, problem.text);
      break;
    }
  if (!code)
    code = wg_design_check(&plan->design, error);
  if (!code)
    code = fill_entries(plan, error);
  if (!code)
    code = wg_plan_find_limits(plan, error);
  return code ? code : check_distinct(plan, error);
}
