// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/cell_run.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/stop.h"
#include "study/plan.h"
#include "study/told.h"

// Between checkpoints: a shorter life is sooner lived again than kept.
enum { LEAST_SECONDS = 60 };

// What the process tells through shared memory.
typedef struct outcome {
  bool ended, lent;
  int code;
  wg_error error;
} outcome;

typedef struct teller {
  const wg_cell_run *run;
  int64_t last;
} teller;

static void tell_share(void *self, const wg_engine_state *state) {
  const int64_t pause = 200000000;
  teller *const t = self;
  const int64_t now = wg_clock_read(CLOCK_MONOTONIC);
  if (now - t->last < pause)
    return;
  t->last = now;
  wg_told_write(t->run->pipe, WG_TOLD_SHARE, t->run->task, (double)state->month / (double)state->months, NULL);
}

static int check_identity(const wg_cell_run *self, const wg_run *run, wg_error *error) {
  char identity[WG_IDENTITY_SIZE];
  wg_run_identity(run, identity);
  if (!self->identity || strcmp(identity, self->identity) == 0)
    return WG_OK;
  return wg_error_set(error, WG_FAIL_RUN,
                      "%s: its configuration is not the planned one (%s, planned: %s): was a file changed meanwhile?",
                      self->options.scenario, identity, self->identity);
}

static int begin(const wg_cell_run *self, bool resume, wg_run *run, outcome *told) {
  wg_error *const error = &told->error;
  wg_run_options options = self->options;
  options.resume = resume;
  options.checkpoint_months = -1;
  options.checkpoint_seconds = LEAST_SECONDS;
  int code = wg_run_open(&options, run, error);
  if (!code)
    code = check_identity(self, run, error);
  if (!code && self->trunk && !told->lent)
    code = wg_trunk_lend(self->trunk, run, &told->lent, error);
  return code ? code : wg_run_prepare(run, error);
}

static char *checkpoints_of(const char *output) {
  char *path = NULL;
  return asprintf(&path, "%s.checkpoint", output) < 0 ? NULL : path;
}

static bool has_checkpoints(const char *output) {
  struct stat status;
  char *const path = checkpoints_of(output);
  const bool has = path && stat(path, &status) == 0;
  free(path);
  return has;
}

// From its checkpoint, if it was stopped; from the beginning, if that is no good: the result is the same.
static int live(const wg_cell_run *self, outcome *told) {
  wg_run run = {0};
  teller t = {.run = self};
  const wg_observer observer = {.self = &t, .month = tell_share};
  wg_stop_catch();
  int code = begin(self, true, &run, told);
  if (code && has_checkpoints(self->options.output)) {
    wg_run_free(&run);
    told->error = (wg_error){0};
    code = begin(self, false, &run, told);
  }
  if (!code)
    code = wg_run_live(&run, self->pipe < 0 ? NULL : &observer, &told->error);
  return code; // the process ends: nothing is freed
}

static void remove_beside(const char *output, const char *old_ending, const char *ending) {
  char *path = NULL;
  const size_t length = strlen(output), old = strlen(old_ending);
  const size_t stem = length > old && strcmp(output + length - old, old_ending) == 0 ? length - old : length;
  if (asprintf(&path, "%.*s%s", (int)stem, output, ending) >= 0) {
    unlink(path);
    free(path);
  }
}

// Flat, as the checkpoints' folder is; what cannot be removed stays.
static void remove_folder(const char *path) {
  DIR *const folder = opendir(path);
  if (!folder)
    return;
  for (const struct dirent *entry; (entry = readdir(folder));)
    unlinkat(dirfd(folder), entry->d_name, 0);
  closedir(folder);
  rmdir(path);
}

static void remove_halves(const char *output) {
  remove_beside(output, "", ".part");
  remove_beside(output, ".h5", ".log.json.part");
}

static void judge(const wg_cell_run *run, const outcome *told, int status, int stop, wg_cell_end *end) {
  end->lent = told->lent;
  end->ending = WG_ENDING_FAILED;
  if (told->ended && WIFEXITED(status)) {
    end->ending = told->code == WG_STOPPED ? WG_ENDING_STOPPED : told->code ? WG_ENDING_FAILED : WG_ENDING_DONE;
    end->error = told->error;
    if (told->code && !told->error.code)
      wg_error_set(&end->error, told->code, "failed without a message");
    return;
  }
  remove_halves(run->options.output);
  if (WIFSIGNALED(status) && stop && WTERMSIG(status) == stop)
    end->ending = WG_ENDING_STOPPED;
  else if (WIFSIGNALED(status))
    wg_error_set(&end->error, WG_FAIL_RUN, "killed by signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
  else
    wg_error_set(&end->error, WG_FAIL_RUN, "ended before its end with exit status %d", WEXITSTATUS(status));
}

static outcome *share_outcome(wg_error *error) {
  outcome *const told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (told != MAP_FAILED)
    return told;
  wg_error_set(error, WG_FAIL_RUN, "out of memory");
  return NULL;
}

void wg_cell_run_live(const wg_cell_run *run, int *stop, wg_cell_end *end) {
  *end = (wg_cell_end){.ending = WG_ENDING_FAILED};
  outcome *const told = share_outcome(&end->error);
  if (!told)
    return;
  const int64_t from = wg_clock_read(CLOCK_MONOTONIC);
  const pid_t process = wg_offspring_fork();
  if (process == 0) {
    sigprocmask(SIG_SETMASK, &run->signals, NULL);
    told->code = live(run, told);
    told->ended = true;
    _exit(0);
  }
  if (process < 0)
    wg_error_set(&end->error, WG_FAIL_RUN, "cannot start a process: %s", strerror(errno));
  else
    judge(run, told, wg_offspring_wait(process, stop), *stop, end);
  end->seconds = wg_clock_seconds(wg_clock_read(CLOCK_MONOTONIC) - from);
  munmap(told, sizeof *told);
}

void wg_cell_run_clean(const char *output) {
  char *const path = checkpoints_of(output);
  remove_halves(output);
  if (path)
    remove_folder(path);
  free(path);
}
