// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/hdf5_variable.h"

#include <hdf5_hl.h>
#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "io/hdf5_attribute.h"
#include "io/hdf5_error.h"

enum {
  CHUNK_BYTES = 1 << 20, // what HDF5's default chunk cache holds
  BLOCK_BYTES = 4 << 20, // of a streamed variable in memory at a time
  DEFLATE_LEVEL = 4,
  QUICK_DEFLATE_LEVEL = 1,
  LONG_TABLE = 200000,
  STACK_BYTES = 128 << 10, // up to which entries of a stacked variable share a chunk
};

static const char fill_name[] = "_FillValue";

// A variable on its way into its dataset.
typedef struct writing {
  const wg_variable *variable;
  const char *where;
  const wg_hdf5_disk *disk;
  hid_t dataset;
  hid_t file_type;
  hid_t memory_type;
  hid_t space;
  hsize_t shape[WG_DIMENSIONS_MAX];
  hsize_t chunk[WG_DIMENSIONS_MAX];
} writing;

// Slices along the first dimensions, whole along the last: what is read is mostly a map or a table at a few moments.
static void choose_chunk(size_t rank, const hsize_t *shape, size_t element_bytes, size_t most, hsize_t *chunk) {
  hsize_t bytes = element_bytes;
  for (size_t i = 0; i < rank; i++) {
    chunk[i] = shape[i];
    bytes *= shape[i];
  }
  for (size_t i = 0; bytes > most && i < rank; i++) {
    hsize_t rest = bytes / chunk[i];
    hsize_t fitting = rest >= most ? 1 : most / rest;
    // Of equal size as far as possible, lest the last chunk be mostly padding.
    hsize_t pieces = (shape[i] + fitting - 1) / fitting;
    chunk[i] = (shape[i] + pieces - 1) / pieces;
    bytes = rest * chunk[i];
  }
}

// A large entry has chunks of its own; small ones share one, but never across the first dimension, along which readers choose.
static void choose_stacked_chunk(const wg_variable *variable, const hsize_t *shape, size_t element_bytes,
                                 hsize_t *chunk) {
  const size_t lead = variable->stacked;
  choose_chunk(variable->rank - lead, shape + lead, element_bytes, CHUNK_BYTES, chunk + lead);
  hsize_t bytes = element_bytes;
  for (size_t i = lead; i < variable->rank; i++) {
    bytes *= shape[i];
  }
  chunk[0] = 1;
  choose_chunk(lead - 1, shape + 1, (size_t)bytes, STACK_BYTES, chunk + 1);
}

static const wg_attribute *given_fill(const wg_variable *variable) {
  for (size_t i = 0; i < variable->attribute_count; i++) {
    if (strcmp(variable->attributes[i].name, fill_name) == 0) {
      return &variable->attributes[i];
    }
  }
  return NULL;
}

// A long table is worth a quick pass more than the last few per cent.
static unsigned deflate_level(const writing *w) {
  return w->shape[0] > LONG_TABLE ? QUICK_DEFLATE_LEVEL : DEFLATE_LEVEL;
}

static int create_dataset(writing *w, hid_t group, const void *fill, wg_error *error) {
  const wg_variable *variable = w->variable;
  int code = WG_OK;
  hid_t properties = H5Pcreate(H5P_DATASET_CREATE), access = H5Pcreate(H5P_DATASET_ACCESS);
  size_t chunk_bytes = H5Tget_size(w->file_type);
  for (size_t i = 0; i < variable->rank; i++) {
    chunk_bytes *= (size_t)w->chunk[i];
  }
  if (properties < 0 || access < 0 ||
      // All stacked variables are open at the same time, each with the one chunk that is being filled.
      (variable->stacked && H5Pset_chunk_cache(access, 17, chunk_bytes, 1.0) < 0) ||
      H5Pset_obj_track_times(properties, false) < 0 ||
      H5Pset_attr_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) < 0 ||
      H5Pset_chunk(properties, (int)variable->rank, w->chunk) < 0 || H5Pset_shuffle(properties) < 0 ||
      H5Pset_deflate(properties, deflate_level(w)) < 0 ||
      // HDF5 refuses checksums of references to strings.
      (variable->type != WG_STRING && H5Pset_fletcher32(properties) < 0) ||
      (fill != NULL && H5Pset_fill_value(properties, w->memory_type, fill) < 0) ||
      (w->dataset = H5Dcreate2(group, variable->name, w->file_type, w->space, H5P_DEFAULT, properties, access)) < 0) {
    code = wg_hdf5_fail(error, "%s", w->where);
  }
  H5Pclose(access);
  H5Pclose(properties);
  return code;
}

static size_t entry_bytes(const writing *w) {
  size_t bytes = wg_type_size(w->variable->type);
  for (size_t i = 1; i < w->variable->rank; i++) {
    bytes *= (size_t)w->shape[i];
  }
  return bytes;
}

// Entries of the first dimension to write at a time: whole chunks, so that each is compressed once.
static size_t block_length(const writing *w) {
  size_t bytes = entry_bytes(w);
  size_t length = (size_t)w->chunk[0];
  while (length < w->shape[0] && (length + w->chunk[0]) * bytes <= BLOCK_BYTES) {
    length += (size_t)w->chunk[0];
  }
  return length < w->shape[0] ? length : (size_t)w->shape[0];
}

static int write_block(const writing *w, size_t first, size_t count, const void *data, wg_error *error) {
  hsize_t start[WG_DIMENSIONS_MAX] = {first};
  hsize_t extent[WG_DIMENSIONS_MAX] = {count};
  for (size_t i = 1; i < w->variable->rank; i++) {
    extent[i] = w->shape[i];
  }
  int code = WG_OK;
  hid_t memory_space = H5Screate_simple((int)w->variable->rank, extent, NULL);
  if (memory_space < 0 || H5Sselect_hyperslab(w->space, H5S_SELECT_SET, start, NULL, extent, NULL) < 0 ||
      H5Dwrite(w->dataset, w->memory_type, memory_space, w->space, H5P_DEFAULT, data) < 0) {
    code = wg_hdf5_fail(error, "%s", w->where);
  }
  H5Sclose(memory_space);
  // A full disk need not be waited for to the end of a long variable.
  return code == WG_OK ? wg_hdf5_disk_check(w->disk, w->where, error) : code;
}

// Given data goes through the same blocks as streamed data, so that both make the same file.
static int write_elements(const writing *w, wg_error *error) {
  const wg_variable *variable = w->variable;
  size_t bytes = entry_bytes(w);
  size_t length = block_length(w);
  size_t total = (size_t)w->shape[0];
  char *buffer = NULL;
  if (length * bytes == 0) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: is empty", w->where);
  }
  if (variable->read != NULL && (buffer = malloc(length * bytes)) == NULL) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory for %zu bytes", w->where, length * bytes);
  }
  int code = WG_OK;
  for (size_t first = 0; code == WG_OK && first < total; first += length) {
    size_t count = total - first < length ? total - first : length;
    const void *block = buffer;
    if (variable->read == NULL) {
      block = (const char *)variable->data + first * bytes;
    } else if ((code = variable->read(variable->read_context, first, count, buffer, error)) != WG_OK) {
      // Kept only if the reader itself told nothing.
      wg_error_set(error, code, "%s: its values could not be read", w->where);
      break;
    }
    code = write_block(w, first, count, block, error);
  }
  free(buffer);
  return code;
}

static int write_attributes(const writing *w, const double *nan_fill, wg_error *error) {
  const wg_variable *variable = w->variable;
  const struct {
    const char *name;
    const char *text;
  } texts[] = {{"long_name", variable->long_name}, {"label_zh", variable->label}, {"units", variable->unit}};
  int code;
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    if (texts[i].text != NULL &&
        (code = wg_hdf5_text_write(w->dataset, w->where, texts[i].name, texts[i].text, error)) != WG_OK) {
      return code;
    }
  }
  if (nan_fill != NULL) {
    wg_attribute fill = {.name = fill_name, .type = WG_F64, .count = 1, .value = nan_fill};
    if ((code = wg_hdf5_attribute_write(w->dataset, w->where, &fill, error)) != WG_OK) {
      return code;
    }
  }
  return wg_hdf5_attributes_write(w->dataset, w->where, variable->attributes, variable->attribute_count, error);
}

int wg_hdf5_variable_write(const wg_hdf5_target *target, const char *where, const wg_variable *variable,
                           const wg_dimension *const *axes, bool is_coordinate, hid_t *dataset, wg_error *error) {
  *dataset = H5I_INVALID_HID;
  const wg_attribute *own_fill = given_fill(variable);
  if (own_fill != NULL && (own_fill->type != variable->type || own_fill->type == WG_STRING || own_fill->count != 1)) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: `%s` must be one number of the variable's type", where, fill_name);
  }
  const double nan_value = WG_NAN;
  const double *nan_fill = variable->type == WG_F64 && own_fill == NULL && !is_coordinate ? &nan_value : NULL;

  int code = WG_OK;
  writing w = {.variable = variable, .where = where, .disk = target->disk, .dataset = H5I_INVALID_HID};
  for (size_t i = 0; i < variable->rank; i++) {
    w.shape[i] = axes[i]->length;
  }
  w.file_type = wg_hdf5_file_type(variable->type);
  w.memory_type = wg_hdf5_memory_type(variable->type);
  w.space = H5Screate_simple((int)variable->rank, w.shape, NULL);
  if (w.file_type < 0 || w.memory_type < 0 || w.space < 0) {
    code = wg_hdf5_fail(error, "%s", where);
    goto out;
  }
  if (variable->stacked) {
    choose_stacked_chunk(variable, w.shape, H5Tget_size(w.file_type), w.chunk);
  } else {
    choose_chunk(variable->rank, w.shape, H5Tget_size(w.file_type), CHUNK_BYTES, w.chunk);
  }
  if ((code = create_dataset(&w, target->id, own_fill != NULL ? own_fill->value : nan_fill, error)) != WG_OK) {
    goto out;
  }
  if (is_coordinate && H5DSset_scale(w.dataset, variable->name) < 0) {
    code = wg_hdf5_fail(error, "%s", where);
    goto out;
  }
  if ((code = write_attributes(&w, nan_fill, error)) == WG_OK && variable->stacked == 0) {
    code = write_elements(&w, error);
  }

out:
  *dataset = w.dataset;
  H5Sclose(w.space);
  H5Tclose(w.memory_type);
  H5Tclose(w.file_type);
  return code;
}
