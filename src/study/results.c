// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/results.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/maths.h"
#include "study/comparison.h"
#include "study/offspring.h"

// What the other process has to say.
typedef struct shared {
  wg_results results;
  wg_error error;
} shared;

typedef struct compared {
  const wg_plan *plan;
  wg_results *results;
  wg_samples samples;
  wg_comparison comparison;
} compared;

static double half_width(const wg_difference *difference) {
  return difference->same_bits ? 0.0 : (difference->luck_t.high - difference->luck_t.low) / 2.0;
}

static double widest(const wg_comparison *comparison, const char *variable) {
  const size_t outcome = wg_comparison_outcome(comparison, variable);
  double most = 0.0;
  if (outcome == comparison->outcome_count)
    return WG_NAN;
  for (size_t v = 0; v < comparison->variant_count; v++) {
    const double one = half_width(comparison->variants[v].differences + outcome * comparison->part_count);
    if (!(one <= most)) // one that cannot be told is wider than any
      most = one;
    if (!(most == most))
      break;
  }
  return most;
}

static int compare(void *context, const char *path, wg_error *error) {
  compared *const c = context;
  char where[WG_SAMPLES_WHERE] = "";
  const wg_samples_options options = {.from = WG_DATE_NONE, .to = WG_DATE_NONE, .where = where};
  wg_error why = {0};
  int code = wg_samples_read_study(path, &options, &c->samples, &why);
  if (!code)
    code = wg_comparison_make(&c->samples, &c->comparison, &why);
  c->results->is_compared = !code;
  if (!code && c->plan->spec->until.variable)
    c->results->half_width = widest(&c->comparison, c->plan->spec->until.variable);
  // Nothing that can be compared is no reason to keep the runs from being stacked.
  return code == WG_FAIL_CONFIG ? WG_OK : code ? wg_error_merge(error, &why) : WG_OK;
}

static int put_comparison(void *context, const wg_sink *sink, wg_error *error) {
  compared *const c = context;
  return c->results->is_compared ? wg_comparison_put(&c->comparison, "comparison", sink, error) : WG_OK;
}

static void build(const char *folder, const wg_plan *plan, const wg_journal *journal, shared *told) {
  compared c = {.plan = plan, .results = &told->results};
  const wg_stack_hooks hooks = {.context = &c, .read = compare, .write = put_comparison};
  wg_study_stack(folder, plan, journal, &hooks, &told->results.counts, &told->error);
  wg_comparison_free(&c.comparison);
  wg_samples_free(&c.samples);
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
