// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>
#include <string.h>

#include "io/hdf5_read_inside.h"

enum { LABEL_MAX = 4096 }; // bytes of one entry

static void take_variable_texts(const wg_hdf5_reading *r, hid_t type, hid_t memory, size_t count, const char **texts) {
  char **const found = calloc(count, sizeof *found);
  hid_t own = H5Tcopy(H5T_C_S1);
  if (found && H5Tset_size(own, H5T_VARIABLE) >= 0 && H5Tset_cset(own, H5Tget_cset(type)) >= 0 &&
      H5Dread(r->dataset, own, memory, r->space, H5P_DEFAULT, (void *)found) >= 0) {
    for (size_t i = 0; i < count; i++) {
      const size_t length = found[i] ? strlen(found[i]) : 0;
      texts[i] = wg_hdf5_keep_text(r->reader, found[i] ? found[i] : "", length < LABEL_MAX ? length : LABEL_MAX, false);
    }
    H5Dvlen_reclaim(own, memory, H5P_DEFAULT, (void *)found);
  }
  H5Tclose(own);
  free(found);
}

static void take_fixed_texts(const wg_hdf5_reading *r, hid_t type, hid_t memory, size_t count, const char **texts) {
  const size_t size = H5Tget_size(type);
  char *const found = size > 0 && size <= LABEL_MAX ? calloc(count, size) : NULL;
  if (found && H5Dread(r->dataset, type, memory, r->space, H5P_DEFAULT, found) >= 0)
    for (size_t i = 0; i < count; i++)
      texts[i] = wg_hdf5_keep_text(r->reader, found + i * size, strnlen(found + i * size, size), false);
  free(found);
}

// What cannot be read stays "".
int wg_hdf5_read_texts(void *self, const wg_content_variable *variable, size_t count, const char **texts,
                       wg_error *error) {
  wg_hdf5_reading r;
  int code = wg_hdf5_reading_open(self, variable, &r, error);
  for (size_t i = 0; i < count; i++)
    texts[i] = "";
  if (!code && (!variable->is_text || variable->rank != 1 || count > variable->shape[0]))
    code = wg_hdf5_reading_refuse(&r, "is no list of texts");
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
  wg_hdf5_reading_close(&r);
  return code;
}

static const char *take_long_text(const wg_hdf5_reading *r, hid_t type, hid_t memory) {
  enum { LONG_MAX_BYTES = 4 << 20 };
  char *found = NULL;
  const char *text = "";
  hid_t own = H5Tcopy(H5T_C_S1);
  if (H5Tset_size(own, H5T_VARIABLE) >= 0 && H5Tset_cset(own, H5Tget_cset(type)) >= 0 &&
      H5Dread(r->dataset, own, memory, r->space, H5P_DEFAULT, (void *)&found) >= 0 && found) {
    const size_t length = strlen(found);
    text = wg_hdf5_keep_text(r->reader, found, length < LONG_MAX_BYTES ? length : LONG_MAX_BYTES, true);
    H5free_memory(found);
  }
  H5Tclose(own);
  return text;
}

int wg_hdf5_read_long_text(void *self, const wg_content_variable *variable, uint64_t entry, const char **text,
                           wg_error *error) {
  wg_hdf5_reading r;
  int code = wg_hdf5_reading_open(self, variable, &r, error);
  *text = "";
  if (!code && (!variable->is_text || variable->rank != 1 || entry >= variable->shape[0]))
    code = wg_hdf5_reading_refuse(&r, "has no such text");
  if (!code) {
    const hsize_t start = entry, extent = 1;
    hid_t type = H5Dget_type(r.dataset), memory = H5Screate_simple(1, &extent, NULL);
    if (type >= 0 && memory >= 0 && H5Tis_variable_str(type) > 0 &&
        H5Sselect_hyperslab(r.space, H5S_SELECT_SET, &start, NULL, &extent, NULL) >= 0)
      *text = take_long_text(&r, type, memory);
    H5Sclose(memory);
    H5Tclose(type);
  }
  wg_hdf5_reading_close(&r);
  return code;
}
