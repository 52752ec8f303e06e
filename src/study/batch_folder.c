// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/batch_folder.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/part_file.h"
#include "io/study_file.h"
#include "schema/message.h"

enum { DIFFERENCES_MAX = 5 };

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the study");
}

static int name_file(const char *folder, const char *name, char path[PATH_MAX], wg_error *error) {
  const int length = snprintf(path, PATH_MAX, "%s/%s", folder, name);
  if (length < 0 || length >= PATH_MAX)
    return wg_error_set(error, WG_FAIL_CONFIG, "%s: is too long for the name of a folder", folder);
  return WG_OK;
}

bool wg_batch_folder_has_study(const char *folder) {
  char path[PATH_MAX];
  struct stat status;
  return !name_file(folder, "study.cfg", path, NULL) && stat(path, &status) == 0;
}

// ---- texts ----

// The variants' scenarios as study.cfg calls them: beside it, so that the folder can be moved. Memory in `arena`.
static const char *const *name_scenarios(const wg_study_spec *spec, wg_arena *arena, wg_error *error) {
  const char **const names = wg_arena_alloc(arena, spec->variant_count, sizeof *names);
  for (size_t i = 0; names && i < spec->variant_count; i++) {
    const size_t size = strlen(spec->variants[i].name) + sizeof "scenarios/.cfg";
    char *const name = wg_arena_alloc(arena, size, 1);
    if (!name) {
      no_memory(error);
      return NULL;
    }
    snprintf(name, size, "scenarios/%s.cfg", spec->variants[i].name);
    names[i] = name;
  }
  if (!names)
    no_memory(error);
  return names;
}

// The caller frees; NULL when there is no memory.
static char *study_text(const wg_study_spec *spec, const char *const *scenarios) {
  char *text = NULL;
  size_t size = 0;
  FILE *const stream = open_memstream(&text, &size);
  if (!stream)
    return NULL;
  const int code = wg_study_file_print(spec, scenarios, stream);
  if (fclose(stream) || code) {
    free(text);
    return NULL;
  }
  return text;
}

// As at the first point of the sweep: the others set what is swept once more.
static char *scenario_text(const wg_plan *plan, const wg_study_variant *variant) {
  for (size_t i = 0; i < plan->entry_count; i++)
    if (plan->entries[i].variant == variant)
      return wg_config_text(plan->entries[i].config);
  return NULL;
}

// ---- comparing ----

static char *read_text(const char *path, wg_error *error) {
  char *text = NULL;
  size_t size = 0;
  FILE *const stream = fopen(path, "r");
  if (!stream || getdelim(&text, &size, '\0', stream) < 0) {
    wg_error_set(error, WG_FAIL_RUN, "%s: cannot read: %s", path, errno ? strerror(errno) : "it is empty");
    free(text);
    text = NULL;
  }
  if (stream)
    fclose(stream);
  return text;
}

// Of a line from shortly before `from` on, so that what differs is seen.
static void quote_from(wg_message *message, const char *line, size_t length, size_t from) {
  enum { BEFORE = 20 };
  size_t start = from > BEFORE ? from - BEFORE : 0;
  while (start < length && (line[start] == ' ' || ((unsigned char)line[start] & 0xc0U) == 0x80U))
    start++;
  wg_message_quote(message, line + start, length - start);
}

static int compare_lines(const char *path, const char *there, const char *here, size_t *count, wg_error *error) {
  int code = WG_OK;
  for (size_t line = 1; (*there || *here) && *count < DIFFERENCES_MAX; line++) {
    const size_t a = strcspn(there, "\n"), b = strcspn(here, "\n");
    if (a != b || memcmp(there, here, a) != 0) {
      wg_message was = {0}, is = {0};
      size_t same = 0;
      while (same < a && same < b && there[same] == here[same])
        same++;
      quote_from(&was, there, a, same);
      quote_from(&is, here, b, same);
      code = wg_error_add(error, WG_FAIL_CONFIG, "%s:%zu: %s was planned, and now it is %s", path, line, was.text,
                          is.text);
      ++*count;
    }
    there += a + (there[a] == '\n');
    here += b + (here[b] == '\n');
  }
  return code;
}

// Frees `text`.
static int compare_file(const char *folder, const char *name, char *text, size_t *count, wg_error *error) {
  char path[PATH_MAX];
  if (!text)
    return no_memory(error);
  int code = name_file(folder, name, path, error);
  char *const there = code ? NULL : read_text(path, error);
  if (!code)
    code = there ? compare_lines(path, there, text, count, error) : WG_FAIL_RUN;
  free(there);
  free(text);
  return code;
}

int wg_batch_folder_compare(const char *folder, const wg_plan *plan, wg_error *error) {
  const wg_study_spec *const spec = plan->spec;
  wg_arena arena = {0};
  size_t count = 0;
  const char *const *const scenarios = name_scenarios(spec, &arena, error);
  int code = scenarios ? compare_file(folder, "study.cfg", study_text(spec, scenarios), &count, error) : WG_FAIL_RUN;
  for (size_t i = 0; i < spec->variant_count && !code; i++)
    code = compare_file(folder, scenarios[i], scenario_text(plan, spec->variants + i), &count, error);
  if (code == WG_FAIL_CONFIG)
    wg_error_add(error, code, "%s: holds another study: choose another folder with -o", folder);
  wg_arena_free(&arena);
  return code;
}

// ---- writing ----

static int make_one(const char *folder, wg_error *error) {
  struct stat status;
  if (mkdir(folder, 0777) == 0 || (errno == EEXIST && stat(folder, &status) == 0 && S_ISDIR(status.st_mode)))
    return WG_OK;
  const bool is_full = errno == ENOSPC || errno == EDQUOT || errno == EIO || errno == ENOMEM;
  return wg_error_set(error, is_full ? WG_FAIL_RUN : WG_FAIL_CONFIG, "%s: cannot make the folder: %s", folder,
                      strerror(errno));
}

int wg_batch_folder_make(const char *folder, wg_error *error) {
  char path[PATH_MAX];
  int code = name_file(folder, "", path, error);
  for (char *slash = code ? NULL : strchr(path + 1, '/'); slash && !code; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    code = make_one(path, error);
    *slash = '/';
  }
  return code;
}

static int write_all(int descriptor, const char *text) {
  for (size_t left = strlen(text); left;) {
    const ssize_t written = write(descriptor, text, left);
    if (written < 0 && errno != EINTR)
      return -1;
    text += written > 0 ? written : 0;
    left -= written > 0 ? (size_t)written : 0;
  }
  return 0;
}

// Frees `text`.
static int write_file(const char *folder, const char *name, char *text, wg_error *error) {
  char path[PATH_MAX];
  wg_part_file file = {.descriptor = -1};
  if (!text)
    return no_memory(error);
  int code = name_file(folder, name, path, error);
  if (!code)
    code = wg_part_file_create(&file, path, error);
  if (!code) {
    if (write_all(file.descriptor, text))
      code = wg_error_set(error, WG_FAIL_RUN, "%s: cannot write: %s", path, strerror(errno));
    if (!code)
      code = wg_part_file_publish(&file, error);
    wg_part_file_release(&file);
  }
  free(text);
  return code;
}

int wg_batch_folder_write_study(const char *folder, const wg_study_spec *spec, wg_error *error) {
  wg_arena arena = {0};
  const char *const *const scenarios = name_scenarios(spec, &arena, error);
  const int code = scenarios ? write_file(folder, "study.cfg", study_text(spec, scenarios), error) : WG_FAIL_RUN;
  wg_arena_free(&arena);
  return code;
}

int wg_batch_folder_write(const char *folder, const wg_plan *plan, wg_error *error) {
  const wg_study_spec *const spec = plan->spec;
  wg_arena arena = {0};
  char path[PATH_MAX];
  const char *const *const scenarios = name_scenarios(spec, &arena, error);
  int code = scenarios ? name_file(folder, "scenarios", path, error) : WG_FAIL_RUN;
  if (!code)
    code = make_one(path, error);
  for (size_t i = 0; i < spec->variant_count && !code; i++)
    code = write_file(folder, scenarios[i], scenario_text(plan, spec->variants + i), error);
  if (!code)
    code = wg_batch_folder_write_study(folder, spec, error);
  wg_arena_free(&arena);
  return code;
}
