// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/run.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/registry.h"
#include "io/config_file.h"
#include "io/csv_file.h"
#include "io/output_file.h"
#include "study/locate.h"
#include "study/run_log.h"
#include "synthesis/synthesis_report.h"

static int read_inputs(const char *folder, wg_inputs *inputs, wg_error *error) {
  const struct {
    const char *name;
    wg_input_table *table;
  } files[] = {{"subdistricts.csv", &inputs->subdistricts},
               {"communities.csv", &inputs->communities},
               {"age_sex_2010.csv", &inputs->age_sex},
               {"census_2010.csv", &inputs->census},
               {"holidays.csv", &inputs->holidays}};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    char path[PATH_MAX + 32];
    snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
    const int code = wg_csv_file_read(path, files[i].table, error);
    if (code)
      return code;
  }
  return WG_OK;
}

// The output's path: the option, the scenario's, or output/NAME.h5.
static int choose_output(const wg_run_options *options, wg_run *run, wg_error *error) {
  const wg_scenario_params *scenario = wg_config_get(run->config, &wg_scenario_group);
  const wg_output_params *p = wg_config_get(run->config, &wg_output_group);
  const char *given = options->output ? options->output : p->file[0] ? p->file : NULL;
  if (given) {
    run->output = strdup(given);
  } else {
    if (strchr(scenario->name, '/') || scenario->name[0] == '.')
      return wg_error_set(error, WG_FAIL_CONFIG, "%s: name: \"%s\" cannot be a file's name; give one with -o",
                          wg_config_origin(run->config, &wg_scenario_group, 0, "name"), scenario->name);
    if (mkdir("output", 0777) && errno != EEXIST)
      return wg_error_set(error, WG_FAIL_RUN, "output: %s", strerror(errno));
    if (asprintf(&run->output, "output/%s.h5", scenario->name) < 0)
      run->output = NULL;
  }
  return run->output ? WG_OK : wg_error_set(error, WG_FAIL_RUN, "out of memory");
}

// Threads and the path of the output never change a result: they are taken out of the configuration, so that equal
// results carry equal provenance.
static int take_out_machine_settings(const wg_run_options *options, wg_run *run, wg_error *error) {
  const wg_run_params *p = wg_config_get(run->config, &wg_run_group);
  run->threads = options->threads > 0 ? options->threads : p->threads;
  const wg_value zero = {.kind = WG_VALUE_INT, .integer = 0}, empty = {.kind = WG_VALUE_TEXT, .text = ""};
  int code = wg_config_set(run->config, "run.threads", &zero, "default", false, error);
  if (!code)
    code = wg_config_set(run->config, "output.file", &empty, "default", false, error);
  return code;
}

// @include may read below configs/, which holds the district's `folder`, and below scenarios/.
static int read_configuration(const wg_run_options *options, const char *folder, wg_config *config, wg_error *error) {
  char *const configs = strndup(folder, (size_t)(strrchr(folder, '/') - folder));
  char *const scenarios = wg_locate_folder("scenarios");
  int code;
  if (configs) {
    const char *const folders[] = {configs, scenarios};
    const wg_include_roots roots = {folders, scenarios ? 2 : 1, options->allow_outside};
    const wg_config_sources sources = {.scenario = options->scenario,
                                       .configs = folder,
                                       .sets = options->sets,
                                       .set_count = options->set_count,
                                       .include = &roots};
    code = wg_config_file_read(&sources, config, error);
  } else {
    code = wg_error_set(error, WG_FAIL_RUN, "out of memory");
  }
  free(configs);
  free(scenarios);
  return code;
}

int wg_run_open(const wg_run_options *options, wg_run *run, wg_error *error) {
  const wg_param_group *groups[WG_GROUPS_MAX];
  const size_t group_count = wg_registry_groups(groups);
  char *folder = NULL;
  int code = wg_config_create(groups, group_count, &run->config, error);
  if (!code)
    code = wg_locate_district("haidian", &folder, error);
  if (!code)
    code = read_configuration(options, folder, run->config, error);
  if (!code)
    code = choose_output(options, run, error);
  if (!code)
    code = take_out_machine_settings(options, run, error);
  if (!code)
    code = read_inputs(folder, &run->inputs, error);
  if (!code)
    code = wg_provenance_make(run->config, &run->provenance, error);
  free(folder);
  return code;
}

int wg_run_prepare(wg_run *run, wg_error *error) {
  int code = wg_world_synthesise(run->config, &run->inputs, &run->world, error);
  if (!code)
    code = wg_engine_create(&run->world, run->threads, &run->engine, error);
  return code;
}

int wg_run_live(wg_run *run, const wg_observer *observer, wg_error *error) {
  wg_output_file *file = NULL;
  wg_run_log *log = NULL;
  int code = wg_run_log_start(&log, error);
  if (!code)
    code = wg_output_file_create(run->output, &file, error);
  if (!code) {
    const wg_sink sink = {.self = file, .put = wg_output_file_put};
    code = wg_engine_run(run->engine, run->provenance.attributes, WG_PROVENANCE_COUNT, &sink, observer, error);
  }
  if (!code) {
    code = wg_output_file_publish(file, error);
    file = NULL;
  }
  if (!code)
    code = wg_run_log_write(log, run, error);
  wg_output_file_abandon(file);
  wg_run_log_free(log);
  return code;
}

int wg_run_report_synthesis(const wg_run *run, FILE *stream, wg_error *error) {
  return wg_synthesis_report(&run->world, &run->inputs, stream, error);
}

void wg_run_free(wg_run *run) {
  wg_engine_free(run->engine);
  wg_world_free(&run->world);
  wg_inputs_free(&run->inputs);
  wg_config_free(run->config);
  wg_provenance_free(&run->provenance);
  free(run->output);
  *run = (wg_run){0};
}
