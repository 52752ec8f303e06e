// SPDX-License-Identifier: GPL-3.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "cli/guard.h"
#include "compare/comparison.h"
#include "io/output_file.h"
#include "report/comparison_text.h"
#include "schema/config.h"

enum { FILES_MAX = 4096 };

typedef struct task {
  wg_samples_options options;
  const char *against, *format, *output, *lang, *by;
  const char **files;
  size_t file_count;
  const char *outcomes[64];
  bool chinese;
} task;

// ---- arguments ----

typedef struct parser {
  const wg_command *self;
  int count, i;
  char **arguments;
  task *t;
} parser;

static int take_date(const parser *at, const char *name, const char *value, wg_date *date) {
  if (wg_date_parse(value, date))
    return 0;
  return wg_command_usage(at->self, "%s: \"%s\" (allowed: YYYY-MM-DD)", name, value);
}

static int take_by(const parser *at, const char *value) {
  for (int by = WG_BY_NOTHING + 1; by < WG_BY_COUNT; by++)
    if (strcmp(value, wg_by_names[by]) == 0) {
      at->t->options.by = (wg_by)by;
      return 0;
    }
  return wg_command_usage(at->self, "--by: \"%s\" (allowed: place, service, network, group)", value);
}

static int take_outcome(const parser *at, const char *value) {
  task *const t = at->t;
  const char *names[wg_outcome_count];
  for (size_t i = 0; i < wg_outcome_count; i++)
    names[i] = wg_outcomes[i].name;
  if (!wg_outcome_find(value)) {
    const char *const near = wg_name_nearest(value, names, wg_outcome_count);
    if (near)
      return wg_command_usage(at->self, "--outcome: there is no \"%s\"; did you mean \"%s\"?", value, near);
    char all[1024] = "";
    for (size_t i = 0; i < wg_outcome_count; i++)
      snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", i ? ", " : "", names[i]);
    return wg_command_usage(at->self, "--outcome: there is no \"%s\" (allowed: %s)", value, all);
  }
  if (t->options.outcome_count == sizeof t->outcomes / sizeof *t->outcomes)
    return wg_command_usage(at->self, "--outcome: one too many");
  t->outcomes[t->options.outcome_count++] = value;
  return 0;
}

static const char *value_of(parser *at, const char *name, char letter) {
  return wg_option_value(at->count, at->arguments, &at->i, name, letter);
}

static int take(parser *at) {
  task *const t = at->t;
  const char *value;
  if ((value = value_of(at, "--against", 0))) {
    t->against = value;
    return *value ? 0 : wg_command_usage(at->self, "--against: a variant's name is missing");
  }
  if ((value = value_of(at, "--from", 0)))
    return take_date(at, "--from", value, &t->options.from);
  if ((value = value_of(at, "--to", 0)))
    return take_date(at, "--to", value, &t->options.to);
  if ((value = value_of(at, "--by", 0)))
    return take_by(at, value);
  if ((value = value_of(at, "--outcome", 0)))
    return take_outcome(at, value);
  if ((value = value_of(at, "--format", 0))) {
    t->format = value;
    if (strcmp(value, "text") == 0 || strcmp(value, "csv") == 0 || strcmp(value, "json") == 0)
      return 0;
    return wg_command_usage(at->self, "--format: \"%s\" (allowed: text, csv, json)", value);
  }
  if ((value = value_of(at, "--output", 'o'))) {
    t->output = value;
    return *value && *value != '-' ? 0 : wg_command_usage(at->self, "-o: \"%s\" (allowed: a file)", value);
  }
  if ((value = value_of(at, "--lang", 0))) {
    t->lang = value;
    return wg_option_lang(value) ? 0 : wg_command_usage(at->self, "--lang: \"%s\" (allowed: en, zh)", value);
  }
  const char *const argument = at->arguments[at->i];
  if (argument[0] == '-')
    return wg_command_usage(at->self, "unknown option %s", argument);
  if (!argument[0])
    return wg_command_usage(at->self, "a file's name is empty (allowed: a file or a study's folder)");
  if (t->file_count == FILES_MAX)
    return wg_command_usage(at->self, "too many files (allowed: %d)", FILES_MAX);
  t->files[t->file_count++] = argument;
  return 0;
}

// ---- work, in a process of its own ----

static int publish(const task *t, const wg_comparison *comparison, wg_error *error) {
  wg_output_file *file = NULL;
  int code = wg_output_file_create(t->output, &file, error);
  if (code)
    return code;
  const wg_sink sink = {file, wg_output_file_put};
  code = wg_comparison_put(comparison, "", &sink, error);
  if (code) {
    wg_output_file_abandon(file);
    return code;
  }
  return wg_output_file_publish(file, error);
}

static int compare(void *context, FILE *stream, wg_error *error) {
  const task *const t = context;
  wg_samples samples = {0};
  wg_comparison comparison = {0};
  int code = t->file_count == 1 ? wg_samples_read_study(t->files[0], &t->options, &samples, error)
                                : wg_samples_read_runs(t->files, t->file_count, &t->options, &samples, error);
  if (!code && t->against)
    code = wg_samples_set_against(&samples, t->against, error);
  if (!code)
    code = wg_comparison_make(&samples, &comparison, error);
  if (!code && t->output)
    code = publish(t, &comparison, error);
  if (!code && strcmp(t->format, "csv") == 0)
    wg_comparison_csv(&comparison, stream);
  else if (!code && strcmp(t->format, "json") == 0)
    wg_comparison_json(&comparison, stream);
  else if (!code)
    wg_comparison_text(&comparison, t->chinese, stream);
  wg_comparison_free(&comparison);
  wg_samples_free(&samples);
  return code;
}

// A damaged file may keep the reader busy for ever; large ones may take their time.
static unsigned allowed_seconds(const task *t) {
  const unsigned at_least = 60;
  const off_t bytes_per_second = 1 << 20;
  off_t bytes = 0;
  for (size_t i = 0; i < t->file_count; i++) {
    struct stat status;
    bytes += stat(t->files[i], &status) == 0 ? status.st_size : 0;
  }
  return at_least + (unsigned)(bytes / bytes_per_second);
}

// The study's file in its folder, or the file that was named. The caller frees.
static char *study_file(const char *named, wg_error *error) {
  struct stat status;
  char *path = NULL, *journal = NULL;
  if (stat(named, &status) || !S_ISDIR(status.st_mode)) {
    path = strdup(named);
    if (!path)
      wg_error_set(error, WG_FAIL_RUN, "%s: out of memory", named);
    return path;
  }
  if (asprintf(&path, "%s/study.h5", named) < 0)
    path = NULL;
  if (asprintf(&journal, "%s/journal", named) < 0)
    journal = NULL;
  if (path && stat(path, &status)) {
    const bool has_begun = journal && stat(journal, &status) == 0;
    wg_error_add(error, WG_FAIL_CONFIG,
                 has_begun
                     ? "%s: the study has no study.h5 yet: `wangge status %s` tells how far it is, `wangge batch` on "
                       "its study file goes on with it"
                     : "%s: is not a study's folder: it has no study.h5 (allowed: the folder of `wangge batch`, or "
                       "files of runs)%.0s",
                 named, named);
    free(path);
    path = NULL;
  }
  if (!path)
    wg_error_set(error, WG_FAIL_RUN, "%s: out of memory", named); // unless there is more to tell
  free(journal);
  return path;
}

static int run(task *t) {
  wg_error error = {0};
  char *study = NULL;
  if (t->file_count == 1) {
    study = study_file(t->files[0], &error);
    t->files[0] = study;
    if (!study)
      return wg_command_fail(&error);
  }
  // The other process tells in it which file it reads.
  t->options.where = mmap(NULL, WG_SAMPLES_WHERE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (t->options.where == MAP_FAILED) {
    wg_error_set(&error, WG_FAIL_RUN, "%s: %s", t->files[0], strerror(errno));
    free(study);
    return wg_command_fail(&error);
  }
  snprintf(t->options.where, WG_SAMPLES_WHERE, "%s", t->files[0]);
  const wg_guard guard = {.path = t->options.where, .cpu_seconds = allowed_seconds(t), .context = t, .work = compare};
  const int code = wg_guard_run(&guard, &error);
  munmap(t->options.where, WG_SAMPLES_WHERE);
  free(study);
  return code ? wg_command_fail(&error) : WG_EXIT_DONE;
}

static int command(int count, char **arguments) {
  task t = {.format = "text", .options = {.from = WG_DATE_NONE, .to = WG_DATE_NONE}};
  parser at = {.self = &wg_command_compare, .count = count, .arguments = arguments, .t = &t};
  t.files = calloc(FILES_MAX, sizeof *t.files);
  int status = t.files ? 0 : WG_EXIT_FAILED;
  for (; at.i < count && !status; at.i++)
    status = take(&at);
  if (!status && t.file_count == 0)
    status = wg_command_usage(at.self, "a study's folder, or a baseline's file and a variant's, are missing");
  t.options.outcomes = t.outcomes;
  t.chinese = wg_option_chinese(t.lang);
  if (!status)
    status = run(&t);
  free(t.files);
  return status;
}

const wg_command wg_command_compare = {"compare",
                                       "DIR | BASE.h5 VARIANT.h5... [--against NAME] [--from DATE] [--to DATE] [--by "
                                       "place|service|network|group] [--outcome "
                                       "NAME]... [--format text|csv|json] [-o FILE.h5] [--lang en|zh]",
                                       "tell what variants change, and how far that rests on assumptions and on luck",
                                       command};
