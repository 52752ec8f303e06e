// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema/message.h"

enum { DEPTH_MAX = 8, PATH_MAX_BYTES = 512 };

// Where in the text the reader is: the keys of the groups it is in.
typedef struct reader {
  const char *name;
  wg_arena *arena;
  wg_setting *items;
  size_t count, line;
  char path[PATH_MAX_BYTES];
  size_t depth, ends[DEPTH_MAX + 1]; // of the path, before each key
  bool is_list[DEPTH_MAX + 1];
  wg_error *error;
} reader;

static int refuse(const reader *r) {
  return wg_error_add(r->error, WG_FAIL_CONFIG, "%s: line %zu of its configuration is not as wangge writes it", r->name,
                      r->line);
}

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the settings of a configuration");
}

// Appends ".KEY" to the path; `length` 0: nothing.
static bool extend(reader *r, const char *key, size_t length) {
  const size_t end = strlen(r->path);
  if (length == 0)
    return true;
  const int more = snprintf(r->path + end, sizeof r->path - end, "%s%.*s", end ? "." : "", (int)length, key);
  return more >= 0 && (size_t)more < sizeof r->path - end;
}

static bool push(reader *r, const char *key, size_t length, bool is_list) {
  if (r->depth == DEPTH_MAX)
    return false;
  r->ends[r->depth] = strlen(r->path);
  r->is_list[r->depth++] = is_list;
  return extend(r, key, length);
}

static bool pop(reader *r) {
  if (r->depth == 0)
    return false;
  r->path[r->ends[--r->depth]] = 0;
  return true;
}

static bool is_entry_of_list(const reader *r) {
  return r->depth >= 2 && r->is_list[r->depth - 2] && strlen(r->path) == r->ends[r->depth - 1];
}

// The first line of an entry of a list names its type: "policy = "x";". The second of the type is called x#2.
static bool name_entry(reader *r, const char *value, size_t length) {
  if (length < 3 || value[0] != '"' || value[length - 1] != '"')
    return false;
  char name[PATH_MAX_BYTES], start[2 * PATH_MAX_BYTES + 4];
  const char *const list = r->path;
  size_t number = 1;
  for (bool is_taken = true; is_taken; number++) {
    if (number == 1)
      snprintf(name, sizeof name, "%.*s", (int)(length - 2), value + 1);
    else
      snprintf(name, sizeof name, "%.*s#%zu", (int)(length - 2), value + 1, number);
    snprintf(start, sizeof start, "%s.%s.", list, name);
    is_taken = false;
    for (size_t i = r->count; i-- > 0 && !is_taken;)
      is_taken = strncmp(r->items[i].path, start, strlen(start)) == 0;
  }
  return extend(r, name, strlen(name));
}

static int add(reader *r, const char *key, size_t key_length, const char *value, size_t length) {
  const size_t end = strlen(r->path);
  if (!extend(r, key, key_length))
    return refuse(r);
  wg_setting *const item = r->items + r->count++;
  item->path = wg_arena_text(r->arena, r->path, strlen(r->path));
  item->value = wg_arena_text(r->arena, value, length);
  r->path[end] = 0;
  return item->path && item->value ? WG_OK : no_memory(r->error);
}

static bool is_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '*';
}

// One line without its indentation.
static int take(reader *r, const char *line, size_t length) {
  size_t key = 0;
  while (key < length && is_key(line[key]))
    key++;
  const char *const rest = line + key;
  const size_t left = length - key;
  const char last = line[length - 1];
  if (key == 0 && line[0] == '{')
    return push(r, "", 0, false) ? WG_OK : refuse(r);
  if (key == 0 && (line[0] == '}' || line[0] == ')'))
    return pop(r) ? WG_OK : refuse(r);
  if (key && left == 3 && strncmp(rest, ": {", 3) == 0)
    return push(r, line, key, false) ? WG_OK : refuse(r);
  if (key && left == 4 && strncmp(rest, " = (", 4) == 0)
    return push(r, line, key, true) ? WG_OK : refuse(r);
  if (!key || left < 5 || strncmp(rest, " = ", 3) != 0 || rest[3] == ' ' || last != ';')
    return refuse(r);
  if (left == 6 && strncmp(rest, " = ();", 6) == 0)
    return WG_OK;
  if (is_entry_of_list(r))
    return name_entry(r, rest + 3, left - 4) ? WG_OK : refuse(r);
  return add(r, line, key, rest + 3, left - 4);
}

static int by_path(const void *a_, const void *b_) {
  const wg_setting *const a = a_, *const b = b_;
  return strcmp(a->path, b->path);
}

int wg_settings_read(const char *text, const char *name, wg_arena *arena, wg_settings *settings, wg_error *error) {
  size_t lines = 1;
  for (const char *c = text; *c; c++)
    lines += *c == '\n';
  *settings = (wg_settings){0};
  reader r = {.name = name, .arena = arena, .error = error};
  r.items = wg_arena_alloc(arena, lines, sizeof *r.items);
  if (!r.items)
    return no_memory(error);
  int code = WG_OK;
  while (*text && !code) {
    const size_t length = strcspn(text, "\n"), indent = strspn(text, " ");
    r.line++;
    if (indent < length)
      code = take(&r, text + indent, length - indent);
    text += length + (text[length] == '\n');
  }
  if (!code && (r.depth || r.count == 0))
    code = refuse(&r);
  if (!code) {
    qsort(r.items, r.count, sizeof *r.items, by_path);
    *settings = (wg_settings){r.items, r.count};
  }
  return code;
}

const char *wg_settings_value(const wg_settings *settings, const char *path) {
  const wg_setting key = {path, NULL};
  const wg_setting *const found =
      settings->count ? bsearch(&key, settings->items, settings->count, sizeof key, by_path) : NULL;
  return found ? found->value : NULL;
}

void wg_settings_compare(const wg_settings *a, const wg_settings *b,
                         void (*differ)(void *context, const char *path, const char *a, const char *b), void *context) {
  size_t i = 0, k = 0;
  while (i < a->count || k < b->count) {
    const int order = i == a->count ? 1 : k == b->count ? -1 : strcmp(a->items[i].path, b->items[k].path);
    if (order < 0) {
      differ(context, a->items[i].path, a->items[i].value, NULL);
      i++;
    } else if (order > 0) {
      differ(context, b->items[k].path, NULL, b->items[k].value);
      k++;
    } else {
      if (strcmp(a->items[i].value, b->items[k].value) != 0)
        differ(context, a->items[i].path, a->items[i].value, b->items[k].value);
      i++;
      k++;
    }
  }
}

bool wg_setting_counts(const char *path) {
  static const char *const idle[] = {"run.replicate",   "name",
                                     "label",           "run.threads",
                                     "run.storage",     "output.file",
                                     "output.snapshot", "output.events",
                                     "output.levers",   "run.checkpoint_every_months"};
  for (size_t i = 0; i < sizeof idle / sizeof *idle; i++)
    if (strcmp(path, idle[i]) == 0)
      return false;
  return true;
}

bool wg_setting_is_of_policy(const char *path, size_t *entry) {
  static const char head[] = "policies.";
  if (strncmp(path, head, sizeof head - 1) != 0)
    return false;
  if (entry)
    *entry = sizeof head - 1 + strcspn(path + sizeof head - 1, ".");
  return true;
}
