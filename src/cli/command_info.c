// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "cli/guard.h"
#include "io/hdf5_read.h"
#include "report/info.h"

typedef struct task {
  const char *path;
  bool chinese;
} task;

static int describe(void *context, FILE *stream, wg_error *error) {
  const task *const t = context;
  wg_hdf5_reader *reader = NULL;
  int code = wg_hdf5_reader_open(t->path, &reader, error);
  if (!code) {
    const wg_content *const content = wg_hdf5_reader_content(reader);
    code = wg_info_print(content, t->chinese, stream, error);
    if (content->damaged)
      code = wg_error_add(error, WG_FAIL_CONFIG, "%s: is damaged: %s", t->path, content->damaged);
  }
  wg_hdf5_reader_close(reader);
  return code;
}

// A small file that takes long is damaged; a large one may take its time.
static unsigned allowed_seconds(const char *path) {
  struct stat status;
  const off_t bytes_per_second = 4 << 20;
  return 1 + (stat(path, &status) == 0 ? (unsigned)(status.st_size / bytes_per_second) : 0);
}

static int info(int count, char **arguments) {
  const wg_command *const self = &wg_command_info;
  task t = {0};
  const char *lang = NULL;
  for (int i = 0; i < count; i++) {
    const char *const value = wg_option_value(count, arguments, &i, "--lang", 0);
    if (value && !wg_option_lang(value))
      return wg_command_usage(self, "--lang: \"%s\" (allowed: en, zh)", value);
    if (value)
      lang = value;
    else if (arguments[i][0] == '-')
      return wg_command_usage(self, "unknown option %s", arguments[i]);
    else if (t.path)
      return wg_command_usage(self, "one file at a time: %s, %s", t.path, arguments[i]);
    else
      t.path = arguments[i];
  }
  if (!t.path || !t.path[0])
    return wg_command_usage(self, "a file is missing");
  t.chinese = wg_option_chinese(lang);
  const wg_guard guard = {.path = t.path, .cpu_seconds = allowed_seconds(t.path), .context = &t, .work = describe};
  wg_error error = {0};
  return wg_guard_run(&guard, &error) ? wg_command_fail(&error) : WG_EXIT_DONE;
}

const wg_command wg_command_info = {"info", "FILE.h5 [--lang en|zh]",
                                    "tell what is in a result file, where it came from, and its headline figures",
                                    info};
