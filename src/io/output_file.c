// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/output_file.h"

#include <errno.h>
#include <hdf5.h>
#include <stdbool.h>
#include <stdlib.h>

#include "io/hdf5_attribute.h"
#include "io/hdf5_error.h"
#include "io/hdf5_group.h"
#include "io/output_inside.h"

static const unsigned in_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

static hid_t file_creation(void) {
  hid_t properties = H5Pcreate(H5P_FILE_CREATE);
  if (properties >= 0 &&
      (H5Pset_link_creation_order(properties, in_order) < 0 || H5Pset_attr_creation_order(properties, in_order) < 0 ||
       H5Pset_obj_track_times(properties, false) < 0)) {
    H5Pclose(properties);
    return H5I_INVALID_HID;
  }
  return properties;
}

static hid_t file_access(wg_hdf5_disk *disk) {
  hid_t properties = H5Pcreate(H5P_FILE_ACCESS);
  // 1.8 is the oldest format with creation order and with attributes beyond 64 KiB: the most programs read it.
  // Closing the file must close all, as a failure may leave objects open.
  if (properties >= 0 &&
      (H5Pset_libver_bounds(properties, H5F_LIBVER_V18, H5F_LIBVER_V18) < 0 ||
       H5Pset_fclose_degree(properties, H5F_CLOSE_STRONG) < 0 || wg_hdf5_driver_set(properties, disk) < 0)) {
    H5Pclose(properties);
    return H5I_INVALID_HID;
  }
  return properties;
}

static int create_group(hid_t file, const char *path, const char *name, hid_t *group, wg_error *error) {
  int code = WG_OK;
  hid_t properties = H5Pcreate(H5P_GROUP_CREATE);
  *group = H5I_INVALID_HID;
  if (properties < 0 || H5Pset_link_creation_order(properties, in_order) < 0 ||
      H5Pset_attr_creation_order(properties, in_order) < 0 || H5Pset_obj_track_times(properties, false) < 0 ||
      (*group = H5Gcreate2(file, name, H5P_DEFAULT, properties, H5P_DEFAULT)) < 0) {
    code = wg_hdf5_fail(error, "%s: group `/%s`", path, name);
  }
  H5Pclose(properties);
  return code;
}

int wg_output_file_create(const char *path, wg_output_file **file, wg_error *error) {
  // What a failure left open must not be flushed once more when the program ends. Only the first call has an effect.
  H5dont_atexit();
  wg_hdf5_quiet();
  *file = NULL;
  wg_output_file *created = calloc(1, sizeof *created);
  if (created == NULL) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory", path);
  }
  int code = wg_part_file_create(&created->part, path, error);
  if (code != WG_OK) {
    free(created);
    return code;
  }
  created->id = H5I_INVALID_HID;
  created->disk.descriptor = created->part.descriptor;
  hid_t creation = file_creation();
  hid_t access = file_access(&created->disk);
  if (creation < 0 || access < 0 ||
      (created->id = H5Fcreate(created->part.part, H5F_ACC_TRUNC, creation, access)) < 0) {
    code = wg_hdf5_fail(error, "%s: cannot create", path);
  } else {
    code = wg_hdf5_text_write(created->id, path, "Conventions", "CF-1.8", error);
  }
  H5Pclose(access);
  H5Pclose(creation);
  if (code != WG_OK) {
    wg_output_file_abandon(created);
    return code;
  }
  *file = created;
  return WG_OK;
}

static int put(wg_output_file *file, const wg_group *group, hid_t *stacked, wg_error *error) {
  const char *path = file->part.path;
  wg_hdf5_target target = {.id = file->id, .path = path, .disk = &file->disk};
  bool is_root = group->name[0] == '\0';
  int code = wg_hdf5_group_check(path, group, stacked != NULL, error);
  if (code != WG_OK) {
    return code;
  }
  if (is_root ? file->has_root : H5Lexists(file->id, group->name, H5P_DEFAULT) > 0) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: group `/%s` is already written", path, group->name);
  }
  if (is_root) {
    file->has_root = true;
    return wg_hdf5_group_write(&target, group, stacked, error); // a file stands for its root group
  }
  if ((code = create_group(file->id, path, group->name, &target.id, error)) != WG_OK) {
    return code;
  }
  code = wg_hdf5_group_write(&target, group, stacked, error);
  if (H5Gclose(target.id) < 0 && code == WG_OK) {
    code = wg_hdf5_fail(error, "%s: group `/%s`", path, group->name);
  }
  return code;
}

int wg_output_file_begin(wg_output_file *file, const wg_group *group, hid_t *stacked, wg_error *error) {
  wg_hdf5_quiet();
  if (file->is_broken) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: writing failed before", file->part.path);
  }
  int code = put(file, group, stacked, error);
  file->is_broken = code != WG_OK;
  return code;
}

int wg_output_file_put(void *self, const wg_group *group, wg_error *error) {
  return wg_output_file_begin(self, group, NULL, error);
}

static int close_file(wg_output_file *file, wg_error *error) {
  herr_t closed = H5Fclose(file->id);
  file->id = H5I_INVALID_HID;
  int code = wg_hdf5_disk_check(&file->disk, file->part.path, error);
  if (code == WG_OK && closed < 0) {
    code = wg_hdf5_fail(error, "%s: cannot close", file->part.path);
  }
  return code;
}

int wg_output_file_pause(wg_output_file *file, const char **part, wg_error *error) {
  wg_hdf5_quiet();
  *part = file->part.part;
  if (file->is_broken) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: writing failed before", file->part.path);
  }
  int code = close_file(file, error);
  wg_hdf5_driver_release(&file->disk);
  file->is_broken = code != WG_OK;
  return code;
}

int wg_output_file_resume(wg_output_file *file, wg_error *error) {
  wg_hdf5_quiet();
  int code = WG_OK;
  hid_t access = file_access(&file->disk);
  if (access < 0 || (file->id = H5Fopen(file->part.part, H5F_ACC_RDWR, access)) < 0) {
    code = wg_hdf5_fail(error, "%s: cannot be opened once more", file->part.path);
  }
  H5Pclose(access);
  file->is_broken = file->is_broken || code != WG_OK;
  return code;
}

int wg_output_file_publish(wg_output_file *file, wg_error *error) {
  int code = WG_OK;
  wg_hdf5_quiet();
  if (file->is_broken) {
    code = wg_error_set(error, WG_FAIL_RUN, "%s: not published, as writing failed before", file->part.path);
  } else if ((code = close_file(file, error)) == WG_OK) {
    code = wg_part_file_publish(&file->part, error);
  }
  wg_output_file_abandon(file); // which finds no .part to remove after the renaming
  return code;
}

void wg_output_file_abandon(wg_output_file *file) {
  if (file == NULL) {
    return;
  }
  wg_hdf5_quiet();
  if (file->id >= 0) {
    file->disk.failure = ECANCELED; // nothing more needs to reach the disk
    H5Fclose(file->id);
  }
  wg_hdf5_driver_release(&file->disk);
  wg_part_file_release(&file->part);
  free(file);
}
