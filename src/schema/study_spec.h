// SPDX-License-Identifier: GPL-3.0-or-later
// What a study's file asks for, as it stands there: plain data, filled by the reader, expanded by the plan. All texts and lists
// live in `arena`.
#ifndef WG_SCHEMA_STUDY_SPEC_H
#define WG_SCHEMA_STUDY_SPEC_H

#include "base/date.h"
#include "schema/arena.h"
#include "schema/config.h"
#include "schema/param.h"

typedef enum wg_sampler { WG_SAMPLER_LATIN, WG_SAMPLER_SOBOL } wg_sampler;

enum { WG_STUDY_DRAWS_MAX = 10000, WG_STUDY_REPLICATES_MAX = 100000, WG_STUDY_CELLS_MAX = 1000000 };

// The keys of a study's file; `variants`, `sweep`, `ranges` and `until`, which hold groups, follow.
#define WG_STUDY_PARAMS(X, T)                                                                                          \
  X(T, TEXT, name, NULL, 0, 0, "", SETTING, "研究", "Short name of the study.", "")                                    \
  X(T, TEXT, label, "", 0, 0, "", SETTING, "研究名称", "Chinese name of the study.", "")                               \
  X(T, TEXT, baseline, NULL, 0, 0, "", SETTING, "基准方案", "The variant with which the others are compared.", "")     \
  X(T, TEXTS, set, "[]", 0, 0, "", SETTING, "设定", "Settings \"path=value\" for every run, as with --set.", "")       \
  X(T, INT, draws, "0", 0, WG_STUDY_DRAWS_MAX, "draw", SETTING, "抽样次数",                                            \
    "Draws of the assumed parameters; 0: none, the configuration as it is.", "")                                       \
  X(T, REALS, draw_blocks, "[]", 1, WG_STUDY_DRAWS_MAX, "draw", SETTING, "抽样批次",                                   \
    "Sizes of the hypercubes of which the draws are made; empty: one of all. wangge expand adds to it.", "")           \
  X(T, CHOICE, sampler, "latin", 0, 0, "latin|sobol", SETTING, "抽样方法",                                             \
    "Latin hypercube, or the sequence of Sobol for up to 40 parameters.", "")                                          \
  X(T, REAL, spread, "1.5", 1.001, 100, "1", SETTING, "幅度",                                                          \
    "A drawn value lies between its configured one divided and multiplied by this; a share's odds do.", "")            \
  X(T, TEXTS, drawn, "[]", 0, 0, "", SETTING, "抽样参数",                                                              \
    "Paths, or their beginnings, to which drawing is restricted; "                                                     \
    "empty: all.",                                                                                                     \
    "")                                                                                                                \
  X(T, INT, replicates, "1", 1, WG_STUDY_REPLICATES_MAX, "run", SETTING, "重复次数", "Runs of different luck.", "")    \
  X(T, DATE, branch_at, "", 0, 0, "", SETTING, "分岔日",                                                               \
    "First day of the month up to which variants live one life; empty: none.", "")
WG_PARAM_STRUCT(wg_study_params, WG_STUDY_PARAMS)

#define WG_STUDY_UNTIL_PARAMS(X, T)                                                                                    \
  X(T, TEXT, variable, NULL, 0, 0, "", SETTING, "结果", "An outcome of wangge compare.", "")                           \
  X(T, REAL, half_width, NULL, 1e-12, 1e15, "of the outcome", SETTING, "半宽", "Half width of the interval.", "")      \
  X(T, INT, max, NULL, 2, WG_STUDY_REPLICATES_MAX, "run", SETTING, "上限", "Replicates at most.", "")
// Replicates until the interval of the paired difference is narrow enough for every variant. `variable` NULL: no such rule.
WG_PARAM_STRUCT(wg_study_until, WG_STUDY_UNTIL_PARAMS)

#define WG_STUDY_VARIANT_PARAMS(X, T)                                                                                  \
  X(T, TEXT, name, NULL, 0, 0, "", SETTING, "名称", "Name within the study.", "")                                      \
  X(T, TEXT, scenario, NULL, 0, 0, "", SETTING, "方案文件", "Its file, beside the study's.", "")                       \
  X(T, TEXTS, set, "[]", 0, 0, "", SETTING, "设定", "Settings \"path=value\" of this variant.", "")
WG_PARAM_STRUCT(wg_study_variant_params, WG_STUDY_VARIANT_PARAMS)

#define WG_STUDY_SWEEP_PARAMS(X, T)                                                                                    \
  X(T, TEXT, path, NULL, 0, 0, "", SETTING, "参数", "Path of the parameter.", "")                                      \
  X(T, TEXTS, variants, "[]", 0, 0, "", SETTING, "方案", "Variants that are swept; empty: all.", "")
WG_PARAM_STRUCT(wg_study_sweep_params, WG_STUDY_SWEEP_PARAMS)

#define WG_STUDY_RANGE_PARAMS(X, T)                                                                                    \
  X(T, TEXT, path, NULL, 0, 0, "", SETTING, "参数", "Path of the parameter.", "")                                      \
  X(T, REAL, low, NULL, -1e300, 1e300, "", SETTING, "下限", "Least value.", "")                                        \
  X(T, REAL, high, NULL, -1e300, 1e300, "", SETTING, "上限", "Greatest value; equal to low: not drawn.", "")
WG_PARAM_STRUCT(wg_study_range_params, WG_STUDY_RANGE_PARAMS)

typedef struct wg_study_variant {
  const char *name;     // within the study
  const char *scenario; // path of its file, as it can be opened from here
  const char *origin;   // "FILE:LINE: variants[1]"
  wg_texts sets;        // "path=value", of this variant only
} wg_study_variant;

// A parameter that takes each of the listed values: together the sweeps make a grid of points.
typedef struct wg_study_sweep {
  const char *path, *origin;
  const char *const *values; // libconfig text: "1.5", "\"need\"", "[1, 2]"
  size_t value_count;
  wg_texts variants; // those that are swept; empty: all
} wg_study_sweep;

// What is drawn of a parameter instead of the range that its row and value give.
typedef struct wg_study_range {
  const char *path, *origin;
  double low, high; // equal: not drawn
} wg_study_range;

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
  wg_texts sets; // for every run
  // "FILE:LINE" where each stands, or of the file where it does not.
  const char *baseline_origin, *set_origin, *draws_origin, *drawn_origin, *sampler_origin, *branch_origin,
      *until_origin;
  wg_texts drawn;            // paths or their beginnings to which drawing is restricted; empty: all
  int64_t draws;             // 0: none, the configuration as it is
  const size_t *draw_blocks; // whose sum is `draws`: hypercubes of their own; none without draws
  size_t draw_block_count;
  double spread; // see schema/param_range.h
  wg_sampler sampler;
  int64_t replicates; // with `until`: those to begin with
  wg_study_until until;
  wg_date branch_at; // WG_DATE_NONE: nowhere
} wg_study_spec;

void wg_study_spec_free(wg_study_spec *spec);

#endif
