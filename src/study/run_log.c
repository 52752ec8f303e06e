// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/run_log.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "study/run.h"

struct wg_run_log {
  struct timespec start;
  double cpu_start;
};

static double cpu_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

int wg_run_log_start(wg_run_log **log, wg_error *error) {
  *log = calloc(1, sizeof **log);
  if (!*log)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the log");
  clock_gettime(CLOCK_MONOTONIC, &(*log)->start);
  (*log)->cpu_start = cpu_seconds();
  return WG_OK;
}

void wg_run_log_free(wg_run_log *log) {
  free(log);
}

static void print(const wg_run_log *log, const wg_run *run, FILE *stream) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  const wg_engine_state *state = wg_engine_state_of(run->engine);
  const double wall = (double)(now.tv_sec - log->start.tv_sec) + (double)(now.tv_nsec - log->start.tv_nsec) * 1e-9;
  const double cpu = cpu_seconds() - log->cpu_start;
  fprintf(stream,
          "{\n  \"program_version\": \"%s\",\n  \"configuration_hash\": \"%s\",\n  \"threads\": %lld,\n  \"storage\": "
          "%lld,\n"
          "  \"seconds\": %.3f,\n  \"cpu_seconds\": %.3f,\n  \"resident_days\": %llu,\n"
          "  \"ns_per_resident_day\": %.4f,\n  \"needs_arisen\": %llu,\n  \"cases_filed\": %llu,\n"
          "  \"open_needs_peak\": %llu,\n  \"peak_bytes\": %lld\n}\n",
          wg_version(), run->provenance.hash, (long long)run->threads, (long long)run->storage, wall, cpu,
          (unsigned long long)state->resident_days,
          cpu * 1e9 / (double)(state->resident_days ? state->resident_days : 1),
          (unsigned long long)state->needs_arisen, (unsigned long long)state->cases_filed,
          (unsigned long long)state->open_needs_peak, (long long)usage.ru_maxrss * 1024);
}

int wg_run_log_write(const wg_run_log *log, const wg_run *run, wg_error *error) {
  const size_t length = strlen(run->output);
  const size_t stem = length > 3 && strcmp(run->output + length - 3, ".h5") == 0 ? length - 3 : length;
  char *path = NULL, *part = NULL;
  int code = WG_FAIL_RUN;
  FILE *stream = NULL;
  if (asprintf(&path, "%.*s.log.json", (int)stem, run->output) < 0 || asprintf(&part, "%s.part", path) < 0)
    goto out;
  stream = fopen(part, "w");
  if (!stream)
    goto out;
  print(log, run, stream);
  if (fflush(stream) || ferror(stream) || fsync(fileno(stream)))
    goto out;
  if (fclose(stream)) {
    stream = NULL;
    goto out;
  }
  stream = NULL;
  if (rename(part, path))
    goto out;
  code = WG_OK;
out:
  if (code)
    wg_error_set(error, code, "%s: %s", path ? path : "log", strerror(errno));
  if (stream)
    fclose(stream);
  if (code && part)
    unlink(part);
  free(path);
  free(part);
  return code;
}
