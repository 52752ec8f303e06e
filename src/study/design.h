// SPDX-License-Identifier: GPL-3.0-or-later
// Which assumed parameters a study draws, over which ranges, and where in them each draw lies.
#ifndef WG_STUDY_DESIGN_H
#define WG_STUDY_DESIGN_H

#include "schema/config.h"
#include "schema/study_spec.h"

// A parameter that is drawn, in one entry's configuration.
typedef struct wg_drawn {
  const char *path; // "services.elder_care.self_report"
  const wg_param *row;
  double low, high; // of the value; of the common factor where the row is a list
} wg_drawn;

typedef struct wg_design {
  size_t parameter_count, draw_count;
  const char *const *paths; // [parameter_count], sorted
  const wg_param *const *rows;
  const double *position; // [draw_count][parameter_count], each in (0, 1)
} wg_design;

#endif
