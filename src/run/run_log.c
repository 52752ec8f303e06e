// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_log.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "run/run.h"

struct wg_run_log {
  int64_t start;
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
  (*log)->start = wg_clock_read(CLOCK_MONOTONIC);
  (*log)->cpu_start = cpu_seconds();
  return WG_OK;
}

void wg_run_log_free(wg_run_log *log) {
  free(log);
}

static void print_phase(const char *name, int64_t spent, bool last, FILE *stream) {
  fprintf(stream, "    {\"name\": \"%s\", \"cpu_seconds\": %.6f}%s\n", name, wg_clock_seconds(spent), last ? "" : ",");
}

// A mechanism's hooks together, then each of those it has.
static void print_mechanism(size_t m, const wg_phases *phases, FILE *stream) {
  const wg_mechanism *mechanism = wg_mechanisms[m];
  const bool has[WG_PHASE_PARTS] = {mechanism->month_start, mechanism->event_count > 0, mechanism->day,
                                    mechanism->month_end, mechanism->exchange};
  int64_t sum = 0;
  for (size_t part = 0; part < WG_PHASE_PARTS; part++)
    sum += phases->spent[wg_phase_of(m, (wg_phase_part)part)];
  fprintf(stream, "    {\"name\": \"%s\", \"cpu_seconds\": %.6f", mechanism->name, wg_clock_seconds(sum));
  for (size_t part = 0; part < WG_PHASE_PARTS; part++)
    if (has[part])
      fprintf(stream, ", \"%s\": %.6f", wg_phase_part_names[part],
              wg_clock_seconds(phases->spent[wg_phase_of(m, (wg_phase_part)part)]));
  fputs("},\n", stream);
}

static void print_phases(const wg_phases *phases, FILE *stream) {
  fprintf(stream, "  \"clock_readings\": %llu,\n  \"phases\": [\n", (unsigned long long)phases->readings);
  print_phase("policies", phases->spent[WG_PHASE_LEVERS], false, stream);
  print_phase("roll_call", phases->spent[WG_PHASE_ROLL_CALL], false, stream);
  for (size_t m = 0; m < wg_mechanism_count; m++)
    print_mechanism(m, phases, stream);
  print_phase("output_rows", phases->spent[WG_PHASE_OUTPUT_ROWS], false, stream);
  print_phase("results", phases->spent[WG_PHASE_RESULTS], true, stream);
  fputs("  ]\n", stream);
}

static long long file_size(const char *path) {
  struct stat status;
  return stat(path, &status) ? -1 : (long long)status.st_size;
}

static void print(const wg_run_log *log, const wg_run *run, FILE *stream) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  const wg_engine_state *state = wg_engine_state_of(run->engine);
  const double wall = wg_clock_seconds(wg_clock_read(CLOCK_MONOTONIC) - log->start);
  const double cpu = cpu_seconds() - log->cpu_start;
  const wg_checkpoint_costs costs = wg_checkpoints_costs(run->checkpoints);
  fprintf(stream,
          "{\n  \"program_version\": \"%s\",\n  \"configuration_hash\": \"%s\",\n  \"threads\": %lld,\n  \"storage\": "
          "%lld,\n"
          "  \"seconds\": %.3f,\n  \"cpu_seconds\": %.3f,\n  \"resident_days\": %llu,\n"
          "  \"ns_per_resident_day\": %.4f,\n  \"needs_arisen\": %llu,\n  \"cases_filed\": %llu,\n"
          "  \"open_needs_peak\": %llu,\n  \"peak_bytes\": %lld,\n"
          "  \"setup_seconds\": %.3f,\n  \"output_seconds\": %.3f,\n  \"output_bytes\": %lld,\n"
          "  \"resumed\": %s,\n  \"checkpoints\": %u,\n  \"checkpoint_seconds\": %.3f,\n  \"checkpoint_bytes\": "
          "%llu,\n",
          wg_version(), run->provenance.hash, (long long)run->threads, (long long)run->storage, wall, cpu,
          (unsigned long long)state->resident_days,
          cpu * 1e9 / (double)(state->resident_days ? state->resident_days : 1),
          (unsigned long long)state->needs_arisen, (unsigned long long)state->cases_filed,
          (unsigned long long)state->open_needs_peak, (long long)usage.ru_maxrss * 1024,
          wg_clock_seconds(run->setup_time), wg_clock_seconds(run->output_time), file_size(run->output),
          run->resumes ? "true" : "false", costs.count, wg_clock_seconds(costs.time), (unsigned long long)costs.bytes);
  const wg_phases phases = wg_engine_phases(run->engine);
  print_phases(&phases, stream);
  fputs("}\n", stream);
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
