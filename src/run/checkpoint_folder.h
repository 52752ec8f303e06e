// SPDX-License-Identifier: GPL-3.0-or-later
// The files in a folder of checkpoints, by their names; for run/checkpoint.c.
#ifndef WG_RUN_CHECKPOINT_FOLDER_H
#define WG_RUN_CHECKPOINT_FOLDER_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum { WG_CHECKPOINT_NAME_SIZE = 128 };
#define WG_CHECKPOINT_STATE_PREFIX "state-"
#define WG_CHECKPOINT_GROUP_PREFIX "group-"

typedef struct wg_checkpoint_names {
  char (*items)[WG_CHECKPOINT_NAME_SIZE];
  size_t count;
} wg_checkpoint_names;

// "state-0012" for 12 months.
void wg_checkpoint_state_name(int64_t months, char name[WG_CHECKPOINT_NAME_SIZE]);

// Months of the newest state of fewer months than `below`; -1 if there is none, or no such folder.
int64_t wg_checkpoint_folder_newest(const char *path, int64_t below);

// Removes what checkpoints have left in the folder, except the states of these months (-1: none) and these groups (NULL: all
// groups). Other files stay, and so does what cannot be removed.
void wg_checkpoint_folder_clear(const char *path, int64_t newest, int64_t before, const wg_checkpoint_names *groups);

// Makes the folder unless it is there. Fails with WG_FAIL_RUN.
int wg_checkpoint_folder_make(const char *folder, wg_error *error);

#endif
