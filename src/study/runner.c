// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/runner.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "study/claims.h"
#include "study/offspring.h"
#include "study/told.h"
#include "study/worker.h"

enum { DEATHS_MAX = 3, NONE = -1 };

// A worker's place; free where there is no process.
typedef struct place {
  pid_t process;
  int pipe;
  size_t first, end; // its tasks
  size_t current;    // task at work; SIZE_MAX: none
  double share;      // of it
} place;

typedef struct driver {
  wg_runner *runner;
  place *places;
  struct pollfd *polled; // the signals', then one for each place
  wg_claims claims;
  sigset_t signals; // as they were
  int signal_descriptor;
  int64_t looked;  // when others were last looked at
  unsigned deaths; // workers that ended before they had begun anything
} driver;

static wg_task *task_at(const driver *d, size_t i) {
  return d->runner->tasks->items + i;
}

static int fail(const char *what, wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "cannot %s: %s", what, strerror(errno));
}

static size_t count_running(const driver *d) {
  size_t count = 0;
  for (int64_t i = 0; i < d->runner->processes; i++)
    count += d->places[i].process > 0;
  return count;
}

static void show(const driver *d) {
  const wg_tasks *const tasks = d->runner->tasks;
  wg_runner_state state = {.total = tasks->count,
                           .done = wg_tasks_count(tasks, WG_TASK_DONE),
                           .failed = wg_tasks_count(tasks, WG_TASK_FAILED),
                           .elsewhere = wg_tasks_count(tasks, WG_TASK_ELSEWHERE),
                           .message = d->runner->message ? d->runner->message : ""};
  double settled = (double)(state.done + state.failed);
  for (int64_t i = 0; i < d->runner->processes; i++)
    if (d->places[i].process > 0 && d->places[i].current != SIZE_MAX) {
      state.running++;
      settled += d->places[i].share;
    }
  state.share = state.total ? settled / (double)state.total : 1.0;
  if (d->runner->observer)
    d->runner->observer->state(d->runner->observer->self, &state);
}

// ---- what workers tell ----

static void mark_failed(driver *d, size_t task, const char *message) {
  task_at(d, task)->state = WG_TASK_FAILED;
  if (!d->runner->message)
    d->runner->message = strdup(message);
}

static int take(driver *d, place *at, const wg_told *told, wg_error *error) {
  const size_t i = (size_t)told->task;
  if (told->kind != WG_TOLD_SHARE && told->kind != WG_TOLD_BEGUN)
    at->current = SIZE_MAX;
  switch (told->kind) {
  case WG_TOLD_BEGUN:
  case WG_TOLD_SHARE:
    at->current = i;
    at->share = told->share;
    break;
  case WG_TOLD_DONE:
    task_at(d, i)->state = WG_TASK_DONE;
    break;
  case WG_TOLD_FAILED:
    mark_failed(d, i, told->message);
    break;
  case WG_TOLD_ELSEWHERE:
    task_at(d, i)->state = WG_TASK_ELSEWHERE;
    break;
  case WG_TOLD_LEFT:
    task_at(d, i)->state = WG_TASK_PENDING;
    break;
  default:
    return wg_error_set(error, WG_FAIL_RUN, "%s", told->message);
  }
  if (told->kind == WG_TOLD_BEGUN || told->kind == WG_TOLD_DONE || told->kind == WG_TOLD_FAILED)
    d->deaths = 0;
  return WG_OK;
}

// Neither the worker nor its run lives any more, but the kernel may still be closing what they had open.
static int claim_of_dead(const driver *d, const wg_task *task, bool *claimed, wg_error *error) {
  const struct timespec pause = {0, 10000000};
  int code = wg_claims_take(&d->claims, task->identity, claimed, error);
  for (int i = 0; i < 100 && !code && !*claimed; i++) {
    nanosleep(&pause, NULL);
    code = wg_claims_take(&d->claims, task->identity, claimed, error);
  }
  return code;
}

// A worker that was killed could put nothing down.
static int put_down_for(driver *d, size_t i, char *message, wg_error *error) {
  const wg_task *const task = task_at(d, i);
  char path[WG_CELL_PATH_SIZE];
  bool claimed;
  int code = claim_of_dead(d, task, &claimed, error);
  if (code || !claimed) // somebody else has taken it up already
    return code;
  wg_plan_cell_path(d->runner->plan, task->cell, path);
  wg_journal_entry line = {.status = WG_RUN_FAILED, .path = path, .message = message};
  memcpy(line.identity, task->identity, sizeof line.identity);
  code = wg_journal_append(d->runner->folder, &line, error);
  if (!code)
    mark_failed(d, i, message);
  const int released = wg_claims_release(&d->claims, task->identity, error);
  return code ? code : released;
}

static int bury(driver *d, place *at, wg_error *error) {
  int status = 0, code = WG_OK;
  char message[128];
  while (waitpid(at->process, &status, 0) < 0 && errno == EINTR)
    ;
  close(at->pipe);
  if (WIFSIGNALED(status) && !d->runner->stopped_by) {
    snprintf(message, sizeof message, "its process was killed by signal %d (%s)", WTERMSIG(status),
             strsignal(WTERMSIG(status)));
    if (at->current != SIZE_MAX)
      code = put_down_for(d, at->current, message, error);
    else if (++d->deaths >= DEATHS_MAX)
      code = wg_error_set(error, WG_FAIL_RUN, "processes that do the runs are killed by signal %d (%s)",
                          WTERMSIG(status), strsignal(WTERMSIG(status)));
  }
  for (size_t i = at->first; i < at->end; i++)
    if (task_at(d, i)->state == WG_TASK_GIVEN)
      task_at(d, i)->state = WG_TASK_PENDING;
  *at = (place){.process = NONE, .pipe = -1};
  return code;
}

// One message, or the end.
static int listen_to(driver *d, place *at, wg_error *error) {
  wg_told told;
  const ssize_t got = read(at->pipe, &told, sizeof told);
  if (got < 0)
    return errno == EINTR || errno == EAGAIN ? WG_OK : fail("read what a worker tells", error);
  return got == (ssize_t)sizeof told ? take(d, at, &told, error) : bury(d, at, error);
}

// ---- starting workers ----

static bool next_unit(const driver *d, size_t *first, size_t *end) {
  const wg_tasks *const tasks = d->runner->tasks;
  for (size_t i = 0; i < tasks->count; i++)
    if (tasks->items[i].state == WG_TASK_PENDING) {
      *first = i;
      *end = wg_tasks_unit_end(tasks, i);
      return true;
    }
  return false;
}

// In the new process.
static void be_worker(driver *d, const wg_worker *worker) {
  setpgid(0, 0);            // a terminal's signals reach the driver alone, which passes them on
  signal(SIGPIPE, SIG_IGN); // a driver that gives up hears nothing more
  close(d->signal_descriptor);
  wg_claims_close(&d->claims);
  for (int64_t i = 0; i < d->runner->processes; i++)
    if (d->places[i].pipe >= 0)
      close(d->places[i].pipe);
  _exit(wg_worker_work(worker));
}

static int start(driver *d, place *at, size_t first, size_t end, int64_t threads, wg_error *error) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC))
    return fail("make a pipe", error);
  for (size_t i = first; i < end; i++)
    if (task_at(d, i)->state == WG_TASK_PENDING)
      task_at(d, i)->state = WG_TASK_GIVEN;
  const wg_worker worker = {.folder = d->runner->folder,
                            .plan = d->runner->plan,
                            .tasks = d->runner->tasks,
                            .first = first,
                            .end = end,
                            .threads = threads,
                            .journal_lines = d->runner->journal_lines,
                            .pipe = ends[1],
                            .signals = d->signals};
  const pid_t process = wg_offspring_fork();
  if (process == 0) {
    close(ends[0]);
    be_worker(d, &worker);
  }
  close(ends[1]);
  if (process < 0) {
    close(ends[0]);
    return fail("start a process", error);
  }
  *at = (place){.process = process, .pipe = ends[0], .first = first, .end = end, .current = SIZE_MAX};
  return WG_OK;
}

static int fill_places(driver *d, wg_error *error) {
  int code = WG_OK;
  size_t first, end;
  for (int64_t i = 0; i < d->runner->processes && !code; i++)
    if (d->places[i].process <= 0 && next_unit(d, &first, &end)) {
      const size_t left = count_running(d) + wg_tasks_pending_units(d->runner->tasks);
      const int64_t units = left ? (int64_t)left : 1;
      const int64_t threads = units < d->runner->processes ? d->runner->processes / units : 1;
      code = start(d, d->places + i, first, end, threads, error);
    }
  return code;
}

// ---- other drivers ----

static int look_elsewhere(driver *d, wg_error *error) {
  const int64_t pause = 400000000, now = wg_clock_read(CLOCK_MONOTONIC);
  if (!wg_tasks_count(d->runner->tasks, WG_TASK_ELSEWHERE) || now - d->looked < pause)
    return WG_OK;
  d->looked = now;
  wg_journal journal;
  int code = wg_journal_read(d->runner->folder, &journal, error);
  for (size_t i = 0; i < d->runner->tasks->count && !code; i++) {
    wg_task *const task = task_at(d, i);
    bool held = true;
    if (task->state != WG_TASK_ELSEWHERE)
      continue;
    const wg_journal_entry *const entry = wg_journal_find(&journal, task->identity);
    if (entry && entry->status == WG_RUN_DONE)
      task->state = WG_TASK_DONE;
    else if (entry && entry->status == WG_RUN_FAILED && entry->line >= d->runner->journal_lines)
      mark_failed(d, i, entry->message);
    else
      code = wg_claims_held(&d->claims, task->identity, &held, error);
    if (!held) // its driver has died, or has put it down just now, which the worker will see
      task->state = WG_TASK_PENDING;
  }
  wg_journal_free(&journal);
  return code;
}

// ---- signals and the loop ----

static void pass_on(const driver *d, int signal) {
  for (int64_t i = 0; i < d->runner->processes; i++)
    if (d->places[i].process > 0)
      kill(d->places[i].process, signal);
}

static void listen_to_signals(driver *d) {
  struct signalfd_siginfo told;
  if (read(d->signal_descriptor, &told, sizeof told) != (ssize_t)sizeof told)
    return;
  pass_on(d, d->runner->stopped_by ? SIGKILL : (int)told.ssi_signo);
  d->runner->stopped_by = (int)told.ssi_signo;
}

static int wait_and_listen(driver *d, wg_error *error) {
  const int64_t count = d->runner->processes;
  const int milliseconds = wg_tasks_count(d->runner->tasks, WG_TASK_ELSEWHERE) ? 200 : 1000;
  d->polled[0] = (struct pollfd){.fd = d->signal_descriptor, .events = POLLIN};
  for (int64_t i = 0; i < count; i++)
    d->polled[1 + i] = (struct pollfd){.fd = d->places[i].process > 0 ? d->places[i].pipe : -1, .events = POLLIN};
  if (poll(d->polled, (nfds_t)count + 1, milliseconds) < 0 && errno != EINTR)
    return fail("wait", error);
  if (d->polled[0].revents)
    listen_to_signals(d);
  int code = WG_OK;
  for (int64_t i = 0; i < count && !code; i++)
    if (d->polled[1 + i].revents)
      code = listen_to(d, d->places + i, error);
  return code;
}

static bool is_over(const driver *d) {
  const wg_tasks *const tasks = d->runner->tasks;
  if (count_running(d))
    return false;
  return d->runner->stopped_by || !(wg_tasks_count(tasks, WG_TASK_PENDING) || wg_tasks_count(tasks, WG_TASK_ELSEWHERE));
}

static int drive(driver *d, wg_error *error) {
  int code = WG_OK;
  show(d);
  while (!code && !is_over(d)) {
    if (!d->runner->stopped_by)
      code = fill_places(d, error);
    if (!code)
      code = wait_and_listen(d, error);
    if (!code && !d->runner->stopped_by)
      code = look_elsewhere(d, error);
    show(d);
  }
  return code;
}

// After a failure of the batch itself: the runs under way are asked to stop.
static void end_workers(driver *d) {
  pass_on(d, SIGTERM);
  for (int64_t i = 0; i < d->runner->processes; i++)
    if (d->places[i].process > 0) {
      close(d->places[i].pipe);
      waitpid(d->places[i].process, NULL, 0);
    }
}

static int open_driver(driver *d, wg_error *error) {
  const size_t count = (size_t)d->runner->processes;
  sigset_t stopping;
  sigemptyset(&stopping);
  sigaddset(&stopping, SIGINT);
  sigaddset(&stopping, SIGTERM);
  d->places = calloc(count, sizeof *d->places);
  d->polled = calloc(count + 1, sizeof *d->polled);
  if (!d->places || !d->polled)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the processes");
  for (size_t i = 0; i < count; i++)
    d->places[i] = (place){.process = NONE, .pipe = -1};
  d->signal_descriptor = signalfd(-1, &stopping, SFD_CLOEXEC | SFD_NONBLOCK);
  if (d->signal_descriptor < 0)
    return fail("wait for signals", error);
  return wg_claims_open(d->runner->folder, &d->claims, error);
}

int wg_runner_run(wg_runner *runner, wg_error *error) {
  driver d = {.runner = runner, .claims = {-1}, .signal_descriptor = -1};
  runner->stopped_by = 0;
  runner->message = NULL;
  wg_offspring_block(&d.signals);
  int code = open_driver(&d, error);
  if (!code)
    code = drive(&d, error);
  if (d.places)
    end_workers(&d);
  if (d.signal_descriptor >= 0)
    close(d.signal_descriptor);
  wg_claims_close(&d.claims);
  free(d.places);
  free(d.polled);
  sigprocmask(SIG_SETMASK, &d.signals, NULL);
  if (!code && runner->stopped_by)
    code = wg_error_set(error, WG_STOPPED, "stopped by signal %d", runner->stopped_by);
  return code;
}
