// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/hdf5_read.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/hdf5_error.h"
#include "schema/arena.h"
#include "schema/message.h"
#include "schema/utf8.h"

enum {
  GROUPS_MAX = 256,
  DEPTH_MAX = 8,
  VARIABLES_MAX = 4096,
  ATTRIBUTES_MAX = 256,
  LINKS_MAX = 8192,     // of one group
  TEXT_MAX = 4 << 20,   // bytes of one attribute
  TEXTS_MAX = 32 << 20, // of all
  CHUNK_MAX = 64 << 20,
  ROW_MAX = 4 << 20, // elements of one row
  BLOCK = 1 << 20,   // elements read at a time
  BUDGET = 1 << 28,  // elements read in all
  LABEL_MAX = 4096,  // bytes of one entry of a list of texts of fixed length
};

struct wg_hdf5_reader {
  wg_content content;
  wg_arena arena;
  const char *path; // of the file
  hid_t file;
  const char **groups; // as wg_content has them, cleaned
  wg_content_attribute *attributes;
  wg_content_variable *variables;
  const char **paths; // of the variables within the file, as it has them
  size_t text_bytes;
  uint64_t elements; // read so far
  bool no_memory;
  wg_message damage;
};

// ---- texts ----

static const char *keep(wg_hdf5_reader *reader, const char *text, size_t length, bool lines) {
  if (reader->text_bytes + length > TEXTS_MAX) {
    reader->content.is_cut = true;
    return "";
  }
  reader->text_bytes += length;
  char *const copy = wg_arena_text(&reader->arena, text, length);
  if (copy)
    wg_utf8_clean(copy, lines);
  else
    reader->no_memory = true;
  return copy ? copy : "";
}

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

static const char *read_variable_text(wg_hdf5_reader *reader, hid_t attribute, hid_t type, bool lines) {
  char *text = NULL;
  const char *kept = "";
  hid_t memory = H5Tcopy(H5T_C_S1);
  if (memory >= 0 && H5Tset_size(memory, H5T_VARIABLE) >= 0 && H5Tset_cset(memory, H5Tget_cset(type)) >= 0 &&
      H5Aread(attribute, memory, (void *)&text) >= 0 && text) {
    const size_t length = strlen(text);
    kept = keep(reader, text, length < TEXT_MAX ? length : TEXT_MAX, lines);
    H5free_memory(text);
  }
  H5Tclose(memory);
  return kept;
}

static const char *read_fixed_text(wg_hdf5_reader *reader, hid_t attribute, hid_t type, bool lines) {
  const size_t size = H5Tget_size(type);
  if (size == 0 || size > TEXT_MAX)
    return "";
  char *const text = calloc(1, size + 1);
  const char *kept = "";
  if (!text)
    reader->no_memory = true;
  else if (H5Aread(attribute, type, text) >= 0)
    kept = keep(reader, text, strlen(text), lines);
  free(text);
  return kept;
}

static const char *read_number(wg_hdf5_reader *reader, hid_t attribute, H5T_class_t class) {
  char text[40] = "";
  int64_t whole = 0;
  double real = 0.0;
  if (class == H5T_INTEGER && H5Aread(attribute, H5T_NATIVE_INT64, &whole) >= 0)
    snprintf(text, sizeof text, "%" PRId64, whole);
  if (class == H5T_FLOAT && H5Aread(attribute, H5T_NATIVE_DOUBLE, &real) >= 0)
    snprintf(text, sizeof text, "%.15g", real);
  return keep(reader, text, strlen(text), false);
}

// As text whatever it is; "" for lists and what is neither text nor number.
static const char *read_attribute(wg_hdf5_reader *reader, hid_t attribute, bool lines) {
  const char *text = "";
  hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
  if (type >= 0 && space >= 0 && H5Sget_simple_extent_npoints(space) == 1) {
    const H5T_class_t class = H5Tget_class(type);
    if (class == H5T_STRING)
      text = H5Tis_variable_str(type) > 0 ? read_variable_text(reader, attribute, type, lines)
                                          : read_fixed_text(reader, attribute, type, lines);
    else if (class == H5T_INTEGER || class == H5T_FLOAT)
      text = read_number(reader, attribute, class);
  }
  H5Sclose(space);
  H5Tclose(type);
  return text;
}

static const char *text_of(wg_hdf5_reader *reader, hid_t object, const char *name, bool lines) {
  if (H5Aexists(object, name) <= 0)
    return "";
  hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
  const char *const text = attribute >= 0 ? read_attribute(reader, attribute, lines) : "";
  H5Aclose(attribute);
  return text;
}

// ---- listing ----

static herr_t add_attribute(hid_t object, const char *name, const H5A_info_t *info, void *context) {
  (void)info;
  wg_hdf5_reader *const reader = context;
  wg_content *const content = &reader->content;
  if (content->attribute_count == ATTRIBUTES_MAX) {
    content->is_cut = true;
    return 1;
  }
  reader->attributes[content->attribute_count++] =
      (wg_content_attribute){keep(reader, name, strlen(name), false), text_of(reader, object, name, true)};
  return 0;
}

static void list_attributes(wg_hdf5_reader *reader, hid_t root) {
  if (H5Aiterate2(root, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, add_attribute, reader) >= 0)
    return;
  reader->content.attribute_count = 0; // whose order was not tracked
  if (H5Aiterate2(root, H5_INDEX_NAME, H5_ITER_INC, NULL, add_attribute, reader) < 0)
    note_damage(reader, "the attributes of", reader->path);
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
    variable->dimensions[i] = keep(reader, name.text, strlen(name.text), false);
  }
  if (rank == 1 && !has_scales && H5DSis_scale(dataset) > 0)
    variable->dimensions[0] = variable->name;
}

static void list_variable(wg_hdf5_reader *reader, hid_t dataset, const char *path, const char *name) {
  wg_content *const content = &reader->content;
  if (content->variable_count == VARIABLES_MAX) {
    content->is_cut = true;
    return;
  }
  wg_content_variable variable = {.name = keep(reader, name, strlen(name), false), .group = content->group_count - 1};
  hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
  hsize_t shape[H5S_MAX_RANK] = {0};
  const int rank = space >= 0 ? H5Sget_simple_extent_dims(space, shape, NULL) : -1;
  if (type < 0 || rank < 0) {
    note_damage(reader, "the variable", path);
  } else {
    const H5T_class_t class = H5Tget_class(type);
    variable.is_number = class == H5T_INTEGER || class == H5T_FLOAT;
    variable.is_text = class == H5T_STRING;
    variable.rank = (size_t)rank;
    for (int i = 0; i < rank && i < WG_CONTENT_RANK_MAX; i++)
      variable.shape[i] = shape[i];
    name_dimensions(reader, dataset, &variable);
    variable.unit = text_of(reader, dataset, "units", false);
    variable.long_name = text_of(reader, dataset, "long_name", false);
    variable.label = text_of(reader, dataset, "label_zh", false);
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
  if (depth > DEPTH_MAX || content->group_count == GROUPS_MAX) {
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
    reader->groups[content->group_count++] = keep(reader, path, strlen(path), false);
    if (depth == 0)
      list_attributes(reader, group);
    list_links(reader, path, group, all, depth);
  }
  free(all);
  H5Gclose(group);
}

// ---- numbers ----

typedef struct reading {
  wg_hdf5_reader *reader;
  const wg_content_variable *variable;
  hid_t dataset, space;
  size_t row; // elements
  wg_error *error;
} reading;

static int refuse(const reading *r, const char *why) {
  return wg_error_add(r->error, WG_FAIL_CONFIG, "%s: variable `%s` %s", r->reader->path, r->variable->name, why);
}

static int fail(const reading *r) {
  wg_error cause = {0};
  wg_hdf5_fail(&cause, "%s: variable `%s`", r->reader->path, r->variable->name);
  return wg_error_add(r->error, WG_FAIL_CONFIG, "%s", cause.text);
}

// Whether reading touches nothing but this file, and no more memory than it may.
static int check_storage(const reading *r) {
  hid_t properties = H5Dget_create_plist(r->dataset), type = H5Dget_type(r->dataset);
  int code = WG_OK;
  hsize_t chunk[H5S_MAX_RANK] = {0};
  if (properties < 0 || type < 0) {
    code = fail(r);
  } else if (H5Pget_layout(properties) == H5D_VIRTUAL || H5Pget_external_count(properties) != 0) {
    code = refuse(r, "lies in other files, which are not read");
  } else if (H5Pget_layout(properties) == H5D_CHUNKED) {
    const int rank = H5Pget_chunk(properties, H5S_MAX_RANK, chunk);
    double bytes = (double)H5Tget_size(type);
    for (int i = 0; i < rank; i++)
      bytes *= (double)chunk[i];
    if (rank < 1 || bytes > CHUNK_MAX)
      code = refuse(r, "is stored in pieces that are too large");
  }
  H5Tclose(type);
  H5Pclose(properties);
  return code;
}

static int check_size(reading *r) {
  const wg_content_variable *const v = r->variable;
  if (!v->is_number || v->rank < 1 || v->rank > WG_CONTENT_RANK_MAX)
    return refuse(r, "is no array of numbers");
  double row = 1.0;
  for (size_t i = 1; i < v->rank; i++)
    row *= (double)v->shape[i];
  const double all = row * (double)v->shape[0];
  if (v->shape[0] > WG_CONTENT_ROWS_MAX || row > ROW_MAX || all + (double)r->reader->elements > BUDGET)
    return refuse(r, "is too large for a summary");
  r->reader->elements += (uint64_t)all;
  r->row = (size_t)row;
  return WG_OK;
}

// `count` rows from `first` on.
static int read_rows(const reading *r, hsize_t first, hsize_t count, double *buffer) {
  hsize_t start[WG_CONTENT_RANK_MAX] = {first}, extent[WG_CONTENT_RANK_MAX] = {count};
  for (size_t i = 1; i < r->variable->rank; i++)
    extent[i] = r->variable->shape[i];
  hid_t memory = H5Screate_simple((int)r->variable->rank, extent, NULL);
  int code = WG_OK;
  if (memory < 0 || H5Sselect_hyperslab(r->space, H5S_SELECT_SET, start, NULL, extent, NULL) < 0 ||
      H5Dread(r->dataset, H5T_NATIVE_DOUBLE, memory, r->space, H5P_DEFAULT, buffer) < 0)
    code = fail(r);
  H5Sclose(memory);
  return code;
}

static int sum_rows(const reading *r, double *sums) {
  const size_t rows = (size_t)r->variable->shape[0];
  size_t at_once = r->row < BLOCK ? BLOCK / (r->row ? r->row : 1) : 1;
  at_once = at_once < rows ? at_once : rows;
  memset(sums, 0, rows * sizeof *sums);
  if (r->row == 0 || rows == 0)
    return WG_OK;
  double *const buffer = calloc(at_once * r->row, sizeof *buffer);
  if (!buffer)
    return wg_error_set(r->error, WG_FAIL_RUN, "%s: no memory", r->reader->path);
  int code = WG_OK;
  for (size_t first = 0; first < rows && !code; first += at_once) {
    const size_t count = rows - first < at_once ? rows - first : at_once;
    code = read_rows(r, first, count, buffer);
    for (size_t i = 0; i < count * r->row && !code; i++)
      sums[first + i / r->row] += buffer[i];
  }
  free(buffer);
  return code;
}

static int open_variable(wg_hdf5_reader *reader, const wg_content_variable *variable, reading *r, wg_error *error) {
  *r = (reading){.reader = reader, .variable = variable, .error = error};
  wg_hdf5_quiet();
  r->dataset = H5Dopen2(reader->file, reader->paths[variable - reader->variables], H5P_DEFAULT);
  r->space = r->dataset >= 0 ? H5Dget_space(r->dataset) : H5I_INVALID_HID;
  return r->space < 0 ? fail(r) : check_storage(r);
}

static void close_variable(const reading *r) {
  H5Sclose(r->space);
  H5Dclose(r->dataset);
}

static int row_sums(void *self, const wg_content_variable *variable, double *sums, wg_error *error) {
  reading r;
  int code = open_variable(self, variable, &r, error);
  if (!code)
    code = check_size(&r);
  if (!code)
    code = sum_rows(&r, sums);
  close_variable(&r);
  return code;
}

static void take_variable_texts(const reading *r, hid_t type, hid_t memory, size_t count, const char **texts) {
  char **const found = calloc(count, sizeof *found);
  hid_t own = H5Tcopy(H5T_C_S1);
  if (found && H5Tset_size(own, H5T_VARIABLE) >= 0 && H5Tset_cset(own, H5Tget_cset(type)) >= 0 &&
      H5Dread(r->dataset, own, memory, r->space, H5P_DEFAULT, (void *)found) >= 0) {
    for (size_t i = 0; i < count; i++) {
      const size_t length = found[i] ? strlen(found[i]) : 0;
      texts[i] = keep(r->reader, found[i] ? found[i] : "", length < LABEL_MAX ? length : LABEL_MAX, false);
    }
    H5Dvlen_reclaim(own, memory, H5P_DEFAULT, (void *)found);
  }
  H5Tclose(own);
  free(found);
}

static void take_fixed_texts(const reading *r, hid_t type, hid_t memory, size_t count, const char **texts) {
  const size_t size = H5Tget_size(type);
  char *const found = size > 0 && size <= LABEL_MAX ? calloc(count, size) : NULL;
  if (found && H5Dread(r->dataset, type, memory, r->space, H5P_DEFAULT, found) >= 0)
    for (size_t i = 0; i < count; i++)
      texts[i] = keep(r->reader, found + i * size, strnlen(found + i * size, size), false);
  free(found);
}

// What cannot be read stays "".
static int read_texts(void *self, const wg_content_variable *variable, size_t count, const char **texts,
                      wg_error *error) {
  reading r;
  int code = open_variable(self, variable, &r, error);
  for (size_t i = 0; i < count; i++)
    texts[i] = "";
  if (!code && (!variable->is_text || variable->rank != 1 || count > variable->shape[0]))
    code = refuse(&r, "is no list of texts");
  if (!code && count) {
    const hsize_t start = 0, extent = count;
    hid_t type = H5Dget_type(r.dataset), memory = H5Screate_simple(1, &extent, NULL);
    if (type >= 0 && memory >= 0 && H5Sselect_hyperslab(r.space, H5S_SELECT_SET, &start, NULL, &extent, NULL) >= 0) {
      if (H5Tis_variable_str(type) > 0)
        take_variable_texts(&r, type, memory, count, texts);
      else
        take_fixed_texts(&r, type, memory, count, texts);
    }
    H5Sclose(memory);
    H5Tclose(type);
  }
  close_variable(&r);
  return code;
}

// ---- opening ----

static int check_file(const char *path, wg_error *error) {
  struct stat status;
  // Not blocking: opening a FIFO would wait for a writer.
  const int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  int code = WG_OK;
  if (descriptor < 0 || fstat(descriptor, &status))
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: cannot be read: %s", path, strerror(errno));
  else if (S_ISDIR(status.st_mode))
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: is a folder (allowed: an HDF5 file)", path);
  else if (!S_ISREG(status.st_mode))
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: is not a regular file (allowed: an HDF5 file)", path);
  else if (status.st_size == 0)
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: is empty (allowed: an HDF5 file)", path);
  if (descriptor >= 0)
    close(descriptor);
  return code;
}

static int open_file(const char *path, hid_t *file, wg_error *error) {
  if (H5Fis_hdf5(path) <= 0)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: is not an HDF5 file", path);
  hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
  *file = H5Fopen(path, H5F_ACC_RDONLY, access);
  int code = WG_OK;
  if (*file < 0) {
    wg_error cause = {0};
    wg_hdf5_fail(&cause, "%s: cannot be opened (was it cut short or damaged?)", path);
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s", cause.text);
  }
  H5Pclose(access);
  return code;
}

static bool make_room(wg_hdf5_reader *reader) {
  reader->groups = wg_arena_alloc(&reader->arena, GROUPS_MAX, sizeof *reader->groups);
  reader->attributes = wg_arena_alloc(&reader->arena, ATTRIBUTES_MAX, sizeof *reader->attributes);
  reader->variables = wg_arena_alloc(&reader->arena, VARIABLES_MAX, sizeof *reader->variables);
  reader->paths = wg_arena_alloc(&reader->arena, VARIABLES_MAX, sizeof *reader->paths);
  reader->path = wg_arena_text(&reader->arena, reader->path, strlen(reader->path));
  return reader->groups && reader->attributes && reader->variables && reader->paths && reader->path;
}

int wg_hdf5_reader_open(const char *path, wg_hdf5_reader **reader, wg_error *error) {
  *reader = NULL;
  int code = check_file(path, error);
  if (code)
    return code;
  H5dont_atexit();
  wg_hdf5_quiet();
  H5PLset_loading_state(0); // no plug-ins
  wg_hdf5_reader *const made = calloc(1, sizeof *made);
  if (!made)
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory", path);
  made->file = H5I_INVALID_HID;
  made->path = path;
  if (make_room(made)) {
    code = open_file(path, &made->file, error);
    if (!code)
      list_group(made, "", 0);
  } else {
    made->no_memory = true;
  }
  if (made->no_memory)
    code = wg_error_set(error, WG_FAIL_RUN, "%s: no memory", path);
  if (!code && made->content.group_count == 0)
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: is damaged: %s", path, made->damage.text);
  if (code) {
    wg_hdf5_reader_close(made);
    return code;
  }
  made->content.attributes = made->attributes;
  made->content.groups = made->groups;
  made->content.variables = made->variables;
  made->content.damaged = made->damage.length ? made->damage.text : NULL;
  made->content.self = made;
  made->content.row_sums = row_sums;
  made->content.texts = read_texts;
  *reader = made;
  return WG_OK;
}

const wg_content *wg_hdf5_reader_content(const wg_hdf5_reader *reader) {
  return &reader->content;
}

void wg_hdf5_reader_close(wg_hdf5_reader *reader) {
  if (!reader)
    return;
  if (reader->file >= 0)
    H5Fclose(reader->file);
  wg_arena_free(&reader->arena);
  free(reader);
}
