// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/part_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(wg_error *error, const char *path, const char *what, int number) {
  return wg_error_set(error, WG_FAIL_RUN, "%s: %s: %s", path, what, strerror(number));
}

// Before anything has been written, a path that cannot be is wrong usage; a full disk is not.
static int fail_to_create(wg_error *error, const char *path, const char *what, int number) {
  static const int wrong_paths[] = {ENOENT, ENOTDIR, EISDIR, EACCES, EPERM, EROFS, ENAMETOOLONG, ELOOP, EINVAL};
  int code = WG_FAIL_RUN;
  for (size_t i = 0; i < sizeof wrong_paths / sizeof *wrong_paths; i++)
    code = number == wrong_paths[i] ? WG_FAIL_CONFIG : code;
  return wg_error_set(error, code, "%s: %s: %s", path, what, strerror(number));
}

static char *joined(const char *head, size_t head_length, const char *tail) {
  size_t size = head_length + strlen(tail) + 1;
  char *text = malloc(size);
  if (text != NULL) {
    snprintf(text, size, "%.*s%s", (int)head_length, head, tail);
  }
  return text;
}

// With its trailing slash; "." for a bare name.
static char *folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash == NULL ? joined("", 0, ".") : joined(path, (size_t)(slash - path) + 1, "");
}

// Whether the .part is still what was created: another process with the same output may have replaced it.
static bool is_own(const wg_part_file *file) {
  struct stat named;
  struct stat held;
  return stat(file->part, &named) == 0 && fstat(file->descriptor, &held) == 0 && named.st_dev == held.st_dev &&
         named.st_ino == held.st_ino;
}

int wg_part_file_create(wg_part_file *file, const char *path, wg_error *error) {
  int code = WG_OK;
  struct stat status;
  *file = (wg_part_file){
      .path = joined(path, strlen(path), ""), .part = joined(path, strlen(path), ".part"), .descriptor = -1};
  if (file->path == NULL || file->part == NULL) {
    code = fail(error, path, "cannot create", ENOMEM);
    goto out;
  }
  // Renaming onto a folder would fail only after the whole run; onto a device it would take the device's place.
  if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
    code = S_ISDIR(status.st_mode) ? fail_to_create(error, path, "cannot create", EISDIR)
                                   : wg_error_set(error, WG_FAIL_CONFIG, "%s: is not a regular file", path);
    goto out;
  }
  // Unlinked, not truncated: whoever still has the left-over open keeps reading what it was.
  if (unlink(file->part) != 0 && errno != ENOENT) {
    code = fail_to_create(error, path, "cannot replace the left-over .part", errno);
    goto out;
  }
  file->descriptor = open(file->part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file->descriptor < 0) {
    code = fail_to_create(error, path, "cannot create", errno);
  }

out:
  if (code != WG_OK) {
    wg_part_file_release(file);
  }
  return code;
}

int wg_part_file_publish(wg_part_file *file, wg_error *error) {
  int code = WG_OK;
  int folder_descriptor = -1;
  char *folder = folder_of(file->path);
  if (folder == NULL) {
    code = fail(error, file->path, "cannot publish", ENOMEM);
    goto out;
  }
  // Opened before renaming, so that what can be refused is refused while the earlier file still stands.
  folder_descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_descriptor < 0) {
    code = fail(error, file->path, "cannot open the folder", errno);
    goto out;
  }
  if (!is_own(file)) {
    code = wg_error_set(error, WG_FAIL_RUN, "%s: its .part was removed or replaced while being written", file->path);
    goto out;
  }
  if (fsync(file->descriptor) != 0) {
    code = fail(error, file->path, "cannot write through to the disk", errno);
    goto out;
  }
  if (rename(file->part, file->path) != 0) {
    code = fail(error, file->path, "cannot rename the .part", errno);
    goto out;
  }
  // Some network file systems know no sync of a folder and say EINVAL.
  if (fsync(folder_descriptor) != 0 && errno != EINVAL) {
    code = fail(error, file->path, "complete, but its name may not survive a power cut", errno);
  }

out:
  if (folder_descriptor >= 0) {
    close(folder_descriptor);
  }
  free(folder);
  return code;
}

void wg_part_file_release(wg_part_file *file) {
  if (file->descriptor >= 0) {
    if (file->part != NULL && is_own(file)) {
      unlink(file->part);
    }
    close(file->descriptor);
  }
  free(file->path);
  free(file->part);
  *file = (wg_part_file){.descriptor = -1};
}
