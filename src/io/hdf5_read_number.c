// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "io/hdf5_block.h"
#include "io/hdf5_read_inside.h"

enum {
  ROW_MAX = 4 << 20, // elements of one row
  BLOCK = 1 << 20,   // elements read at a time
  BUDGET = 1 << 28,  // elements summed in all, and read in one call
};

static int check_size(const wg_hdf5_reading *r, size_t *entry) {
  const wg_content_variable *const v = r->variable;
  if (!v->is_number || v->rank < 1 || v->rank > WG_CONTENT_RANK_MAX)
    return wg_hdf5_reading_refuse(r, "is no array of numbers");
  double row = 1.0;
  for (size_t i = 1; i < v->rank; i++)
    row *= (double)v->shape[i];
  const double all = row * (double)v->shape[0];
  if (v->shape[0] > WG_CONTENT_ROWS_MAX || row > ROW_MAX || all + (double)r->reader->elements > BUDGET)
    return wg_hdf5_reading_refuse(r, "is too large for a summary");
  r->reader->elements += (uint64_t)all;
  *entry = (size_t)row;
  return WG_OK;
}

static int read_block(const wg_hdf5_reading *r, const hsize_t *start, const hsize_t *extent, double *buffer) {
  hid_t memory = H5Screate_simple((int)r->variable->rank, extent, NULL);
  int code = WG_OK;
  if (memory < 0 || H5Sselect_hyperslab(r->space, H5S_SELECT_SET, start, NULL, extent, NULL) < 0 ||
      H5Dread(r->dataset, H5T_NATIVE_DOUBLE, memory, r->space, H5P_DEFAULT, buffer) < 0)
    code = wg_hdf5_reading_fail(r);
  H5Sclose(memory);
  return code;
}

// `count` rows from `first` on.
static int read_rows(const wg_hdf5_reading *r, hsize_t first, hsize_t count, double *buffer) {
  hsize_t start[WG_CONTENT_RANK_MAX] = {first}, extent[WG_CONTENT_RANK_MAX] = {count};
  for (size_t i = 1; i < r->variable->rank; i++)
    extent[i] = r->variable->shape[i];
  return read_block(r, start, extent, buffer);
}

static int sum_rows(const wg_hdf5_reading *r, size_t row, double *sums) {
  const size_t rows = (size_t)r->variable->shape[0];
  size_t at_once = row < BLOCK ? BLOCK / (row ? row : 1) : 1;
  at_once = at_once < rows ? at_once : rows;
  memset(sums, 0, rows * sizeof *sums);
  if (row == 0 || rows == 0)
    return WG_OK;
  double *const buffer = calloc(at_once * row, sizeof *buffer);
  if (!buffer)
    return wg_error_set(r->error, WG_FAIL_RUN, "%s: no memory", r->reader->path);
  int code = WG_OK;
  for (size_t first = 0; first < rows && !code; first += at_once) {
    const size_t count = rows - first < at_once ? rows - first : at_once;
    code = read_rows(r, first, count, buffer);
    for (size_t i = 0; i < count * row && !code; i++)
      sums[first + i / row] += buffer[i];
  }
  free(buffer);
  return code;
}

int wg_hdf5_read_row_sums(void *self, const wg_content_variable *variable, double *sums, wg_error *error) {
  wg_hdf5_reading r;
  size_t row = 0;
  int code = wg_hdf5_reading_open(self, variable, &r, error);
  if (!code)
    code = check_size(&r, &row);
  if (!code)
    code = sum_rows(&r, row, sums);
  wg_hdf5_reading_close(&r);
  return code;
}

// Refuses a range that the variable does not have, and what is too much for one call. `entry`: elements of each.
static int check_range(const wg_hdf5_reading *r, size_t lead, uint64_t first, uint64_t count, size_t *entry) {
  const wg_content_variable *const v = r->variable;
  if (!v->is_number || v->rank < 1 || v->rank > WG_CONTENT_RANK_MAX)
    return wg_hdf5_reading_refuse(r, "is no array of numbers");
  if (lead < 1 || lead > v->rank)
    return wg_hdf5_reading_refuse(r, "does not have that many dimensions");
  uint64_t entries = 1, elements = 1;
  bool fits = true;
  for (size_t i = 0; i < lead; i++)
    fits = fits && !__builtin_mul_overflow(entries, v->shape[i], &entries);
  for (size_t i = lead; i < v->rank; i++)
    fits = fits && !__builtin_mul_overflow(elements, v->shape[i], &elements);
  if (!fits || elements > BUDGET || (elements && count > BUDGET / elements))
    return wg_hdf5_reading_refuse(r, "is too large to be read at once");
  if (first > entries || count > entries - first)
    return wg_hdf5_reading_refuse(r, "does not have that many entries");
  if (H5Aexists(r->dataset, "scale_factor") > 0 || H5Aexists(r->dataset, "add_offset") > 0)
    return wg_hdf5_reading_refuse(r, "is packed by scale_factor or add_offset, which is not read");
  *entry = (size_t)elements;
  return WG_OK;
}

static void mark_missing(const wg_hdf5_reading *r, double *values, size_t count) {
  if (H5Aexists(r->dataset, "_FillValue") <= 0)
    return;
  hid_t attribute = H5Aopen(r->dataset, "_FillValue", H5P_DEFAULT);
  hid_t space = H5Aget_space(attribute), type = H5Aget_type(attribute);
  double fill = WG_NAN;
  const H5T_class_t class = H5Tget_class(type);
  if ((class == H5T_INTEGER || class == H5T_FLOAT) && H5Sget_simple_extent_npoints(space) == 1 &&
      H5Aread(attribute, H5T_NATIVE_DOUBLE, &fill) >= 0)
    for (size_t i = 0; i < count; i++)
      values[i] = values[i] == fill ? WG_NAN : values[i];
  H5Tclose(type);
  H5Sclose(space);
  H5Aclose(attribute);
}

int wg_hdf5_read_numbers(void *self, const wg_content_variable *variable, size_t lead, uint64_t first, uint64_t count,
                         double *values, wg_error *error) {
  wg_hdf5_reading r;
  size_t entry = 0;
  int code = wg_hdf5_reading_open(self, variable, &r, error);
  if (!code)
    code = check_range(&r, lead, first, count, &entry);
  hsize_t shape[WG_CONTENT_RANK_MAX];
  for (size_t i = 0; i < WG_CONTENT_RANK_MAX; i++)
    shape[i] = variable->shape[i];
  for (uint64_t done = 0; !code && entry && done < count;) {
    hsize_t start[WG_CONTENT_RANK_MAX], extent[WG_CONTENT_RANK_MAX];
    const uint64_t taken = wg_hdf5_block_choose(variable->rank, shape, lead, first + done, count - done, start, extent);
    code = read_block(&r, start, extent, values + done * entry);
    done += taken;
  }
  if (!code && count)
    mark_missing(&r, values, (size_t)count * entry);
  wg_hdf5_reading_close(&r);
  return code;
}
