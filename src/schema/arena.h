// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that is given back all at once.
#ifndef WG_SCHEMA_ARENA_H
#define WG_SCHEMA_ARENA_H

#include <stddef.h>

// Start from {0}.
typedef struct wg_arena {
  struct wg_arena_block *last;
} wg_arena;

// Zeroed memory for any type, NULL when there is none. A size of 0 gives a valid pointer.
void *wg_arena_alloc(wg_arena *arena, size_t count, size_t size);

// A terminated copy of the first `length` bytes; NULL when there is no memory.
char *wg_arena_text(wg_arena *arena, const char *text, size_t length);

void wg_arena_free(wg_arena *arena);

#endif
