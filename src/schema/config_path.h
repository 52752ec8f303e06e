// SPDX-License-Identifier: GPL-3.0-or-later
// What a path like "services.elder_care.mix" leads to.
#ifndef WG_SCHEMA_CONFIG_PATH_H
#define WG_SCHEMA_CONFIG_PATH_H

#include "schema/config.h"

typedef enum wg_path_kind {
  WG_PATH_UNKNOWN,
  WG_PATH_GROUP,    // a group, keyed or not
  WG_PATH_INSTANCE, // an instance of a keyed group, whether or not it exists yet
  WG_PATH_PART,     // a part of such an instance
  WG_PATH_PARAM,    // a row, whether or not its instance exists yet
} wg_path_kind;

typedef struct wg_path {
  wg_path_kind kind;
  const wg_param_group *group; // the part's, where the path enters one; NULL if unknown at the first key
  const wg_param *row;         // of WG_PATH_PARAM
  const char *instance;        // within the path, `instance_length` bytes; NULL if there is none
  size_t instance_length;
  const char *unknown; // of WG_PATH_UNKNOWN: the part of the path that is not known
} wg_path;

wg_path wg_config_look(const wg_config *config, const char *path);

// Whether text can be the name of an instance: a letter, then letters, digits, _ and -; in a listed group a type that
// is known, for further entries of the type with a number from 2 on behind # ("x#2").
bool wg_instance_name_valid(const wg_config *config, const wg_param_group *group, const char *name, size_t length);

// Whether instances with this name have the part.
bool wg_part_fits(const wg_param_group *part, const wg_param_group *group, const char *name, size_t length);

// Adds to `error` that the path, which wg_config_look does not know, is unknown, with the nearest known key or what is
// allowed. `also`: a further key known at the top level, or NULL.
int wg_config_unknown(const wg_config *config, const char *path, const char *also, const char *origin, wg_error *error);

// The same for the type of an entry of a listed group.
int wg_config_unknown_type(const wg_config *config, const wg_param_group *group, const char *type, const char *origin,
                           wg_error *error);

// The same for a path whose instance does not exist.
int wg_config_unknown_instance(const wg_config *config, const char *path, const char *origin, wg_error *error);

#endif
