// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/config_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/config_tree.h"
#include "schema/literal.h"

enum {
  CHAIN_MAX = 32,
  PATH_LENGTH_MAX = 256, // bytes of a path in --set
};

static const char set_origin[] = "--set";

// A scenario and what it extends, the scenario first.
typedef struct chain {
  const wg_include_roots *roots;
  wg_config_tree trees[CHAIN_MAX];
  size_t count;
} chain;

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "no memory for the configuration");
}

static char *join(const char *folder, size_t folder_length, const char *name) {
  const bool slash = folder_length > 0 && folder[folder_length - 1] != '/';
  const size_t size = folder_length + strlen(name) + 2;
  char *const path = malloc(size);
  if (path)
    snprintf(path, size, "%.*s%s%s", (int)folder_length, folder, slash ? "/" : "", name);
  return path;
}

static int is_fact_file(const struct dirent *entry) {
  const size_t length = strlen(entry->d_name);
  // Hidden files are what editors leave about.
  return entry->d_name[0] != '.' && length > 4 && strcmp(entry->d_name + length - 4, ".cfg") == 0;
}

// alphasort would follow the locale.
static int by_bytes(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

// A file that could not be read at all, other than one with wrong values, sets `unread`.
static int read_fact_file(const char *folder, const char *name, const wg_include_roots *roots, wg_config *config,
                          bool *unread, wg_error *error) {
  char *const path = join(folder, strlen(folder), name);
  if (!path)
    return no_memory(error);
  wg_config_tree tree = {0};
  int code = wg_config_tree_read(path, "", roots, &tree, error);
  *unread |= code != WG_OK;
  if (!code)
    code = wg_config_tree_apply(&tree, WG_CONFIG_FACTS, config, error);
  wg_config_tree_free(&tree);
  free(path);
  return code;
}

// Goes on after a bad file; returns the last bad one's code.
static int read_facts(const char *folder, const wg_include_roots *roots, wg_config *config, bool *unread,
                      wg_error *error) {
  struct dirent **entries = NULL;
  const int count = scandir(folder, &entries, is_fact_file, by_bytes);
  if (count < 0) {
    *unread = true;
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: cannot be read: %s", folder, strerror(errno));
  }
  int code = WG_OK;
  for (int i = 0; i < count; i++) {
    const int one =
        code == WG_FAIL_RUN ? WG_OK : read_fact_file(folder, entries[i]->d_name, roots, config, unread, error);
    if (one)
      code = one;
    free(entries[i]);
  }
  free(entries);
  return code;
}

static bool same_file(const wg_config_tree *a, const wg_config_tree *b) {
  return a->identity.inode == b->identity.inode && a->identity.device == b->identity.device;
}

// Puts what the chain's last file extends behind it. `who` names the place that says so.
static int extend_chain(chain *files, const char *path, const char *who, wg_error *error) {
  if (files->count == CHAIN_MAX) {
    return wg_error_add(error, WG_FAIL_CONFIG, "%sthe chain of files is too long (allowed: %d)", who, CHAIN_MAX);
  }
  wg_config_tree parent = {0};
  int code = wg_config_tree_read(path, who, files->roots, &parent, error);
  for (size_t i = 0; i < files->count && !code; i++) {
    if (!same_file(&files->trees[i], &parent))
      continue;
    code = wg_error_add(error, WG_FAIL_CONFIG, "%sgoes round in a circle: %s comes up again", who, path);
  }
  if (code)
    wg_config_tree_free(&parent);
  else
    files->trees[files->count++] = parent;
  return code;
}

static int read_parent(chain *files, const char *text, wg_config_place place, wg_error *error) {
  char *const path = wg_config_path_beside(place.file, text);
  char *who = NULL;
  if (asprintf(&who, "%s:%d: extends: ", place.file, place.line) < 0)
    who = NULL;
  const int code = path && who ? extend_chain(files, path, who, error) : no_memory(error);
  free(path);
  free(who);
  return code;
}

// What could be read remains in the chain when the rest could not.
static int read_chain(const char *scenario, chain *files, wg_error *error) {
  int code = extend_chain(files, scenario, "", error);
  while (!code) {
    wg_config_place place;
    const char *const text = wg_config_tree_extends(&files->trees[files->count - 1], &place, error);
    if (!text)
      return place.file ? WG_FAIL_CONFIG : WG_OK;
    code = read_parent(files, text, place, error);
  }
  return code;
}

static int apply_chain(const chain *files, wg_config *config, wg_error *error) {
  int code = WG_OK;
  for (size_t i = files->count; i-- > 0 && code != WG_FAIL_RUN;) {
    const int one = wg_config_tree_apply(&files->trees[i], WG_CONFIG_SCENARIO, config, error);
    if (one)
      code = one;
  }
  return code;
}

static int apply_set(const char *text, const char *origin, bool create, wg_config *config, wg_error *error) {
  const char *const equals = strchr(text, '=');
  if (!equals || equals == text) {
    wg_message quoted = {0};
    wg_message_quote(&quoted, text, strlen(text));
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s is not of the form path=value", origin, quoted.text);
  }
  if ((size_t)(equals - text) > PATH_LENGTH_MAX) {
    wg_message quoted = {0};
    wg_message_quote(&quoted, text, (size_t)(equals - text));
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s: unknown key", origin, quoted.text);
  }
  wg_arena arena = {0};
  wg_value value;
  wg_message problem = {0};
  const char *const path = wg_arena_text(&arena, text, (size_t)(equals - text));
  int code = path ? wg_literal_parse(equals + 1, &arena, &value, &problem) : WG_FAIL_RUN;
  if (!code) {
    code = wg_config_set(config, path, &value, origin, create, error);
  } else if (code == WG_FAIL_RUN) {
    code = no_memory(error);
  } else {
    wg_error_add(error, code, "%s: %s: %s", origin, path, problem.text);
  }
  wg_arena_free(&arena);
  return code;
}

static const char *origin_of_set(const wg_config_sources *sources, size_t set) {
  return sources->set_origins ? sources->set_origins[set] : set_origin;
}

static int apply_sets(const wg_config_sources *sources, bool create, wg_config *config, wg_error *error) {
  int code = WG_OK;
  for (size_t i = 0; i < sources->set_count && code != WG_FAIL_RUN; i++) {
    const int one = apply_set(sources->sets[i], origin_of_set(sources, i), create, config, error);
    if (one)
      code = one;
  }
  return code;
}

static bool is_origin_of_set(const wg_config_sources *sources, const char *origin) {
  for (size_t i = 0; i < sources->set_count; i++)
    if (strcmp(origin_of_set(sources, i), origin) == 0)
      return true;
  return false;
}

// What names a scenario cannot be inherited: two would carry one name.
static int check_own(const wg_config_sources *sources, const wg_config_tree *scenario, const wg_config *config,
                     wg_error *error) {
  size_t count;
  const wg_param_group *const *const groups = wg_config_groups(config, &count);
  int code = WG_OK;
  for (size_t i = 0; i < count; i++) {
    if (*groups[i]->path)
      continue;
    for (size_t j = 0; j < groups[i]->count; j++) {
      const wg_param *const row = &groups[i]->rows[j];
      const char *const origin = wg_config_origin(config, groups[i], 0, row->name);
      if (row->fallback || !origin || is_origin_of_set(sources, origin))
        continue;
      if (wg_config_tree_has(scenario, row->name))
        continue;
      code =
          wg_error_add(error, WG_FAIL_CONFIG, "%s: %s: is required in the scenario itself, not only in what it extends",
                       scenario->path, row->name);
    }
  }
  return code;
}

// Whether nothing required is missing, for whatever reason.
static bool has_required(const wg_config *config) {
  size_t group_count;
  const wg_param_group *const *const groups = wg_config_groups(config, &group_count);
  for (size_t g = 0; g < group_count; g++)
    for (size_t i = 0; i < wg_config_count(config, groups[g]); i++)
      for (size_t r = 0; r < groups[g]->count; r++)
        if (!groups[g]->rows[r].fallback && !wg_config_origin(config, groups[g], i, groups[g]->rows[r].name))
          return false;
  return true;
}

static int read_sources(const wg_config_sources *sources, chain *files, wg_config *config, bool *whole,
                        wg_error *problems) {
  bool unread = false;
  const int facts = sources->configs ? read_facts(sources->configs, files->roots, config, &unread, problems) : WG_OK;
  const bool none = facts == WG_FAIL_RUN || !sources->scenario;
  const int read = none ? facts : read_chain(sources->scenario, files, problems);
  unread |= read != WG_OK;
  if (read != WG_FAIL_RUN) {
    apply_chain(files, config, problems);
    // An instance that a file could not give is no misspelling.
    apply_sets(sources, unread, config, problems);
  }
  // What a file that could not be read would have given is not missing.
  if (!unread && sources->scenario) {
    check_own(sources, &files->trees[0], config, problems);
    wg_config_check(config, sources->scenario, problems);
  }
  *whole = !unread && problems->code != WG_FAIL_RUN && has_required(config);
  return problems->code;
}

int wg_config_file_read(const wg_config_sources *sources, wg_config *config, bool *whole, wg_error *error) {
  wg_error problems = {0};
  bool is_whole = false;
  static const wg_include_roots none = {0};
  const wg_include_roots *const given = sources->include ? sources->include : &none;
  chain *const files = calloc(1, sizeof *files);
  const char **const folders = calloc(given->count + 1, sizeof *folders);
  char *const own = sources->scenario ? wg_config_folder_of(sources->scenario) : NULL;
  if (files && folders) {
    size_t count = 0;
    for (; count < given->count; count++)
      folders[count] = given->folders[count];
    if (own)
      folders[count++] = own;
    const wg_include_roots roots = {folders, count, given->anywhere};
    files->roots = &roots;
    read_sources(sources, files, config, &is_whole, &problems);
  } else {
    no_memory(&problems);
  }
  for (size_t i = 0; files && i < files->count; i++)
    wg_config_tree_free(&files->trees[i]);
  free(files);
  free(folders);
  free(own);
  if (whole)
    *whole = is_whole;
  return wg_error_merge(error, &problems);
}
