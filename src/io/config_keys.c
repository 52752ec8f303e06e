// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/config_keys.h"

#include <stdlib.h>
#include <string.h>

bool wg_config_keys_add(wg_config_keys *keys, wg_config_key key) {
  if (keys->count == keys->capacity) {
    const size_t capacity = keys->capacity ? keys->capacity * 2 : 64;
    wg_config_key *const items = realloc(keys->items, capacity * sizeof *items);
    if (!items)
      return false;
    keys->items = items;
    keys->capacity = capacity;
  }
  keys->items[keys->count++] = key;
  return true;
}

static int compare_names(const wg_config_key *a, const wg_config_key *b) {
  if (a->scope != b->scope)
    return a->scope < b->scope ? -1 : 1;
  if (a->length != b->length)
    return a->length < b->length ? -1 : 1;
  return memcmp(a->name, b->name, a->length);
}

static int compare(const void *left, const void *right) {
  const wg_config_key *const a = left, *const b = right;
  const int names = compare_names(a, b);
  // Names point into one text, so that the earlier one comes first.
  return names ? names : (a->name > b->name) - (a->name < b->name);
}

void wg_config_keys_repeated(wg_config_keys *keys,
                             void (*report)(void *context, const wg_config_key *key, int first_line), void *context) {
  if (keys->count < 2)
    return;
  qsort(keys->items, keys->count, sizeof *keys->items, compare);
  const wg_config_key *first = &keys->items[0];
  for (size_t i = 1; i < keys->count; i++) {
    if (compare_names(first, &keys->items[i]) == 0)
      report(context, &keys->items[i], first->line);
    else
      first = &keys->items[i];
  }
}

void wg_config_keys_free(wg_config_keys *keys) {
  free(keys->items);
  *keys = (wg_config_keys){0};
}
