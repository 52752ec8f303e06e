// SPDX-License-Identifier: GPL-3.0-or-later
// Files of blocks (schema/block.h) in which every byte is covered by a checksum. Little-endian:
//
//   head    magic, format, byte order, kind, answers, months, number of blocks, two 128-bit hashes, bytes of the whole file,
//           XXH3 of the head so far
//   blocks  name, element size, count; the elements, packed; XXH3 of both
//   end     magic, 128-bit XXH3 of all blocks and the head
//
// A file is written under another name, read back from the disk and only then given its own.
#ifndef WG_IO_CHECKPOINT_FILE_H
#define WG_IO_CHECKPOINT_FILE_H

#include "schema/block.h"

enum { WG_CHECKPOINT_FORMAT = 1 };
typedef enum wg_checkpoint_kind { WG_CHECKPOINT_STATE = 1, WG_CHECKPOINT_GROUP = 2 } wg_checkpoint_kind;

// What a file says of itself before its blocks.
typedef struct wg_checkpoint_head {
  uint32_t kind;                      // wg_checkpoint_kind
  uint32_t answers;                   // version of the program's answers
  uint32_t months;                    // lived
  uint64_t configuration[2], data[2]; // hashes: of the resolved configuration, of the district's tables
} wg_checkpoint_head;

typedef struct wg_checkpoint_writer wg_checkpoint_writer;
typedef struct wg_checkpoint_reader wg_checkpoint_reader;

// Begins `path`.part; an earlier file called `path` stays until wg_checkpoint_publish. Errors name the path and the system's
// reason; all are WG_FAIL_RUN.
int wg_checkpoint_create(const char *path, const wg_checkpoint_head *head, wg_checkpoint_writer **created,
                         wg_error *error);

// Writes a block. `self` is the wg_checkpoint_writer: fits wg_block_stream.pass.
int wg_checkpoint_put(void *self, const wg_block *block, wg_error *error);

// The same in parts: the elements of the block that was begun are appended, packed, until it has as many as it was to have.
int wg_checkpoint_begin(wg_checkpoint_writer *writer, const char *name, size_t size, uint64_t count, wg_error *error);
int wg_checkpoint_append(wg_checkpoint_writer *writer, const void *elements, size_t bytes, wg_error *error);

// Ends the file, syncs it, reads it back and checks it, and gives it its name; frees `writer` in any case. `bytes` (may be
// NULL) gets the file's size.
int wg_checkpoint_publish(wg_checkpoint_writer *writer, uint64_t *bytes, wg_error *error);
void wg_checkpoint_abandon(wg_checkpoint_writer *writer); // removes the .part; NULL is allowed

// Opens a file and checks all of it: not a byte can be missing, added or changed without an error (WG_FAIL_CONFIG; WG_FAIL_RUN
// for want of memory). Closed with wg_checkpoint_close.
int wg_checkpoint_open(const char *path, wg_checkpoint_reader **opened, wg_error *error);
void wg_checkpoint_close(wg_checkpoint_reader *reader); // NULL is allowed
const wg_checkpoint_head *wg_checkpoint_head_of(const wg_checkpoint_reader *reader);

// Bytes of the blocks that have not been read yet, their heads included.
uint64_t wg_checkpoint_left(const wg_checkpoint_reader *reader);

// What the next block is, without data; false behind the last. The name lives until the next call.
bool wg_checkpoint_next(wg_checkpoint_reader *reader, wg_block *block);

// Reads the next block, which must have the name, size and count of `block`. `self` is the wg_checkpoint_reader: fits
// wg_block_stream.pass.
int wg_checkpoint_get(void *self, const wg_block *block, wg_error *error);

#endif
