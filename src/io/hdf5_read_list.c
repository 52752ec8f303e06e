// SPDX-License-Identifier: GPL-3.0-or-later
#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/hdf5_error.h"
#include "io/hdf5_read_inside.h"

enum {
  DEPTH_MAX = 8,
  LINKS_MAX = 8192, // of one group
};

// Notes the first thing that cannot be read; the library's reason must still be at hand.
static void note_damage(wg_hdf5_reader *reader, const char *what, const char *name) {
  wg_error error = {0};
  wg_hdf5_fail(&error, "%s", "");
  if (reader->damage.length == 0) {
    wg_message_add(&reader->damage, "%s ", what);
    wg_message_quote(&reader->damage, name, strlen(name));
    wg_message_add(&reader->damage, "%s", error.text);
  }
}

typedef struct links {
  wg_hdf5_reader *reader;
  const char *names[LINKS_MAX];
  size_t count;
} links;

static herr_t add_link(hid_t group, const char *name, const H5L_info_t *info, void *context) {
  (void)group;
  links *const all = context;
  if (info->type != H5L_TYPE_HARD)
    return 0;
  if (all->count == LINKS_MAX) {
    all->reader->content.is_cut = true;
    return 1;
  }
  const char *const copy = wg_arena_text(&all->reader->arena, name, strlen(name));
  if (copy)
    all->names[all->count++] = copy;
  else
    all->reader->no_memory = true;
  return copy ? 0 : -1;
}

typedef struct scale_name {
  char text[128];
} scale_name;

static herr_t take_scale(hid_t variable, unsigned dimension, hid_t scale, void *context) {
  (void)variable;
  (void)dimension;
  scale_name *const name = context;
  char path[1024];
  if (H5DSget_scale_name(scale, name->text, sizeof name->text) > 0)
    return 1;
  if (H5Iget_name(scale, path, sizeof path) > 0) {
    path[sizeof path - 1] = 0;
    const char *const slash = strrchr(path, '/');
    snprintf(name->text, sizeof name->text, "%.*s", (int)sizeof name->text - 1, slash ? slash + 1 : path);
  }
  return 1;
}

static void name_dimensions(wg_hdf5_reader *reader, hid_t dataset, wg_content_variable *variable) {
  const size_t rank = variable->rank < WG_CONTENT_RANK_MAX ? variable->rank : WG_CONTENT_RANK_MAX;
  const bool has_scales = H5Aexists(dataset, "DIMENSION_LIST") > 0;
  for (size_t i = 0; i < rank; i++) {
    scale_name name = {""};
    if (has_scales)
      H5DSiterate_scales(dataset, (unsigned)i, NULL, take_scale, &name);
    name.text[sizeof name.text - 1] = 0;
    variable->dimensions[i] = wg_hdf5_keep_text(reader, name.text, strlen(name.text), false);
  }
  if (rank == 1 && !has_scales && H5DSis_scale(dataset) > 0)
    variable->dimensions[0] = variable->name;
}

static void list_variable(wg_hdf5_reader *reader, hid_t dataset, const char *path, const char *name) {
  wg_content *const content = &reader->content;
  if (content->variable_count == WG_HDF5_VARIABLES_MAX) {
    content->is_cut = true;
    return;
  }
  wg_content_variable variable = {.name = wg_hdf5_keep_text(reader, name, strlen(name), false),
                                  .group = content->group_count - 1};
  hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
  hsize_t shape[H5S_MAX_RANK] = {0};
  const int rank = space >= 0 ? H5Sget_simple_extent_dims(space, shape, NULL) : -1;
  if (type < 0 || rank < 0) {
    note_damage(reader, "the variable", path);
  } else {
    const H5T_class_t class = H5Tget_class(type);
    variable.is_number = class == H5T_INTEGER || class == H5T_FLOAT;
    variable.is_whole = class == H5T_INTEGER;
    variable.is_text = class == H5T_STRING;
    variable.rank = (size_t)rank;
    for (int i = 0; i < rank && i < WG_CONTENT_RANK_MAX; i++)
      variable.shape[i] = shape[i];
    name_dimensions(reader, dataset, &variable);
    variable.unit = wg_hdf5_read_attribute(reader, dataset, "units", false).text;
    variable.long_name = wg_hdf5_read_attribute(reader, dataset, "long_name", false).text;
    variable.label = wg_hdf5_read_attribute(reader, dataset, "label_zh", false).text;
    reader->paths[content->variable_count] = path;
    reader->variables[content->variable_count++] = variable;
  }
  H5Sclose(space);
  H5Tclose(type);
}

static char *join(wg_hdf5_reader *reader, const char *group, const char *name) {
  const size_t length = strlen(group) + strlen(name) + 1;
  char *const path = wg_arena_alloc(&reader->arena, length + 1, 1);
  if (path)
    snprintf(path, length + 1, "%s%s%s", group, group[0] ? "/" : "", name);
  else
    reader->no_memory = true;
  return path;
}

static void list_group(wg_hdf5_reader *reader, const char *path, int depth);

static void list_links(wg_hdf5_reader *reader, const char *path, hid_t group, links *all, int depth) {
  if (H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, add_link, all) < 0) {
    all->count = 0; // whose order was not tracked
    if (H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, NULL, add_link, all) < 0)
      note_damage(reader, "the group", path[0] ? path : "/");
  }
  size_t groups = 0;
  for (size_t i = 0; i < all->count && !reader->no_memory; i++) {
    const char *const own = join(reader, path, all->names[i]);
    hid_t object = own ? H5Oopen(group, all->names[i], H5P_DEFAULT) : H5I_INVALID_HID;
    const H5I_type_t kind = object >= 0 ? H5Iget_type(object) : H5I_BADID;
    if (own && object < 0)
      note_damage(reader, "the object", own);
    if (kind == H5I_DATASET)
      list_variable(reader, object, own, all->names[i]);
    if (kind == H5I_GROUP)
      all->names[groups++] = own; // later, so that variables stand together
    H5Oclose(object);
  }
  for (size_t i = 0; i < groups && !reader->no_memory; i++)
    list_group(reader, all->names[i], depth + 1);
}

static void list_group(wg_hdf5_reader *reader, const char *path, int depth) {
  wg_content *const content = &reader->content;
  if (depth > DEPTH_MAX || content->group_count == WG_HDF5_GROUPS_MAX) {
    content->is_cut = true;
    return;
  }
  hid_t group = H5Gopen2(reader->file, path[0] ? path : "/", H5P_DEFAULT);
  links *const all = calloc(1, sizeof *all);
  if (group < 0) {
    note_damage(reader, "the group", path[0] ? path : "/");
  } else if (!all) {
    reader->no_memory = true;
  } else {
    all->reader = reader;
    reader->groups[content->group_count++] = wg_hdf5_keep_text(reader, path, strlen(path), false);
    if (depth == 0 && wg_hdf5_list_attributes(reader, group, reader->attributes, &content->attribute_count))
      note_damage(reader, "the attributes of", reader->path);
    list_links(reader, path, group, all, depth);
  }
  free(all);
  H5Gclose(group);
}

void wg_hdf5_read_list(wg_hdf5_reader *reader) {
  list_group(reader, "", 0);
}
