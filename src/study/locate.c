// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/locate.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int is_folder(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

// The folder of the running program, or "" where the system does not tell.
static void own_folder(char folder[PATH_MAX]) {
  const ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX - 1);
  folder[length > 0 ? length : 0] = '\0';
  char *slash = strrchr(folder, '/');
  if (slash)
    *slash = '\0';
}

int wg_locate_district(const char *district, char *path, size_t size, wg_error *error) {
  char own[PATH_MAX];
  own_folder(own);
  const struct {
    const char *root, *below;
  } places[] = {{own, "configs"},
                {own, "../configs"},
                {own, "../share/wangge/configs"},
                {WG_SOURCE_DIR, "configs"},
                {WG_PREFIX, "share/wangge/configs"}};
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    const int length = snprintf(path, size, "%s/%s/%s", places[i].root, places[i].below, district);
    if (length > 0 && (size_t)length < size && is_folder(path))
      return WG_OK;
  }
  return wg_error_set(error, WG_FAIL_CONFIG,
                      "configs/%s: not found beside the program, in its source tree or under its install prefix",
                      district);
}
