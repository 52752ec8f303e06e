// SPDX-License-Identifier: GPL-3.0-or-later
// The outcomes of runs that are to be compared, from files of single runs or from a study's file.
#ifndef WG_COMPARE_SAMPLES_H
#define WG_COMPARE_SAMPLES_H

#include "compare/outcome_table.h"
#include "schema/comparison.h"
#include "schema/setting.h"

typedef enum wg_by { WG_BY_NOTHING, WG_BY_PLACE, WG_BY_SERVICE, WG_BY_NETWORK, WG_BY_GROUP, WG_BY_COUNT } wg_by;
extern const char *const wg_by_names[WG_BY_COUNT]; // of the first: ""

enum { WG_SAMPLES_WHERE = 4096 };

typedef struct wg_samples_options {
  wg_date from, to; // months that lie between them; WG_DATE_NONE: the last twelve
  wg_by by;
  const char *const *outcomes; // names; none: all
  size_t outcome_count;
  char *where; // WG_SAMPLES_WHERE bytes: holds the name of the file that is being read
} wg_samples_options;

typedef struct wg_sample_variant {
  const char *name, *label;
  wg_settings settings; // empty where the file does not tell
  size_t compared_with; // its own position: the baseline's
} wg_sample_variant;

typedef struct wg_samples {
  wg_arena arena;
  const char *source, *version;
  wg_sample_variant *variants;
  size_t variant_count, draws, replicates;
  wg_result_axes axes;
  size_t first, last; // rows: the months after `first` up to `last`
  wg_by by;
  const char **parts, **part_labels; // the first is the whole
  size_t part_count;
  bool *part_masks; // [part][entry of the axis `by`]
  const wg_outcome **outcomes;
  size_t outcome_count;
  double *values;       // [variant][outcome][part][draw][replicate]; NaN: missing
  double *series;       // [variant][outcome][row][draw][replicate]
  double *over, *under; // of the places: [variant][draw][replicate][outcome][place]; NaN: cannot be told
  bool *taken;          // runs whose outcomes are there: [variant][draw][replicate]
  const char **policies;
  size_t policy_count;
  bool *adopted; // by the end of the last row: [variant][draw][replicate][policy][place]
  const wg_compared_parameter *parameters;
  size_t parameter_count;
  double *parameter_values;  // [variant][draw][parameter]
  size_t failed;             // runs that did not end, as far as it is known
  const char *revision_note; // a file whose program differs in its revision from the first file's; NULL
} wg_samples;

// Reads files of single runs. Runs whose configurations differ in run.replicate alone are replicates of a variant; the first file's
// variant is the one that the others are compared with. Refused (WG_FAIL_CONFIG), with keys and values: runs that differ in more
// than policies, program, axes; the same run twice; variants without a replicate in common. `samples` must be zeroed; free it also
// after a failure.
int wg_samples_read_runs(const char *const *files, size_t count, const wg_samples_options *options, wg_samples *samples,
                         wg_error *error);

// Reads a study's results, `path` being the file.
int wg_samples_read_study(const char *path, const wg_samples_options *options, wg_samples *samples, wg_error *error);

// Lets all variants be compared with the one of that name. Refused where they differ in more than policies.
int wg_samples_set_against(wg_samples *samples, const char *name, wg_error *error);

void wg_samples_free(wg_samples *samples);

// ---- for the readers ----

// Settles outcomes, months and parts, and makes room; axes, variants and their numbers must be known.
int wg_samples_prepare(wg_samples *samples, const wg_samples_options *options, wg_error *error);

// Takes over one run's outcomes and where its policies were in force.
int wg_samples_take(wg_samples *samples, wg_run_view *view, size_t variant, size_t draw, size_t replicate,
                    wg_error *error);

// Adds, for each setting in which they differ in more than policies, a line with both values; more than a few are counted.
int wg_samples_refuse(const wg_settings *a, const char *a_name, const wg_settings *b, const char *b_name,
                      wg_error *error);

#endif
