// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/config_include.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/config_prescan.h"
#include "io/config_source.h"
#include "schema/message.h"

// A file that is being read, within those that led to it.
typedef struct nested {
  const struct nested *outer;
  const char *path;
  wg_config_identity identity;
  int depth;
} nested;

typedef struct splicer {
  const wg_include_roots *roots;
  wg_config_lines *whole;
  size_t include_count;
  wg_error *error;
  int code;
} splicer;

static void no_memory(splicer *at, const char *path) {
  at->code = wg_error_set(at->error, WG_FAIL_RUN, "%s: no memory to read it", path);
}

static void complain(splicer *at, const char *who, const char *path, const char *what) {
  at->code = wg_error_add(at->error, WG_FAIL_CONFIG, "%s%s: %s", who, path, what);
}

char *wg_config_path_beside(const char *from, const char *name) {
  const char *const slash = strrchr(from, '/');
  if (name[0] == '/' || !slash)
    return strdup(name);
  char *path = NULL;
  return asprintf(&path, "%.*s%s", (int)(slash - from) + 1, from, name) < 0 ? NULL : path;
}

// Or the folder itself, which is no file and will be refused as such.
static bool is_below(const char *path, const char *folder) {
  const size_t length = strlen(folder);
  return strncmp(path, folder, length) == 0 && (folder[length - 1] == '/' || path[length] == '/' || !path[length]);
}

static bool may_read(const wg_include_roots *roots, const char *real) {
  bool allowed = roots->anywhere;
  for (size_t i = 0; i < roots->count; i++)
    allowed |= is_below(real, roots->folders[i]);
  return allowed;
}

static bool same_file(wg_config_identity a, wg_config_identity b) {
  return a.inode == b.inode && a.device == b.device;
}

// Writes the files from the one that comes up again on: "a.cfg -> b.cfg".
static void name_chain(wg_message *message, const nested *file, wg_config_identity from) {
  if (!same_file(file->identity, from)) {
    name_chain(message, file->outer, from);
    wg_message_add(message, " -> ");
  }
  wg_message_add(message, "%s", file->path);
}

static bool goes_round(splicer *at, const nested *outer, wg_config_identity identity, const char *who,
                       const char *path) {
  const nested *file = outer;
  while (file && !same_file(file->identity, identity))
    file = file->outer;
  if (!file)
    return false;
  wg_message message = {0};
  wg_message_add(&message, "goes round in a circle: ");
  name_chain(&message, outer, identity);
  wg_message_add(&message, " -> %s", path);
  at->code = wg_error_add(at->error, WG_FAIL_CONFIG, "%s%s", who, message.text);
  return true;
}

static void splice_file(splicer *at, const nested *outer, const char *path, const char *who,
                        wg_config_identity *identity);

static void splice_allowed(splicer *at, const nested *outer, const char *path, const char *who) {
  char *const real = realpath(path, NULL);
  if (!real && errno == ENOMEM)
    no_memory(at, path);
  else if (!real) {
    wg_message why = {0};
    wg_message_add(&why, "cannot be read: %s", strerror(errno));
    complain(at, who, path, why.text);
  } else if (!may_read(at->roots, real)) {
    complain(at, who, path,
             "lies outside (allowed: the project's configs/ and scenarios/ and the scenario's own folder, with all "
             "below; with --allow-outside anywhere)");
  } else {
    wg_config_identity identity;
    splice_file(at, outer, path, who, &identity);
  }
  free(real);
}

static void splice_include(splicer *at, const nested *outer, const wg_config_include *include) {
  char *who = NULL;
  char *const path = wg_config_path_beside(outer->path, include->path);
  if (asprintf(&who, "%s:%d: @include: ", outer->path, include->line) < 0)
    who = NULL;
  if (!path || !who) {
    no_memory(at, outer->path);
  } else if (outer->depth == WG_INCLUDE_DEPTH_MAX) {
    complain(at, who, path, "is nested too deeply (allowed: 16 files within files)");
  } else if (at->include_count == WG_INCLUDE_COUNT_MAX) {
    complain(at, who, path, "is one too many (allowed: 1000 in all)");
  } else {
    at->include_count++;
    splice_allowed(at, outer, path, who);
  }
  free(path);
  free(who);
}

static void append(splicer *at, size_t file, int line, const wg_config_lines *own, size_t start, size_t end) {
  if (!wg_config_lines_append(at->whole, file, line, own->bytes + start, end - start))
    no_memory(at, own->files[0]);
}

static void splice_pieces(splicer *at, const nested *file, const wg_config_lines *own,
                          const wg_config_includes *includes) {
  const size_t number = at->whole->file_count;
  if (!wg_config_lines_add_file(at->whole, file->path)) {
    no_memory(at, file->path);
    return;
  }
  size_t start = 0;
  int line = 1;
  for (size_t i = 0; i < includes->count && at->code != WG_FAIL_RUN; i++) {
    const wg_config_include *const include = &includes->items[i];
    append(at, number, line, own, start, include->start);
    splice_include(at, file, include);
    start = include->end;
    line = include->line + 1;
    // Each more of them would be told the same.
    if (at->include_count == WG_INCLUDE_COUNT_MAX && at->code)
      break;
  }
  append(at, number, line, own, start, own->length);
}

static void splice_source(splicer *at, const nested *file, const wg_config_source *source) {
  wg_config_lines own = {0};
  wg_config_includes includes = {0};
  if (!wg_config_lines_add_file(&own, file->path) ||
      !wg_config_lines_append(&own, 0, 1, source->text, source->length)) {
    no_memory(at, file->path);
  } else {
    const int code = wg_config_prescan(&own, file->outer != NULL, &includes, at->error);
    if (code)
      at->code = code;
    if (at->code != WG_FAIL_RUN)
      splice_pieces(at, file, &own, &includes);
  }
  wg_config_includes_free(&includes);
  wg_config_lines_free(&own);
}

static void splice_file(splicer *at, const nested *outer, const char *path, const char *who,
                        wg_config_identity *identity) {
  wg_config_source source;
  const int code = wg_config_source_read(path, who, &source, at->error);
  if (code) {
    at->code = code;
    return;
  }
  *identity = (wg_config_identity){source.device, source.inode};
  const nested file = {outer, path, *identity, outer ? outer->depth + 1 : 0};
  // One that is too large by itself has been refused as such.
  if (at->whole->length + source.length > WG_CONFIG_FILE_MAX + 1)
    complain(at, who, path, "makes the configuration too large (allowed: 4 MiB with all that is included)");
  else if (!goes_round(at, outer, *identity, who, path))
    splice_source(at, &file, &source);
  free(source.text);
}

int wg_config_include_read(const char *path, const char *who, const wg_include_roots *roots, wg_config_lines *text,
                           wg_config_identity *identity, wg_error *error) {
  splicer at = {.roots = roots, .whole = text, .error = error};
  splice_file(&at, NULL, path, who, identity);
  // Each file is good; together they may say a thing twice, or more than is allowed.
  if (!at.code && text->file_count > 1) {
    wg_config_includes none = {0};
    at.code = wg_config_prescan(text, false, &none, error);
    wg_config_includes_free(&none);
  }
  return at.code;
}

char *wg_config_folder_of(const char *path) {
  const char *const slash = strrchr(path, '/');
  char *const named = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
  char *const real = named ? realpath(named, NULL) : NULL;
  free(named);
  return real;
}
