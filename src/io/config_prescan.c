// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/config_prescan.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "io/config_keys.h"
#include "schema/message.h"
#include "schema/number.h"
#include "schema/utf8.h"

typedef struct opened {
  char bracket;
  int line;
  uint32_t scope;
} opened;

typedef struct scanner {
  const wg_config_lines *source;
  const char *at, *end;
  int line;
  int foreign_line; // the last line on which a character outside ASCII was told
  const char *name; // a name just read that may turn out to be a key
  size_t name_length;
  int name_line;
  bool fragment; // may be the middle of a list
  char before;   // how the last thing began that is not blank; '=' for a colon too, 0 at the beginning
  opened open[WG_CONFIG_DEPTH_MAX];
  size_t depth;
  uint32_t scope_count;
  uint32_t commas;
  wg_config_keys keys;
  wg_config_includes *includes;
  wg_error *error;
  int code;
} scanner;

static void complain(scanner *scan, int line, const char *what) {
  const wg_config_place place = wg_config_lines_place(scan->source, line);
  scan->code = wg_error_add(scan->error, WG_FAIL_CONFIG, "%s:%d: %s", place.file, place.line, what);
}

// The same about a piece of the text, quoted.
static void complain_about(scanner *scan, int line, const char *text, size_t length, const char *what) {
  wg_message message = {0};
  wg_message_quote(&message, text, length);
  wg_message_add(&message, " %s", what);
  complain(scan, line, message.text);
}

// Nothing after this could be told with confidence.
static void stop(scanner *scan) {
  scan->at = scan->end;
  scan->name = NULL;
  scan->depth = 0;
}

static bool one_of(char letter, const char *letters) {
  return letter && strchr(letters, letter);
}

static bool is_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

static bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

static void no_memory(scanner *scan) {
  scan->code = wg_error_set(scan->error, WG_FAIL_RUN, "%s: no memory to read it", scan->source->files[0]);
  stop(scan);
}

static void skip_line(scanner *scan) {
  while (scan->at < scan->end && *scan->at != '\n')
    scan->at++;
}

static void skip_comment(scanner *scan) {
  const int line = scan->line;
  for (scan->at += 2; scan->at < scan->end; scan->at++) {
    if (scan->at[0] == '*' && scan->at[1] == '/') {
      scan->at += 2;
      return;
    }
    scan->line += *scan->at == '\n';
  }
  complain(scan, line, "the comment that begins here with /* is never closed");
}

// libconfig joins texts that stand side by side, which in a list hides a forgotten comma, and does not free one that
// stands where no value can.
static void check_place_of_string(scanner *scan) {
  const bool in_list = scan->depth ? scan->open[scan->depth - 1].bracket != '{' : scan->fragment;
  if (scan->before == '"' && in_list)
    complain(scan, scan->line, "a comma is missing between two texts in quotes");
  else if (!one_of(scan->before, "=[(\"@") && !(scan->before == ',' && in_list) && scan->foreign_line != scan->line)
    complain(scan, scan->line,
             "the text in quotes stands where no value can (is a = or comma missing before it? keys take no quotes)");
}

static void skip_string(scanner *scan) {
  const char *const start = scan->at++;
  for (; *scan->at != '"'; scan->at++) {
    if (*scan->at == '\n') {
      // libconfig would read on to the next quote, wherever it is, and complain there.
      complain(scan, scan->line, "the text in quotes is not closed on its line (a line break within it is \\n)");
      stop(scan);
      return;
    }
    if (*scan->at != '\\')
      continue;
    if (one_of(scan->at[1], "xX") && scan->at[2] == '0' && scan->at[3] == '0') {
      complain(scan, scan->line, "text cannot hold a NUL character (\\x00)");
    }
    if (one_of(scan->at[1], "\\\""))
      scan->at++;
  }
  scan->at++;
  if (scan->at - start > WG_CONFIG_STRING_LENGTH_MAX)
    complain(scan, scan->line, "the text in quotes is too long");
}

static void take_number(scanner *scan) {
  const char *const start = scan->at;
  while (is_letter(*scan->at) || is_digit(*scan->at) || one_of(*scan->at, "+-._"))
    scan->at++;
  const size_t length = (size_t)(scan->at - start);
  wg_value value;
  bool wide;
  const char *problem = "is not a number (text stands in quotes)";
  const wg_number_form form = wg_number_parse(start, length, &value, &wide, &problem);
  if (form != WG_NUMBER_GOOD) {
    complain_about(scan, scan->line, start, length, problem);
    return;
  }
  if (value.kind != WG_VALUE_INT || wide)
    return;
  const bool hex = length > 1 && one_of(start[1], "xX");
  if (value.integer > INT32_MAX || value.integer < INT32_MIN) {
    complain_about(scan, scan->line, start, length,
                   hex ? "is beyond 32 bits and needs the suffix L (0x…L)"
                       : "is beyond 32 bits and needs the suffix L");
  }
}

static bool is_boolean(const char *text, size_t length) {
  return (length == 4 && strncasecmp(text, "true", 4) == 0) || (length == 5 && strncasecmp(text, "false", 5) == 0);
}

// A name was read and something else than an equals sign follows: most often text without quotes. Returns whether the
// name was wrong.
static bool settle_name(scanner *scan) {
  const bool foreign = (unsigned char)*scan->at >= 0x80 || scan->foreign_line == scan->name_line;
  const bool wrong = scan->name && !is_boolean(scan->name, scan->name_length);
  if (wrong && !foreign) {
    complain_about(scan, scan->name_line, scan->name, scan->name_length,
                   "stands alone (a key needs = or : behind it, and text stands in quotes)");
  }
  scan->name = NULL;
  return wrong;
}

static void take_name(scanner *scan) {
  settle_name(scan);
  scan->name = scan->at;
  scan->name_line = scan->line;
  while (is_letter(*scan->at) || is_digit(*scan->at) || one_of(*scan->at, "_-*"))
    scan->at++;
  scan->name_length = (size_t)(scan->at - scan->name);
  if (*scan->at != '.')
    return;
  while (is_letter(*scan->at) || is_digit(*scan->at) || one_of(*scan->at, "_-*."))
    scan->at++;
  complain_about(scan, scan->line, scan->name, (size_t)(scan->at - scan->name),
                 "has a point: keys in files are nested, as in run: { seed = 1; }, and text stands in quotes");
  scan->name = NULL;
}

// An equals sign or colon: the name before it is a key.
static void take_key(scanner *scan) {
  scan->at++;
  if (!scan->name)
    return;
  if (scan->name_length > WG_CONFIG_KEY_LENGTH_MAX) {
    complain_about(scan, scan->name_line, scan->name, scan->name_length, "is too long for a key");
    return;
  }
  const uint32_t scope = scan->depth ? scan->open[scan->depth - 1].scope : 0;
  const wg_config_key key = {scan->name, scan->name_length, scope, scan->name_line};
  if (scan->keys.count == WG_CONFIG_KEYS_MAX) {
    complain(scan, scan->line, "the file, with what it includes, has too many keys (allowed: 10000)");
    stop(scan);
  } else if (!wg_config_keys_add(&scan->keys, key)) {
    no_memory(scan);
  }
}

static void open_bracket(scanner *scan) {
  if (scan->depth == WG_CONFIG_DEPTH_MAX) {
    complain(scan, scan->line, "brackets are nested too deeply (allowed: 32)");
    stop(scan);
    return;
  }
  scan->open[scan->depth++] = (opened){*scan->at++, scan->line, ++scan->scope_count};
}

static void close_bracket(scanner *scan) {
  const char close = *scan->at;
  const char wanted = close == '}' ? '{' : close == ']' ? '[' : '(';
  wg_message message = {0};
  if (scan->depth == 0) {
    wg_message_add(&message, "%c closes nothing", close);
  } else if (scan->open[scan->depth - 1].bracket != wanted) {
    const opened *const last = &scan->open[scan->depth - 1];
    wg_message_add(&message, "%c does not close the %c of line %d", close, last->bracket, last->line);
  }
  if (message.length) {
    complain(scan, scan->line, message.text);
    stop(scan);
    return;
  }
  scan->depth--;
  scan->at++;
}

// The first character of well-formed text outside ASCII.
static unsigned code_point(const char *text) {
  const unsigned char *const byte = (const unsigned char *)text;
  if (byte[0] < 0xe0)
    return (byte[0] & 0x1fU) << 6 | (byte[1] & 0x3fU);
  if (byte[0] < 0xf0)
    return (byte[0] & 0x0fU) << 12 | (byte[1] & 0x3fU) << 6 | (byte[2] & 0x3fU);
  return (byte[0] & 7U) << 18 | (byte[1] & 0x3fU) << 12 | (byte[2] & 0x3fU) << 6 | (byte[3] & 0x3fU);
}

// Blanks of all widths, joiners and marks of direction: quoting them would show nothing.
static bool is_unseen(unsigned code) {
  return (code >= 0x80 && code <= 0xa0) || code == 0xad || (code >= 0x2000 && code <= 0x200f) ||
         (code >= 0x2028 && code <= 0x202f) || (code >= 0x205f && code <= 0x206f) || code == 0x3000 || code == 0xfeff;
}

// A Chinese key, or the colon, quotes and blanks that a Chinese keyboard gives.
static void take_foreign(scanner *scan) {
  static const char rule[] = "stands outside quotes: keys and punctuation must be ASCII, and other text in quotes";
  const char *const start = scan->at;
  while ((unsigned char)*scan->at >= 0x80)
    scan->at++;
  if (scan->foreign_line == scan->line)
    return;
  scan->foreign_line = scan->line;
  const unsigned code = code_point(start);
  if (!is_unseen(code)) {
    complain_about(scan, scan->line, start, (size_t)(scan->at - start), rule);
    return;
  }
  wg_message message = {0};
  wg_message_add(&message, "the character U+%04X, which cannot be seen, %s", code, rule);
  complain(scan, scan->line, message.text);
}

// Whether nothing but blanks stands before `at` on its line.
static bool begins_line(const char *text, const char *at) {
  while (at > text && one_of(at[-1], " \t"))
    at--;
  return at == text || at[-1] == '\n';
}

// The path of an @include as libconfig unescapes it; NULL when there is no memory.
static char *unescape(const char *text, size_t length) {
  char *const path = malloc(length + 1);
  size_t used = 0;
  for (size_t i = 0; path && i < length; i++) {
    if (text[i] == '\\' && one_of(text[i + 1], "\\\""))
      i++;
    path[used++] = text[i];
  }
  if (path)
    path[used] = 0;
  return path;
}

static void add_include(scanner *scan, const char *text, size_t length) {
  wg_config_includes *const all = scan->includes;
  if (all->count == all->capacity) {
    const size_t capacity = all->capacity ? all->capacity * 2 : 8;
    wg_config_include *const items = realloc(all->items, capacity * sizeof *items);
    if (!items) {
      no_memory(scan);
      return;
    }
    all->items = items;
    all->capacity = capacity;
  }
  char *const path = unescape(text, length);
  if (!path) {
    no_memory(scan);
    return;
  }
  const char *start = text;
  while (start > scan->source->bytes && start[-1] != '\n')
    start--;
  const char *const next = strchr(text, '\n') + 1;
  all->items[all->count++] = (wg_config_include){.start = (size_t)(start - scan->source->bytes),
                                                 .end = (size_t)(next - scan->source->bytes),
                                                 .line = scan->line,
                                                 .path = path};
}

static void take_include(scanner *scan) {
  const char *const start = scan->at, *path = start + sizeof "@include" - 1;
  skip_line(scan);
  while (one_of(*path, " \t"))
    path++;
  size_t length = 0;
  if (*path == '"')
    while (path[1 + length] != '"' && path[1 + length] != '\n')
      length += path[1 + length] == '\\' && one_of(path[2 + length], "\\\"") ? 2 : 1;
  const char *rest = path + 1 + length;
  const bool quoted = *path == '"' && *rest == '"';
  if (quoted)
    scan->at = ++rest;
  while (one_of(*rest, " \t\r"))
    rest++;
  const bool ends = *rest == '\n' || *rest == '#' || (rest[0] == '/' && rest[1] == '/');
  if (!quoted || !ends || !begins_line(scan->source->bytes, start)) {
    complain(scan, scan->line, "@include needs a line of its own and quotes (allowed: @include \"FILE\")");
  } else if (length == 0) {
    complain(scan, scan->line, "@include: the path is empty (allowed: @include \"FILE\")");
  } else if (length > WG_CONFIG_PATH_LENGTH_MAX) {
    complain(scan, scan->line, "@include: the path is too long (allowed: 4095 bytes)");
  } else {
    add_include(scan, path + 1, length);
  }
}

static void take_directive(scanner *scan) {
  const char *const start = scan->at;
  size_t length = 1;
  while (is_letter(start[length]))
    length++;
  if (length == sizeof "@include" - 1 && strncmp(start, "@include", length) == 0) {
    take_include(scan);
  } else {
    complain_about(scan, scan->line, start, length, "is unknown (allowed: @include \"FILE\")");
    skip_line(scan);
  }
}

static void take_comma(scanner *scan) {
  scan->at++;
  if (++scan->commas < WG_CONFIG_VALUES_MAX)
    return;
  complain(scan, scan->line, "the file, with what it includes, has too many values in lists (allowed: 100000)");
  stop(scan);
}

static void take_value(scanner *scan) {
  const bool wrong_name = settle_name(scan);
  const char letter = *scan->at;
  if (letter == '"') {
    if (!wrong_name)
      check_place_of_string(scan);
    skip_string(scan);
    return;
  }
  if (is_digit(letter) || one_of(letter, "+-."))
    take_number(scan);
  else if (one_of(letter, "{[("))
    open_bracket(scan);
  else if (one_of(letter, "}])"))
    close_bracket(scan);
  else if ((unsigned char)letter >= 0x80)
    take_foreign(scan);
  else if (letter == '@')
    take_directive(scan);
  else if (letter == ',')
    take_comma(scan);
  else
    scan->at++; // a semicolon, or what libconfig refuses
}

static void step(scanner *scan) {
  const char letter = *scan->at;
  if (one_of(letter, " \t\r\f\n")) {
    scan->line += letter == '\n';
    scan->at++;
  } else if (letter == '#' || (letter == '/' && scan->at[1] == '/')) {
    skip_line(scan);
  } else if (letter == '/' && scan->at[1] == '*') {
    skip_comment(scan);
  } else if (is_letter(letter) || letter == '*') {
    take_name(scan);
    scan->before = letter;
  } else if (letter == '=' || letter == ':') {
    take_key(scan);
    scan->name = NULL;
    scan->before = '=';
  } else {
    take_value(scan);
    scan->before = letter;
  }
}

static int line_of(const char *text, size_t position) {
  int line = 1;
  for (size_t i = 0; i < position; i++)
    line += text[i] == '\n';
  return line;
}

// What makes the rest unreadable. Returns whether there is any.
static bool wrong_encoding(scanner *scan) {
  const char *const text = scan->source->bytes;
  const size_t length = scan->source->length;
  if (strncmp(text, "\xef\xbb\xbf", 3) == 0) {
    complain(scan, 1, "the file begins with a byte order mark (save it as UTF-8 without BOM)");
  } else if (strncmp(text, "\xff\xfe", 2) == 0 || strncmp(text, "\xfe\xff", 2) == 0) {
    complain(scan, 1, "the file is UTF-16 (save it as UTF-8 without BOM)");
  } else if (memchr(text, 0, length)) {
    complain(scan, line_of(text, strlen(text)), "the file holds a NUL character (is it text?)");
  } else if (wg_utf8_check(text, length) < length) {
    complain(scan, line_of(text, wg_utf8_check(text, length)), "the file is not valid UTF-8 (was it saved as GBK?)");
  }
  return scan->code != WG_OK;
}

static void report_repeated(void *context, const wg_config_key *key, int first_line) {
  scanner *const scan = context;
  const wg_config_place first = wg_config_lines_place(scan->source, first_line);
  const wg_config_place again = wg_config_lines_place(scan->source, key->line);
  wg_message message = {0};
  wg_message_add(&message, "%.*s: is given twice in one group (first in ", (int)key->length, key->name);
  if (first.file == again.file)
    wg_message_add(&message, "line %d)", first.line);
  else
    wg_message_add(&message, "%s:%d)", first.file, first.line);
  complain(scan, key->line, message.text);
}

int wg_config_prescan(const wg_config_lines *text, bool fragment, wg_config_includes *includes, wg_error *error) {
  scanner scan = {.source = text,
                  .at = text->bytes,
                  .end = text->bytes + text->length,
                  .line = 1,
                  .fragment = fragment,
                  .before = fragment ? '[' : 0,
                  .includes = includes,
                  .error = error};
  if (wrong_encoding(&scan))
    return scan.code;
  while (scan.at < scan.end)
    step(&scan);
  settle_name(&scan);
  if (scan.depth) {
    const opened *const last = &scan.open[scan.depth - 1];
    wg_message message = {0};
    wg_message_add(&message, "the %c that begins here is never closed", last->bracket);
    complain(&scan, last->line, message.text);
  }
  wg_config_keys_repeated(&scan.keys, report_repeated, &scan);
  wg_config_keys_free(&scan.keys);
  return scan.code;
}

void wg_config_includes_free(wg_config_includes *includes) {
  for (size_t i = 0; i < includes->count; i++)
    free(includes->items[i].path);
  free(includes->items);
  *includes = (wg_config_includes){0};
}
