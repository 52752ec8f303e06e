// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/study_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "io/config_tree.h"
#include "io/config_value.h"
#include "schema/literal.h"
#include "schema/number.h"
#include "schema/param_value.h"

enum { ROWS_MAX = 16, SPECIALS_MAX = 4 };

#define ROWS(name, T, LIST) static const wg_param name[] = {LIST(WG_PARAM_ROW, T)}
ROWS(study_rows, wg_study_params, WG_STUDY_PARAMS);
ROWS(until_rows, wg_study_until, WG_STUDY_UNTIL_PARAMS);
ROWS(variant_rows, wg_study_variant_params, WG_STUDY_VARIANT_PARAMS);
ROWS(sweep_rows, wg_study_sweep_params, WG_STUDY_SWEEP_PARAMS);
ROWS(range_rows, wg_study_range_params, WG_STUDY_RANGE_PARAMS);

// A kind of group of the file: its rows, and keys that are read apart.
typedef struct kind {
  const wg_param *rows;
  size_t count;
  const char *specials[SPECIALS_MAX];
  size_t special_count;
} kind;

#define KIND(rows, ...)                                                                                                \
  { rows, sizeof rows / sizeof *rows, {__VA_ARGS__}, sizeof(const char *[]){__VA_ARGS__} / sizeof(char *) }
static const kind study_kind = KIND(study_rows, "variants", "sweep", "ranges", "until");
static const kind sweep_kind = KIND(sweep_rows, "values");
static const kind until_kind = {until_rows, sizeof until_rows / sizeof *until_rows, {NULL}, 0};
static const kind variant_kind = {variant_rows, sizeof variant_rows / sizeof *variant_rows, {NULL}, 0};
static const kind range_kind = {range_rows, sizeof range_rows / sizeof *range_rows, {NULL}, 0};

typedef struct reader {
  const wg_config_tree *tree;
  wg_study_spec *spec;
  wg_error *error;
  int code;
} reader;

// Where a row stands, by its position; NULL where it does not.
typedef struct origins {
  const char *of[ROWS_MAX];
} origins;

static void no_memory(reader *at) {
  at->code = wg_error_set(at->error, WG_FAIL_RUN, "no memory for the study");
}

static const char *text_of(reader *at, const char *format, const char *first, int number) {
  char *text = NULL;
  if (asprintf(&text, format, first, number) < 0)
    text = NULL;
  const char *const kept = text ? wg_arena_text(&at->spec->arena, text, strlen(text)) : NULL;
  free(text);
  if (!kept)
    no_memory(at);
  return kept ? kept : "";
}

static const char *origin_of(reader *at, const config_setting_t *setting) {
  const wg_config_place place = wg_config_tree_place(at->tree, setting);
  return text_of(at, "%s:%d", place.file, place.line);
}

static void problem(reader *at, const char *origin, const char *prefix, const char *key, const char *what) {
  at->code = wg_error_add(at->error, WG_FAIL_CONFIG, "%s: %s%s: %s", origin, prefix, key, what);
}

// ---- groups of rows ----

static void fill_defaults(reader *at, const kind *of, void *instance) {
  for (size_t i = 0; i < of->count; i++) {
    wg_value value;
    wg_message message = {0};
    if (of->rows[i].fallback && (wg_literal_parse(of->rows[i].fallback, &at->spec->arena, &value, &message) ||
                                 wg_param_assign(of->rows + i, &value, &at->spec->arena, instance, &message)))
      no_memory(at);
  }
}

static void refuse_key(reader *at, const kind *of, const char *origin, const char *prefix, const char *key) {
  const char *names[ROWS_MAX + SPECIALS_MAX];
  size_t count = 0;
  for (size_t i = 0; i < of->count; i++)
    names[count++] = of->rows[i].name;
  for (size_t i = 0; i < of->special_count; i++)
    names[count++] = of->specials[i];
  const char *const near = wg_name_nearest(key, names, count);
  wg_message line = {0};
  wg_message_add(&line, "unknown key");
  if (near)
    wg_message_add(&line, "; did you mean \"%s\"?", near);
  for (size_t i = 0; !near && i < count; i++)
    wg_message_add(&line, "%s%s%s", i ? ", " : " (allowed: ", names[i], i + 1 < count ? "" : ")");
  problem(at, origin, prefix, key, line.text);
}

static bool is_special(const kind *of, const char *key) {
  for (size_t i = 0; i < of->special_count; i++)
    if (strcmp(of->specials[i], key) == 0)
      return true;
  return false;
}

static void read_row(reader *at, const wg_param *row, const config_setting_t *setting, const char *origin,
                     const char *prefix, void *instance) {
  wg_arena arena = {0};
  wg_value value;
  wg_message message = {0};
  int code = wg_config_value_read(setting, &arena, &value);
  if (code == WG_FAIL_CONFIG)
    wg_message_add(&message, "expected a value, got a group");
  if (!code)
    code = wg_param_assign(row, &value, &at->spec->arena, instance, &message);
  if (code == WG_FAIL_CONFIG)
    problem(at, origin, prefix, row->name, message.text);
  else if (code)
    no_memory(at);
  wg_arena_free(&arena);
}

// Reads a group's rows; `prefix` stands before keys in messages: "variants[2].". What is required and not given is told at `where`.
static void read_rows(reader *at, const kind *of, const config_setting_t *group, const char *where, const char *prefix,
                      void *instance, origins *given) {
  *given = (origins){0};
  fill_defaults(at, of, instance);
  for (int i = 0; i < config_setting_length(group) && at->code != WG_FAIL_RUN; i++) {
    const config_setting_t *const setting = config_setting_get_elem(group, (unsigned)i);
    const char *const key = config_setting_name(setting);
    const char *const origin = origin_of(at, setting);
    size_t row = 0;
    while (row < of->count && strcmp(of->rows[row].name, key) != 0)
      row++;
    if (row < of->count) {
      given->of[row] = origin;
      read_row(at, of->rows + row, setting, origin, prefix, instance);
    } else if (!is_special(of, key)) {
      refuse_key(at, of, origin, prefix, key);
    }
  }
  for (size_t row = 0; row < of->count; row++)
    if (!of->rows[row].fallback && !given->of[row])
      problem(at, where, prefix, of->rows[row].name, "is required but not given");
}

static const char *given_or(const origins *given, const kind *of, const char *key, const char *otherwise) {
  for (size_t row = 0; row < of->count; row++)
    if (strcmp(of->rows[row].name, key) == 0 && given->of[row])
      return given->of[row];
  return otherwise;
}

// ---- lists of groups ----

// The list of groups called so; returns its length, 0 where there is none.
static int open_list(reader *at, const char *key, bool required, const config_setting_t **list) {
  *list = config_setting_get_member(config_root_setting(at->tree->parsed), key);
  if (!*list) {
    if (required)
      problem(at, at->tree->path, "", key, "is required but not given");
    return 0;
  }
  const bool is_list = config_setting_is_list(*list);
  if (!is_list || (required && config_setting_length(*list) == 0)) {
    problem(at, origin_of(at, *list), "", key, "is a list of groups: write ( { … }, { … } )");
    return 0;
  }
  return config_setting_length(*list);
}

// Entry `i` of the list; NULL where it is no group, which is told. `prefix` is how messages call it.
static const config_setting_t *open_entry(reader *at, const config_setting_t *list, const char *key, int i,
                                          const char **origin, const char **prefix) {
  const config_setting_t *const entry = config_setting_get_elem(list, (unsigned)i);
  const bool is_group = config_setting_is_group(entry);
  // Of what is no group libconfig knows the line after it.
  *origin = origin_of(at, is_group ? entry : list);
  *prefix = text_of(at, "%s[%d].", key, i + 1);
  if (is_group)
    return entry;
  problem(at, *origin, text_of(at, "%s[%d]", key, i + 1), "", "expected a group: { … }");
  return NULL;
}

static void read_variants(reader *at) {
  wg_study_spec *const spec = at->spec;
  const config_setting_t *list;
  const int count = open_list(at, "variants", true, &list);
  wg_study_variant *const variants = wg_arena_alloc(&spec->arena, (size_t)count, sizeof *variants);
  if (!variants) {
    no_memory(at);
    return;
  }
  spec->variants = variants;
  for (int i = 0; i < count && at->code != WG_FAIL_RUN; i++) {
    const char *origin, *prefix;
    const config_setting_t *const entry = open_entry(at, list, "variants", i, &origin, &prefix);
    wg_study_variant_params p = {.name = "", .scenario = ""};
    origins given;
    if (!entry)
      continue;
    read_rows(at, &variant_kind, entry, origin, prefix, &p, &given);
    const wg_config_place place = wg_config_tree_place(at->tree, entry);
    char *const path = wg_config_path_beside(place.file, p.scenario);
    if (given_or(&given, &variant_kind, "scenario", NULL) && !*p.scenario)
      problem(at, origin, prefix, "scenario", "is empty (allowed: the path of a file)");
    variants[spec->variant_count++] =
        (wg_study_variant){.name = p.name,
                           .scenario = path ? wg_arena_text(&spec->arena, path, strlen(path)) : NULL,
                           .origin = text_of(at, "%s: variants[%d]", origin, i + 1),
                           .sets = p.set};
    if (!path || !variants[spec->variant_count - 1].scenario)
      no_memory(at);
    free(path);
  }
}

static void print_value(const wg_value *value, FILE *stream) {
  char text[32];
  switch (value->kind) {
  case WG_VALUE_BOOL:
    fputs(value->boolean ? "true" : "false", stream);
    break;
  case WG_VALUE_INT:
    wg_integer_print(value->integer, text);
    fputs(text, stream);
    break;
  case WG_VALUE_REAL:
    wg_real_print(value->real, text);
    fputs(text, stream);
    break;
  case WG_VALUE_TEXT:
    wg_text_print(value->text, stream);
    break;
  case WG_VALUE_LIST:
    fputc('(', stream); // takes numbers with and without a point
    for (size_t i = 0; i < value->count; i++) {
      if (i)
        fputs(", ", stream);
      print_value(value->items + i, stream);
    }
    fputc(')', stream);
    break;
  }
}

static const char *value_text(reader *at, const wg_value *value) {
  char *text = NULL;
  size_t size = 0;
  FILE *const stream = open_memstream(&text, &size);
  if (stream)
    print_value(value, stream);
  const char *const kept = stream && fclose(stream) == 0 ? wg_arena_text(&at->spec->arena, text, size) : NULL;
  free(text);
  if (!kept)
    no_memory(at);
  return kept;
}

// The values that a parameter takes one after the other.
static void read_values(reader *at, const config_setting_t *entry, const char *origin, const char *prefix,
                        wg_study_sweep *sweep) {
  const config_setting_t *const setting = config_setting_get_member(entry, "values");
  wg_value value = {0};
  if (!setting) {
    problem(at, origin, prefix, "values", "is required but not given");
    return;
  }
  const int code = wg_config_value_read(setting, &at->spec->arena, &value);
  if (code == WG_FAIL_RUN) {
    no_memory(at);
  } else if (code || value.kind != WG_VALUE_LIST || value.count == 0) {
    problem(at, origin_of(at, setting), prefix, "values", "expected a list of values, one at least");
  } else {
    const char **const values = wg_arena_alloc(&at->spec->arena, value.count, sizeof *values);
    if (!values)
      no_memory(at);
    sweep->values = values;
    for (size_t i = 0; values && i < value.count; i++)
      values[sweep->value_count++] = value_text(at, value.items + i);
  }
}

static void read_sweeps(reader *at) {
  wg_study_spec *const spec = at->spec;
  const config_setting_t *list;
  const int count = open_list(at, "sweep", false, &list);
  wg_study_sweep *const sweeps = wg_arena_alloc(&spec->arena, (size_t)count, sizeof *sweeps);
  if (!sweeps) {
    no_memory(at);
    return;
  }
  spec->sweeps = sweeps;
  for (int i = 0; i < count && at->code != WG_FAIL_RUN; i++) {
    const char *origin, *prefix;
    const config_setting_t *const entry = open_entry(at, list, "sweep", i, &origin, &prefix);
    wg_study_sweep_params p = {.path = ""};
    origins given;
    if (!entry)
      continue;
    read_rows(at, &sweep_kind, entry, origin, prefix, &p, &given);
    wg_study_sweep *const sweep = sweeps + spec->sweep_count++;
    *sweep =
        (wg_study_sweep){.path = p.path, .origin = text_of(at, "%s: sweep[%d]", origin, i + 1), .variants = p.variants};
    read_values(at, entry, origin, prefix, sweep);
  }
}

static void read_ranges(reader *at) {
  wg_study_spec *const spec = at->spec;
  const config_setting_t *list;
  const int count = open_list(at, "ranges", false, &list);
  wg_study_range *const ranges = wg_arena_alloc(&spec->arena, (size_t)count, sizeof *ranges);
  if (!ranges) {
    no_memory(at);
    return;
  }
  spec->ranges = ranges;
  for (int i = 0; i < count && at->code != WG_FAIL_RUN; i++) {
    const char *origin, *prefix;
    const config_setting_t *const entry = open_entry(at, list, "ranges", i, &origin, &prefix);
    wg_study_range_params p = {.path = ""};
    origins given;
    if (!entry)
      continue;
    read_rows(at, &range_kind, entry, origin, prefix, &p, &given);
    if (p.low > p.high)
      problem(at, given_or(&given, &range_kind, "low", origin), prefix, "low", "is above high (allowed: up to high)");
    ranges[spec->range_count++] = (wg_study_range){
        .path = p.path, .origin = text_of(at, "%s: ranges[%d]", origin, i + 1), .low = p.low, .high = p.high};
  }
}

static void read_until(reader *at) {
  const config_setting_t *const group = config_setting_get_member(config_root_setting(at->tree->parsed), "until");
  at->spec->until_origin = at->tree->path;
  if (!group)
    return;
  const char *const origin = at->spec->until_origin = origin_of(at, group);
  origins given;
  wg_study_until until = {0};
  if (!config_setting_is_group(group))
    problem(at, origin, "", "until", "is a group: write { variable = \"…\"; half_width = …; max = …; }");
  else
    read_rows(at, &until_kind, group, origin, "until.", &until, &given);
  if (until.variable && !*until.variable)
    problem(at, origin, "until.", "variable", "is empty (allowed: an outcome)");
  at->spec->until = until;
}

// ---- the draws ----

// One hypercube of all draws unless the file tells how they came about.
static void read_blocks(reader *at, const wg_study_params *p, const char *origin) {
  wg_study_spec *const spec = at->spec;
  const size_t count = p->draw_blocks.count ? p->draw_blocks.count : 1;
  size_t *const blocks = wg_arena_alloc(&spec->arena, count, sizeof *blocks);
  if (!blocks) {
    no_memory(at);
    return;
  }
  double sum = 0.0;
  bool whole = true;
  blocks[0] = (size_t)p->draws;
  for (size_t i = 0; i < p->draw_blocks.count; i++) {
    blocks[i] = (size_t)wg_whole(p->draw_blocks.items[i]);
    whole = whole && (double)blocks[i] == p->draw_blocks.items[i];
    sum += p->draw_blocks.items[i];
  }
  if (!whole)
    problem(at, origin, "", "draw_blocks", "expected whole numbers");
  else if (p->draw_blocks.count && sum != (double)p->draws)
    problem(at, origin, "", "draw_blocks", "do not sum to draws (allowed: parts of draws)");
  spec->draw_blocks = blocks;
  spec->draw_block_count = p->draws ? count : 0;
}

enum { REPLICATES_BEFORE_UNTIL = 5 };

static void read_study(reader *at) {
  wg_study_spec *const spec = at->spec;
  const char *const path = at->tree->path;
  wg_study_params p = {.name = "", .baseline = ""};
  origins given;
  read_rows(at, &study_kind, config_root_setting(at->tree->parsed), path, "", &p, &given);
  spec->path = text_of(at, "%s", path, 0);
  spec->name = p.name;
  spec->label = p.label;
  spec->baseline = p.baseline;
  spec->sets = p.set;
  spec->drawn = p.drawn;
  spec->draws = p.draws;
  spec->spread = p.spread;
  spec->sampler = (wg_sampler)p.sampler;
  spec->replicates = p.replicates;
  spec->branch_at = p.branch_at;
  spec->baseline_origin = given_or(&given, &study_kind, "baseline", spec->path);
  spec->set_origin = given_or(&given, &study_kind, "set", spec->path);
  spec->draws_origin = given_or(&given, &study_kind, "draws", spec->path);
  spec->drawn_origin = given_or(&given, &study_kind, "drawn", spec->path);
  spec->sampler_origin = given_or(&given, &study_kind, "sampler", spec->path);
  spec->branch_origin = given_or(&given, &study_kind, "branch_at", spec->path);
  if (given_or(&given, &study_kind, "name", NULL) && !*p.name)
    problem(at, given_or(&given, &study_kind, "name", NULL), "", "name", "is empty (allowed: a short name)");
  read_blocks(at, &p, given_or(&given, &study_kind, "draw_blocks", spec->path));
  read_variants(at);
  read_sweeps(at);
  read_ranges(at);
  read_until(at);
  // One replicate has no interval yet.
  const char *const replicates = given_or(&given, &study_kind, "replicates", NULL);
  if (spec->until.variable && !replicates)
    spec->replicates = spec->until.max < REPLICATES_BEFORE_UNTIL ? spec->until.max : REPLICATES_BEFORE_UNTIL;
  else if (spec->until.variable && spec->replicates < 2)
    problem(at, replicates, "", "replicates", "1 has no interval (allowed: from 2 on with until)");
}

// ---- the file ----

// With the file's own folder among the roots.
static int read_tree(const char *path, const wg_include_roots *include, wg_config_tree *tree, wg_error *error) {
  char *const own = wg_config_folder_of(path);
  const char **const folders = calloc(include->count + 1, sizeof *folders);
  int code = WG_FAIL_RUN;
  if (folders) {
    size_t count = 0;
    for (; count < include->count; count++)
      folders[count] = include->folders[count];
    if (own)
      folders[count++] = own;
    const wg_include_roots roots = {folders, count, include->anywhere};
    code = wg_config_tree_read(path, "", &roots, tree, error);
  } else {
    wg_error_set(error, code, "no memory for the study");
  }
  free(folders);
  free(own);
  return code;
}

bool wg_study_file_is(const char *path, const wg_include_roots *include) {
  wg_config_tree tree = {0};
  const bool is = read_tree(path, include, &tree, NULL) == WG_OK && wg_config_tree_has(&tree, "variants");
  wg_config_tree_free(&tree);
  return is;
}

int wg_study_file_read(const char *path, const wg_include_roots *include, wg_study_spec *spec, wg_error *error) {
  wg_config_tree tree = {0};
  wg_error problems = {0};
  const int code = read_tree(path, include, &tree, &problems);
  if (!code) {
    reader at = {.tree = &tree, .spec = spec, .error = &problems};
    read_study(&at);
  }
  wg_config_tree_free(&tree);
  return wg_error_merge(error, &problems);
}
