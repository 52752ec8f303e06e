// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/config_path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema/config_store.h"
#include "schema/message.h"

static const wg_param *find_row(const wg_param_group *group, const char *name) {
  for (size_t i = 0; i < group->count; i++) {
    if (strcmp(group->rows[i].name, name) == 0)
      return &group->rows[i];
  }
  return NULL;
}

static const wg_param_group *find_group(const wg_config *config, const char *name, size_t length) {
  for (size_t i = 0; i < config->group_count; i++) {
    const char *const path = config->groups[i]->path;
    if (!config->groups[i]->part && length && strlen(path) == length && strncmp(path, name, length) == 0)
      return config->groups[i];
  }
  return NULL;
}

static size_t type_length(const char *name, size_t length) {
  const char *const mark = memchr(name, '#', length);
  return mark ? (size_t)(mark - name) : length;
}

bool wg_part_fits(const wg_param_group *part, const wg_param_group *group, const char *name, size_t length) {
  if (!part->part || strcmp(part->path, group->path) != 0)
    return false;
  const size_t type = type_length(name, length);
  return !part->type || (strlen(part->type) == type && strncmp(part->type, name, type) == 0);
}

static bool known_type(const wg_config *config, const wg_param_group *group, const char *name, size_t length) {
  for (size_t i = 0; i < config->group_count; i++)
    if (config->groups[i]->type && wg_part_fits(config->groups[i], group, name, length))
      return true;
  return false;
}

// "#2" and beyond: the first entry of a type has no number.
static bool number_valid(const char *text, size_t length) {
  if (length < 2 || length > 4 || text[1] == '0' || (length == 2 && text[1] == '1'))
    return false;
  for (size_t i = 1; i < length; i++)
    if (text[i] < '0' || text[i] > '9')
      return false;
  return true;
}

bool wg_instance_name_valid(const wg_config *config, const wg_param_group *group, const char *name, size_t length) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  if (length == 0 || !name[0] || !strchr(letters, name[0]))
    return false;
  if (group->listed) {
    const size_t type = type_length(name, length);
    return known_type(config, group, name, length) && (type == length || number_valid(name + type, length - type));
  }
  for (size_t i = 0; i < length; i++) {
    if (!name[i] || (!strchr(letters, name[i]) && !strchr("0123456789_-", name[i])))
      return false;
  }
  return true;
}

static wg_path look_in(wg_path found, const char *name) {
  found.row = find_row(found.group, name);
  found.kind = found.row ? WG_PATH_PARAM : WG_PATH_UNKNOWN;
  if (!found.row)
    found.unknown = name;
  return found;
}

// "scope.share", within an instance.
static wg_path look_in_instance(const wg_config *config, wg_path found, const char *rest) {
  const size_t length = strcspn(rest, ".");
  for (size_t i = 0; i < config->group_count; i++) {
    const wg_param_group *const part = config->groups[i];
    if (!wg_part_fits(part, found.group, found.instance, found.instance_length) || strlen(part->part) != length ||
        strncmp(part->part, rest, length) != 0)
      continue;
    found.group = part;
    if (rest[length])
      return look_in(found, rest + length + 1);
    found.kind = WG_PATH_PART;
    return found;
  }
  return look_in(found, rest);
}

wg_path wg_config_look(const wg_config *config, const char *path) {
  wg_path found = {.unknown = path};
  const size_t first = strcspn(path, ".");
  found.group = find_group(config, path, first);
  if (!found.group) {
    for (size_t i = 0; i < config->group_count; i++) {
      const wg_param_group *const group = config->groups[i];
      if (*group->path || !find_row(group, path))
        continue;
      found.group = group;
      return look_in(found, path);
    }
    return found;
  }
  if (!path[first]) {
    found.kind = WG_PATH_GROUP;
    return found;
  }
  const char *const rest = path + first + 1;
  if (!found.group->keyed)
    return look_in(found, rest);
  const size_t second = strcspn(rest, ".");
  found.unknown = rest;
  if (!wg_instance_name_valid(config, found.group, rest, second))
    return found;
  found.instance = rest;
  found.instance_length = second;
  if (rest[second])
    return look_in_instance(config, found, rest + second + 1);
  found.kind = WG_PATH_INSTANCE;
  return found;
}

static void say_choice(wg_message *line, const char *unknown, const char **names, size_t count) {
  const char *const nearest = wg_name_nearest(unknown, names, count);
  if (nearest) {
    wg_message_add(line, "; did you mean \"%s\"?", nearest);
    return;
  }
  if (count == 0)
    return;
  wg_message_add(line, " (allowed: ");
  const size_t start = line->length;
  for (size_t i = 0; i < count; i++) {
    // Beyond a line nobody reads on, and other problems need room.
    if (line->length - start > 100) {
      wg_message_add(line, ", …");
      break;
    }
    wg_message_add(line, "%s%s", i ? ", " : "", names[i]);
  }
  wg_message_add(line, ")");
}

static size_t list_rows(const wg_param_group *group, const char **names) {
  for (size_t i = 0; i < group->count; i++)
    names[i] = group->rows[i].name;
  return group->count;
}

// The rows of an instance, and the parts that it has.
static size_t list_members(const wg_config *config, const wg_path *found, const char **names) {
  size_t count = list_rows(found->group, names);
  for (size_t i = 0; found->instance && !found->group->part && i < config->group_count; i++)
    if (wg_part_fits(config->groups[i], found->group, found->instance, found->instance_length))
      names[count++] = config->groups[i]->part;
  return count;
}

static size_t list_types(const wg_config *config, const wg_param_group *group, const char **names) {
  size_t count = 0;
  for (size_t i = 0; i < config->group_count; i++)
    if (config->groups[i]->type && strcmp(config->groups[i]->path, group->path) == 0)
      names[count++] = config->groups[i]->type;
  return count;
}

static size_t list_instances(const wg_section *section, const char **names) {
  for (size_t i = 0; i < section->count; i++)
    names[i] = section->instances[i]->name;
  return section->count;
}

static size_t list_top(const wg_config *config, const char *also, const char **names) {
  size_t count = 0;
  for (size_t i = 0; i < config->group_count; i++) {
    const wg_param_group *const group = config->groups[i];
    if (group->part)
      continue;
    if (*group->path)
      names[count++] = group->path;
    else
      count += list_rows(group, names + count);
  }
  if (also)
    names[count++] = also;
  return count;
}

// No list is longer than all rows, groups and instances together.
static size_t names_max(const wg_config *config) {
  size_t count = 1;
  for (size_t i = 0; i < config->group_count; i++) {
    count += 1 + config->groups[i]->count + config->sections[i].count;
  }
  return count;
}

int wg_config_unknown_type(const wg_config *config, const wg_param_group *group, const char *type, const char *origin,
                           wg_error *error) {
  const char **const names = calloc(names_max(config), sizeof *names);
  if (!names)
    return wg_config_no_memory(error);
  const size_t count = list_types(config, group, names);
  wg_message line = {0};
  wg_message_add(&line, "there is no %s called ", group->listed);
  wg_message_quote(&line, type, strlen(type));
  say_choice(&line, type, names, count);
  free(names);
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s: %s", origin, group->path, line.text);
}

int wg_config_unknown(const wg_config *config, const char *path, const char *also, const char *origin,
                      wg_error *error) {
  const wg_path found = wg_config_look(config, path);
  wg_message line = {0};
  if (found.group && found.group->keyed && !found.instance && !found.group->listed) {
    wg_message_add(&line, "a name is a letter followed by letters, digits, _ and -");
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s: %s", origin, path, line.text);
  }
  const char **const names = calloc(names_max(config), sizeof *names);
  if (!names)
    return wg_config_no_memory(error);
  if (found.group && found.group->listed && !found.instance) {
    free(names);
    char type[128];
    const size_t end = strcspn(found.unknown, ".");
    snprintf(type, sizeof type, "%.*s", (int)(end < 127 ? end : 127), found.unknown);
    return wg_config_unknown_type(config, found.group, type, origin, error);
  }
  const size_t count = found.group ? list_members(config, &found, names) : list_top(config, also, names);
  // "srevices.elder_care.mix": only the first key is in question.
  char key[128];
  const size_t length = found.group && !found.group->listed ? strlen(found.unknown) : strcspn(found.unknown, ".");
  wg_message_add(&line, "unknown key");
  if (length < sizeof key) {
    memcpy(key, found.unknown, length);
    key[length] = 0;
    say_choice(&line, key, names, count);
  }
  free(names);
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s: %s", origin, path, line.text);
}

int wg_config_unknown_instance(const wg_config *config, const char *path, const char *origin, wg_error *error) {
  const wg_path found = wg_config_look(config, path);
  if (!found.group || !found.instance)
    return wg_config_unknown(config, path, NULL, origin, error);
  const wg_section *const section = wg_config_section(config, find_group(config, path, strcspn(path, ".")));
  const char **const names = calloc(names_max(config), sizeof *names);
  if (!names)
    return wg_config_no_memory(error);
  const size_t count = list_instances(section, names);
  wg_message line = {0};
  char key[128];
  wg_message_add(&line, "there is no ");
  wg_message_quote(&line, found.instance, found.instance_length);
  wg_message_add(&line, " in %s", found.group->path);
  if (found.instance_length < sizeof key) {
    memcpy(key, found.instance, found.instance_length);
    key[found.instance_length] = 0;
    say_choice(&line, key, names, count);
  }
  free(names);
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s: %s", origin, path, line.text);
}
