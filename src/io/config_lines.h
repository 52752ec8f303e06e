// SPDX-License-Identifier: GPL-3.0-or-later
// Configuration text put together from pieces of files, and where each of its lines comes from.
#ifndef WG_IO_CONFIG_LINES_H
#define WG_IO_CONFIG_LINES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct wg_config_piece {
  int first;   // its first line in the text
  size_t file; // of which it is a piece
  int line;    // of the file at which it begins
} wg_config_piece;

// Start from {0}.
typedef struct wg_config_lines {
  char *bytes; // whole lines, then a terminating zero; NULL while there are none
  size_t length, capacity;
  int lines;
  char **files; // as they are named in messages
  size_t file_count, file_capacity;
  wg_config_piece *pieces; // in the order of the text
  size_t piece_count, piece_capacity;
} wg_config_lines;

typedef struct wg_config_place {
  const char *file; // lives as long as the text
  int line;
} wg_config_place;

// Adds the name of a file; its number is the file_count before. Returns false when there is no memory.
bool wg_config_lines_add_file(wg_config_lines *text, const char *name);

// Appends whole lines, each of which ends in a newline; they begin at `line` of the file with that number. Returns false
// when there is no memory.
bool wg_config_lines_append(wg_config_lines *text, size_t file, int line, const char *bytes, size_t length);

// Where a line of the text, counted from 1, comes from.
wg_config_place wg_config_lines_place(const wg_config_lines *text, int line);

void wg_config_lines_free(wg_config_lines *text);

#endif
