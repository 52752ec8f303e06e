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

static const char *read_number(wg_hdf5_reader *reader, hid_t attribute, H5T_class_t class) {
  char text[40] = "";
  int64_t whole = 0;
  double real = 0.0;
  if (class == H5T_INTEGER && H5Aread(attribute, H5T_NATIVE_INT64, &whole) >= 0)
    snprintf(text, sizeof text, "%" PRId64, whole);
  if (class == H5T_FLOAT && H5Aread(attribute, H5T_NATIVE_DOUBLE, &real) >= 0)
    snprintf(text, sizeof text, "%.15g", real);
  return wg_hdf5_keep_text(reader, text, strlen(text), false);
}

// As text whatever it is; "" for lists and what is neither text nor number.
static const char *as_text(wg_hdf5_reader *reader, hid_t attribute, bool lines) {
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

const char *wg_hdf5_read_attribute(wg_hdf5_reader *reader, hid_t object, const char *name, bool lines) {
  if (H5Aexists(object, name) <= 0)
    return "";
  hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
  const char *const text = attribute >= 0 ? as_text(reader, attribute, lines) : "";
  H5Aclose(attribute);
  return text;
}
