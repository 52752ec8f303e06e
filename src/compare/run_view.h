// SPDX-License-Identifier: GPL-3.0-or-later
// One run's results, whether they are a file of their own or a part of a study's: axes, and variables on demand.
#ifndef WG_COMPARE_RUN_VIEW_H
#define WG_COMPARE_RUN_VIEW_H

#include "base/date.h"
#include "schema/arena.h"
#include "schema/content.h"

// The axes that outcomes are told along; all runs that are compared have the same.
typedef struct wg_result_axes {
  size_t rows; // of time; row 0 is the state at the start
  wg_date *dates;
  const char *place; // "subdistrict", "community" or "district"
  size_t place_count;
  int64_t *codes;
  const char **place_names;
  size_t service_count;
  const char **services, **service_names;
  size_t group_count; // 0: there is none
  const char **groups, **group_names;
  size_t delay_count;
  double *delays; // least days of each bin
} wg_result_axes;

// `lead` is the number of axes before time: 0 in a run's file, 3 in a study's. `name` of the file is used in messages. What wangge
// has not written is WG_FAIL_CONFIG. Memory lies in `arena`.
int wg_result_axes_read(const wg_content *content, const char *name, wg_arena *arena, wg_result_axes *axes,
                        wg_error *error);

// Copies the axes' texts into `arena`, so that they outlive the reader they came from.
int wg_result_axes_keep(wg_result_axes *axes, wg_arena *arena, wg_error *error);

// The first axis in which the two differ, or NULL.
const char *wg_result_axes_differ(const wg_result_axes *a, const wg_result_axes *b);

enum { WG_VIEW_VARIABLES_MAX = 48 };

// A variable's numbers of one run: time first.
typedef struct wg_view_variable {
  const wg_content_variable *row;
  size_t lead;    // axes before time
  size_t block;   // elements of each month
  double *values; // [rows][block]
} wg_view_variable;

typedef struct wg_run_view {
  const wg_content *content;
  const char *name; // of the file
  const wg_result_axes *axes;
  size_t lead;
  uint64_t cell; // along the flattened leading axes
  wg_view_variable variables[WG_VIEW_VARIABLES_MAX];
  size_t variable_count;
} wg_run_view;

// The variable, read on first use; NULL without an error where there is none of the name whose first axis of its own is time.
const wg_view_variable *wg_run_view_variable(wg_run_view *view, const char *name, wg_error *error);
void wg_run_view_free(wg_run_view *view);

// The text as a list of texts has it, "" where it is none.
const char **wg_content_texts(const wg_content *content, const char *group, const char *name, size_t count,
                              wg_arena *arena, wg_error *error);

#endif
