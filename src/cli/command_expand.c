// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>
#include <stdlib.h>

#include "cli/batch_view.h"

enum { MORE_MAX = 1000000 };

typedef struct arguments {
  const char *folder, *lang;
  long long replicates, draws; // 0: not given
  wg_batch_options options;
} arguments;

static int take_number(const char *name, const char *text, long long *number) {
  if (wg_option_integer(text, 1, MORE_MAX, number))
    return 0;
  return wg_command_usage(&wg_command_expand, "%s: \"%s\" (allowed: 1 to %d)", name, text, MORE_MAX);
}

static int take(int count, char **words, int *i, arguments *a) {
  int status;
  const char *value;
  if (wg_batch_option(&wg_command_expand, count, words, i, &a->options, &a->lang, &status))
    return status;
  if ((value = wg_option_value(count, words, i, "--replicates", 0)))
    return take_number("--replicates", value, &a->replicates);
  if ((value = wg_option_value(count, words, i, "--draws", 0)))
    return take_number("--draws", value, &a->draws);
  if (words[*i][0] == '-')
    return wg_command_usage(&wg_command_expand, "unknown option %s", words[*i]);
  if (a->folder)
    return wg_command_usage(&wg_command_expand, "one folder at a time: %s, %s", a->folder, words[*i]);
  a->folder = words[*i];
  return 0;
}

static int expand(int count, char **words) {
  arguments a = {.options = {.processes = wg_processors()}};
  for (int i = 0; i < count; i++) {
    const int status = take(count, words, &i, &a);
    if (status)
      return status;
  }
  if (!a.folder || !a.folder[0])
    return wg_command_usage(&wg_command_expand, "a study's folder is missing");
  if (!a.replicates && !a.draws)
    return wg_command_usage(&wg_command_expand, "--replicates or --draws is missing");
  a.options.chinese = wg_option_chinese(a.lang);
  wg_error error = {0};
  wg_batch study = {0};
  char *resume = NULL;
  int status;
  int code = wg_batch_open(a.folder, a.options.allow_outside, &study, &error);
  if (!code)
    code = wg_batch_extend(&study, a.replicates, a.draws, a.options.processes, &error);
  if (code)
    status = wg_command_fail(&error);
  else if (asprintf(&resume, "wangge batch %s/study.cfg -o %s", study.folder, study.folder) < 0)
    status = WG_EXIT_FAILED;
  else {
    a.options.resume = resume;
    status = wg_batch_show_and_run(&study, &a.options);
  }
  wg_batch_free(&study);
  free(resume);
  return status;
}

const wg_command wg_command_expand = {"expand",
                                      "DIR --replicates N|--draws N [-j N] [--quiet] [--allow-outside] [--lang en|zh]",
                                      "more replicates or draws of a study that has been run", expand};
