// SPDX-License-Identifier: GPL-3.0-or-later
// Comparing the runs of a study.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "compare/samples.h"
#include "io/hdf5_read.h"

enum { LEAD = 3, VARIANTS_MAX = 4096, RUNS_MAX = 1 << 20, PARAMETERS_MAX = 4096 };

static const char *const leading[LEAD] = {"variant", "draw", "replicate"};

typedef struct reading {
  const wg_content *content;
  const char *path;
  wg_samples *s;
  wg_error *error;
} reading;

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the study to be compared");
}

static const char *keep(const reading *r, const char *text) {
  const char *const copy = wg_arena_text(&r->s->arena, text, strlen(text));
  if (!copy)
    no_memory(r->error);
  return copy;
}

static int keep_texts(const reading *r, const char **texts, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!(texts[i] = keep(r, texts[i])))
      return WG_FAIL_RUN;
  return WG_OK;
}

// A list of texts, copied; all "" where there is none.
static const char **read_list(const reading *r, const char *name, size_t count) {
  const char **const texts = wg_content_texts(r->content, "", name, count, &r->s->arena, r->error);
  return texts && !keep_texts(r, texts, count) ? texts : NULL;
}

static int refuse(const reading *r, const char *what) {
  return wg_error_add(r->error, WG_FAIL_CONFIG, "%s: %s (allowed: the study.h5 of `wangge batch`)", r->path, what);
}

// ---- what the study has ----

static int read_shape(const reading *r) {
  const wg_content_variable *const due = wg_content_find(r->content, "", "due");
  if (!due || due->rank <= LEAD || due->rank > WG_CONTENT_RANK_MAX)
    return wg_content_find(r->content, "", "time")
               ? wg_error_add(r->error, WG_FAIL_CONFIG,
                              "%s: holds one run (allowed: a study's folder, or the files of a baseline and of others)",
                              r->path)
               : refuse(r, "is no study");
  uint64_t cells = 1;
  for (size_t i = 0; i < LEAD; i++)
    if (strcmp(due->dimensions[i], leading[i]) != 0 || __builtin_mul_overflow(cells, due->shape[i], &cells))
      return refuse(r, "has no axes variant, draw, replicate");
  if (cells == 0 || cells > RUNS_MAX || due->shape[0] > VARIANTS_MAX)
    return refuse(r, "has no run, or too many");
  r->s->variant_count = (size_t)due->shape[0];
  r->s->draws = (size_t)due->shape[1];
  r->s->replicates = (size_t)due->shape[2];
  return WG_OK;
}

static double *read_numbers(const reading *r, const char *name, size_t rank, uint64_t count) {
  const wg_content_variable *const v = wg_content_find(r->content, "", name);
  uint64_t there = v && v->is_number && v->rank == rank ? 1 : 0;
  for (size_t i = 0; i < rank && there; i++)
    there *= v->shape[i];
  if (there != count) {
    char what[160];
    snprintf(what, sizeof what, "has no variable `%s` of the study's shape", name);
    refuse(r, what);
    return NULL;
  }
  double *const numbers = wg_arena_alloc(&r->s->arena, (size_t)count + 1, sizeof *numbers);
  if (!numbers)
    no_memory(r->error);
  else if (r->content->numbers(r->content->self, v, rank, 0, count, numbers, r->error))
    return NULL;
  return numbers;
}

static int read_settings(const reading *r, size_t variant) {
  const wg_content_variable *const v = wg_content_find(r->content, "", "configuration");
  if (!v)
    return refuse(r, "has no variable `configuration`");
  const char *text = NULL;
  char name[512];
  snprintf(name, sizeof name, "%.300s: %.150s", r->path, r->s->variants[variant].name);
  const int code = r->content->long_text(r->content->self, v, variant, &text, r->error);
  return code ? code : wg_settings_read(text, name, &r->s->arena, &r->s->variants[variant].settings, r->error);
}

static int find_variant(const reading *r, const char *const *names, const char *name, size_t *position) {
  for (*position = 0; *position < r->s->variant_count; ++*position)
    if (strcmp(names[*position], name) == 0)
      return WG_OK;
  return refuse(r, "does not tell what its variants are compared with");
}

static int read_variants(const reading *r) {
  wg_samples *const s = r->s;
  const size_t count = s->variant_count;
  const char **const names = read_list(r, "variant", count);
  const char **const labels = names ? read_list(r, "variant_label", count) : NULL;
  const char **const with = labels ? read_list(r, "compared_with", count) : NULL;
  s->variants = wg_arena_alloc(&s->arena, count, sizeof *s->variants);
  if (!with || !s->variants)
    return r->error->code ? r->error->code : no_memory(r->error);
  int code = WG_OK;
  for (size_t v = 0; v < count && !code; v++) {
    s->variants[v] = (wg_sample_variant){.name = names[v], .label = labels[v]};
    code = find_variant(r, names, with[v], &s->variants[v].compared_with);
    if (!code)
      code = read_settings(r, v);
  }
  return code;
}

static int read_parameters(const reading *r) {
  wg_samples *const s = r->s;
  const wg_content_variable *const axis = wg_content_find(r->content, "", "parameter");
  if (!axis)
    return WG_OK;
  if (axis->rank != 1 || axis->shape[0] > PARAMETERS_MAX)
    return refuse(r, "has an axis `parameter` that cannot be read");
  const size_t count = (size_t)axis->shape[0];
  const char **const paths = read_list(r, "parameter", count);
  const char **const labels = paths ? read_list(r, "parameter_label", count) : NULL;
  const char **const units = labels ? read_list(r, "parameter_unit", count) : NULL;
  const char **const evidence = units ? read_list(r, "parameter_evidence", count) : NULL;
  wg_compared_parameter *const parameters = wg_arena_alloc(&s->arena, count + 1, sizeof *parameters);
  if (!evidence || !parameters)
    return r->error->code ? r->error->code : no_memory(r->error);
  for (size_t p = 0; p < count; p++)
    parameters[p] = (wg_compared_parameter){paths[p], labels[p], units[p], evidence[p]};
  s->parameters = parameters;
  s->parameter_count = count;
  s->parameter_values =
      read_numbers(r, "parameter_value", 3, (uint64_t)s->variant_count * s->draws * s->parameter_count);
  return s->parameter_values ? WG_OK : r->error->code;
}

static int read_policies(const reading *r) {
  const wg_content_variable *const axis = wg_content_find(r->content, "", "policy");
  if (!axis || axis->rank != 1 || axis->shape[0] > PARAMETERS_MAX)
    return WG_OK;
  r->s->policy_count = (size_t)axis->shape[0];
  r->s->policies = read_list(r, "policy", r->s->policy_count);
  return r->s->policies ? WG_OK : r->error->code;
}

// ---- numbers ----

// Runs that are marked as done; the others' values are missing whatever stands there.
static int take_runs(const reading *r, const double *status, double done) {
  wg_samples *const s = r->s;
  wg_run_view *const view = calloc(1, sizeof *view);
  if (!view)
    return no_memory(r->error);
  const size_t each = s->draws * s->replicates;
  int code = WG_OK;
  for (size_t cell = 0; cell < s->variant_count * each && !code; cell++) {
    if (status[cell] != done) {
      s->failed++;
      continue;
    }
    *view = (wg_run_view){.content = r->content, .name = r->path, .axes = &s->axes, .lead = LEAD, .cell = cell};
    code = wg_samples_take(s, view, cell / each, cell % each / s->replicates, cell % s->replicates, r->error);
    wg_run_view_free(view);
  }
  free(view);
  return code;
}

static int read_all(const reading *r, const wg_samples_options *options) {
  wg_samples *const s = r->s;
  const double done = 1.0; // WG_RUN_DONE
  int code = read_shape(r);
  if (!code)
    code = wg_result_axes_read(r->content, r->path, &s->arena, &s->axes, r->error);
  if (!code)
    code = read_variants(r);
  if (!code)
    code = read_parameters(r);
  if (!code)
    code = read_policies(r);
  if (!code)
    code = wg_samples_prepare(s, options, r->error);
  const double *const status =
      code ? NULL : read_numbers(r, "status", LEAD, (uint64_t)s->variant_count * s->draws * s->replicates);
  if (!code && !status)
    code = r->error->code;
  return code ? code : take_runs(r, status, done);
}

int wg_samples_read_study(const char *path, const wg_samples_options *options, wg_samples *samples, wg_error *error) {
  wg_hdf5_reader *reader = NULL;
  if (options->where)
    snprintf(options->where, WG_SAMPLES_WHERE, "%s", path);
  int code = wg_hdf5_reader_open(path, &reader, error);
  if (code)
    return code;
  const wg_content *const content = wg_hdf5_reader_content(reader);
  const reading r = {content, path, samples, error};
  const char *const version = wg_content_attribute_text(content, "program_version");
  samples->source = path;
  samples->version = keep(&r, version ? version : "");
  if (content->damaged)
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: is damaged: %s", path, content->damaged);
  else
    code = samples->version ? read_all(&r, options) : WG_FAIL_RUN;
  if (!code)
    code = wg_result_axes_keep(&samples->axes, &samples->arena, error);
  wg_hdf5_reader_close(reader);
  return code;
}
