// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/hdf5_read.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/hdf5_error.h"
#include "io/hdf5_read_inside.h"

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
  reader->groups = wg_arena_alloc(&reader->arena, WG_HDF5_GROUPS_MAX, sizeof *reader->groups);
  reader->attributes = wg_arena_alloc(&reader->arena, WG_HDF5_ATTRIBUTES_MAX, sizeof *reader->attributes);
  reader->variables = wg_arena_alloc(&reader->arena, WG_HDF5_VARIABLES_MAX, sizeof *reader->variables);
  reader->paths = wg_arena_alloc(&reader->arena, WG_HDF5_VARIABLES_MAX, sizeof *reader->paths);
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
      wg_hdf5_read_list(made);
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
  made->content.row_sums = wg_hdf5_read_row_sums;
  made->content.numbers = wg_hdf5_read_numbers;
  made->content.variable_attributes = wg_hdf5_read_attributes;
  made->content.texts = wg_hdf5_read_texts;
  made->content.long_text = wg_hdf5_read_long_text;
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
