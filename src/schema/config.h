// SPDX-License-Identifier: GPL-3.0-or-later
// A resolved configuration: every parameter group with its instances, each value with the place it was set.
#ifndef WG_SCHEMA_CONFIG_H
#define WG_SCHEMA_CONFIG_H

#include <stdio.h>

#include "base/error.h"
#include "schema/param.h"

typedef struct wg_config wg_config;

// Makes a configuration with the defaults of every row; keyed groups start empty. Owned by the caller. A default that
// does not satisfy its own row is an error. A group's path is one key; the rows of a group whose path is "" (not keyed)
// are keys of the top level, addressed by their names alone.
int wg_config_create(const wg_param_group *const *groups, size_t group_count, wg_config **config, wg_error *error);
void wg_config_free(wg_config *config);

// A configuration of its own that equals `from`, whose texts and lists it shares: `from` must outlive it. Free it with wg_config_free.
int wg_config_copy(const wg_config *from, wg_config **copy, wg_error *error);

// The struct of a group that is not keyed. Lives as long as the configuration.
const void *wg_config_get(const wg_config *config, const wg_param_group *group);

// Instances of a keyed group in the order in which they were first named.
size_t wg_config_count(const wg_config *config, const wg_param_group *group);
const void *wg_config_at(const wg_config *config, const wg_param_group *group, size_t index);
const char *wg_config_name(const wg_config *config, const wg_param_group *group, size_t index);
// Position of the instance called `name`, or -1.
int wg_config_find(const wg_config *config, const wg_param_group *group, const char *name);

// The groups it was made with.
const wg_param_group *const *wg_config_groups(const wg_config *config, size_t *count);

// A value as it comes from a file or the command line, before it is known whether it fits.
typedef struct wg_value {
  enum { WG_VALUE_BOOL, WG_VALUE_INT, WG_VALUE_REAL, WG_VALUE_TEXT, WG_VALUE_LIST } kind;
  bool boolean;
  int64_t integer;
  double real;
  const char *text;
  const struct wg_value *items;
  size_t count;
} wg_value;

// Sets the parameter at `path` ("needs.filed_share", "services.elder_care.mix"). A new instance of a keyed group comes
// into being when `create` is true. `origin` ("file:line" or "--set") is copied and named in messages. Unknown path
// (with the nearest known), wrong type, out of range or not finite: a problem added to `error`, nothing is changed.
int wg_config_set(wg_config *config, const char *path, const wg_value *value, const char *origin, bool create,
                  wg_error *error);

// Makes sure that the keyed group at `group_path` has the instance `name`, with all its parts; `origin` says where it was
// first named. Entries of a listed group come into being in no other way.
int wg_config_add(wg_config *config, const char *group_path, const char *name, const char *origin, wg_error *error);

// Takes all instances of the keyed group away: a list given anew replaces the old one.
void wg_config_clear(wg_config *config, const char *group_path);

// Adds a problem for every required parameter that has no value; `where` names the file that ought to give those of
// groups that are not keyed. Parameters for which a wrong value was refused before are passed over: that has been told.
int wg_config_check(const wg_config *config, const char *where, wg_error *error);

// Where the value was set: "file:line", "--set" or "default"; NULL for a required one that was not. `instance` is 0 for
// groups that are not keyed.
const char *wg_config_origin(const wg_config *config, const wg_param_group *group, size_t instance,
                             const char *parameter);

// Writes the whole configuration as libconfig text in the order of the groups and rows: equal configurations give equal
// text. The text can be read again. `comments`: each row is preceded by what it means.
int wg_config_print(const wg_config *config, bool comments, FILE *stream);

// The same into memory; the caller frees.
char *wg_config_text(const wg_config *config);

// The value of `row` in the group's struct at `instance` as libconfig text, which --set takes; the caller frees. NULL when there
// is no memory.
char *wg_param_text(const wg_param *row, const void *instance);

// The path that leads to a row of the instance called `name` ("" for groups that are not keyed): "run.seed",
// "services.elder_care.mix", "policies.duty_list#2.scope.share".
void wg_param_path(const wg_param_group *group, const char *name, const wg_param *row, char *path, size_t size);

// Among `count` names the one with the smallest edit distance to `name`, if it is near enough to be a misspelling; NULL
// otherwise.
const char *wg_name_nearest(const char *name, const char *const *names, size_t count);

#endif
