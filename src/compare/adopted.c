// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/adopted.h"

#include <stdlib.h>
#include <string.h>

#include "base/maths.h"

enum { POLICIES_MAX = 4096, COMMUNITIES_MAX = 1 << 16 };

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for where policies are in force");
}

// The place that a community belongs to: its statistical code begins with its subdistrict's nine digits. The number of places where it
// belongs to none.
static size_t place_of(const wg_result_axes *axes, int64_t community) {
  if (strcmp(axes->place, "district") == 0)
    return 0;
  const int64_t code = strcmp(axes->place, "community") == 0 ? community : community / 1000 * 1000;
  size_t place = 0;
  while (place < axes->place_count && axes->codes[place] != code)
    place++;
  return place;
}

static const wg_content_variable *find_adopted(const wg_run_view *view) {
  const wg_content_variable *const v = wg_content_find(view->content, "", "adopted");
  const wg_content_variable *const codes = wg_content_find(view->content, "", "community");
  const wg_content_variable *const names = wg_content_find(view->content, "", "policy");
  const size_t lead = view->lead;
  const bool fits = v && codes && names && v->is_number && v->rank == lead + 2 && codes->is_number &&
                    codes->rank == 1 && names->rank == 1 && v->shape[lead] == codes->shape[0] &&
                    v->shape[lead + 1] == names->shape[0] && codes->shape[0] <= COMMUNITIES_MAX &&
                    names->shape[0] <= POLICIES_MAX;
  return fits ? v : NULL;
}

static void mark(const wg_result_axes *axes, const double *days, const double *codes, size_t communities, size_t policy,
                 size_t count, double end, bool *adopted) {
  for (size_t c = 0; c < communities; c++) {
    if (!(days[c * count + policy] < end) || !(codes[c] > 0.0 && codes[c] < 1e15))
      continue;
    const size_t place = place_of(axes, (int64_t)codes[c]);
    if (place < axes->place_count)
      adopted[place] = true;
  }
}

// What the file has: its policies, and the days [community][policy].
static int read_days(const wg_run_view *view, const wg_content_variable *v, const char *const *policies,
                     size_t policy_count, double end, double *days, bool *adopted, wg_error *error) {
  const wg_content *const content = view->content;
  const size_t communities = (size_t)v->shape[view->lead], count = (size_t)v->shape[view->lead + 1];
  double *const codes = days + communities * count;
  wg_arena arena = {0};
  const char **const names = wg_content_texts(content, "", "policy", count, &arena, error);
  if (!names) {
    wg_arena_free(&arena);
    return error->code;
  }
  int code = view->lead ? content->numbers(content->self, v, view->lead, view->cell, 1, days, error)
                        : content->numbers(content->self, v, 1, 0, communities, days, error);
  if (!code)
    code = content->numbers(content->self, wg_content_find(content, "", "community"), 1, 0, communities, codes, error);
  for (size_t p = 0; p < policy_count && !code; p++)
    for (size_t k = 0; k < count; k++)
      if (strcmp(names[k], policies[p]) == 0)
        mark(view->axes, days, codes, communities, k, count, end, adopted + p * view->axes->place_count);
  wg_arena_free(&arena);
  return code;
}

int wg_adopted_read(const wg_run_view *view, const char *const *policies, size_t policy_count, wg_date end,
                    bool *adopted, wg_error *error) {
  const wg_content_variable *const v = find_adopted(view);
  if (!v)
    return WG_OK;
  static const char head[] = "days since ";
  char text[11] = "";
  wg_date first = WG_DATE_NONE;
  if (strncmp(v->unit, head, sizeof head - 1) == 0)
    strncat(text, v->unit + sizeof head - 1, 10);
  if (!wg_date_parse(text, &first))
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: variable `adopted` is not in days since a date", view->name);
  const size_t communities = (size_t)v->shape[view->lead], count = (size_t)v->shape[view->lead + 1];
  double *const days = calloc(communities * count + communities + 1, sizeof *days);
  if (!days)
    return no_memory(error);
  const int code = read_days(view, v, policies, policy_count, (double)end - (double)first, days, adopted, error);
  free(days);
  return code;
}
