// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/config.h"

#include <stdlib.h>
#include <string.h>

#include "schema/config_path.h"
#include "schema/config_store.h"
#include "schema/literal.h"
#include "schema/param_value.h"

int wg_config_no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "no memory for the configuration");
}

static bool instance_init(wg_config *config, const wg_param_group *group, wg_instance *instance) {
  instance->name = "";
  instance->origin = "default";
  instance->data = wg_arena_alloc(&config->arena, 1, group->size);
  instance->origins = wg_arena_alloc(&config->arena, group->count, sizeof *instance->origins);
  instance->refused = wg_arena_alloc(&config->arena, group->count, sizeof *instance->refused);
  return instance->data && instance->origins && instance->refused;
}

// A required row without a value must not be mistaken for 1970-01-01, nor be a pointer to nothing.
static void fill_required(const wg_param *row, void *data) {
  char *const member = (char *)data + row->offset;
  if (row->type == WG_PARAM_TEXT)
    *(const char **)(void *)member = "";
  if (row->type == WG_PARAM_DATE)
    *(wg_date *)(void *)member = WG_DATE_NONE;
}

static int fill_defaults(wg_config *config, wg_section *section, wg_error *error) {
  const wg_param_group *const group = section->group;
  if (!instance_init(config, group, &section->blank))
    return wg_config_no_memory(error);
  for (size_t i = 0; i < group->count; i++) {
    const wg_param *const row = &group->rows[i];
    if (!row->fallback) {
      fill_required(row, section->blank.data);
      continue;
    }
    wg_value value;
    wg_message problem = {0};
    int code = wg_literal_parse(row->fallback, &config->arena, &value, &problem);
    if (!code)
      code = wg_param_assign(row, &value, &config->arena, section->blank.data, &problem);
    if (code == WG_FAIL_RUN)
      return wg_config_no_memory(error);
    if (code) {
      wg_error_add(error, code, "default: %s%s%s: %s", group->path, *group->path ? "." : "", row->name, problem.text);
    }
    section->blank.origins[i] = "default";
  }
  return WG_OK;
}

static int section_append(wg_config *config, wg_section *section, wg_instance *instance, wg_error *error) {
  if (section->count == section->capacity) {
    const size_t capacity = section->capacity ? section->capacity * 2 : 4;
    wg_instance **const instances = wg_arena_alloc(&config->arena, capacity, sizeof(void *));
    if (!instances)
      return wg_config_no_memory(error);
    if (section->count)
      memcpy(instances, section->instances, section->count * sizeof(void *));
    section->instances = instances;
    section->capacity = capacity;
  }
  section->instances[section->count++] = instance;
  return WG_OK;
}

int wg_config_create(const wg_param_group *const *groups, size_t group_count, wg_config **config, wg_error *error) {
  *config = NULL;
  wg_config *made = calloc(1, sizeof *made);
  if (!made)
    return wg_config_no_memory(error);
  wg_error problems = {0};
  made->groups = wg_arena_alloc(&made->arena, group_count, sizeof(void *));
  made->sections = wg_arena_alloc(&made->arena, group_count, sizeof *made->sections);
  if (!made->groups || !made->sections) {
    wg_config_no_memory(&problems);
    goto out;
  }
  for (size_t i = 0; i < group_count; i++) {
    made->groups[i] = groups[i];
    made->sections[i].group = groups[i];
    made->group_count = i + 1;
    wg_section *const section = &made->sections[i];
    if (strchr(groups[i]->path, '.') || (groups[i]->keyed && !*groups[i]->path)) {
      wg_error_add(&problems, WG_FAIL_CONFIG, "\"%s\" cannot be the path of a group", groups[i]->path);
    }
    if (fill_defaults(made, section, &problems) == WG_FAIL_RUN)
      goto out;
    if (!groups[i]->keyed && section_append(made, section, &section->blank, &problems))
      goto out;
  }
out:
  if (problems.code) {
    wg_config_free(made);
    return wg_error_merge(error, &problems);
  }
  *config = made;
  return WG_OK;
}

void wg_config_free(wg_config *config) {
  if (!config)
    return;
  wg_arena_free(&config->arena);
  free(config);
}

wg_section *wg_config_section(const wg_config *config, const wg_param_group *group) {
  for (size_t i = 0; i < config->group_count; i++) {
    if (config->groups[i] == group)
      return &config->sections[i];
  }
  return NULL;
}

wg_instance *wg_section_find(const wg_section *section, const char *name, size_t length) {
  for (size_t i = 0; i < section->count; i++) {
    wg_instance *const instance = section->instances[i];
    if (strlen(instance->name) == length && strncmp(instance->name, name, length) == 0)
      return instance;
  }
  return NULL;
}

static wg_instance *instance_at(const wg_config *config, const wg_param_group *group, size_t index) {
  const wg_section *const section = wg_config_section(config, group);
  return section && index < section->count ? section->instances[index] : NULL;
}

const void *wg_config_get(const wg_config *config, const wg_param_group *group) {
  return group->keyed ? NULL : wg_config_at(config, group, 0);
}

size_t wg_config_count(const wg_config *config, const wg_param_group *group) {
  const wg_section *const section = wg_config_section(config, group);
  return section ? section->count : 0;
}

const void *wg_config_at(const wg_config *config, const wg_param_group *group, size_t index) {
  const wg_instance *const instance = instance_at(config, group, index);
  return instance ? instance->data : NULL;
}

const char *wg_config_name(const wg_config *config, const wg_param_group *group, size_t index) {
  const wg_instance *const instance = instance_at(config, group, index);
  return instance ? instance->name : NULL;
}

int wg_config_find(const wg_config *config, const wg_param_group *group, const char *name) {
  for (size_t i = 0; i < wg_config_count(config, group); i++) {
    if (strcmp(wg_config_name(config, group, i), name) == 0)
      return (int)i;
  }
  return -1;
}

const wg_param_group *const *wg_config_groups(const wg_config *config, size_t *count) {
  *count = config->group_count;
  return config->groups;
}

const char *wg_config_origin(const wg_config *config, const wg_param_group *group, size_t instance,
                             const char *parameter) {
  const wg_instance *const found = instance_at(config, group, instance);
  for (size_t i = 0; found && i < group->count; i++) {
    if (strcmp(group->rows[i].name, parameter) == 0)
      return found->origins[i];
  }
  return NULL;
}

// An instance of a keyed group with the defaults, not yet part of its section.
static wg_instance *instance_make(wg_config *config, const wg_section *section, const char *name, size_t length,
                                  const char *origin) {
  const wg_param_group *const group = section->group;
  wg_instance *const instance = wg_arena_alloc(&config->arena, 1, sizeof *instance);
  if (!instance || !instance_init(config, group, instance))
    return NULL;
  memcpy(instance->data, section->blank.data, group->size);
  if (group->count)
    memcpy(instance->origins, section->blank.origins, group->count * sizeof *instance->origins);
  instance->name = wg_arena_text(&config->arena, name, length);
  instance->origin = wg_arena_text(&config->arena, origin, strlen(origin));
  return instance->name && instance->origin ? instance : NULL;
}

// The sections whose instances carry the name: the group's own and those of its parts.
static bool carries(const wg_section *section, const wg_param_group *group, const char *name) {
  return section->group == group || wg_part_fits(section->group, group, name, strlen(name));
}

int wg_config_add(wg_config *config, const char *group_path, const char *name, const char *origin, wg_error *error) {
  const wg_path found = wg_config_look(config, group_path);
  if (found.kind != WG_PATH_GROUP || !found.group->keyed ||
      !wg_instance_name_valid(config, found.group, name, strlen(name))) {
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s: cannot have \"%.64s\" in it", origin, group_path, name);
  }
  for (size_t i = 0; i < config->group_count; i++) {
    wg_section *const section = &config->sections[i];
    if (!carries(section, found.group, name) || wg_section_find(section, name, strlen(name)))
      continue;
    wg_instance *const instance = instance_make(config, section, name, strlen(name), origin);
    if (!instance)
      return wg_config_no_memory(error);
    const int code = section_append(config, section, instance, error);
    if (code)
      return code;
  }
  return WG_OK;
}

void wg_config_clear(wg_config *config, const char *group_path) {
  for (size_t i = 0; i < config->group_count; i++)
    if (config->groups[i]->keyed && strcmp(config->groups[i]->path, group_path) == 0)
      config->sections[i].count = 0;
}

static int refuse_path(const wg_config *config, const char *path, const wg_path *found, const char *origin,
                       wg_error *error) {
  if (found->kind == WG_PATH_UNKNOWN)
    return wg_config_unknown(config, path, NULL, origin, error);
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s: is a group: its parameters are set one by one", origin, path);
}

int wg_config_set(wg_config *config, const char *path, const wg_value *value, const char *origin, bool create,
                  wg_error *error) {
  const wg_path found = wg_config_look(config, path);
  if (found.kind != WG_PATH_PARAM)
    return refuse_path(config, path, &found, origin, error);
  wg_section *const section = wg_config_section(config, found.group);
  wg_instance *instance =
      found.group->keyed ? wg_section_find(section, found.instance, found.instance_length) : section->instances[0];
  // Entries of a list come into being as a whole. After a problem elsewhere it is not known which there should be.
  const bool entry = found.group->listed || found.group->part;
  if (!instance && entry && create)
    return WG_OK;
  if (!instance && !create)
    return wg_config_unknown_instance(config, path, origin, error);
  const bool fresh = !instance;
  if (fresh)
    instance = instance_make(config, section, found.instance, found.instance_length, origin);
  const char *const kept = wg_arena_text(&config->arena, origin, strlen(origin));
  if (!instance || !kept)
    return wg_config_no_memory(error);
  const size_t index = (size_t)(found.row - found.group->rows);
  wg_message problem = {0};
  const int code = wg_param_assign(found.row, value, &config->arena, instance->data, &problem);
  if (code == WG_FAIL_RUN)
    return wg_config_no_memory(error);
  if (code) {
    instance->refused[index] = true;
    return wg_error_add(error, code, "%s: %s: %s", origin, path, problem.text);
  }
  if (fresh && section_append(config, section, instance, error))
    return WG_FAIL_RUN;
  instance->origins[index] = kept;
  return WG_OK;
}

void wg_param_path(const wg_param_group *group, const char *name, const wg_param *row, char *path, size_t size) {
  snprintf(path, size, "%s%s%s%s%s%s%s", group->path, *group->path ? "." : "", name, *name ? "." : "",
           group->part ? group->part : "", group->part ? "." : "", row->name);
}

int wg_config_check(const wg_config *config, const char *where, wg_error *error) {
  int code = WG_OK;
  for (size_t i = 0; i < config->group_count; i++) {
    const wg_param_group *const group = config->groups[i];
    for (size_t k = 0; k < config->sections[i].count; k++) {
      const wg_instance *const instance = config->sections[i].instances[k];
      for (size_t j = 0; j < group->count; j++) {
        if (instance->origins[j] || instance->refused[j])
          continue;
        code = wg_error_add(error, WG_FAIL_CONFIG, "%s: %s%s%s%s%s%s%s: is required but not given",
                            group->keyed ? instance->origin : where, group->path, *group->path ? "." : "",
                            instance->name, *instance->name ? "." : "", group->part ? group->part : "",
                            group->part ? "." : "", group->rows[j].name);
      }
    }
  }
  return code;
}
