// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct wg_arena_block {
  struct wg_arena_block *before;
  max_align_t bytes[];
};

void *wg_arena_alloc(wg_arena *arena, size_t count, size_t size) {
  if (size && count > (SIZE_MAX - sizeof(struct wg_arena_block)) / size)
    return NULL;
  struct wg_arena_block *block = calloc(1, sizeof *block + count * size);
  if (!block)
    return NULL;
  block->before = arena->last;
  arena->last = block;
  return block->bytes;
}

char *wg_arena_text(wg_arena *arena, const char *text, size_t length) {
  char *copy = wg_arena_alloc(arena, length + 1, 1);
  if (copy)
    memcpy(copy, text, length);
  return copy;
}

void wg_arena_free(wg_arena *arena) {
  while (arena->last) {
    struct wg_arena_block *before = arena->last->before;
    free(arena->last);
    arena->last = before;
  }
}
