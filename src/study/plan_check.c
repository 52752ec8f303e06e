// SPDX-License-Identifier: GPL-3.0-or-later
// What only a world can tell of a plan's runs. Worlds are built in processes of their own, one for each draw, from which one is
// forked for each entry that lives in it.
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/trunk.h"
#include "schema/utf8.h"
#include "study/offspring.h"
#include "study/plan_parts.h"

// What a process found, in memory that all of them share.
typedef struct finding {
  int code;
  bool looked; // it came to its end
  char text[2048];
} finding;

// Runs are looked at as configured, and at every draw.
typedef struct search {
  const wg_plan *plan;
  size_t draws;      // without the one that is none
  finding *findings; // [draws + 1][entry_count]
} search;

static finding *finding_of(const search *s, size_t unit, size_t entry) {
  return s->findings + unit * s->plan->entry_count + entry;
}

static void keep(finding *f, int code, const wg_error *problems) {
  f->code = code;
  // A cut goes between characters.
  const size_t length = strnlen(problems->text, sizeof f->text - 1);
  memcpy(f->text, problems->text, length);
  f->text[wg_utf8_check(f->text, length)] = '\0';
  f->looked = true;
}

// Unit 0 is the configuration as it is, unit d + 1 the draw d.
static int options_of(const search *s, size_t unit, size_t entry, wg_arena *arena, wg_run_options *options,
                      wg_error *error) {
  const wg_plan_entry *const e = s->plan->entries + entry;
  *options = (wg_run_options){.threads = 1, .planned = true};
  if (unit > 0)
    return wg_plan_cell_options(s->plan, (wg_cell){entry, unit - 1, 0}, arena, options, error);
  options->scenario = e->variant->scenario;
  options->sets = e->sets.items;
  options->set_origins = e->set_origins;
  options->set_count = e->sets.count;
  options->allow_outside = s->plan->allow_outside;
  return WG_OK;
}

// In a process of its own: the run's engine, in the world that the trunk has built.
static void look_at_entry(const search *s, size_t unit, size_t entry, wg_trunk *trunk) {
  wg_arena arena = {0};
  wg_run_options options;
  wg_run run = {0};
  wg_error problems = {0};
  bool lent;
  int code = options_of(s, unit, entry, &arena, &options, &problems);
  if (!code)
    code = wg_run_open(&options, &run, &problems);
  if (!code)
    code = wg_trunk_lend(trunk, &run, &lent, &problems);
  if (!code)
    code = wg_run_prepare(&run, &problems);
  keep(finding_of(s, unit, entry), code, &problems);
}

// A process that ended otherwise than it should.
static void note_end(finding *f, int status) {
  wg_error problems = {0};
  if (f->looked)
    return;
  if (WIFSIGNALED(status))
    wg_error_set(&problems, WG_FAIL_RUN, "the process that looked at it was ended by signal %d", WTERMSIG(status));
  else
    wg_error_set(&problems, WG_FAIL_RUN, "the process that looked at it ended too early");
  keep(f, WG_FAIL_RUN, &problems);
}

static int wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR)
    continue;
  return status;
}

// In a process of its own: the world of a baseline, and all that are compared with it.
static void look_at_world(const search *s, size_t unit, size_t base) {
  wg_arena arena = {0};
  wg_run_options options;
  wg_trunk trunk = {0};
  wg_error problems = {0};
  int code = options_of(s, unit, base, &arena, &options, &problems);
  if (!code)
    code = wg_trunk_grow(&options, WG_DATE_NONE, &trunk, &problems);
  for (size_t e = 0; e < s->plan->entry_count; e++) {
    finding *const f = finding_of(s, unit, e);
    if (s->plan->entries[e].compared_with != base)
      continue;
    if (code) {
      // The others share what is wrong with the world.
      keep(f, e == base ? code : WG_OK, e == base ? &problems : &(wg_error){0});
      continue;
    }
    const pid_t process = wg_offspring_fork();
    if (process == 0) {
      look_at_entry(s, unit, e, &trunk);
      _exit(0);
    }
    note_end(f, process > 0 ? wait_for(process) : 0);
  }
  wg_trunk_free(&trunk);
  wg_arena_free(&arena);
}

// Goes through all worlds with so many processes at once.
static int look_at_all(const search *s, int64_t processes, wg_error *error) {
  int64_t running = 0;
  int code = WG_OK;
  for (size_t unit = 0; unit <= s->draws && !code; unit++)
    for (size_t base = 0; base < s->plan->entry_count && !code; base++) {
      if (s->plan->entries[base].compared_with != base)
        continue;
      for (; running >= processes; running--)
        wait_for(-1);
      const pid_t process = wg_offspring_fork();
      if (process == 0) {
        look_at_world(s, unit, base);
        _exit(0);
      }
      if (process < 0)
        code = wg_error_set(error, WG_FAIL_RUN, "no process to look at the runs with: %s", strerror(errno));
      running += process > 0;
    }
  for (; running > 0; running--)
    wait_for(-1);
  return code;
}

static int tell_all(const search *s, wg_error *error) {
  int code = WG_OK;
  for (size_t unit = 0; unit <= s->draws; unit++)
    for (size_t e = 0; e < s->plan->entry_count; e++) {
      finding *const f = finding_of(s, unit, e);
      char where[64] = "";
      if (unit > 0)
        snprintf(where, sizeof where, " with draw %zu", unit - 1);
      note_end(f, 0);
      for (const char *at = f->text; f->code && *at;) {
        const size_t length = strcspn(at, "\n");
        wg_error_add(error, f->code, "%s%s: %.*s", s->plan->entries[e].name, where, (int)length, at);
        at += length + (at[length] == '\n');
      }
      code = f->code == WG_FAIL_RUN || !code ? f->code ? f->code : code : code;
    }
  return code;
}

int wg_plan_check(const wg_plan *plan, int64_t processes, wg_error *error) {
  search s = {.plan = plan, .draws = plan->design.draw_count};
  const size_t size = (s.draws + 1) * plan->entry_count * sizeof *s.findings;
  void *const shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (shared == MAP_FAILED)
    return wg_plan_no_memory(error);
  s.findings = shared;
  wg_error problems = {0};
  int code = look_at_all(&s, processes > 0 ? processes : sysconf(_SC_NPROCESSORS_ONLN), &problems);
  if (!code)
    code = tell_all(&s, &problems);
  munmap(shared, size);
  wg_error_merge(error, &problems);
  return code;
}
