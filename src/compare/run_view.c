// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/run_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/maths.h"

enum { ENTRIES_MAX = 1 << 16 }; // of an axis

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the results");
}

// ---- axes ----

// A list of numbers or texts that stands along its own axis.
static const wg_content_variable *find_axis(const wg_content *content, const char *name) {
  const wg_content_variable *const axis = wg_content_find(content, "", name);
  return axis && axis->rank == 1 && axis->shape[0] >= 1 && axis->shape[0] <= ENTRIES_MAX ? axis : NULL;
}

static double *read_axis(const wg_content *content, const wg_content_variable *axis, wg_arena *arena, wg_error *error) {
  const size_t count = (size_t)axis->shape[0];
  double *const values = wg_arena_alloc(arena, count, sizeof *values);
  if (!values)
    no_memory(error);
  else if (content->numbers(content->self, axis, 1, 0, count, values, error))
    return NULL;
  return values;
}

const char **wg_content_texts(const wg_content *content, const char *group, const char *name, size_t count,
                              wg_arena *arena, wg_error *error) {
  const wg_content_variable *const list = wg_content_find(content, group, name);
  const char **const texts = wg_arena_alloc(arena, count + 1, sizeof *texts);
  if (!texts) {
    no_memory(error);
    return NULL;
  }
  for (size_t i = 0; i < count; i++)
    texts[i] = "";
  if (!list || !list->is_text || list->rank != 1 || list->shape[0] != count)
    return texts;
  return content->texts(content->self, list, count, texts, error) ? NULL : texts;
}

static int read_dates(const wg_content *content, const char *name, wg_arena *arena, wg_result_axes *axes,
                      wg_error *error) {
  static const char head[] = "days since ";
  const double most = 200000.0;
  const wg_content_variable *const time = find_axis(content, "time");
  char text[11] = "";
  wg_date first = WG_DATE_NONE;
  if (time && strncmp(time->unit, head, sizeof head - 1) == 0)
    strncat(text, time->unit + sizeof head - 1, 10);
  if (!time || !time->is_number || !wg_date_parse(text, &first))
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: has no axis `time` in days (allowed: results of wangge)", name);
  const double *const days = read_axis(content, time, arena, error);
  axes->rows = (size_t)time->shape[0];
  axes->dates = wg_arena_alloc(arena, axes->rows, sizeof *axes->dates);
  if (!days || !axes->dates)
    return error->code ? error->code : no_memory(error);
  for (size_t i = 0; i < axes->rows; i++) {
    if (!(days[i] > -most && days[i] < most) || (i && !(days[i] > days[i - 1])))
      return wg_error_add(error, WG_FAIL_CONFIG, "%s: its axis `time` is not in order", name);
    axes->dates[i] = first + (wg_date)days[i];
  }
  return WG_OK;
}

static int read_places(const wg_content *content, const char *name, wg_arena *arena, wg_result_axes *axes,
                       wg_error *error) {
  static const char *const kinds[] = {"subdistrict", "district", "community"};
  static const char *const labels[] = {"subdistrict_name", "district_name", "community_name"};
  const wg_content_variable *const due = wg_content_find(content, "", "due");
  // The axis after time of what is counted by place: the others may be there for other reasons.
  for (size_t k = 0; due && k < 3 && !axes->place; k++)
    for (size_t i = 1; i < due->rank && i < WG_CONTENT_RANK_MAX && !axes->place; i++) {
      if (strcmp(due->dimensions[i - 1], "time") != 0 || strcmp(due->dimensions[i], kinds[k]) != 0)
        continue;
      const wg_content_variable *const axis = find_axis(content, kinds[k]);
      if (!axis || !axis->is_number || axis->shape[0] != due->shape[i])
        continue;
      axes->place = kinds[k];
      axes->place_count = (size_t)axis->shape[0];
      const double *const codes = read_axis(content, axis, arena, error);
      axes->codes = wg_arena_alloc(arena, axes->place_count, sizeof *axes->codes);
      axes->place_names = wg_content_texts(content, "", labels[k], axes->place_count, arena, error);
      if (!codes || !axes->codes || !axes->place_names)
        return error->code ? error->code : no_memory(error);
      for (size_t p = 0; p < axes->place_count; p++)
        axes->codes[p] = codes[p] >= 0.0 && codes[p] < 1e15 ? (int64_t)codes[p] : 0;
    }
  if (!axes->place)
    return wg_error_add(error, WG_FAIL_CONFIG,
                        "%s: has no variable `due` over time and places (allowed: results of wangge)", name);
  return WG_OK;
}

static int read_names(const wg_content *content, const char *axis_name, const char *label_name, wg_arena *arena,
                      size_t *count, const char ***codes, const char ***names, wg_error *error) {
  const wg_content_variable *const axis = find_axis(content, axis_name);
  *count = axis ? (size_t)axis->shape[0] : 0;
  *codes = wg_content_texts(content, "", axis_name, *count, arena, error);
  *names = *codes ? wg_content_texts(content, "", label_name, *count, arena, error) : NULL;
  return *names ? WG_OK : error->code;
}

int wg_result_axes_read(const wg_content *content, const char *name, wg_arena *arena, wg_result_axes *axes,
                        wg_error *error) {
  *axes = (wg_result_axes){0};
  int code = read_dates(content, name, arena, axes, error);
  if (!code)
    code = read_places(content, name, arena, axes, error);
  if (!code)
    code = read_names(content, "service", "service_name", arena, &axes->service_count, &axes->services,
                      &axes->service_names, error);
  if (!code)
    code =
        read_names(content, "group", "group_name", arena, &axes->group_count, &axes->groups, &axes->group_names, error);
  const wg_content_variable *const delay = find_axis(content, "delay_bin");
  if (!code && delay && delay->is_number) {
    axes->delay_count = (size_t)delay->shape[0];
    axes->delays = read_axis(content, delay, arena, error);
    code = axes->delays ? WG_OK : error->code;
  }
  return code;
}

int wg_result_axes_keep(wg_result_axes *axes, wg_arena *arena, wg_error *error) {
  const struct {
    const char **texts;
    size_t count;
  } lists[] = {{axes->place_names, axes->place_count},
               {axes->services, axes->service_count},
               {axes->service_names, axes->service_count},
               {axes->groups, axes->group_count},
               {axes->group_names, axes->group_count}};
  for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
    for (size_t i = 0; i < lists[k].count; i++) {
      lists[k].texts[i] = wg_arena_text(arena, lists[k].texts[i], strlen(lists[k].texts[i]));
      if (!lists[k].texts[i])
        return no_memory(error);
    }
  return WG_OK;
}

static bool same_texts(const char **a, const char **b, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(a[i], b[i]) != 0)
      return false;
  return true;
}

const char *wg_result_axes_differ(const wg_result_axes *a, const wg_result_axes *b) {
  if (a->rows != b->rows || memcmp(a->dates, b->dates, a->rows * sizeof *a->dates) != 0)
    return "time";
  if (strcmp(a->place, b->place) != 0 || a->place_count != b->place_count ||
      memcmp(a->codes, b->codes, a->place_count * sizeof *a->codes) != 0)
    return a->place;
  if (a->service_count != b->service_count || !same_texts(a->services, b->services, a->service_count))
    return "service";
  if (a->group_count != b->group_count || !same_texts(a->groups, b->groups, a->group_count))
    return "group";
  if (a->delay_count != b->delay_count)
    return "delay_bin";
  return NULL;
}

// ---- variables ----

static bool is_over_time(const wg_content_variable *v, size_t lead, size_t rows) {
  return v->is_number && v->rank > lead && v->rank <= WG_CONTENT_RANK_MAX && v->shape[lead] == rows &&
         strcmp(v->dimensions[lead], "time") == 0;
}

const wg_view_variable *wg_run_view_variable(wg_run_view *view, const char *name, wg_error *error) {
  for (size_t i = 0; i < view->variable_count; i++)
    if (strcmp(view->variables[i].row->name, name) == 0)
      return view->variables + i;
  const wg_content *const content = view->content;
  const wg_content_variable *const row = wg_content_find(content, "", name);
  if (!row || !is_over_time(row, view->lead, view->axes->rows))
    return NULL;
  const uint64_t most = UINT64_C(1) << 28;
  uint64_t block = 1;
  for (size_t i = view->lead + 1; i < row->rank; i++)
    if (__builtin_mul_overflow(block, row->shape[i], &block) || block > most)
      block = most + 1;
  if (block == 0 || block > most / view->axes->rows) {
    wg_error_add(error, WG_FAIL_CONFIG, "%s: variable `%s` is empty or too large to be compared", view->name, name);
    return NULL;
  }
  if (view->variable_count == WG_VIEW_VARIABLES_MAX)
    wg_run_view_free(view);
  wg_view_variable *const v = view->variables + view->variable_count;
  *v = (wg_view_variable){row, view->lead, (size_t)block, NULL};
  v->values = calloc(view->axes->rows * v->block, sizeof *v->values);
  if (!v->values) {
    no_memory(error);
    return NULL;
  }
  const int code = view->lead ? content->numbers(content->self, row, view->lead, view->cell, 1, v->values, error)
                              : content->numbers(content->self, row, 1, 0, view->axes->rows, v->values, error);
  if (code) {
    free(v->values);
    return NULL;
  }
  view->variable_count++;
  return v;
}

void wg_run_view_free(wg_run_view *view) {
  for (size_t i = 0; i < view->variable_count; i++)
    free(view->variables[i].values);
  view->variable_count = 0;
}
