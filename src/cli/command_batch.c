// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/batch_view.h"

static int check_runner(const char *name) {
  if (strcmp(name, "local") == 0)
    return 0;
  if (strcmp(name, "slurm") == 0)
    return wg_command_usage(&wg_command_batch, "--runner: slurm is not built in yet (allowed: local)");
  return wg_command_usage(&wg_command_batch, "--runner: \"%s\" (allowed: local)", name);
}

typedef struct arguments {
  const char *study, *folder, *lang;
  wg_batch_options options;
} arguments;

static int take(int count, char **words, int *i, arguments *a) {
  int status;
  const char *value;
  if (wg_batch_option(&wg_command_batch, count, words, i, &a->options, &a->lang, &status))
    return status;
  if (strcmp(words[*i], "--dry-run") == 0) {
    a->options.dry_run = true;
  } else if ((value = wg_option_value(count, words, i, "--runner", 0))) {
    return check_runner(value);
  } else if ((value = wg_option_value(count, words, i, "--output", 'o'))) {
    if (!value[0] || value[0] == '-')
      return wg_command_usage(&wg_command_batch, "-o: \"%s\" (allowed: a folder)", value);
    a->folder = value;
  } else if (words[*i][0] == '-') {
    return wg_command_usage(&wg_command_batch, "unknown option %s", words[*i]);
  } else if (a->study) {
    return wg_command_usage(&wg_command_batch, "one study at a time: %s, %s", a->study, words[*i]);
  } else {
    a->study = words[*i];
  }
  return 0;
}

static int batch(int count, char **words) {
  arguments a = {.options = {.processes = wg_processors()}};
  for (int i = 0; i < count; i++) {
    const int status = take(count, words, &i, &a);
    if (status)
      return status;
  }
  if (!a.study || !a.study[0])
    return wg_command_usage(&wg_command_batch, "a study's file is missing");
  a.options.chinese = wg_option_chinese(a.lang);
  wg_error error = {0};
  wg_batch study = {0};
  char *resume = NULL;
  int status;
  if (wg_batch_plan(a.study, a.folder, a.options.allow_outside, a.options.processes, &study, &error))
    status = wg_command_fail(&error);
  else if (asprintf(&resume, "wangge batch %s -o %s", a.study, study.folder) < 0)
    status = WG_EXIT_FAILED;
  else {
    a.options.resume = resume;
    status = wg_batch_show_and_run(&study, &a.options);
  }
  wg_batch_free(&study);
  free(resume);
  return status;
}

const wg_command wg_command_batch = {
    "batch", "STUDY.cfg [-o DIR] [-j N] [--runner local] [--dry-run] [--quiet] [--allow-outside] [--lang en|zh]",
    "run a study: variants, draws, replicates; takes up what was begun", batch};
