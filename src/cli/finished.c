// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/finished.h"

#include <string.h>
#include <unistd.h>

#include "cli/guard.h"
#include "io/hdf5_read.h"

static const unsigned allowed_seconds = 60;

static bool is_text(const wg_content *content, const char *name, const char *expected) {
  const char *const text = wg_content_attribute_text(content, name);
  return text && strcmp(text, expected) == 0;
}

static int compare(void *context, FILE *stream, wg_error *error) {
  (void)stream;
  const wg_run *const run = context;
  wg_hdf5_reader *reader = NULL;
  int code = wg_hdf5_reader_open(run->output, &reader, error);
  if (!code) {
    const wg_content *const content = wg_hdf5_reader_content(reader);
    if (content->damaged || !is_text(content, "configuration_hash", run->provenance.hash) ||
        !is_text(content, "program_version", wg_version()) || !is_text(content, "git_revision", wg_revision()))
      code = wg_error_set(error, WG_FAIL_CONFIG, "%s: is of another run", run->output);
  }
  wg_hdf5_reader_close(reader);
  return code;
}

bool wg_run_is_finished(const wg_run *run) {
  wg_run asked = *run; // the guard's work may write to its context
  const wg_guard guard = {.path = run->output, .cpu_seconds = allowed_seconds, .context = &asked, .work = compare};
  wg_error ignored = {0};
  return access(run->output, R_OK) == 0 && wg_guard_run(&guard, &ignored) == WG_OK;
}
