// SPDX-License-Identifier: GPL-3.0-or-later
// What results are judged by: each row is the one place that says how an outcome comes from the variables of a run.
#ifndef WG_SCHEMA_OUTCOME_H
#define WG_SCHEMA_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>

enum { WG_OUTCOME_TERMS_MAX = 4 };

typedef enum wg_outcome_form {
  WG_OUTCOME_RATIO,  // scale * sum of `over` / sum of `under`, summed over the window's months
  WG_OUTCOME_SUM,    // scale * sum of `over`
  WG_OUTCOME_END,    // the same of the window's last month alone; a ratio where there is `under` or `weight`
  WG_OUTCOME_MEDIAN, // of the histogram `over`
} wg_outcome_form;

typedef struct wg_outcome {
  const char *name, *label; // Chinese
  const char *long_name;    // English
  const char *chinese;      // the same in Chinese
  const char *unit, *unit_chinese;
  int decimals; // that people are shown
  int better;   // 1: the more the better, -1: the less the better, 0: neither
  wg_outcome_form form;
  double scale;
  const char *over[WG_OUTCOME_TERMS_MAX], *under[WG_OUTCOME_TERMS_MAX]; // variables that are added up
  // Where it is not NULL, `over` is a mean: over the entries of the axis `along` ("" for places) each counts as often as this
  // variable says, over further axes all count alike.
  const char *weight, *along;
  const char *service; // of this one alone; NULL: of all
  bool is_delay;       // `over` is a histogram over the axis delay_bin, and days are meant
} wg_outcome;

extern const wg_outcome wg_outcomes[];
extern const size_t wg_outcome_count;

// The row of that name, or NULL.
const wg_outcome *wg_outcome_find(const char *name);

// Whether it is told in percentage points.
bool wg_outcome_is_share(const wg_outcome *outcome);

#endif
