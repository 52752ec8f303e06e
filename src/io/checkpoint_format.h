// SPDX-License-Identifier: GPL-3.0-or-later
// How the files of checkpoint_file.h look on the disk; for its writer and reader.
#ifndef WG_IO_CHECKPOINT_FORMAT_H
#define WG_IO_CHECKPOINT_FORMAT_H

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "io/checkpoint_file.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "checkpoints are little-endian");

enum { WG_CHECKPOINT_ORDER = 0x01020304, WG_CHECKPOINT_ELEMENT_MAX = 16 };
#define WG_CHECKPOINT_MAGIC "wangge\r\n"
#define WG_CHECKPOINT_END "the end\n"

typedef struct wg_file_head {
  char magic[8];
  uint32_t format, order, kind, answers, months, block_count;
  uint64_t configuration[2], data[2];
  uint64_t bytes; // of the whole file
  uint64_t checksum;
} wg_file_head;

typedef struct wg_file_block {
  char name[WG_BLOCK_NAME_SIZE]; // padded with zeros
  uint64_t size, count;
} wg_file_block;

typedef struct wg_file_end {
  char magic[8];
  uint64_t checksum[2];
} wg_file_end;

_Static_assert(sizeof(wg_file_head) == 80 && sizeof(wg_file_block) == 104 && sizeof(wg_file_end) == 24,
               "no padding: every byte is written and checked");

// Reads a whole file through the descriptor, from its first byte on, and checks it. `path` is for messages.
int wg_checkpoint_check(int descriptor, const char *path, wg_file_head *head, wg_error *error);

// Reads exactly so many bytes; an end of the file before them is an error.
int wg_checkpoint_pread(int descriptor, const char *path, uint64_t at, void *bytes, size_t count, wg_error *error);

#endif
