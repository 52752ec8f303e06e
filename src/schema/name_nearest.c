// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "schema/config.h"

enum { NAME_MAX_LENGTH = 63 };

static size_t smaller(size_t a, size_t b) {
  return a < b ? a : b;
}

// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length) {
  size_t rows[3][NAME_MAX_LENGTH + 1];
  size_t *before = rows[0], *last = rows[1], *next = rows[2];
  for (size_t j = 0; j <= b_length; j++)
    last[j] = j;
  for (size_t i = 1; i <= a_length; i++) {
    next[0] = i;
    for (size_t j = 1; j <= b_length; j++) {
      const size_t replaced = last[j - 1] + (a[i - 1] != b[j - 1]);
      next[j] = smaller(replaced, smaller(last[j], next[j - 1]) + 1);
      const int swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped)
        next[j] = smaller(next[j], before[j - 2] + 1);
    }
    size_t *const oldest = before;
    before = last;
    last = next;
    next = oldest;
  }
  return last[b_length];
}

const char *wg_name_nearest(const char *name, const char *const *names, size_t count) {
  const size_t length = strlen(name);
  if (length > NAME_MAX_LENGTH)
    return NULL;
  const char *nearest = NULL;
  // A third of the letters may be wrong; more is another word.
  size_t limit = smaller((length + 1) / 3, 4);
  if (limit == 0)
    limit = 1;
  for (size_t i = 0; i < count; i++) {
    const size_t other = strlen(names[i]);
    if (other > NAME_MAX_LENGTH)
      continue;
    const size_t distance = edit_distance(name, length, names[i], other);
    // Of a word of one letter nothing is left to recognise it by.
    if (distance > limit || distance >= length || distance >= other)
      continue;
    nearest = names[i];
    if (distance == 0)
      break;
    limit = distance - 1;
  }
  return nearest;
}
