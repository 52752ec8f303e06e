// SPDX-License-Identifier: GPL-3.0-or-later
// A file that appears under its final name only when it is whole: written as NAME.part, synced, renamed.
#ifndef WG_IO_PART_FILE_H
#define WG_IO_PART_FILE_H

#include "base/error.h"

typedef struct wg_part_file {
  char *path;     // final name
  char *part;     // name while being written
  int descriptor; // of the .part, open for reading and writing
} wg_part_file;

// Creates an empty `path`.part, replacing a left-over one. On failure nothing is held.
int wg_part_file_create(wg_part_file *file, const char *path, wg_error *error);

// Syncs what was written, renames the .part and syncs the folder. The file is to be released in any case.
int wg_part_file_publish(wg_part_file *file, wg_error *error);

// Closes the descriptor and frees the names; a .part that was not published is removed.
void wg_part_file_release(wg_part_file *file);

#endif
