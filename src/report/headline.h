// SPDX-License-Identifier: GPL-3.0-or-later
// The headline figures of a result file: sums over all places, services and groups by month.
#ifndef WG_REPORT_HEADLINE_H
#define WG_REPORT_HEADLINE_H

#include "base/date.h"
#include "schema/content.h"

typedef enum wg_headline_variable {
  WG_HEADLINE_RESIDENTS,
  WG_HEADLINE_ARISEN,
  WG_HEADLINE_FILED,
  WG_HEADLINE_DUE,
  WG_HEADLINE_MET_DUE,
  WG_HEADLINE_FILED_DUE,
  WG_HEADLINE_FILED_MET_DUE,
  WG_HEADLINE_CLOSED,
  WG_HEADLINE_CLOSED_ON_TIME,
  WG_HEADLINE_MET_ON_TIME,
  WG_HEADLINE_COST_FEN, // of all kinds
  WG_HEADLINE_COUNT
} wg_headline_variable;

typedef struct wg_headline {
  size_t rows;                     // of the time axis; row 0 is the state at the start
  wg_date *dates;                  // [rows]; WG_DATE_NONE where the file does not tell
  double *sums[WG_HEADLINE_COUNT]; // [rows]; NULL where the file lacks the variable or it cannot be read
} wg_headline;

// The variable's name in the file.
const char *wg_headline_name(wg_headline_variable variable);

// Reads what is there; free it with wg_headline_free, also after a failure. What is missing is no failure; what is there
// and cannot be read is one (WG_FAIL_CONFIG), with the rest read.
int wg_headline_read(const wg_content *content, wg_headline *headline, wg_error *error);
void wg_headline_free(wg_headline *headline);

// Sum of the rows after `first` up to `last`; NaN where the variable is missing.
double wg_headline_sum(const wg_headline *headline, wg_headline_variable variable, size_t first, size_t last);

#endif
