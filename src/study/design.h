// SPDX-License-Identifier: GPL-3.0-or-later
// Which assumed parameters a study draws, over which ranges, and where in them each draw lies.
#ifndef WG_STUDY_DESIGN_H
#define WG_STUDY_DESIGN_H

#include "schema/config.h"
#include "schema/param_range.h"
#include "schema/study_spec.h"

// A parameter that is drawn, in one entry's configuration.
typedef struct wg_drawn {
  const char *path; // "services.elder_care.self_report"
  const wg_param *row;
  double low, high;     // of the value; of the common factor where the row is a list
  wg_range_scale scale; // see schema/param_range.h
  const void
      *instance; // the struct of the entry's configuration that holds the row; NULL where it has no such parameter
} wg_drawn;

typedef struct wg_design {
  size_t parameter_count, draw_count;
  const char *const *paths; // [parameter_count], sorted
  const wg_param *const *rows;
  const double *position; // [draw_count][parameter_count], each in (0, 1)
  wg_sampler sampler;
  const size_t *blocks; // their sizes, in order
  size_t block_count;
} wg_design;

enum { WG_SOBOL_MAX = 40 }; // parameters

// Lays out the draws of `design`, whose paths, rows, sampler and blocks are there. Latin: each block is a hypercube of its own, by
// permutations that belong to (seed, path, block), so that neither further blocks nor further parameters move what is there. Sobol:
// the sequence's first points. Memory in `arena`. WG_FAIL_CONFIG: more parameters than the sequence has dimensions.
int wg_design_lay_out(wg_design *design, uint64_t seed, wg_arena *arena, wg_error *error);

// Whether each block of a Latin design is a hypercube: of every parameter each of as many equal parts of (0, 1) as it has
// draws holds exactly one. Tells what is not (WG_FAIL_RUN: never the user's doing).
int wg_design_check(const wg_design *design, wg_error *error);

#endif
