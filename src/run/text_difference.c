// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/text_difference.h"

#include <stdbool.h>
#include <string.h>

enum { DEPTH = 8, MOST = 3, VALUE = 60 };

typedef struct piece {
  const char *text;
  int length;
} piece;

// Where a line stands: the names of the groups around it.
typedef struct place {
  piece names[DEPTH];
  int depth;
} place;

static piece line_at(const char *text) {
  const size_t indent = strspn(text, " ");
  return (piece){text + indent, (int)strcspn(text + indent, "\n")};
}

static const char *line_after(const char *text) {
  text += strcspn(text, "\n");
  return text + (*text == '\n');
}

static bool is_same(piece a, piece b) {
  return a.length == b.length && memcmp(a.text, b.text, (size_t)a.length) == 0;
}

static piece key_of(piece line) {
  return (piece){line.text, (int)strcspn(line.text, " :=\n")};
}

// "1" of "seed = 1;"
static piece value_of(piece line) {
  const char *const sign = memchr(line.text, '=', (size_t)line.length);
  if (!sign)
    return line;
  const char *from = sign + 1;
  const char *const end = line.text + line.length;
  from += strspn(from, " ");
  const int length = (int)(end - from) - (end > from && end[-1] == ';');
  return (piece){from, length < VALUE ? length : VALUE};
}

static void follow(place *at, piece line) {
  if (line.length == 0)
    return;
  const char last = line.text[line.length - 1];
  if ((last == '{' || last == '(') && at->depth < DEPTH)
    at->names[at->depth++] = key_of(line);
  else if ((line.text[0] == '}' || line.text[0] == ')') && at->depth > 0)
    at->depth--;
}

static void tell(const place *at, piece there, piece here, bool is_first, wg_message *message) {
  const piece key = key_of(here), a = value_of(there), b = value_of(here);
  if (!is_first)
    wg_message_add(message, "; ");
  for (int i = 0; i < at->depth; i++)
    wg_message_add(message, "%.*s.", at->names[i].length, at->names[i].text);
  if (is_same(key_of(there), key))
    wg_message_add(message, "%.*s = %.*s there, %.*s here", key.length, key.text, a.length, a.text, b.length, b.text);
  else
    wg_message_add(message, "%.*s there, %.*s here", there.length < VALUE ? there.length : VALUE, there.text,
                   here.length < VALUE ? here.length : VALUE, here.text);
}

void wg_text_difference(const char *there, const char *here, wg_message *message) {
  place at = {.depth = 0};
  int told = 0;
  while (*there || *here) {
    const piece a = line_at(there), b = line_at(here);
    if (!is_same(a, b)) {
      if (told == MOST) {
        wg_message_add(message, "; …");
        return;
      }
      tell(&at, a, b, told++ == 0, message);
      // Beyond lines that only one of them has nothing belongs together any more.
      if (!is_same(key_of(a), key_of(b)))
        return;
    }
    follow(&at, b);
    there = line_after(there);
    here = line_after(here);
  }
}
