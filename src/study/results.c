// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/results.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/maths.h"
#include "compare/comparison_hook.h"
#include "study/offspring.h"

// What the other process has to say.
typedef struct shared {
  wg_results results;
  wg_error error;
} shared;

typedef struct compared {
  const wg_plan *plan;
  wg_results *results;
  wg_comparison_hook hook;
} compared;

static int compare(void *context, const char *path, wg_error *error) {
  compared *const c = context;
  int code = wg_comparison_hook_read(&c->hook, path, error);
  const char *const variable = c->plan->spec->until.variable;
  c->results->is_compared = c->hook.is_made;
  if (!code && c->hook.is_made && variable)
    code = wg_samples_half_width(&c->hook.samples, variable, &c->results->half_width, error);
  return code;
}

static int put_comparison(void *context, const wg_sink *sink, wg_error *error) {
  compared *const c = context;
  return wg_comparison_hook_write(&c->hook, sink, error);
}

static void build(const char *folder, const wg_plan *plan, const wg_journal *journal, shared *told) {
  compared c = {.plan = plan, .results = &told->results};
  const wg_stack_hooks hooks = {.context = &c, .read = compare, .write = put_comparison};
  wg_study_stack(folder, plan, journal, &hooks, &told->results.counts, &told->error);
  wg_comparison_hook_free(&c.hook);
}

static bool has_result(const wg_journal *journal) {
  for (size_t i = 0; i < journal->count; i++)
    if (journal->entries[i].status == WG_RUN_DONE)
      return true;
  return false;
}

int wg_results_build(const char *folder, const wg_plan *plan, const wg_journal *journal, int *stop, wg_results *results,
                     wg_error *error) {
  *results = (wg_results){.half_width = WG_NAN};
  if (!has_result(journal))
    return WG_OK;
  shared *const told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (told == MAP_FAILED)
    return wg_error_set(error, WG_FAIL_RUN, "%s/study.h5: %s", folder, strerror(errno));
  told->results = *results;
  const pid_t process = wg_offspring_fork();
  if (process == 0) {
    build(folder, plan, journal, told);
    _exit(0);
  }
  const int problem = errno, status = process > 0 ? wg_offspring_wait(process, stop) : 0;
  int code = wg_error_merge(error, &told->error);
  if (process < 0)
    code = wg_error_set(error, WG_FAIL_RUN, "%s/study.h5: %s", folder, strerror(problem));
  else if (WIFSIGNALED(status))
    code = wg_error_set(error, WG_FAIL_RUN, "%s/study.h5: the process that built it was ended by signal %d", folder,
                        WTERMSIG(status));
  *results = told->results;
  munmap(told, sizeof *told);
  return code;
}
