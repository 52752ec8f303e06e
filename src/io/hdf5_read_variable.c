// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/hdf5_error.h"
#include "io/hdf5_read_inside.h"

enum { CHUNK_MAX = 64 << 20 }; // bytes

int wg_hdf5_reading_refuse(const wg_hdf5_reading *r, const char *why) {
  return wg_error_add(r->error, WG_FAIL_CONFIG, "%s: variable `%s` %s", r->reader->path, r->variable->name, why);
}

int wg_hdf5_reading_fail(const wg_hdf5_reading *r) {
  wg_error cause = {0};
  wg_hdf5_fail(&cause, "%s: variable `%s`", r->reader->path, r->variable->name);
  return wg_error_add(r->error, WG_FAIL_CONFIG, "%s", cause.text);
}

// Whether reading touches nothing but this file, and no more memory than it may.
static int check_storage(const wg_hdf5_reading *r) {
  hid_t properties = H5Dget_create_plist(r->dataset), type = H5Dget_type(r->dataset);
  int code = WG_OK;
  hsize_t chunk[H5S_MAX_RANK] = {0};
  if (properties < 0 || type < 0) {
    code = wg_hdf5_reading_fail(r);
  } else if (H5Pget_layout(properties) == H5D_VIRTUAL || H5Pget_external_count(properties) != 0) {
    code = wg_hdf5_reading_refuse(r, "lies in other files, which are not read");
  } else if (H5Pget_layout(properties) == H5D_CHUNKED) {
    const int rank = H5Pget_chunk(properties, H5S_MAX_RANK, chunk);
    double bytes = (double)H5Tget_size(type);
    for (int i = 0; i < rank; i++)
      bytes *= (double)chunk[i];
    if (rank < 1 || bytes > CHUNK_MAX)
      code = wg_hdf5_reading_refuse(r, "is stored in pieces that are too large");
  }
  H5Tclose(type);
  H5Pclose(properties);
  return code;
}

int wg_hdf5_reading_open(wg_hdf5_reader *reader, const wg_content_variable *variable, wg_hdf5_reading *r,
                         wg_error *error) {
  *r = (wg_hdf5_reading){.reader = reader, .variable = variable, .error = error};
  wg_hdf5_quiet();
  r->dataset = H5Dopen2(reader->file, reader->paths[variable - reader->variables], H5P_DEFAULT);
  r->space = r->dataset >= 0 ? H5Dget_space(r->dataset) : H5I_INVALID_HID;
  return r->space < 0 ? wg_hdf5_reading_fail(r) : check_storage(r);
}

void wg_hdf5_reading_close(const wg_hdf5_reading *r) {
  H5Sclose(r->space);
  H5Dclose(r->dataset);
}
