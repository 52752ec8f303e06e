// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__has_feature)
#define HAS(feature) __has_feature(feature)
#else
#define HAS(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || HAS(address_sanitizer) || HAS(thread_sanitizer)
static const bool may_limit_memory = false; // sanitizers reserve terabytes
#else
static const bool may_limit_memory = true;
#endif

static const rlim_t memory_max = (rlim_t)4 << 30;

// What the process tells through shared memory.
typedef struct outcome {
  bool ended;
  int code;
  wg_error error;
} outcome;

static int fail(const wg_guard *guard, wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "%s: %s", guard->path, strerror(errno));
}

static void set_limits(const wg_guard *guard) {
  const struct rlimit none = {0, 0}, seconds = {guard->cpu_seconds, guard->cpu_seconds + 1};
  const struct rlimit memory = {memory_max, memory_max};
  setrlimit(RLIMIT_CORE, &none);
  setrlimit(RLIMIT_CPU, &seconds);
  if (may_limit_memory)
    setrlimit(RLIMIT_AS, &memory);
}

// In the process of its own. What libraries say when they crash is of no use to anybody.
static void do_work(const wg_guard *guard, int output, outcome *told) {
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  FILE *const stream = fdopen(output, "w");
  if (nowhere < 0 || !stream || dup2(nowhere, STDERR_FILENO) < 0) {
    told->code = fail(guard, &told->error);
  } else {
    set_limits(guard);
    told->code = guard->work(guard->context, stream, &told->error);
    if (fflush(stream))
      told->code = fail(guard, &told->error);
  }
  told->ended = true;
}

static int copy_out(const wg_guard *guard, int output, wg_error *error) {
  char buffer[65536];
  ssize_t got = 0;
  off_t at = 0;
  while ((got = pread(output, buffer, sizeof buffer, at)) > 0) {
    fwrite(buffer, 1, (size_t)got, stdout); // a failure is noticed at the program's end
    at += got;
  }
  return got < 0 ? fail(guard, error) : WG_OK;
}

static int wait_for(pid_t process, int *status) {
  while (waitpid(process, status, 0) < 0)
    if (errno != EINTR)
      return -1;
  return 0;
}

static int finish(const wg_guard *guard, const outcome *told, int status, int output, wg_error *error) {
  if (told->ended && WIFEXITED(status)) {
    const int code = copy_out(guard, output, error);
    wg_error_merge(error, &told->error);
    return code ? code : told->code;
  }
  const bool is_slow = WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL);
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: is damaged: %s", guard->path,
                      is_slow ? "reading it comes to no end" : "the HDF5 library breaks down over it");
}

int wg_guard_run(const wg_guard *guard, wg_error *error) {
  int status = 0, code = WG_OK;
  const int output = memfd_create("output", MFD_CLOEXEC);
  outcome *const told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  fflush(NULL); // lest the other process write it once more
  const pid_t process = output < 0 || told == MAP_FAILED ? -1 : fork();
  if (process == 0) {
    do_work(guard, output, told);
    _exit(0);
  }
  if (process < 0 || wait_for(process, &status))
    code = fail(guard, error);
  else
    code = finish(guard, told, status, output, error);
  if (told != MAP_FAILED)
    munmap(told, sizeof *told);
  if (output >= 0)
    close(output);
  return code;
}
