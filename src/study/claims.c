// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/claims.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/draw.h"
#include "study/file_lock.h"

static const int64_t study_byte = INT64_C(1) << 62; // runs lie below

static int64_t byte_of(const char *identity) {
  return (int64_t)(XXH3_64bits(identity, strlen(identity)) & (((uint64_t)1 << 62) - 1));
}

static int fail(const char *what, wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "claims: cannot %s: %s", what, strerror(errno));
}

static int open_file(const char *folder, int flags, wg_claims *claims, wg_error *error) {
  char path[PATH_MAX];
  const int length = snprintf(path, sizeof path, "%s/claims", folder);
  claims->descriptor = -1;
  if (length < 0 || (size_t)length >= sizeof path)
    return wg_error_set(error, WG_FAIL_CONFIG, "%s: is too long for the name of a folder", folder);
  claims->descriptor = open(path, flags | O_CLOEXEC, 0666);
  if (claims->descriptor < 0 && (errno != ENOENT || (flags & O_CREAT)))
    return wg_error_set(error, WG_FAIL_RUN, "%s: cannot open: %s", path, strerror(errno));
  return WG_OK;
}

int wg_claims_open(const char *folder, wg_claims *claims, wg_error *error) {
  return open_file(folder, O_RDWR | O_CREAT, claims, error);
}

int wg_claims_look(const char *folder, wg_claims *claims, wg_error *error) {
  return open_file(folder, O_RDONLY, claims, error);
}

void wg_claims_close(wg_claims *claims) {
  if (claims->descriptor >= 0)
    close(claims->descriptor);
  claims->descriptor = -1;
}

int wg_claims_take(const wg_claims *claims, const char *identity, bool *claimed, wg_error *error) {
  return wg_file_lock_try(claims->descriptor, byte_of(identity), claimed) ? fail("claim a run", error) : WG_OK;
}

int wg_claims_release(const wg_claims *claims, const char *identity, wg_error *error) {
  return wg_file_unlock(claims->descriptor, byte_of(identity)) ? fail("release a run", error) : WG_OK;
}

int wg_claims_held(const wg_claims *claims, const char *identity, bool *held, wg_error *error) {
  *held = false;
  if (claims->descriptor < 0)
    return WG_OK;
  return wg_file_lock_probe(claims->descriptor, byte_of(identity), held) ? fail("look", error) : WG_OK;
}

int wg_claims_take_study(const wg_claims *claims, wg_error *error) {
  return wg_file_lock(claims->descriptor, study_byte, WG_LOCK_ALONE) ? fail("lock the study", error) : WG_OK;
}

int wg_claims_release_study(const wg_claims *claims, wg_error *error) {
  return wg_file_unlock(claims->descriptor, study_byte) ? fail("unlock the study", error) : WG_OK;
}
