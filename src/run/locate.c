// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/locate.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *real_folder(const char *root, const char *name) {
  char path[3 * PATH_MAX];
  snprintf(path, sizeof path, "%s/%s/.", root, name); // the dot: only a folder has it
  return realpath(path, NULL);
}

// The folder of the running program, or "" where the system does not tell.
static void own_folder(char folder[PATH_MAX]) {
  const ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX - 1);
  folder[length > 0 ? length : 0] = '\0';
  char *slash = strrchr(folder, '/');
  if (slash)
    *slash = '\0';
}

char *wg_locate_folder(const char *name) {
  char own[PATH_MAX], above[PATH_MAX + 8], installed[PATH_MAX + 32];
  own_folder(own);
  snprintf(above, sizeof above, "%s/..", own);
  snprintf(installed, sizeof installed, "%s/../share/wangge", own);
  static const char prefix[] = WG_PREFIX "/share/wangge";
  const char *const roots[] = {own, above, installed, WG_SOURCE_DIR, prefix};
  char *folder = NULL;
  for (size_t i = 0; i < sizeof roots / sizeof *roots && !folder; i++)
    folder = real_folder(roots[i], name);
  return folder;
}

int wg_locate_district(const char *district, char **folder, wg_error *error) {
  char name[PATH_MAX];
  snprintf(name, sizeof name, "configs/%s", district);
  *folder = wg_locate_folder(name);
  if (*folder)
    return WG_OK;
  return wg_error_set(error, WG_FAIL_CONFIG,
                      "configs/%s: not found beside the program, in its source tree or under its install prefix",
                      district);
}
