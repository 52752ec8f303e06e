// SPDX-License-Identifier: GPL-3.0-or-later
// A stretch of equal elements under a name: what a state is stored as, whoever stores it and wherever.
#ifndef WG_SCHEMA_BLOCK_H
#define WG_SCHEMA_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum { WG_BLOCK_NAME_SIZE = 88 }; // with the terminating zero

// Element i lies at data + i * stride.
typedef struct wg_block {
  const char *name;
  size_t size; // bytes of an element, 1 to 16
  uint64_t count;
  void *data;
  size_t stride;
} wg_block;

// Blocks on their way out of a state or into it, one after the other: the same blocks in the same order either way. `pass`
// takes the block's elements from `data`, or sets them if `reading`; a block that is not the one expected is an error.
typedef struct wg_block_stream {
  void *self;
  bool reading;
  uint64_t bytes; // reading: what all blocks together can hold at most
  int (*pass)(void *self, const wg_block *block, wg_error *error);
} wg_block_stream;

#endif
