// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of labelled arrays in files like those of checkpoints: what a run had put into its results when it was interrupted.
#ifndef WG_IO_GROUP_FILE_H
#define WG_IO_GROUP_FILE_H

#include "io/checkpoint_file.h"
#include "schema/arena.h"
#include "schema/dataset.h"

// Writes `path` as wg_checkpoint_create and _publish do; `head->kind` is set. Data that is streamed is read in parts.
int wg_group_file_write(const char *path, const wg_checkpoint_head *head, const wg_group *group, wg_error *error);

// Reads the group behind the head of a reader that was just opened. All it points to is `arena`'s, also after a failure. A
// group of other contents than its own description says is an error.
int wg_group_file_read(wg_checkpoint_reader *reader, const char *path, wg_arena *arena, wg_group *group,
                       wg_error *error);

#endif
