// SPDX-License-Identifier: GPL-3.0-or-later
// What a study's file asks for, as it stands there: plain data, filled by the reader, expanded by the plan. All texts and lists
// live in `arena`.
#ifndef WG_SCHEMA_STUDY_SPEC_H
#define WG_SCHEMA_STUDY_SPEC_H

#include "base/date.h"
#include "schema/arena.h"
#include "schema/config.h"
#include "schema/param.h"

typedef struct wg_study_variant {
  const char *name;     // within the study
  const char *scenario; // path of its file, as it can be opened from here
  const char *origin;   // "FILE:LINE"
  wg_texts sets;        // "path=value", of this variant only
} wg_study_variant;

// A parameter that takes each of the listed values: together the sweeps make a grid of points.
typedef struct wg_study_sweep {
  const char *path, *origin;
  const char *const *values; // libconfig text: "1.5", "\"need\"", "[ 1, 2 ]"
  size_t value_count;
} wg_study_sweep;

// What is drawn of a parameter instead of the range that its row and value give.
typedef struct wg_study_range {
  const char *path, *origin;
  double low, high; // equal: not drawn
} wg_study_range;

typedef enum wg_sampler { WG_SAMPLER_LATIN, WG_SAMPLER_SOBOL } wg_sampler;

// Replicates until the interval of the paired difference is narrow enough for every variant.
typedef struct wg_study_until {
  const char *variable; // an outcome of wangge compare; NULL: no such rule
  double half_width;
  int64_t max; // replicates
} wg_study_until;

typedef struct wg_study_spec {
  wg_arena arena;
  const char *path;     // of the file
  const char *name;     // of the study
  const char *label;    // Chinese, "" for none
  const char *baseline; // a variant's name
  const wg_study_variant *variants;
  size_t variant_count;
  const wg_study_sweep *sweeps;
  size_t sweep_count;
  const wg_study_range *ranges;
  size_t range_count;
  wg_texts sets;  // for every run
  wg_texts drawn; // paths or their beginnings to which drawing is restricted; empty: all
  int64_t draws;  // 0: none, the configuration as it is
  double spread;  // see wg_param_range
  wg_sampler sampler;
  int64_t replicates;
  wg_study_until until;
  wg_date branch_at; // WG_DATE_NONE: nowhere
} wg_study_spec;

#endif
