// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/config_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int cannot_read(const char *path, const char *who, int reason, wg_error *error) {
  return wg_error_add(error, WG_FAIL_CONFIG, "%s%s: cannot be read: %s", who, path, strerror(reason));
}

static int too_large(const char *path, const char *who, wg_error *error) {
  return wg_error_add(error, WG_FAIL_CONFIG, "%s%s: is too large for a configuration (allowed: 4 MiB)", who, path);
}

// Up to `room` bytes, so that a file that grows meanwhile does no harm. Returns the count or -1 with errno.
static ssize_t read_all(int descriptor, char *text, size_t room) {
  size_t length = 0;
  while (length < room) {
    const ssize_t got = read(descriptor, text + length, room - length);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return -1;
    if (got == 0)
      break;
    length += (size_t)got;
  }
  return (ssize_t)length;
}

static int read_open(int descriptor, const char *path, const char *who, wg_config_source *source, wg_error *error) {
  struct stat status;
  if (fstat(descriptor, &status))
    return cannot_read(path, who, errno, error);
  if (!S_ISREG(status.st_mode)) {
    return wg_error_add(error, WG_FAIL_CONFIG, "%s%s: is not a regular file", who, path);
  }
  if (status.st_size > WG_CONFIG_FILE_MAX)
    return too_large(path, who, error);
  source->device = status.st_dev;
  source->inode = status.st_ino;
  // Room to notice growth, and for the newline and the zero.
  const size_t room = (size_t)status.st_size + 1;
  source->text = malloc(room + 2);
  if (!source->text)
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory to read it", path);
  const ssize_t length = read_all(descriptor, source->text, room);
  if (length < 0)
    return cannot_read(path, who, errno, error);
  if ((size_t)length == room) {
    return wg_error_add(error, WG_FAIL_CONFIG, "%s%s: changed while it was read", who, path);
  }
  source->length = (size_t)length;
  // libconfig does not see a comment on a last line that has no newline as one.
  source->text[source->length++] = '\n';
  source->text[source->length] = 0;
  return WG_OK;
}

int wg_config_source_read(const char *path, const char *who, wg_config_source *source, wg_error *error) {
  *source = (wg_config_source){0};
  // Without O_NONBLOCK opening a FIFO would wait for a writer.
  const int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0)
    return cannot_read(path, who, errno, error);
  const int code = read_open(descriptor, path, who, source, error);
  close(descriptor);
  if (code) {
    free(source->text);
    source->text = NULL;
  }
  return code;
}
