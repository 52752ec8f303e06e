// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static int change(int descriptor, int command, int64_t byte, short type) {
  struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
  int status;
  do
    status = fcntl(descriptor, command, &lock);
  while (status < 0 && errno == EINTR);
  return status;
}

int wg_file_lock(int descriptor, int64_t byte, wg_lock_kind kind) {
  return change(descriptor, F_OFD_SETLKW, byte, kind == WG_LOCK_ALONE ? F_WRLCK : F_RDLCK);
}

int wg_file_lock_try(int descriptor, int64_t byte, bool *taken) {
  const int status = change(descriptor, F_OFD_SETLK, byte, F_WRLCK);
  *taken = status == 0;
  return status < 0 && (errno == EAGAIN || errno == EACCES) ? 0 : status;
}

int wg_file_unlock(int descriptor, int64_t byte) {
  return change(descriptor, F_OFD_SETLK, byte, F_UNLCK);
}

int wg_file_lock_probe(int descriptor, int64_t byte, bool *locked) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
  const int status = fcntl(descriptor, F_OFD_GETLK, &lock);
  *locked = status == 0 && lock.l_type != F_UNLCK;
  return status;
}
