// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/stop.h"
#include "engine/registry.h"
#include "io/config_file.h"
#include "io/csv_file.h"
#include "io/output_file.h"
#include "model/storage_order.h"
#include "run/locate.h"
#include "run/run_log.h"
#include "schema/message.h"
#include "synthesis/synthesis_report.h"

enum { NAME_LENGTH_MAX = 200 }; // bytes of a scenario's name that is to name a file

// Goes on after a bad table, so that all are told of.
static int read_inputs(const char *folder, wg_inputs *inputs, wg_error *error) {
  const struct {
    const char *name;
    wg_input_table *table;
  } files[] = {{"subdistricts.csv", &inputs->subdistricts},
               {"communities.csv", &inputs->communities},
               {"age_sex_2010.csv", &inputs->age_sex},
               {"census_2010.csv", &inputs->census},
               {"holidays.csv", &inputs->holidays}};
  int code = WG_OK;
  for (size_t i = 0; i < sizeof files / sizeof *files && code != WG_FAIL_RUN; i++) {
    char path[PATH_MAX + 32];
    snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
    const int one = wg_csv_file_read(path, files[i].table, error);
    code = one ? one : code;
  }
  return code;
}

// ---- where the output goes ----

static int refuse_output(const char *who, const char *path, const char *what, wg_error *error) {
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s: %s", who, path, what);
}

// Tells before the run what would otherwise come out after it. Looks only: nothing is written.
static int check_output(const char *who, const char *path, wg_error *error) {
  struct stat status;
  const char *const slash = strrchr(path, '/');
  const size_t folder_length = slash ? (size_t)(slash - path) + 1 : 0;
  if (path[folder_length] == '\0' || (stat(path, &status) == 0 && S_ISDIR(status.st_mode)))
    return refuse_output(who, path, "is a folder (allowed: the path of a file)", error);
  if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
    return refuse_output(who, path, "is not a regular file", error);
  // The names of the log, of what is not yet whole and of checkpoints are longer.
  if (strlen(path + folder_length) > NAME_MAX - sizeof ".log.json.part" || strlen(path) > PATH_MAX - 160)
    return refuse_output(who, path, "is too long for the name of a file", error);
  char checkpoints[PATH_MAX];
  snprintf(checkpoints, sizeof checkpoints, "%s.checkpoint", path);
  if (stat(checkpoints, &status) == 0 && !S_ISDIR(status.st_mode))
    return refuse_output(who, checkpoints, "is not a folder, but checkpoints are to lie there", error);
  char *const folder = folder_length ? strndup(path, folder_length) : strdup(".");
  if (!folder)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory");
  int code = WG_OK;
  wg_message why = {0};
  if (stat(folder, &status)) {
    wg_message_add(&why, "output folder missing: %s", strerror(errno));
    code = refuse_output(who, path, why.text, error);
  } else if (access(folder, W_OK | X_OK)) {
    wg_message_add(&why, "the output folder cannot be written to: %s", strerror(errno));
    code = refuse_output(who, path, why.text, error);
  }
  free(folder);
  return code;
}

// The output's path: the option, the scenario's, or output/NAME.h5.
static int choose_output(const wg_run_options *options, wg_run *run, wg_error *error) {
  const wg_scenario_params *scenario = wg_config_get(run->config, &wg_scenario_group);
  const wg_output_params *p = wg_config_get(run->config, &wg_output_group);
  const char *const origin = wg_config_origin(run->config, &wg_scenario_group, 0, "name");
  const char *given = options->output ? options->output : p->file[0] ? p->file : NULL;
  int code = WG_OK;
  run->output_unnamed = !given;
  if (given) {
    char *who = NULL;
    if (options->output)
      who = strdup("-o");
    else if (asprintf(&who, "%s: output.file", wg_config_origin(run->config, &wg_output_group, 0, "file")) < 0)
      who = NULL;
    if (who)
      code = check_output(who, given, error);
    run->output = who ? strdup(given) : NULL;
    free(who);
  } else if (strchr(scenario->name, '/') || scenario->name[0] == '.' || strlen(scenario->name) > NAME_LENGTH_MAX) {
    wg_message quoted = {0};
    wg_message_quote(&quoted, scenario->name, strlen(scenario->name));
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: name: %s cannot be a file's name; give one with -o", origin,
                        quoted.text);
  } else if (asprintf(&run->output, "output/%s.h5", scenario->name) < 0) {
    run->output = NULL;
  }
  return run->output ? code : wg_error_set(error, WG_FAIL_RUN, "out of memory");
}

static int check_name(const wg_config *config, wg_error *error) {
  const wg_scenario_params *scenario = wg_config_get(config, &wg_scenario_group);
  if (scenario->name[0] != '\0')
    return WG_OK;
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: name: is empty (allowed: a short name)",
                      wg_config_origin(config, &wg_scenario_group, 0, "name"));
}

// Threads, the order of rows, checkpoints and the path of the output never change a result: they are taken out of the
// configuration, so that equal results carry equal provenance.
static int take_out_machine_settings(const wg_run_options *options, wg_run *run, wg_error *error) {
  const wg_run_params *p = wg_config_get(run->config, &wg_run_group);
  run->threads = options->threads > 0 ? options->threads : p->threads;
  run->storage = p->storage;
  run->checkpoint_seconds = options->checkpoint_seconds;
  run->checkpoint_months = options->checkpoint_months >= 0 ? options->checkpoint_months : p->checkpoint_every_months;
  const wg_value zero = {.kind = WG_VALUE_INT, .integer = 0}, year = {.kind = WG_VALUE_INT, .integer = 12};
  const wg_value empty = {.kind = WG_VALUE_TEXT, .text = ""};
  int code = wg_config_set(run->config, "run.threads", &zero, "default", false, error);
  if (!code)
    code = wg_config_set(run->config, "run.storage", &zero, "default", false, error);
  if (!code)
    code = wg_config_set(run->config, "run.checkpoint_every_months", &year, "default", false, error);
  if (!code)
    code = wg_config_set(run->config, "output.file", &empty, "default", false, error);
  return code;
}

// @include may read below configs/, which holds the district's `folder`, and below scenarios/.
static int read_configuration(const wg_run_options *options, const char *folder, wg_config *config, bool *whole,
                              wg_error *error) {
  char *const configs = strndup(folder, (size_t)(strrchr(folder, '/') - folder));
  char *const scenarios = wg_locate_folder("scenarios");
  int code;
  if (configs) {
    const char *const folders[] = {configs, scenarios};
    const wg_include_roots roots = {folders, scenarios ? 2 : 1, options->allow_outside};
    const wg_config_sources sources = {.scenario = options->scenario,
                                       .configs = folder,
                                       .sets = options->sets,
                                       .set_origins = options->set_origins,
                                       .set_count = options->set_count,
                                       .include = &roots};
    code = wg_config_file_read(&sources, config, whole, error);
  } else {
    code = wg_error_set(error, WG_FAIL_RUN, "out of memory");
  }
  free(configs);
  free(scenarios);
  return code;
}

int wg_run_open(const wg_run_options *options, wg_run *run, wg_error *error) {
  const int64_t from = wg_clock_read(CLOCK_MONOTONIC);
  const wg_param_group *groups[WG_GROUPS_MAX];
  const size_t group_count = wg_registry_groups(groups);
  char *folder = NULL;
  run->code = wg_config_create(groups, group_count, &run->config, error);
  if (!run->code)
    run->code = wg_locate_district("haidian", &folder, error);
  if (run->code)
    return run->code;
  // Each looks at its own: none hides what the others have to tell.
  const int configuration = read_configuration(options, folder, run->config, &run->whole, error);
  const int tables = read_inputs(folder, &run->inputs, error);
  const int name = run->whole ? check_name(run->config, error) : WG_OK;
  const int output = run->whole && !options->planned ? choose_output(options, run, error) : WG_OK;
  free(folder);
  run->code = configuration ? configuration : tables ? tables : name ? name : output;
  if (!run->code)
    run->code = take_out_machine_settings(options, run, error);
  if (!run->code)
    run->code = wg_provenance_make(run->config, &run->provenance, error);
  if (!run->code && run->output)
    run->code = wg_checkpoints_create(run->output, &run->provenance, &run->inputs, &run->checkpoints, error);
  if (!run->code && run->checkpoints && options->resume)
    run->code = wg_checkpoints_find(run->checkpoints, &run->resumes, &run->notices, error);
  run->setup_time += wg_clock_read(CLOCK_MONOTONIC) - from;
  return run->code;
}

// Dates that cannot be lived give way to the defaults, so that the rest can be looked at.
static int repair_dates(wg_config *config, wg_error *error) {
  const int code = wg_world_check_dates(config, error);
  if (code != WG_FAIL_CONFIG)
    return code;
  const struct { const char *path, *text; } dates[] = {{"run.start", "2010-11-01"}, {"run.end", "2020-11-01"}};
  for (size_t i = 0; i < 2; i++) {
    const wg_value value = {.kind = WG_VALUE_TEXT, .text = dates[i].text};
    wg_config_set(config, dates[i].path, &value, "default", false, error);
  }
  return code;
}

static int reorder_rows(wg_run *run, wg_error *error) {
  int code = WG_OK;
  for (uint32_t i = 0; run->storage && !code && i < run->world.subdistrict_count; i++)
    code = wg_storage_reorder(run->world.subdistricts + i, (uint64_t)run->storage, error);
  return code;
}

int wg_run_build_world(wg_run *run, wg_error *error) {
  const int64_t from = wg_clock_read(CLOCK_MONOTONIC);
  if (run->code && (run->code != WG_FAIL_CONFIG || !run->whole))
    return run->code;
  const int dates = repair_dates(run->config, error);
  const int world = wg_world_synthesise(run->config, &run->inputs, &run->world, error);
  const int order = run->world.staffed ? reorder_rows(run, error) : WG_OK;
  run->setup_time += wg_clock_read(CLOCK_MONOTONIC) - from;
  return run->code ? run->code : dates ? dates : world ? world : order;
}

int wg_run_prepare(wg_run *run, wg_error *error) {
  const bool built = run->world.staffed;
  const int world = built ? run->code : wg_run_build_world(run, error);
  if (!run->world.staffed || (world && world != WG_FAIL_CONFIG) || run->engine)
    return world;
  const int64_t from = wg_clock_read(CLOCK_MONOTONIC);
  int engine = wg_engine_create(&run->world, run->threads, &run->engine, error);
  if (!engine && !world && run->resumes)
    engine = wg_checkpoints_restore(run->checkpoints, run->engine, &run->notices, error);
  run->setup_time += wg_clock_read(CLOCK_MONOTONIC) - from;
  return world ? world : engine;
}

// The output on its way to the disk.
typedef struct writing {
  wg_run *run;
  wg_output_file *file;
  int64_t time;
} writing;

static int put_timed(void *self, const wg_group *group, wg_error *error) {
  writing *w = self;
  const int64_t from = wg_clock_read(CLOCK_MONOTONIC);
  const int code = wg_output_file_put(w->file, group, error);
  w->time += wg_clock_read(CLOCK_MONOTONIC) - from;
  return code;
}

// What is put before the run has come to its end would be missing from the results of one that goes on from a checkpoint.
static int put_kept(void *self, const wg_group *group, wg_error *error) {
  const writing *w = self;
  const wg_engine_state *state = wg_engine_state_of(w->run->engine);
  const int code = state->month < state->months ? wg_checkpoints_keep_group(w->run->checkpoints, group, error) : WG_OK;
  return code ? code : put_timed(self, group, error);
}

// Checkpoints by the interval and when the run is to stop.
static int keep(void *self, wg_engine *engine, wg_error *error) {
  wg_run *run = self;
  const wg_engine_state *state = wg_engine_state_of(engine);
  const int signal = wg_stop_signal();
  const int64_t now = wg_clock_read(CLOCK_MONOTONIC);
  const bool due = run->checkpoint_months > 0 && state->month > 0 && state->month < state->months &&
                   state->month % (uint64_t)run->checkpoint_months == 0 &&
                   wg_clock_seconds(now - run->kept_at) >= (double)run->checkpoint_seconds;
  int code = WG_OK;
  if ((due || signal) && wg_checkpoints_last(run->checkpoints) != (int64_t)state->month) {
    code = wg_checkpoints_keep(run->checkpoints, engine, error);
    run->kept_at = now;
  }
  if (!code && signal)
    code = wg_checkpoints_settle(run->checkpoints, error);
  if (code || !signal)
    return code;
  char date[11];
  wg_date_print(state->date, date);
  return wg_error_set(error, WG_STOPPED, "stopped by signal %d; lived until %s", signal, date);
}

static int live(wg_run *run, writing *w, const wg_observer *observer, wg_error *error) {
  const wg_sink kept = {.self = w, .put = put_kept}, plain = {.self = w, .put = put_timed};
  const wg_keeper keeper = {.self = run, .month = keep};
  run->kept_at = wg_clock_read(CLOCK_MONOTONIC);
  const int code = run->resumes ? wg_checkpoints_put_groups(run->checkpoints, &plain, error) : WG_OK;
  return code ? code
              : wg_engine_run(run->engine, run->provenance.attributes, WG_PROVENANCE_COUNT, &kept, observer, &keeper,
                              error);
}

static const char own_folder[] = "output";

// Returns whether the folder is new.
static bool make_own_folder(const wg_run *run) {
  // What is wrong will be told when the file is created.
  return run->output_unnamed && mkdir(own_folder, 0777) == 0;
}

int wg_run_live(wg_run *run, const wg_observer *observer, wg_error *error) {
  writing w = {.run = run};
  wg_run_log *log = NULL;
  const bool made = make_own_folder(run);
  int code = wg_run_log_start(&log, error);
  if (!code)
    code = wg_output_file_create(run->output, &w.file, error);
  if (!code)
    code = live(run, &w, observer, error);
  // The last one is of no use to a run that has come to its end, and of every use to one that failed.
  wg_error ignored = {0};
  wg_checkpoints_settle(run->checkpoints, &ignored);
  if (!code) {
    const int64_t from = wg_clock_read(CLOCK_MONOTONIC);
    code = wg_output_file_publish(w.file, error);
    w.file = NULL;
    run->output_time = w.time + wg_clock_read(CLOCK_MONOTONIC) - from;
  }
  if (!code)
    code = wg_run_log_write(log, run, error);
  if (!code)
    wg_checkpoints_remove(run->checkpoints);
  wg_output_file_abandon(w.file);
  wg_run_log_free(log);
  // Fails, as it should, if anything is in it.
  if (code && made)
    rmdir(own_folder);
  return code;
}

int wg_run_report_synthesis(const wg_run *run, FILE *stream, wg_error *error) {
  return wg_synthesis_report(&run->world, &run->inputs, stream, error);
}

void wg_run_free(wg_run *run) {
  wg_engine_free(run->engine);
  wg_checkpoints_free(run->checkpoints);
  wg_world_free(&run->world);
  wg_inputs_free(&run->inputs);
  wg_config_free(run->config);
  wg_provenance_free(&run->provenance);
  free(run->output);
  *run = (wg_run){0};
}
