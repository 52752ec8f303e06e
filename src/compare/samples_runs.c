// SPDX-License-Identifier: GPL-3.0-or-later
// Comparing files of single runs.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare/samples.h"
#include "io/hdf5_read.h"

// What is known of a file before its numbers are read.
typedef struct run_file {
  const char *path, *scenario, *label, *version, *answers, *revision, *replicate;
  wg_settings settings;
  wg_result_axes axes;
  const char **policies;
  size_t policy_count;
  size_t variant, position; // along the axes of the samples
} run_file;

typedef struct gathering {
  wg_samples *s;
  const wg_samples_options *options;
  run_file *files;
  size_t count;
  wg_error *error;
} gathering;

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the runs to be compared");
}

// ---- looking at a file ----

static const char *keep(gathering *g, const wg_content *content, const char *name) {
  const char *const text = wg_content_attribute_text(content, name);
  return text ? wg_arena_text(&g->s->arena, text, strlen(text)) : "";
}

static int keep_texts(gathering *g, const char **texts, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!(texts[i] = wg_arena_text(&g->s->arena, texts[i], strlen(texts[i]))))
      return no_memory(g->error);
  return WG_OK;
}

static int look_at_policies(gathering *g, const wg_content *content, run_file *file) {
  const wg_content_variable *const axis = wg_content_find(content, "", "policy");
  enum { MOST = 4096 };
  if (!axis || axis->rank != 1 || axis->shape[0] > MOST)
    return WG_OK;
  file->policy_count = (size_t)axis->shape[0];
  file->policies = wg_content_texts(content, "", "policy", file->policy_count, &g->s->arena, g->error);
  return file->policies ? keep_texts(g, file->policies, file->policy_count) : g->error->code;
}

static int look_at(gathering *g, const wg_content *content, run_file *file) {
  wg_samples *const s = g->s;
  file->scenario = keep(g, content, "scenario");
  file->label = keep(g, content, "label_zh");
  file->version = keep(g, content, "program_version");
  file->answers = keep(g, content, "answers_version");
  file->revision = keep(g, content, "git_revision");
  const char *const source = wg_content_attribute_text(content, "source");
  const char *const configuration = wg_content_attribute_text(content, "configuration");
  if (!file->scenario || !file->label || !file->version || !file->answers || !file->revision)
    return no_memory(g->error);
  if (wg_content_find(content, "", "variant"))
    return wg_error_add(g->error, WG_FAIL_CONFIG, "%s: holds a study (allowed: a study alone, or files of single runs)",
                        file->path);
  if (!source || strncmp(source, "wangge", 6) != 0 || !configuration || !*file->scenario)
    return wg_error_add(g->error, WG_FAIL_CONFIG, "%s: as its attributes tell, no result of wangge", file->path);
  int code = wg_settings_read(configuration, file->path, &s->arena, &file->settings, g->error);
  if (!code)
    code = wg_result_axes_read(content, file->path, &s->arena, &file->axes, g->error);
  if (!code)
    code = wg_result_axes_keep(&file->axes, &s->arena, g->error);
  if (!code)
    code = look_at_policies(g, content, file);
  file->replicate = code ? NULL : wg_settings_value(&file->settings, "run.replicate");
  if (!code && !file->replicate)
    code = wg_error_add(g->error, WG_FAIL_CONFIG, "%s: its configuration has no run.replicate", file->path);
  return code;
}

static int with_file(gathering *g, run_file *file, int (*work)(gathering *, const wg_content *, run_file *)) {
  wg_hdf5_reader *reader = NULL;
  if (g->options->where)
    snprintf(g->options->where, WG_SAMPLES_WHERE, "%s", file->path);
  int code = wg_hdf5_reader_open(file->path, &reader, g->error);
  if (!code) {
    const wg_content *const content = wg_hdf5_reader_content(reader);
    if (content->damaged)
      code = wg_error_add(g->error, WG_FAIL_CONFIG, "%s: is damaged: %s", file->path, content->damaged);
    else
      code = work(g, content, file);
  }
  wg_hdf5_reader_close(reader);
  return code;
}

// ---- which files belong together ----

typedef struct likeness {
  bool same;
} likeness;

static void note_difference(void *context, const char *path, const char *a, const char *b) {
  (void)a;
  (void)b;
  likeness *const like = context;
  if (wg_setting_counts(path))
    like->same = false;
}

static bool same_variant(const run_file *a, const run_file *b) {
  likeness like = {strcmp(a->scenario, b->scenario) == 0};
  wg_settings_compare(&a->settings, &b->settings, note_difference, &like);
  return like.same;
}

// Two variants of one name are told apart by their first files.
static int name_variant(gathering *g, const run_file *file) {
  wg_samples *const s = g->s;
  bool is_taken = false;
  for (size_t v = 0; v < s->variant_count; v++)
    is_taken |= strcmp(s->variants[v].name, file->scenario) == 0;
  const char *name = file->scenario;
  if (is_taken) {
    const size_t length = strlen(file->scenario) + strlen(file->path) + 4;
    char *const both = wg_arena_alloc(&s->arena, length, 1);
    if (!both)
      return no_memory(g->error);
    snprintf(both, length, "%s [%s]", file->scenario, file->path);
    name = both;
  }
  s->variants[s->variant_count++] = (wg_sample_variant){name, file->label, file->settings, 0};
  return WG_OK;
}

static int group_by_variant(gathering *g) {
  g->s->variants = wg_arena_alloc(&g->s->arena, g->count, sizeof *g->s->variants);
  if (!g->s->variants)
    return no_memory(g->error);
  for (size_t i = 0; i < g->count; i++) {
    size_t like = 0; // an earlier file of the same variant
    while (like < i && !same_variant(g->files + like, g->files + i))
      like++;
    g->files[i].variant = like < i ? g->files[like].variant : g->s->variant_count;
    if (like < i)
      continue;
    const int code = name_variant(g, g->files + i);
    if (code)
      return code;
  }
  return WG_OK;
}

static int order_replicates(const void *a_, const void *b_) {
  const char *const a = *(const char *const *)a_, *const b = *(const char *const *)b_;
  const long long one = strtoll(a, NULL, 10), other = strtoll(b, NULL, 10);
  return one != other ? (one > other) - (one < other) : strcmp(a, b);
}

static int group_by_replicate(gathering *g) {
  const char *numbers[g->count + 1];
  for (size_t i = 0; i < g->count; i++)
    numbers[i] = g->files[i].replicate;
  qsort(numbers, g->count, sizeof *numbers, order_replicates);
  size_t different = 0;
  for (size_t i = 0; i < g->count; i++)
    if (i == 0 || strcmp(numbers[i], numbers[i - 1]) != 0)
      numbers[different++] = numbers[i];
  for (size_t i = 0; i < g->count; i++)
    while (strcmp(numbers[g->files[i].position], g->files[i].replicate) != 0)
      g->files[i].position++;
  g->s->draws = 1;
  g->s->replicates = different;
  return WG_OK;
}

// ---- what cannot be compared ----

static int check_against_first(gathering *g, const run_file *file) {
  const run_file *const first = g->files;
  int code = WG_OK;
  if (strcmp(file->version, first->version) != 0 || strcmp(file->answers, first->answers) != 0)
    code = wg_error_add(g->error, WG_FAIL_CONFIG,
                        "%s and %s cannot be compared: program_version: %s %s, %s %s (allowed: results of one version)",
                        first->path, file->path, first->version, first->answers, file->version, file->answers);
  const int settings = wg_samples_refuse(&first->settings, first->path, &file->settings, file->path, g->error);
  const char *const axis = wg_result_axes_differ(&first->axes, &file->axes);
  if (axis && !settings)
    code = wg_error_add(g->error, WG_FAIL_CONFIG, "%s and %s cannot be compared: their axes `%s` differ", first->path,
                        file->path, axis);
  if (strcmp(file->revision, first->revision) != 0)
    g->s->revision_note = file->path;
  return code ? code : settings;
}

static int check_files(gathering *g) {
  int code = WG_OK;
  for (size_t i = 1; i < g->count; i++) {
    const int one = check_against_first(g, g->files + i);
    code = code ? code : one;
  }
  for (size_t i = 0; i < g->count && !code; i++)
    for (size_t k = 0; k < i && !code; k++)
      if (g->files[i].variant == g->files[k].variant && g->files[i].position == g->files[k].position)
        code = wg_error_add(g->error, WG_FAIL_CONFIG,
                            "%s and %s are the same run: %s, run.replicate %s (allowed: each once)", g->files[k].path,
                            g->files[i].path, g->files[i].scenario, g->files[i].replicate);
  if (!code && g->s->variant_count < 2)
    code = wg_error_add(g->error, WG_FAIL_CONFIG,
                        "%s: all files are replicates of one variant (allowed: a baseline's files and those of others)",
                        g->files[0].scenario);
  return code;
}

static int check_pairs(gathering *g) {
  int code = WG_OK;
  for (size_t v = 1; v < g->s->variant_count; v++) {
    bool any = false;
    for (size_t i = 0; i < g->count; i++)
      for (size_t k = 0; k < g->count; k++)
        any |= g->files[i].variant == v && g->files[k].variant == 0 && g->files[i].position == g->files[k].position;
    if (!any)
      code = wg_error_add(g->error, WG_FAIL_CONFIG,
                          "%s and %s have no run.replicate in common (allowed: pairs of equal luck)",
                          g->s->variants[0].name, g->s->variants[v].name);
  }
  return code;
}

// ---- numbers ----

// Policies of all files, each once.
static int gather_policies(gathering *g) {
  wg_samples *const s = g->s;
  size_t most = 0;
  for (size_t i = 0; i < g->count; i++)
    most += g->files[i].policy_count;
  s->policies = wg_arena_alloc(&s->arena, most + 1, sizeof *s->policies);
  if (!s->policies)
    return no_memory(g->error);
  for (size_t i = 0; i < g->count; i++)
    for (size_t k = 0; k < g->files[i].policy_count; k++) {
      bool is_known = false;
      for (size_t p = 0; p < s->policy_count; p++)
        is_known |= strcmp(s->policies[p], g->files[i].policies[k]) == 0;
      if (!is_known)
        s->policies[s->policy_count++] = g->files[i].policies[k];
    }
  return WG_OK;
}

static int take_run(gathering *g, const wg_content *content, run_file *file) {
  wg_run_view *const view = calloc(1, sizeof *view);
  if (!view)
    return no_memory(g->error);
  *view = (wg_run_view){.content = content, .name = file->path, .axes = &g->s->axes};
  const int code = wg_samples_take(g->s, view, file->variant, 0, file->position, g->error);
  wg_run_view_free(view);
  free(view);
  return code;
}

int wg_samples_read_runs(const char *const *files, size_t count, const wg_samples_options *options, wg_samples *samples,
                         wg_error *error) {
  gathering g = {.s = samples, .options = options, .count = count, .error = error};
  g.files = wg_arena_alloc(&samples->arena, count, sizeof *g.files);
  if (!g.files)
    return no_memory(error);
  int code = WG_OK;
  for (size_t i = 0; i < count && !code; i++) {
    g.files[i].path = files[i];
    code = with_file(&g, g.files + i, look_at);
  }
  if (!code)
    code = group_by_variant(&g);
  if (!code)
    code = group_by_replicate(&g);
  if (!code)
    code = check_files(&g);
  if (!code)
    code = check_pairs(&g);
  if (!code)
    code = gather_policies(&g);
  if (code)
    return code;
  samples->source = files[0];
  samples->version = g.files[0].version;
  samples->axes = g.files[0].axes;
  code = wg_samples_prepare(samples, options, error);
  for (size_t i = 0; i < count && !code; i++)
    code = with_file(&g, g.files + i, take_run);
  return code;
}
