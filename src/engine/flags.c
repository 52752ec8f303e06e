// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/flags.h"

#include <stdlib.h>
#include <string.h>

#include "engine/axes.h"

// One text of all words, or NULL without memory.
static char *join(size_t count, const char *const *words) {
  size_t length = 1;
  for (size_t i = 0; i < count; i++)
    length += strlen(words[i]) + 1;
  char *text = malloc(length), *end = text;
  for (size_t i = 0; i < count && text; i++) {
    if (i)
      *end++ = ' ';
    for (const char *c = words[i]; *c; c++)
      *end++ = *c == ' ' ? '_' : *c;
  }
  if (text)
    *end = '\0';
  return text;
}

int wg_flags_make(size_t count, const char *const *names, const char *const *labels, wg_flags *flags, wg_error *error) {
  *flags = (wg_flags){.meanings = join(count, names), .labels = labels ? join(count, labels) : NULL};
  if (!flags->meanings || (labels && !flags->labels))
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu names", count);
  for (size_t i = 0; i < count; i++)
    flags->values[i] = (int8_t)i;
  flags->attributes[0] = (wg_attribute){"flag_values", WG_I8, count, flags->values};
  flags->attributes[1] = (wg_attribute){"flag_meanings", WG_STRING, 1, flags->meanings};
  flags->attributes[2] = (wg_attribute){"flag_labels_zh", WG_STRING, 1, flags->labels};
  flags->attribute_count = labels ? 3 : 2;
  return WG_OK;
}

int wg_flags_of_axis(const wg_world *world, wg_axis axis, wg_flags *flags, wg_error *error) {
  const char *names[WG_FLAGS_MAX] = {NULL}, *labels[WG_FLAGS_MAX] = {NULL};
  const size_t count = wg_axis_length(world, axis);
  for (size_t i = 0; i < count; i++) {
    names[i] = wg_axis_code(world, axis, i);
    labels[i] = wg_axis_label(world, axis, i);
  }
  return wg_flags_make(count, names, labels[0] ? labels : NULL, flags, error);
}

void wg_flags_free(wg_flags *flags) {
  free(flags->meanings);
  free(flags->labels);
}
