// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/config_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/config_prescan.h"
#include "io/config_value.h"
#include "schema/arena.h"
#include "schema/config_path.h"
#include "schema/message.h"

static const char extends_key[] = "extends";

// Where the walk is. Scanned keys are short and known paths have three of them at most.
typedef struct walk {
  const wg_config_tree *tree;
  wg_config_role role;
  wg_config *config;
  wg_error *error;
  char path[4 * (WG_CONFIG_KEY_LENGTH_MAX + 1)];
  char *origin;
  size_t origin_size;
  const char *entry_key; // names the type of the list's entry being walked, whose path has `entry_length` bytes
  size_t entry_length;
  int code;
} walk;

static int parse(wg_config_tree *tree, wg_error *error) {
  tree->parsed = malloc(sizeof *tree->parsed);
  if (!tree->parsed)
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory to read it", tree->path);
  config_init(tree->parsed);
  if (config_read_string(tree->parsed, tree->text.bytes))
    return WG_OK;
  const char *what = config_error_text(tree->parsed);
  // Keys given twice have been found before; what is left is a key without a value.
  if (!what || strcmp(what, "syntax error") == 0 || strcmp(what, "duplicate setting name") == 0) {
    what = "syntax error here or just before (is a value, comma or quote missing?)";
  } else if (strcmp(what, "mismatched element type in array") == 0) {
    what = "values in [ ] must be of one type: all whole, all with a point, or all in quotes; ( ) takes any";
  }
  const wg_config_place place = wg_config_lines_place(&tree->text, config_error_line(tree->parsed));
  return wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: %s", place.file, place.line, what);
}

int wg_config_tree_read(const char *path, const char *who, const wg_include_roots *roots, wg_config_tree *tree,
                        wg_error *error) {
  tree->path = strdup(path);
  if (!tree->path)
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory to read it", path);
  const int code = wg_config_include_read(path, who, roots, &tree->text, &tree->identity, error);
  return code ? code : parse(tree, error);
}

void wg_config_tree_free(wg_config_tree *tree) {
  if (tree->parsed)
    config_destroy(tree->parsed);
  free(tree->parsed);
  wg_config_lines_free(&tree->text);
  free(tree->path);
  *tree = (wg_config_tree){0};
}

wg_config_place wg_config_tree_place(const wg_config_tree *tree, const config_setting_t *setting) {
  return wg_config_lines_place(&tree->text, (int)config_setting_source_line(setting));
}

static const char *set_origin(walk *at, const config_setting_t *setting) {
  const wg_config_place place = wg_config_tree_place(at->tree, setting);
  snprintf(at->origin, at->origin_size, "%s:%d", place.file, place.line);
  return at->origin;
}

static void problem(walk *at, const char *what) {
  at->code = wg_error_add(at->error, WG_FAIL_CONFIG, "%s: %s: %s", at->origin, at->path, what);
}

static void set_value(walk *at, const config_setting_t *setting) {
  wg_arena arena = {0};
  wg_value value;
  const int converted = wg_config_value_read(setting, &arena, &value);
  if (converted == WG_FAIL_RUN) {
    at->code = wg_error_set(at->error, WG_FAIL_RUN, "no memory for the configuration");
  } else if (converted) {
    problem(at, "expected a value, got a group");
  } else {
    const int code = wg_config_set(at->config, at->path, &value, at->origin, true, at->error);
    if (code)
      at->code = code;
  }
  wg_arena_free(&arena);
}

static void walk_members(walk *at, const config_setting_t *group);

// Entries of the list are named by their type; later ones of a type get a number. A list replaces an inherited one.
static void walk_list(walk *at, const config_setting_t *list, const wg_param_group *group) {
  const size_t length = strlen(at->path);
  wg_config_clear(at->config, group->path);
  for (int i = 0; i < config_setting_length(list); i++) {
    const config_setting_t *const entry = config_setting_get_elem(list, (unsigned)i);
    // Of what is no group libconfig knows the line after it.
    set_origin(at, config_setting_is_group(entry) ? entry : list);
    const char *type = NULL;
    if (!config_setting_is_group(entry) || !config_setting_lookup_string(entry, group->listed, &type)) {
      wg_message line = {0};
      wg_message_add(&line, "entry %d: expected { %s = \"…\"; … }", i + 1, group->listed);
      problem(at, line.text);
      continue;
    }
    char name[WG_CONFIG_KEY_LENGTH_MAX + 8];
    snprintf(name, sizeof name, "%.*s", WG_CONFIG_KEY_LENGTH_MAX, type);
    if (strchr(type, '#') || !wg_instance_name_valid(at->config, group, type, strlen(type))) {
      at->code = wg_config_unknown_type(at->config, group, type, at->origin, at->error);
      continue;
    }
    for (int number = 2; wg_config_find(at->config, group, name) >= 0 && number < 1000; number++)
      snprintf(name, sizeof name, "%.*s#%d", WG_CONFIG_KEY_LENGTH_MAX, type, number);
    const int code = wg_config_add(at->config, group->path, name, at->origin, at->error);
    if (code) {
      at->code = code;
      continue;
    }
    snprintf(at->path + length, sizeof at->path - length, ".%s", name);
    at->entry_key = group->listed;
    at->entry_length = strlen(at->path);
    walk_members(at, entry);
    at->entry_key = NULL;
    at->path[length] = 0;
  }
}

static void enter_instance(walk *at, const wg_path *found) {
  if (found->group->listed) {
    char instance[WG_CONFIG_KEY_LENGTH_MAX + 8];
    snprintf(instance, sizeof instance, "%.*s", (int)found->instance_length, found->instance);
    if (wg_config_find(at->config, found->group, instance) < 0)
      at->code = wg_config_unknown_instance(at->config, at->path, at->origin, at->error);
    return;
  }
  char name[WG_CONFIG_KEY_LENGTH_MAX + 1];
  memcpy(name, found->instance, found->instance_length);
  name[found->instance_length] = 0;
  const int code = wg_config_add(at->config, found->group->path, name, at->origin, at->error);
  if (code)
    at->code = code;
}

static void walk_setting(walk *at, const config_setting_t *setting) {
  set_origin(at, setting);
  const wg_path found = wg_config_look(at->config, at->path);
  const char *const also = at->role == WG_CONFIG_SCENARIO ? extends_key : NULL;
  const bool at_top = found.kind == WG_PATH_PARAM && !*found.group->path;
  switch (found.kind) {
  case WG_PATH_UNKNOWN:
    at->code = wg_config_unknown(at->config, at->path, also, at->origin, at->error);
    break;
  case WG_PATH_PARAM:
    if (at_top && at->role == WG_CONFIG_FACTS)
      problem(at, "belongs in a scenario");
    else
      set_value(at, setting);
    break;
  case WG_PATH_GROUP:
  case WG_PATH_INSTANCE:
  case WG_PATH_PART:
    if (found.kind == WG_PATH_GROUP && found.group->listed && at->role == WG_CONFIG_FACTS) {
      problem(at, "belongs in a scenario");
      break;
    }
    if (found.kind == WG_PATH_GROUP && found.group->listed && config_setting_is_list(setting)) {
      walk_list(at, setting, found.group);
      break;
    }
    if (!config_setting_is_group(setting)) {
      problem(at, found.kind == WG_PATH_GROUP && found.group->listed ? "is a list: write ( { … }, { … } )"
                                                                     : "is a group: write { … }");
      break;
    }
    if (found.kind == WG_PATH_INSTANCE)
      enter_instance(at, &found);
    walk_members(at, setting);
    break;
  }
}

static void walk_members(walk *at, const config_setting_t *group) {
  const size_t length = strlen(at->path);
  for (int i = 0; i < config_setting_length(group); i++) {
    const config_setting_t *const setting = config_setting_get_elem(group, (unsigned)i);
    const char *const name = config_setting_name(setting);
    const bool extends = length == 0 && strcmp(name, extends_key) == 0;
    if (at->entry_key && length == at->entry_length && strcmp(name, at->entry_key) == 0)
      continue;
    // In a scenario it has been followed before.
    if (extends && at->role == WG_CONFIG_SCENARIO)
      continue;
    snprintf(at->path + length, sizeof at->path - length, "%s%s", length ? "." : "", name);
    if (extends) {
      set_origin(at, setting);
      problem(at, "belongs in a scenario");
    } else {
      walk_setting(at, setting);
    }
    at->path[length] = 0;
  }
}

int wg_config_tree_apply(const wg_config_tree *tree, wg_config_role role, wg_config *config, wg_error *error) {
  walk at = {.tree = tree, .role = role, .config = config, .error = error};
  at.origin_size = 16;
  for (size_t i = 0; i < tree->text.file_count; i++)
    at.origin_size += strlen(tree->text.files[i]);
  at.origin = malloc(at.origin_size);
  if (!at.origin)
    return wg_error_set(error, WG_FAIL_RUN, "no memory for the configuration");
  walk_members(&at, config_root_setting(tree->parsed));
  free(at.origin);
  return at.code;
}

const char *wg_config_tree_extends(const wg_config_tree *tree, wg_config_place *place, wg_error *error) {
  const config_setting_t *const setting = config_setting_get_member(config_root_setting(tree->parsed), extends_key);
  *place = (wg_config_place){0};
  if (!setting)
    return NULL;
  *place = wg_config_tree_place(tree, setting);
  const char *const text = config_setting_get_string(setting);
  if (text && *text && strlen(text) <= WG_CONFIG_PATH_LENGTH_MAX)
    return text;
  wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: extends: expected the path of a file in quotes%s", place->file,
               place->line, text && *text ? " (allowed: up to 4095 bytes)" : "");
  return NULL;
}

bool wg_config_tree_has(const wg_config_tree *tree, const char *key) {
  return config_setting_get_member(config_root_setting(tree->parsed), key) != NULL;
}
