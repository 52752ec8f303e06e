// SPDX-License-Identifier: GPL-3.0-or-later
// A pairing heap (Fredman et al. 1986) whose links lie in the rows of the pool, so that queues allocate nothing.
#include "model/need.h"
#include "model/resident.h"

// Without branches: which of two cases comes first nobody could guess.
static inline bool before(const wg_need *a, const wg_need *b) {
  return (a->key < b->key) | ((a->key == b->key) & (a->identity < b->identity));
}

// Joins two heaps; the loser becomes the winner's first child.
static inline uint32_t meld(wg_need *needs, uint32_t a, uint32_t b) {
  const uint32_t swap = (a ^ b) & -(uint32_t)before(needs + b, needs + a);
  const uint32_t winner = a ^ swap, loser = b ^ swap, child = needs[winner].child;
  needs[child != WG_NO_ROW ? child : loser].back = loser;
  needs[loser].sibling = child;
  needs[loser].back = winner;
  needs[winner].child = loser;
  return winner;
}

// The two-pass pairing of a list of siblings into one heap.
static uint32_t pair_siblings(wg_need *needs, uint32_t first) {
  uint32_t pairs = WG_NO_ROW; // pairs made so far, linked backwards through `sibling`
  while (first != WG_NO_ROW) {
    const uint32_t a = first, b = needs[a].sibling;
    uint32_t winner = a;
    if (b == WG_NO_ROW) {
      first = WG_NO_ROW;
    } else {
      first = needs[b].sibling;
      winner = meld(needs, a, b);
    }
    needs[winner].sibling = pairs;
    pairs = winner;
  }
  uint32_t root = WG_NO_ROW;
  while (pairs != WG_NO_ROW) {
    const uint32_t next = needs[pairs].sibling;
    root = root == WG_NO_ROW ? pairs : meld(needs, root, pairs);
    pairs = next;
  }
  if (root != WG_NO_ROW) {
    needs[root].sibling = WG_NO_ROW;
    needs[root].back = WG_NO_ROW;
  }
  return root;
}

static inline void unlink_row(wg_need *needs, uint32_t row) {
  needs[row].child = needs[row].sibling = needs[row].back = WG_NO_ROW;
}

void wg_need_heap_push(wg_need *needs, uint32_t *root, uint32_t row) {
  unlink_row(needs, row);
  *root = *root == WG_NO_ROW ? row : meld(needs, *root, row);
}

uint32_t wg_need_heap_pop(wg_need *needs, uint32_t *root) {
  const uint32_t row = *root;
  *root = pair_siblings(needs, needs[row].child);
  unlink_row(needs, row);
  return row;
}

void wg_need_heap_remove(wg_need *needs, uint32_t *root, uint32_t row) {
  if (row == *root) {
    wg_need_heap_pop(needs, root);
    return;
  }
  const uint32_t back = needs[row].back, sibling = needs[row].sibling;
  if (needs[back].child == row)
    needs[back].child = sibling;
  else
    needs[back].sibling = sibling;
  if (sibling != WG_NO_ROW)
    needs[sibling].back = back;
  const uint32_t rest = pair_siblings(needs, needs[row].child);
  if (rest != WG_NO_ROW)
    *root = meld(needs, *root, rest);
  unlink_row(needs, row);
}
