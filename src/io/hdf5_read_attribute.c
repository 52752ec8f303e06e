// SPDX-License-Identifier: GPL-3.0-or-later
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/hdf5_read_inside.h"
#include "schema/utf8.h"

enum {
  TEXT_MAX = 4 << 20,   // bytes of one attribute
  TEXTS_MAX = 32 << 20, // of all
};

const char *wg_hdf5_keep_text(wg_hdf5_reader *reader, const char *text, size_t length, bool lines) {
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

static const char *read_variable_text(wg_hdf5_reader *reader, hid_t attribute, hid_t type, bool lines) {
  char *text = NULL;
  const char *kept = "";
  hid_t memory = H5Tcopy(H5T_C_S1);
  if (memory >= 0 && H5Tset_size(memory, H5T_VARIABLE) >= 0 && H5Tset_cset(memory, H5Tget_cset(type)) >= 0 &&
      H5Aread(attribute, memory, (void *)&text) >= 0 && text) {
    const size_t length = strlen(text);
    kept = wg_hdf5_keep_text(reader, text, length < TEXT_MAX ? length : TEXT_MAX, lines);
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
    kept = wg_hdf5_keep_text(reader, text, strlen(text), lines);
  free(text);
  return kept;
}

static bool read_number(hid_t attribute, H5T_class_t class, wg_content_attribute *found, char text[40]) {
  int64_t whole = 0;
  if (class == H5T_INTEGER && H5Aread(attribute, H5T_NATIVE_INT64, &whole) >= 0) {
    snprintf(text, 40, "%" PRId64, whole);
    found->number = (double)whole;
    return true;
  }
  if (class == H5T_FLOAT && H5Aread(attribute, H5T_NATIVE_DOUBLE, &found->number) >= 0) {
    snprintf(text, 40, "%.15g", found->number);
    return true;
  }
  return false;
}

static void read_value(wg_hdf5_reader *reader, hid_t attribute, bool lines, wg_content_attribute *found) {
  hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
  found->text = "";
  if (type >= 0 && space >= 0 && H5Sget_simple_extent_npoints(space) == 1) {
    const H5T_class_t class = H5Tget_class(type);
    char text[40] = "";
    if (class == H5T_STRING) {
      found->text = H5Tis_variable_str(type) > 0 ? read_variable_text(reader, attribute, type, lines)
                                                 : read_fixed_text(reader, attribute, type, lines);
    } else {
      found->is_number = read_number(attribute, class, found, text);
      found->text = wg_hdf5_keep_text(reader, text, strlen(text), false);
    }
  }
  H5Sclose(space);
  H5Tclose(type);
}

wg_content_attribute wg_hdf5_read_attribute(wg_hdf5_reader *reader, hid_t object, const char *name, bool lines) {
  wg_content_attribute found = {.name = name, .text = ""};
  hid_t attribute = H5Aexists(object, name) > 0 ? H5Aopen(object, name, H5P_DEFAULT) : H5I_INVALID_HID;
  if (attribute >= 0)
    read_value(reader, attribute, lines, &found);
  H5Aclose(attribute);
  return found;
}

// ---- lists of them ----

typedef struct filling {
  wg_hdf5_reader *reader;
  wg_content_attribute *attributes;
  size_t count;
} filling;

static herr_t add_attribute(hid_t object, const char *name, const H5A_info_t *info, void *context) {
  (void)info;
  filling *const f = context;
  if (f->count == WG_HDF5_ATTRIBUTES_MAX) {
    f->reader->content.is_cut = true;
    return 1;
  }
  wg_content_attribute *const own = f->attributes + f->count++;
  *own = wg_hdf5_read_attribute(f->reader, object, name, true);
  own->name = wg_hdf5_keep_text(f->reader, name, strlen(name), false);
  return 0;
}

int wg_hdf5_list_attributes(wg_hdf5_reader *reader, hid_t object, wg_content_attribute *attributes, size_t *count) {
  filling f = {.reader = reader, .attributes = attributes};
  bool listed = H5Aiterate2(object, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, add_attribute, &f) >= 0;
  if (!listed) {
    f.count = 0; // whose order was not tracked
    listed = H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, NULL, add_attribute, &f) >= 0;
  }
  *count = f.count;
  return listed ? WG_OK : WG_FAIL_CONFIG;
}

// What the fields of a variable hold, and what belongs to the format.
static bool is_told_elsewhere(const char *name) {
  static const char *const names[] = {"units",          "long_name",      "label_zh",           "CLASS",
                                      "NAME",           "DIMENSION_LIST", "_FillValue",         "DIMENSION_LABELS",
                                      "REFERENCE_LIST", "_Netcdf4Dimid",  "_Netcdf4Coordinates"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(name, names[i]) == 0)
      return true;
  return false;
}

int wg_hdf5_read_attributes(void *self, const wg_content_variable *variable, const wg_content_attribute **attributes,
                            size_t *count, wg_error *error) {
  wg_hdf5_reader *const reader = self;
  wg_hdf5_reading r;
  size_t all = 0;
  *count = 0;
  wg_content_attribute *const found = calloc(WG_HDF5_ATTRIBUTES_MAX, sizeof *found);
  int code = wg_hdf5_reading_open(reader, variable, &r, error);
  if (!code && found && wg_hdf5_list_attributes(reader, r.dataset, found, &all))
    code = wg_hdf5_reading_fail(&r);
  wg_content_attribute *const own = code || !found ? NULL : wg_arena_alloc(&reader->arena, all, sizeof *own);
  if (!code && !own)
    code = wg_error_set(error, WG_FAIL_RUN, "%s: no memory", reader->path);
  for (size_t i = 0; !code && own && i < all; i++)
    if (!is_told_elsewhere(found[i].name))
      own[(*count)++] = found[i];
  *attributes = own;
  wg_hdf5_reading_close(&r);
  free(found);
  return code;
}
