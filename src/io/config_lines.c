// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/config_lines.h"

#include <stdlib.h>
#include <string.h>

// Makes room for `more` elements after `used`.
static bool grow(void *array, size_t used, size_t more, size_t *capacity, size_t element) {
  if (used + more <= *capacity)
    return true;
  const size_t wanted = (used + more) * 2;
  void *const larger = realloc(*(void **)array, wanted * element);
  if (!larger)
    return false;
  *(void **)array = larger;
  *capacity = wanted;
  return true;
}

bool wg_config_lines_add_file(wg_config_lines *text, const char *name) {
  if (!grow(&text->files, text->file_count, 1, &text->file_capacity, sizeof *text->files))
    return false;
  char *const copy = strdup(name);
  if (copy)
    text->files[text->file_count++] = copy;
  return copy != NULL;
}

bool wg_config_lines_append(wg_config_lines *text, size_t file, int line, const char *bytes, size_t length) {
  if (length == 0)
    return true;
  if (!grow(&text->bytes, text->length, length + 1, &text->capacity, 1) ||
      !grow(&text->pieces, text->piece_count, 1, &text->piece_capacity, sizeof *text->pieces))
    return false;
  text->pieces[text->piece_count++] = (wg_config_piece){text->lines + 1, file, line};
  memcpy(text->bytes + text->length, bytes, length);
  text->length += length;
  text->bytes[text->length] = 0;
  for (size_t i = 0; i < length; i++)
    text->lines += bytes[i] == '\n';
  return true;
}

wg_config_place wg_config_lines_place(const wg_config_lines *text, int line) {
  size_t low = 0, high = text->piece_count;
  while (high - low > 1) {
    const size_t middle = low + (high - low) / 2;
    if (text->pieces[middle].first <= line)
      low = middle;
    else
      high = middle;
  }
  const wg_config_piece *const piece = &text->pieces[low];
  return (wg_config_place){text->files[piece->file], piece->line + line - piece->first};
}

void wg_config_lines_free(wg_config_lines *text) {
  for (size_t i = 0; i < text->file_count; i++)
    free(text->files[i]);
  free(text->files);
  free(text->pieces);
  free(text->bytes);
  *text = (wg_config_lines){0};
}
