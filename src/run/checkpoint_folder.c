// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/checkpoint_folder.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool begins(const char *text, const char *prefix) {
  return strncmp(text, prefix, strlen(prefix)) == 0;
}

void wg_checkpoint_state_name(int64_t months, char name[WG_CHECKPOINT_NAME_SIZE]) {
  snprintf(name, WG_CHECKPOINT_NAME_SIZE, WG_CHECKPOINT_STATE_PREFIX "%04" PRId64, months);
}

// Months of "state-0012"; -1 for any other name.
static int64_t months_of(const char *name) {
  char expected[WG_CHECKPOINT_NAME_SIZE];
  if (!begins(name, WG_CHECKPOINT_STATE_PREFIX))
    return -1;
  const long months = strtol(name + strlen(WG_CHECKPOINT_STATE_PREFIX), NULL, 10);
  if (months < 0 || months > INT32_MAX)
    return -1;
  wg_checkpoint_state_name(months, expected);
  return strcmp(name, expected) == 0 ? months : -1;
}

int64_t wg_checkpoint_folder_newest(const char *path, int64_t below) {
  int64_t newest = -1;
  DIR *folder = opendir(path);
  for (const struct dirent *entry; folder && (entry = readdir(folder));) {
    const int64_t months = months_of(entry->d_name);
    newest = months < below && months > newest ? months : newest;
  }
  if (folder)
    closedir(folder);
  return newest;
}

static bool is_listed(const wg_checkpoint_names *list, const char *name) {
  for (size_t i = 0; i < list->count; i++)
    if (strcmp(list->items[i], name) == 0)
      return true;
  return false;
}

void wg_checkpoint_folder_clear(const char *path, int64_t newest, int64_t before, const wg_checkpoint_names *groups) {
  DIR *folder = opendir(path);
  for (const struct dirent *entry; folder && (entry = readdir(folder));) {
    const char *const name = entry->d_name;
    const int64_t months = months_of(name);
    const bool is_kept = months >= 0 && (months == newest || months == before);
    if (begins(name, WG_CHECKPOINT_GROUP_PREFIX) ? groups && !is_listed(groups, name)
                                                 : begins(name, WG_CHECKPOINT_STATE_PREFIX) && !is_kept)
      unlinkat(dirfd(folder), name, 0);
  }
  if (folder)
    closedir(folder);
}

int wg_checkpoint_folder_make(const char *folder, wg_error *error) {
  if (mkdir(folder, 0777) == 0 || errno == EEXIST)
    return WG_OK;
  return wg_error_set(error, WG_FAIL_RUN, "%s: the folder of checkpoints: %s", folder, strerror(errno));
}
