// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/hdf5_group.h"

#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/hdf5_attribute.h"
#include "io/hdf5_error.h"

enum { WHERE_SIZE = 400 };

static void tell_where(char *where, const char *path, const wg_group *group, const char *variable) {
  const char *slash = group->name[0] == '\0' ? "" : "/";
  if (variable == NULL) {
    snprintf(where, WHERE_SIZE, "%s: group `/%s`", path, group->name);
  } else {
    snprintf(where, WHERE_SIZE, "%s: variable `%s%s%s`", path, group->name, slash, variable);
  }
}

// The index of the dimension, or dimension_count.
static size_t find_dimension(const wg_group *group, const char *name) {
  size_t i = 0;
  while (i < group->dimension_count && strcmp(group->dimensions[i].name, name) != 0) {
    i++;
  }
  return i;
}

static bool is_coordinate(const wg_variable *variable) {
  return variable->rank == 1 && strcmp(variable->dimensions[0], variable->name) == 0;
}

static const wg_variable *find_coordinate(const wg_group *group, const wg_dimension *dimension) {
  for (size_t i = 0; i < group->variable_count; i++) {
    const wg_variable *variable = &group->variables[i];
    if (is_coordinate(variable) && strcmp(variable->name, dimension->name) == 0) {
      return variable;
    }
  }
  return NULL;
}

// A slash would make HDF5 look elsewhere, and "." is the group itself.
static bool is_link_name(const char *name) {
  return name != NULL && name[0] != '\0' && strchr(name, '/') == NULL && strcmp(name, ".") != 0;
}

static int check_variable(const char *where, const wg_group *group, const wg_variable *variable, bool may_stack,
                          wg_error *error) {
  if (variable->rank < 1 || variable->rank > WG_DIMENSIONS_MAX) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: %zu dimensions, not 1 to %d", where, variable->rank,
                        WG_DIMENSIONS_MAX);
  }
  const int sources = (variable->data != NULL) + (variable->read != NULL) + (variable->stacked != 0);
  if (sources != 1 || (variable->stacked && !may_stack)) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: needs either data or a function that reads it%s", where,
                        may_stack ? " or to be stacked" : "");
  }
  if (variable->stacked > variable->rank || (variable->stacked && is_coordinate(variable))) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: cannot be stacked along %zu dimensions", where, variable->stacked);
  }
  for (size_t i = 0; i < variable->rank; i++) {
    if (find_dimension(group, variable->dimensions[i]) == group->dimension_count) {
      return wg_error_set(error, WG_FAIL_RUN, "%s: unknown dimension `%s`", where, variable->dimensions[i]);
    }
  }
  if (find_dimension(group, variable->name) < group->dimension_count && !is_coordinate(variable)) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: has a dimension's name without being its coordinate", where);
  }
  for (const wg_variable *earlier = group->variables; earlier < variable; earlier++) {
    if (strcmp(earlier->name, variable->name) == 0) {
      return wg_error_set(error, WG_FAIL_RUN, "%s: given twice", where);
    }
  }
  return WG_OK;
}

int wg_hdf5_group_check(const char *path, const wg_group *group, bool may_stack, wg_error *error) {
  char where[WHERE_SIZE];
  tell_where(where, path, group, NULL);
  if (group->name[0] != '\0' && !is_link_name(group->name)) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: not a name for a group", where);
  }
  for (size_t i = 0; i < group->dimension_count; i++) {
    const wg_dimension *dimension = &group->dimensions[i];
    if (!is_link_name(dimension->name) || dimension->length < 1 || find_dimension(group, dimension->name) != i) {
      return wg_error_set(error, WG_FAIL_RUN, "%s: dimension `%s` has no proper name, no length or is given twice",
                          where, dimension->name != NULL ? dimension->name : "");
    }
  }
  for (size_t i = 0; i < group->variable_count; i++) {
    const wg_variable *variable = &group->variables[i];
    if (!is_link_name(variable->name)) {
      return wg_error_set(error, WG_FAIL_RUN, "%s: `%s` is not a name for a variable", where,
                          variable->name != NULL ? variable->name : "");
    }
    tell_where(where, path, group, variable->name);
    int code = check_variable(where, group, variable, may_stack, error);
    if (code != WG_OK) {
      return code;
    }
    tell_where(where, path, group, NULL);
  }
  return WG_OK;
}

static int read_index(void *context, size_t first, size_t count, void *buffer, wg_error *error) {
  (void)context;
  (void)error;
  int64_t *index = buffer;
  for (size_t i = 0; i < count; i++) {
    index[i] = (int64_t)(first + i);
  }
  return WG_OK;
}

// Closing writes the chunks that are left, hence the look at the disk. `code` is what happened so far.
static int close_dataset(const wg_hdf5_target *target, hid_t dataset, const char *where, int code, wg_error *error) {
  if (dataset >= 0 && H5Dclose(dataset) < 0 && code == WG_OK) {
    code = wg_hdf5_fail(error, "%s", where);
  }
  return code == WG_OK ? wg_hdf5_disk_check(target->disk, where, error) : code;
}

static int write_scale(const wg_hdf5_target *target, const wg_group *group, const wg_dimension *dimension, hid_t *scale,
                       wg_error *error) {
  // A dimension nobody named values for still needs a scale: h5netcdf refuses a file that misses one.
  const wg_variable index = {.name = dimension->name,
                             .type = WG_I64,
                             .rank = 1,
                             .dimensions = {dimension->name},
                             .long_name = "index",
                             .read = read_index};
  const wg_variable *coordinate = find_coordinate(group, dimension);
  char where[WHERE_SIZE];
  tell_where(where, target->path, group, dimension->name);
  return wg_hdf5_variable_write(target, where, coordinate != NULL ? coordinate : &index, &dimension, true, scale,
                                error);
}

static int write_variable(const wg_hdf5_target *target, const wg_group *group, const wg_variable *variable,
                          const hid_t *scales, hid_t *stacked, wg_error *error) {
  char where[WHERE_SIZE];
  tell_where(where, target->path, group, variable->name);
  const wg_dimension *axes[WG_DIMENSIONS_MAX];
  size_t which[WG_DIMENSIONS_MAX] = {0};
  for (size_t i = 0; i < variable->rank; i++) {
    which[i] = find_dimension(group, variable->dimensions[i]);
    axes[i] = &group->dimensions[which[i]];
  }
  hid_t dataset;
  int code = wg_hdf5_variable_write(target, where, variable, axes, false, &dataset, error);
  for (size_t i = 0; code == WG_OK && i < variable->rank; i++) {
    if (H5DSattach_scale(dataset, scales[which[i]], (unsigned)i) < 0) {
      code = wg_hdf5_fail(error, "%s: axis `%s`", where, variable->dimensions[i]);
    }
  }
  if (variable->stacked && stacked) {
    *stacked = dataset;
    return code;
  }
  return close_dataset(target, dataset, where, code, error);
}

int wg_hdf5_group_write(const wg_hdf5_target *target, const wg_group *group, hid_t *stacked, wg_error *error) {
  char where[WHERE_SIZE];
  tell_where(where, target->path, group, NULL);
  for (size_t i = 0; stacked && i < group->variable_count; i++) {
    stacked[i] = H5I_INVALID_HID;
  }
  int code = wg_hdf5_attributes_write(target->id, where, group->attributes, group->attribute_count, error);
  if (code != WG_OK) {
    return code;
  }
  size_t scale_count = 0;
  hid_t *scales = calloc(group->dimension_count + 1, sizeof *scales);
  if (scales == NULL) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory", where);
  }
  while (code == WG_OK && scale_count < group->dimension_count) {
    code = write_scale(target, group, &group->dimensions[scale_count], &scales[scale_count], error);
    scale_count++;
  }
  for (size_t i = 0; code == WG_OK && i < group->variable_count; i++) {
    if (!is_coordinate(&group->variables[i])) {
      code = write_variable(target, group, &group->variables[i], scales, stacked ? stacked + i : NULL, error);
    }
  }
  for (size_t i = 0; i < scale_count; i++) {
    tell_where(where, target->path, group, group->dimensions[i].name);
    code = close_dataset(target, scales[i], where, code, error);
  }
  free(scales);
  return code;
}
