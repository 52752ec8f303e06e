// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/literal.h"

#include <string.h>
#include <strings.h>

#include "schema/number.h"

enum { DEPTH_MAX = 8 };

typedef struct literal_reader {
  const char *at;
  wg_arena *arena;
  wg_message *problem;
  int depth;
} literal_reader;

// libconfig's blanks; isspace would follow the locale.
static bool blank(char letter) {
  return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

static void skip_blanks(literal_reader *reader) {
  while (blank(*reader->at))
    reader->at++;
}

static int hex_digit(char letter) {
  const char *const all = "0123456789abcdef";
  const char *const found = letter ? strchr(all, letter >= 'A' && letter <= 'F' ? letter + 32 : letter) : NULL;
  return found ? (int)(found - all) : -1;
}

// Reads the escape behind a backslash and moves on. As in libconfig, a backslash before any other letter is itself.
static char escape(const char **at) {
  static const char letters[] = "nrtf\\\"", meanings[] = "\n\r\t\f\\\"";
  const char *const found = **at ? strchr(letters, **at) : NULL;
  if (found) {
    (*at)++;
    return meanings[found - letters];
  }
  if ((**at == 'x' || **at == 'X') && hex_digit((*at)[1]) >= 0 && hex_digit((*at)[2]) >= 0) {
    const char code = (char)(hex_digit((*at)[1]) * 16 + hex_digit((*at)[2]));
    *at += 3;
    return code;
  }
  return '\\';
}

static int read_quoted(literal_reader *reader, wg_value *value) {
  char *text = wg_arena_alloc(reader->arena, strlen(reader->at), 1);
  if (!text)
    return WG_FAIL_RUN;
  const char *at = reader->at + 1;
  size_t length = 0;
  while (*at && *at != '"') {
    char letter = *at++;
    if (letter == '\\') {
      letter = escape(&at);
      if (!letter) {
        wg_message_add(reader->problem, "text holds a NUL character");
        return WG_FAIL_CONFIG;
      }
    }
    text[length++] = letter;
  }
  if (!*at) {
    wg_message_add(reader->problem, "the closing quote is missing");
    return WG_FAIL_CONFIG;
  }
  reader->at = at + 1;
  *value = (wg_value){.kind = WG_VALUE_TEXT, .text = text};
  return WG_OK;
}

static int read_word(literal_reader *reader, size_t length, wg_value *value) {
  const char *const word = reader->at;
  reader->at += length;
  *value = (wg_value){0};
  if ((length == 4 && strncasecmp(word, "true", 4) == 0) || (length == 5 && strncasecmp(word, "false", 5) == 0)) {
    value->kind = WG_VALUE_BOOL;
    value->boolean = length == 4;
    return WG_OK;
  }
  bool wide;
  const char *what = "";
  switch (wg_number_parse(word, length, value, &wide, &what)) {
  case WG_NUMBER_GOOD:
    return WG_OK;
  case WG_NUMBER_BAD:
    wg_message_quote(reader->problem, word, length);
    wg_message_add(reader->problem, " %s", what);
    return WG_FAIL_CONFIG;
  case WG_NUMBER_NONE:
    break;
  }
  value->kind = WG_VALUE_TEXT;
  value->text = wg_arena_text(reader->arena, word, length);
  return value->text ? WG_OK : WG_FAIL_RUN;
}

static int read_item(literal_reader *reader, wg_value *value);

static int read_list(literal_reader *reader, wg_value *value) {
  const char close = *reader->at == '[' ? ']' : ')';
  reader->at++;
  // One item more than there are commas is enough, wherever the commas stand.
  size_t room = 1;
  for (const char *at = reader->at; *at; at++)
    room += *at == ',';
  wg_value *const items = wg_arena_alloc(reader->arena, room, sizeof *items);
  if (!items)
    return WG_FAIL_RUN;
  size_t count = 0;
  for (skip_blanks(reader); *reader->at != close; skip_blanks(reader)) {
    if (count) {
      if (*reader->at != ',') {
        wg_message_add(reader->problem, "a comma or %c is missing in the list", close);
        return WG_FAIL_CONFIG;
      }
      reader->at++;
      skip_blanks(reader);
    }
    const int code = read_item(reader, &items[count]);
    if (code)
      return code;
    count++;
  }
  reader->at++;
  *value = (wg_value){.kind = WG_VALUE_LIST, .items = items, .count = count};
  return WG_OK;
}

static int read_bracketed(literal_reader *reader, wg_value *value) {
  if (*reader->at == '"')
    return read_quoted(reader, value);
  if (*reader->at == '{') {
    wg_message_add(reader->problem, "a group cannot be given here");
    return WG_FAIL_CONFIG;
  }
  if (reader->depth == DEPTH_MAX) {
    wg_message_add(reader->problem, "lists are nested too deeply");
    return WG_FAIL_CONFIG;
  }
  reader->depth++;
  const int code = read_list(reader, value);
  reader->depth--;
  return code;
}

static int read_item(literal_reader *reader, wg_value *value) {
  if (*reader->at && strchr("\"[({", *reader->at))
    return read_bracketed(reader, value);
  size_t length = 0;
  while (reader->at[length] && !blank(reader->at[length]) && !strchr(",[](){}\"", reader->at[length]))
    length++;
  if (length == 0) {
    wg_message_add(reader->problem, "a value is missing in the list");
    return WG_FAIL_CONFIG;
  }
  return read_word(reader, length, value);
}

int wg_literal_parse(const char *text, wg_arena *arena, wg_value *value, wg_message *problem) {
  literal_reader reader = {.at = text, .arena = arena, .problem = problem};
  skip_blanks(&reader);
  if (!*reader.at || !strchr("\"[({", *reader.at)) {
    size_t length = strlen(reader.at);
    while (length && blank(reader.at[length - 1]))
      length--;
    return read_word(&reader, length, value);
  }
  const int code = read_bracketed(&reader, value);
  if (code)
    return code;
  skip_blanks(&reader);
  if (*reader.at) {
    wg_message_add(problem, "nothing may follow the value: ");
    wg_message_quote(problem, reader.at, strlen(reader.at));
    return WG_FAIL_CONFIG;
  }
  return WG_OK;
}

void wg_text_print(const char *text, FILE *stream) {
  static const char meanings[] = "\n\r\t\f\\\"", letters[] = "nrtf\\\"";
  fputc('"', stream);
  for (; *text; text++) {
    const unsigned char byte = (unsigned char)*text;
    const char *const found = strchr(meanings, *text);
    if (found) {
      fprintf(stream, "\\%c", letters[found - meanings]);
    } else if (byte < 0x20 || byte == 0x7f) {
      fprintf(stream, "\\x%02x", byte);
    } else {
      fputc(byte, stream);
    }
  }
  fputc('"', stream);
}
