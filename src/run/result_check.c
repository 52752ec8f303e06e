// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/result_check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/hdf5_read.h"

enum {
  ELEMENTS = 1 << 20,       // read at a time
  SECONDS = 10,             // of the processor, for any file
  BYTES_A_SECOND = 1 << 20, // beyond that
};

static const double exact = 9007199254740992.0; // 2^53, below which reals hold every whole number

typedef struct wg_check_answer {
  bool ended;
  int code;
  wg_error error;
} wg_check_answer;

static int read_numbers(const char *path, const wg_content *content, const wg_content_variable *v, double *buffer,
                        wg_error *error) {
  uint64_t count = 1;
  int code = WG_OK;
  for (size_t i = 0; i < v->rank && i < WG_CONTENT_RANK_MAX; i++)
    if (__builtin_mul_overflow(count, v->shape[i], &count))
      return wg_error_set(error, WG_FAIL_CONFIG, "%s: variable `%s` is too large", path, v->name);
  for (uint64_t first = 0; first < count && !code; first += ELEMENTS) {
    const uint64_t some = count - first < ELEMENTS ? count - first : ELEMENTS;
    code = content->numbers(content->self, v, v->rank, first, some, buffer, error);
    for (uint64_t i = 0; i < some && v->is_whole && !code; i++)
      if (buffer[i] >= exact || buffer[i] <= -exact)
        code = wg_error_set(error, WG_FAIL_CONFIG, "%s: variable `%s` has a count of %.0f: too large to be exact", path,
                            v->name, buffer[i]);
  }
  return code;
}

static int read_texts(const char *path, const wg_content *content, const wg_content_variable *v, wg_error *error) {
  if (v->rank != 1 || v->shape[0] > WG_CONTENT_ROWS_MAX)
    return WG_OK;
  const char **const texts = calloc((size_t)v->shape[0] + 1, sizeof *texts);
  const int code = texts ? content->texts(content->self, v, (size_t)v->shape[0], texts, error)
                         : wg_error_set(error, WG_FAIL_RUN, "%s: no memory", path);
  free(texts);
  return code;
}

// All that whoever uses the root group will ask for.
static int read_all(const char *path, const wg_content *content, wg_error *error) {
  double *const buffer = calloc(ELEMENTS, sizeof *buffer);
  int code = WG_OK;
  if (!buffer)
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory", path);
  for (size_t i = 0; i < content->variable_count && !code; i++) {
    const wg_content_variable *const v = content->variables + i;
    const wg_content_attribute *attributes;
    size_t count;
    if (v->group != 0)
      continue;
    code = content->variable_attributes(content->self, v, &attributes, &count, error);
    if (!code && v->is_number)
      code = read_numbers(path, content, v, buffer, error);
    if (!code && v->is_text)
      code = read_texts(path, content, v, error);
  }
  free(buffer);
  return code;
}

static int look_at(const char *path, const char *identity, wg_error *error) {
  wg_hdf5_reader *reader = NULL;
  int code = wg_hdf5_reader_open(path, &reader, error);
  if (!code) {
    const wg_content *const content = wg_hdf5_reader_content(reader);
    const char *const own = wg_content_attribute_text(content, "run_identity");
    if (content->damaged)
      code = wg_error_set(error, WG_FAIL_CONFIG, "%s: is damaged: %s", path, content->damaged);
    else if (!own || strcmp(own, identity) != 0)
      code = wg_error_set(error, WG_FAIL_CONFIG, "%s: is not the result of this run but of %.40s", path,
                          own && *own ? own : "none that tells its identity");
    else
      code = read_all(path, content, error);
  }
  wg_hdf5_reader_close(reader);
  return code;
}

// A damaged file must not be read for ever, nor what libraries say when they crash reach anybody.
static void limit(const char *path) {
  struct stat status;
  const rlim_t seconds = SECONDS + (stat(path, &status) == 0 ? (rlim_t)status.st_size / BYTES_A_SECOND : 0);
  const struct rlimit none = {0, 0}, time = {seconds, seconds + 1};
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  setrlimit(RLIMIT_CORE, &none);
  setrlimit(RLIMIT_CPU, &time);
  if (nowhere >= 0)
    dup2(nowhere, STDERR_FILENO);
}

int wg_result_check_begin(const char *path, const char *identity, wg_result_check *check, wg_error *error) {
  const pid_t parent = getpid();
  *check = (wg_result_check){.path = path};
  wg_check_answer *const told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (told == MAP_FAILED)
    return wg_error_set(error, WG_FAIL_RUN, "%s: %s", path, strerror(errno));
  check->told = told;
  check->process = fork();
  if (check->process == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
      _exit(1);
    limit(path);
    told->code = look_at(path, identity, &told->error);
    told->ended = true;
    _exit(0);
  }
  if (check->process < 0) {
    check->process = 0;
    return wg_error_set(error, WG_FAIL_RUN, "%s: no process to look at it: %s", path, strerror(errno));
  }
  return WG_OK;
}

int wg_result_check_end(wg_result_check *check, wg_error *error) {
  int status = 0, code = WG_FAIL_RUN;
  pid_t ended = check->process;
  while (check->process && (ended = waitpid(check->process, &status, 0)) < 0 && errno == EINTR)
    ;
  const wg_check_answer *const told = check->told;
  if (ended < 0)
    code = wg_error_set(error, WG_FAIL_RUN, "%s: %s", check->path, strerror(errno));
  else if (check->process && told->ended)
    code = told->code ? wg_error_set(error, told->code, "%s", told->error.text) : WG_OK;
  else if (check->process)
    code = wg_error_set(error, WG_FAIL_CONFIG, "%s: is damaged: %s", check->path,
                        WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)
                            ? "reading it comes to no end"
                            : "the HDF5 library breaks down over it");
  if (check->told)
    munmap(check->told, sizeof *check->told);
  *check = (wg_result_check){0};
  return code;
}

int wg_result_verify(const char *path, const char *identity, wg_error *error) {
  wg_result_check check;
  const int begun = wg_result_check_begin(path, identity, &check, error);
  const int code = wg_result_check_end(&check, error);
  return begun ? begun : code;
}
