// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/outcome_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/maths.h"

// How the elements of a month go into a table: to which cell each, and how often it counts.
typedef struct mapping {
  size_t *cell;
  double *times;
  size_t block;
} mapping;

enum { NOWHERE = -1 };
static const size_t nowhere = (size_t)NOWHERE;

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for an outcome");
}

static const char *axis_name(const wg_result_axes *axes, wg_outcome_axis axis) {
  return axis == WG_OUTCOME_PLACES ? axes->place : axis == WG_OUTCOME_SERVICES ? "service" : "group";
}

size_t wg_outcome_axis_length(const wg_result_axes *axes, wg_outcome_axis axis) {
  return axis == WG_OUTCOME_PLACES     ? axes->place_count
         : axis == WG_OUTCOME_SERVICES ? axes->service_count
                                       : axes->group_count;
}

wg_outcome_axis wg_outcome_own_axis(const wg_outcome *outcome) {
  return outcome->along && outcome->along[0] ? WG_OUTCOME_SERVICES : WG_OUTCOME_PLACES;
}

static void unmap(mapping *map) {
  free(map->cell);
  free(map->times);
  *map = (mapping){0};
}

// ---- mapping ----

// Days that a case of the bin took on average, if all days of it are alike; the last bin is open.
static double bin_days(const wg_result_axes *axes, size_t bin) {
  return bin + 1 < axes->delay_count ? (axes->delays[bin] + axes->delays[bin + 1] - 1.0) / 2.0 : axes->delays[bin];
}

typedef struct wanted {
  wg_outcome_axis axis;
  const char *service; // NULL: all
  size_t bins;         // of a histogram that is kept; 1: summed
  bool in_days;        // a histogram turns into days
} wanted;

static bool has_axis(const wg_view_variable *v, const char *name, size_t length) {
  for (size_t i = v->lead + 1; i < v->row->rank; i++)
    if (strcmp(v->row->dimensions[i], name) == 0)
      return v->row->shape[i] == length;
  return false;
}

// Takes index `i` along the dimension `name` into account. Returns false where the element does not count.
static bool place_element(const wg_result_axes *axes, const wanted *w, const char *name, size_t i, size_t *entry,
                          size_t *bin, double *times) {
  if (strcmp(name, axis_name(axes, w->axis)) == 0)
    *entry = i;
  if (w->service && strcmp(name, "service") == 0 &&
      (i >= axes->service_count || strcmp(axes->services[i], w->service) != 0))
    return false;
  if (strcmp(name, "delay_bin") == 0 && i < axes->delay_count) {
    *bin = w->bins > 1 ? i : 0;
    *times = w->in_days ? bin_days(axes, i) : 1.0;
  }
  return true;
}

// Leaves `map` empty where the variable does not have the axes.
static int make_map(const wg_result_axes *axes, const wg_view_variable *v, const wanted *w, mapping *map,
                    wg_error *error) {
  *map = (mapping){0};
  const bool needs_delays = w->bins > 1 || w->in_days;
  if (!has_axis(v, axis_name(axes, w->axis), wg_outcome_axis_length(axes, w->axis)) ||
      (w->service && !has_axis(v, "service", axes->service_count)) ||
      (needs_delays && !has_axis(v, "delay_bin", axes->delay_count)))
    return WG_OK;
  map->block = v->block;
  map->cell = calloc(v->block, sizeof *map->cell);
  map->times = calloc(v->block, sizeof *map->times);
  if (!map->cell || !map->times) {
    unmap(map);
    return no_memory(error);
  }
  for (size_t e = 0; e < v->block; e++) {
    size_t entry = 0, bin = 0, rest = e;
    bool counts = true;
    map->times[e] = 1.0;
    for (size_t d = v->row->rank; counts && d-- > v->lead + 1;) {
      const size_t length = (size_t)v->row->shape[d];
      counts = place_element(axes, w, v->row->dimensions[d], rest % length, &entry, &bin, &map->times[e]);
      rest /= length;
    }
    map->cell[e] = counts ? entry * w->bins + bin : nowhere;
  }
  return WG_OK;
}

// ---- reading ----

// Adds the variable to sums[rows][cells]; with `counts`, of the same shape, elements that are NaN are left out and the others counted.
// `*told` becomes false where there is no such variable with these axes.
static int add_variable(wg_run_view *view, const char *name, const wanted *w, double *sums, double *counts, bool *told,
                        wg_error *error) {
  const wg_view_variable *const v = wg_run_view_variable(view, name, error);
  mapping map = {0};
  if (!v) {
    *told = false;
    return error->code;
  }
  const int code = make_map(view->axes, v, w, &map, error);
  if (code || !map.cell) {
    *told = false;
    return code;
  }
  const size_t cells = wg_outcome_axis_length(view->axes, w->axis) * w->bins;
  for (size_t t = 0; t < view->axes->rows; t++)
    for (size_t e = 0; e < map.block; e++) {
      const double x = v->values[t * map.block + e];
      if (map.cell[e] == nowhere || (counts && !wg_is_finite(x)))
        continue;
      sums[t * cells + map.cell[e]] += x * map.times[e];
      if (counts)
        counts[t * cells + map.cell[e]] += 1.0;
    }
  unmap(&map);
  return WG_OK;
}

static int add_terms(wg_run_view *view, const char *const *names, const wanted *w, double *sums, bool *told,
                     wg_error *error) {
  int code = WG_OK;
  for (size_t i = 0; i < WG_OUTCOME_TERMS_MAX && names[i] && !code && *told; i++) {
    char by_group[128];
    snprintf(by_group, sizeof by_group, "%s%s", names[i], w->axis == WG_OUTCOME_GROUPS ? "_by_group" : "");
    code = add_variable(view, by_group, w, sums, NULL, told, error);
  }
  return code;
}

// Means of a state become sums, and how often they count.
static int weigh(wg_run_view *view, const wg_outcome *outcome, const wanted *w, wg_outcome_table *table, bool *told,
                 wg_error *error) {
  const size_t cells = table->rows * table->entries;
  double *const counts = calloc(cells, sizeof *counts);
  if (!counts)
    return no_memory(error);
  int code = add_variable(view, outcome->over[0], w, table->over, counts, told, error);
  if (!code && *told)
    code = add_variable(view, outcome->weight, w, table->under, NULL, told, error);
  for (size_t i = 0; i < cells; i++) {
    const bool is_told = counts[i] > 0.0;
    table->under[i] = is_told ? table->under[i] : 0.0;
    table->over[i] = is_told ? table->over[i] / counts[i] * table->under[i] : 0.0;
  }
  free(counts);
  return code;
}

static bool can_be_told(const wg_outcome *outcome, wg_outcome_axis axis) {
  if (outcome->along && axis != wg_outcome_own_axis(outcome))
    return false;
  return axis != WG_OUTCOME_GROUPS || !outcome->service;
}

int wg_outcome_table_read(wg_run_view *view, const wg_outcome *outcome, wg_outcome_axis axis, wg_outcome_table *table,
                          wg_error *error) {
  const bool is_median = outcome->form == WG_OUTCOME_MEDIAN;
  const size_t bins = is_median ? view->axes->delay_count : 1;
  *table = (wg_outcome_table){.rows = view->axes->rows,
                              .entries = wg_outcome_axis_length(view->axes, axis),
                              .bins = bins,
                              .delays = view->axes->delays};
  bool told = can_be_told(outcome, axis) && table->entries > 0 && bins > 0 &&
              (!outcome->is_delay || view->axes->delay_count > 0);
  if (!told)
    return WG_OK;
  const size_t cells = table->rows * table->entries;
  const bool divides = outcome->under[0] || outcome->weight;
  table->over = calloc(cells * bins, sizeof *table->over);
  table->under = divides ? calloc(cells, sizeof *table->under) : NULL;
  if (!table->over || (divides && !table->under))
    return no_memory(error);
  const wanted over = {axis, outcome->service, bins, outcome->is_delay && !is_median};
  const wanted under = {axis, outcome->service, 1, false};
  int code = WG_OK;
  if (outcome->weight) {
    code = weigh(view, outcome, &under, table, &told, error);
  } else {
    code = add_terms(view, outcome->over, &over, table->over, &told, error);
    if (!code && told)
      code = add_terms(view, outcome->under, &under, table->under, &told, error);
  }
  if (!code && told)
    table->outcome = outcome;
  return code;
}

void wg_outcome_table_free(wg_outcome_table *table) {
  free(table->over);
  free(table->under);
  *table = (wg_outcome_table){0};
}

// ---- values ----

// As if the cases of a bin were spread evenly over its days.
static double median(const double *histogram, size_t bins, const double *days) {
  double all = 0.0, before = 0.0;
  for (size_t i = 0; i < bins; i++)
    all += histogram[i];
  if (!(all > 0.0))
    return WG_NAN;
  for (size_t i = 0; i < bins; i++) {
    const double width = i + 1 < bins ? days[i + 1] - days[i] : 0.0;
    if (histogram[i] > 0.0 && before + histogram[i] >= all / 2.0)
      return days[i] + width * (all / 2.0 - before) / histogram[i];
    before += histogram[i];
  }
  return WG_NAN;
}

double wg_outcome_value(const wg_outcome_table *table, size_t first, size_t last, const bool *part) {
  enum { BINS_MAX = 1024 };
  const wg_outcome *const o = table->outcome;
  if (!o || last >= table->rows || first >= last || table->bins > BINS_MAX)
    return WG_NAN;
  double over[BINS_MAX] = {0.0}, under = 0.0;
  for (size_t t = o->form == WG_OUTCOME_END ? last : first + 1; t <= last; t++)
    for (size_t e = 0; e < table->entries; e++) {
      if (part && !part[e])
        continue;
      for (size_t b = 0; b < table->bins; b++)
        over[b] += table->over[(t * table->entries + e) * table->bins + b];
      under += table->under ? table->under[t * table->entries + e] : 0.0;
    }
  if (o->form == WG_OUTCOME_MEDIAN)
    return o->scale * median(over, table->bins, table->delays);
  if (!table->under)
    return o->scale * over[0];
  return under > 0.0 ? o->scale * over[0] / under : WG_NAN;
}
