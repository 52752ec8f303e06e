// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/headline.h"

#include <stdlib.h>
#include <string.h>

#include "base/maths.h"

static const char *const names[WG_HEADLINE_COUNT] = {
    [WG_HEADLINE_RESIDENTS] = "residents",
    [WG_HEADLINE_ARISEN] = "needs_arisen",
    [WG_HEADLINE_FILED] = "cases_filed",
    [WG_HEADLINE_DUE] = "due",
    [WG_HEADLINE_MET_DUE] = "met_due",
    [WG_HEADLINE_FILED_DUE] = "filed_due",
    [WG_HEADLINE_FILED_MET_DUE] = "filed_met_due",
    [WG_HEADLINE_CLOSED] = "closed",
    [WG_HEADLINE_CLOSED_ON_TIME] = "closed_on_legal_time",
    [WG_HEADLINE_MET_ON_TIME] = "met_on_time",
    [WG_HEADLINE_COST_FEN] = "cost_fen",
};

const char *wg_headline_name(wg_headline_variable variable) {
  return names[variable];
}

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the headline figures");
}

// "days since 2010-11-01" and whatever follows.
static wg_date first_day(const char *unit) {
  static const char head[] = "days since ";
  wg_date date = WG_DATE_NONE;
  char text[11] = "";
  if (strncmp(unit, head, sizeof head - 1) == 0)
    strncat(text, unit + sizeof head - 1, 10);
  wg_date_parse(text, &date);
  return date;
}

static wg_date add_days(wg_date first, double days) {
  const double most = 200000.0;
  return first != WG_DATE_NONE && days > -most && days < most ? first + (wg_date)days : WG_DATE_NONE;
}

static int read_dates(const wg_content *content, wg_headline *h, wg_error *error) {
  const wg_content_variable *const time = wg_content_find(content, "", "time");
  double *const days = calloc(h->rows + 1, sizeof *days);
  h->dates = calloc(h->rows + 1, sizeof *h->dates);
  if (!days || !h->dates) {
    free(days);
    return no_memory(error);
  }
  const bool known = time && time->rank == 1 && time->shape[0] == h->rows && time->is_number;
  const int code = known ? content->row_sums(content->self, time, days, error) : WG_OK;
  const wg_date first = known && !code ? first_day(time->unit) : WG_DATE_NONE;
  for (size_t i = 0; i < h->rows; i++)
    h->dates[i] = add_days(first, days[i]);
  free(days);
  return code;
}

static bool fits(const wg_content_variable *variable, size_t rows) {
  return variable && variable->is_number && variable->rank > 0 && variable->shape[0] == rows;
}

// Rows of the time axis, or of the first headline variable where there is none.
static size_t count_rows(const wg_content *content) {
  const wg_content_variable *variable = wg_content_find(content, "", "time");
  for (size_t i = 0; i < WG_HEADLINE_COUNT && (!variable || variable->rank == 0); i++)
    variable = wg_content_find(content, "", names[i]);
  if (!variable || variable->rank == 0 || variable->shape[0] > WG_CONTENT_ROWS_MAX)
    return 0;
  return (size_t)variable->shape[0];
}

int wg_headline_read(const wg_content *content, wg_headline *h, wg_error *error) {
  *h = (wg_headline){.rows = count_rows(content)};
  int code = read_dates(content, h, error);
  for (size_t i = 0; i < WG_HEADLINE_COUNT && code != WG_FAIL_RUN; i++) {
    const wg_content_variable *const variable = wg_content_find(content, "", names[i]);
    if (!fits(variable, h->rows))
      continue;
    h->sums[i] = calloc(h->rows + 1, sizeof *h->sums[i]);
    const int one = h->sums[i] ? content->row_sums(content->self, variable, h->sums[i], error) : no_memory(error);
    if (!one)
      continue;
    code = one;
    free(h->sums[i]);
    h->sums[i] = NULL;
  }
  return code;
}

void wg_headline_free(wg_headline *h) {
  for (size_t i = 0; i < WG_HEADLINE_COUNT; i++)
    free(h->sums[i]);
  free(h->dates);
  *h = (wg_headline){0};
}

double wg_headline_sum(const wg_headline *h, wg_headline_variable variable, size_t first, size_t last) {
  if (!h->sums[variable])
    return WG_NAN;
  double sum = 0.0;
  for (size_t i = first + 1; i <= last; i++)
    sum += h->sums[variable][i];
  return sum;
}
