// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/geography.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "schema/purpose.h"
#include "synthesis/apportion.h"

static const int64_t least_code = 100000000000, most_code = 999999999999, most_residents = 1000000000;
static const size_t most_rows = 65534; // places are numbered in 16 bits

void wg_geography_free(wg_geography *geography) {
  free(geography->subdistricts);
  free(geography->communities);
  *geography = (wg_geography){0};
}

// ---- reading ----

typedef struct columns {
  int code, name, kind, longitude, latitude;
} columns;

static int find_columns(const wg_input_table *table, columns *c, wg_error *error) {
  c->code = wg_input_table_column(table, "code", error);
  c->name = wg_input_table_column(table, "name", error);
  c->kind = wg_input_table_column(table, "kind", error);
  c->longitude = wg_input_table_column(table, "longitude_deg", error);
  c->latitude = wg_input_table_column(table, "latitude_deg", error);
  return c->code < 0 || c->name < 0 || c->kind < 0 || c->longitude < 0 || c->latitude < 0 ? WG_FAIL_CONFIG : WG_OK;
}

static int read_name(const wg_input_table *table, size_t row, int column, const char **name, wg_error *error) {
  *name = wg_input_table_text(table, row, column);
  if ((*name)[0] != '\0')
    return WG_OK;
  return wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: column \"%s\" is blank", table->path, table->lines[row],
                      table->names[column]);
}

static int read_point(const wg_input_table *table, size_t row, const columns *c, double *longitude, double *latitude,
                      bool *located, wg_error *error) {
  const bool no_longitude = wg_input_table_blank(table, row, c->longitude);
  const bool no_latitude = wg_input_table_blank(table, row, c->latitude);
  *located = !no_longitude && !no_latitude;
  if (no_longitude != no_latitude)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: longitude_deg and latitude_deg must both be given or both blank",
                        table->path, table->lines[row]);
  if (!*located)
    return WG_OK;
  const int east = wg_input_table_real(table, row, c->longitude, -180.0, 180.0, longitude, error);
  const int north = wg_input_table_real(table, row, c->latitude, -90.0, 90.0, latitude, error);
  return east || north ? WG_FAIL_CONFIG : WG_OK;
}

// Whether the kind is the second of the two allowed words.
static int read_kind(const wg_input_table *table, size_t row, int column, const char *first, const char *second,
                     bool *is_second, wg_error *error) {
  const char *text = wg_input_table_text(table, row, column);
  *is_second = strcmp(text, second) == 0;
  if (*is_second || strcmp(text, first) == 0)
    return WG_OK;
  return wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: column \"%s\": \"%s\" (allowed: %s, %s)", table->path,
                      table->lines[row], table->names[column], text, first, second);
}

static int by_code_of_subdistrict(const void *a, const void *b) {
  const int64_t left = ((const wg_subdistrict_plan *)a)->code, right = ((const wg_subdistrict_plan *)b)->code;
  return (left > right) - (left < right);
}

static int by_code_of_community(const void *a, const void *b) {
  const wg_community_plan *left = a, *right = b;
  if (left->subdistrict != right->subdistrict)
    return left->subdistrict < right->subdistrict ? -1 : 1;
  return (left->code > right->code) - (left->code < right->code);
}

static int read_subdistricts(const wg_input_table *table, wg_geography *g, wg_error *error) {
  columns c;
  if (find_columns(table, &c, error))
    return WG_FAIL_CONFIG;
  const int population = wg_input_table_column(table, "population_2010", error);
  if (population < 0)
    return WG_FAIL_CONFIG;
  if (table->rows > most_rows)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: %zu rows (allowed: up to %zu)", table->path, table->rows,
                        most_rows);
  g->subdistricts = calloc(table->rows + 1, sizeof *g->subdistricts);
  if (!g->subdistricts)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu subdistricts", table->rows);
  g->subdistrict_count = table->rows;
  int code = WG_OK;
  for (size_t row = 0; row < table->rows; row++) {
    wg_subdistrict_plan *s = g->subdistricts + row;
    code |= wg_input_table_int(table, row, c.code, least_code, most_code, &s->code, error);
    code |= read_name(table, row, c.name, &s->name, error);
    code |= read_kind(table, row, c.kind, "subdistrict", "town", &s->town, error);
    code |= read_point(table, row, &c, &s->longitude, &s->latitude, &s->located, error);
    s->counted = !wg_input_table_blank(table, row, population);
    if (s->counted)
      code |= wg_input_table_int(table, row, population, 0, most_residents, &s->residents, error);
  }
  if (code)
    return WG_FAIL_CONFIG;
  qsort(g->subdistricts, g->subdistrict_count, sizeof *g->subdistricts, by_code_of_subdistrict);
  for (size_t i = 1; i < g->subdistrict_count; i++)
    if (g->subdistricts[i].code == g->subdistricts[i - 1].code)
      code = wg_error_add(error, WG_FAIL_CONFIG, "%s: code %" PRId64 " stands twice", table->path,
                          g->subdistricts[i].code);
  return code;
}

static int64_t find_subdistrict(const wg_geography *g, int64_t code) {
  for (size_t i = 0; i < g->subdistrict_count; i++)
    if (g->subdistricts[i].code == code)
      return (int64_t)i;
  return -1;
}

static bool holds_any(const char *name, const wg_texts *words) {
  for (size_t i = 0; i < words->count; i++)
    if (words->items[i][0] != '\0' && strstr(name, words->items[i]))
      return true;
  return false;
}

static bool is_any(const char *name, const wg_texts *words) {
  for (size_t i = 0; i < words->count; i++)
    if (strcmp(name, words->items[i]) == 0)
      return true;
  return false;
}

// Only the name tells a campus or a compound; docs/synthesis.md states the rule.
static wg_community_kind judge_kind(const char *name, const char *subdistrict, bool village,
                                    const wg_synthesis_params *p) {
  if (village)
    return WG_VILLAGE;
  if (is_any(subdistrict, &p->campus_subdistricts))
    return WG_CAMPUS;
  const bool street = is_any(name, &p->not_compounds);
  if (holds_any(name, &p->campus_words) && !holds_any(name, &p->not_campus_words) && !street)
    return WG_CAMPUS;
  return holds_any(name, &p->compound_words) && !street ? WG_COMPOUND : WG_ORDINARY;
}

static int read_communities(const wg_input_table *table, const wg_synthesis_params *p, wg_geography *g,
                            wg_error *error) {
  columns c;
  if (find_columns(table, &c, error))
    return WG_FAIL_CONFIG;
  const int home = wg_input_table_column(table, "subdistrict_code", error);
  const int class = wg_input_table_column(table, "urban_rural_class", error);
  if (home < 0 || class < 0)
    return WG_FAIL_CONFIG;
  if (table->rows > most_rows)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: %zu rows (allowed: up to %zu)", table->path, table->rows,
                        most_rows);
  g->communities = calloc(table->rows + 1, sizeof *g->communities);
  if (!g->communities)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu communities", table->rows);
  g->community_count = table->rows;
  int code = WG_OK;
  for (size_t row = 0; row < table->rows; row++) {
    wg_community_plan *m = g->communities + row;
    int64_t home_code = 0, class_code = 0;
    bool village = false;
    int wrong = wg_input_table_int(table, row, c.code, least_code, most_code, &m->code, error);
    wrong |= wg_input_table_int(table, row, home, least_code, most_code, &home_code, error);
    wrong |= wg_input_table_int(table, row, class, 100, 299, &class_code, error);
    wrong |= read_name(table, row, c.name, &m->name, error);
    wrong |= read_kind(table, row, c.kind, "community", "village", &village, error);
    wrong |= read_point(table, row, &c, &m->longitude, &m->latitude, &m->located, error);
    const int64_t s = wrong ? 0 : find_subdistrict(g, home_code);
    if (s < 0)
      wrong =
          wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: subdistrict_code %" PRId64 " is not in the subdistricts' table",
                       table->path, table->lines[row], home_code);
    code |= wrong;
    if (wrong)
      continue;
    m->subdistrict = (uint32_t)s;
    m->urban_rural_class = (uint16_t)class_code;
    m->kind = (uint8_t)judge_kind(m->name, g->subdistricts[s].name, village, p);
  }
  if (code)
    return WG_FAIL_CONFIG;
  qsort(g->communities, g->community_count, sizeof *g->communities, by_code_of_community);
  for (size_t i = 0; i < g->community_count; i++) {
    wg_subdistrict_plan *s = g->subdistricts + g->communities[i].subdistrict;
    if (s->community_count++ == 0)
      s->first_community = i;
    for (size_t j = i + 1; j < g->community_count; j++)
      if (g->communities[i].code == g->communities[j].code)
        code = wg_error_add(error, WG_FAIL_CONFIG, "%s: code %" PRId64 " stands twice", table->path,
                            g->communities[i].code);
  }
  return code;
}

// The subdistricts' table tells how many communities and villages the other one must list.
static int check_counts(const wg_inputs *inputs, const wg_geography *g, wg_error *error) {
  const wg_input_table *table = &inputs->subdistricts;
  const int code_column = wg_input_table_column(table, "code", error);
  const int columns_of[2] = {wg_input_table_column(table, "communities_2016", error),
                             wg_input_table_column(table, "villages_2016", error)};
  if (code_column < 0 || columns_of[0] < 0 || columns_of[1] < 0)
    return WG_FAIL_CONFIG;
  int code = WG_OK;
  for (size_t row = 0; row < table->rows; row++) {
    int64_t own = 0, listed[2] = {0, 0}, stated[2];
    if (wg_input_table_int(table, row, code_column, least_code, most_code, &own, error))
      return WG_FAIL_CONFIG;
    const wg_subdistrict_plan *s = g->subdistricts + find_subdistrict(g, own);
    for (size_t i = 0; i < s->community_count; i++)
      listed[g->communities[s->first_community + i].kind == WG_VILLAGE]++;
    if (s->community_count == 0)
      code = wg_error_add(error, WG_FAIL_CONFIG, "%s: no community of subdistrict %" PRId64 " (%s)",
                          inputs->communities.path, own, s->name);
    for (int k = 0; k < 2; k++)
      if (wg_input_table_int(table, row, columns_of[k], 0, 100000, &stated[k], error))
        code = WG_FAIL_CONFIG;
      else if (stated[k] != listed[k])
        code = wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: %s of %s is %" PRId64 ", but %s lists %" PRId64, table->path,
                            table->lines[row], table->names[columns_of[k]], s->name, stated[k],
                            inputs->communities.path, listed[k]);
  }
  return code;
}

// ---- sizes ----

static double expected_size(const wg_community_plan *m, const wg_synthesis_params *p) {
  switch ((wg_community_kind)m->kind) {
  case WG_CAMPUS:
    return p->campus_size;
  case WG_VILLAGE:
    return p->village_size;
  case WG_ORDINARY:
  case WG_COMPOUND:
  case WG_COMMUNITY_KIND_COUNT:
    break;
  }
  return 1.0;
}

static bool is_rural(const wg_community_plan *m) {
  return m->urban_rural_class >= WG_RURAL_CLASS;
}

static double drawn_size(const wg_community_plan *m, const wg_synthesis_params *p, wg_luck luck) {
  wg_draw draw = wg_draw_open(luck, WG_PURPOSE_SYNTHESIS_GEOGRAPHY, 0, (uint64_t)m->code, 0);
  return expected_size(m, p) * (1.0 + p->community_spread * (2.0 * wg_draw_unit(&draw) - 1.0));
}

enum { URBAN = 1, RURAL = 2, BOTH = URBAN | RURAL };

static bool belongs(const wg_community_plan *m, unsigned part) {
  return (part & (is_rural(m) ? RURAL : URBAN)) != 0;
}

// Shares `residents` over those of the subdistrict's communities that belong to `part`.
static bool share_in_subdistrict(wg_geography *g, const wg_subdistrict_plan *s, unsigned part, int64_t residents,
                                 const wg_synthesis_params *p, wg_luck luck) {
  const size_t count = s->community_count;
  wg_community_plan *m = g->communities + s->first_community;
  double weights[count + 1];
  int64_t parts[count + 1];
  weights[0] = 0.0;
  for (size_t i = 0; i < count; i++)
    weights[i] = belongs(m + i, part) ? drawn_size(m + i, p, luck) : 0.0;
  if (!wg_apportion(residents, weights, count, parts))
    return false;
  for (size_t i = 0; i < count; i++)
    m[i].residents += parts[i];
  return true;
}

// Shares `residents` over the uncounted subdistricts by the expected size of their communities of one class, then
// over these.
static bool share_over_uncounted(wg_geography *g, unsigned part, int64_t residents, const wg_synthesis_params *p,
                                 wg_luck luck) {
  double weights[g->subdistrict_count];
  int64_t parts[g->subdistrict_count];
  for (size_t i = 0; i < g->subdistrict_count; i++) {
    const wg_subdistrict_plan *s = g->subdistricts + i;
    weights[i] = 0.0;
    for (size_t j = 0; j < s->community_count && !s->counted; j++) {
      const wg_community_plan *m = g->communities + s->first_community + j;
      weights[i] += belongs(m, part) ? expected_size(m, p) : 0.0;
    }
  }
  if (!wg_apportion(residents, weights, g->subdistrict_count, parts))
    return false;
  for (size_t i = 0; i < g->subdistrict_count; i++) {
    if (parts[i] == 0)
      continue;
    g->subdistricts[i].residents += parts[i];
    if (!share_in_subdistrict(g, g->subdistricts + i, part, parts[i], p, luck))
      return false;
  }
  return true;
}

static int set_sizes(const wg_inputs *inputs, const wg_synthesis_params *p, const wg_census_targets *t, wg_luck luck,
                     wg_geography *g, wg_error *error) {
  int64_t counted = 0, rural_counted = 0;
  bool rural_uncounted = false, any_uncounted = false;
  for (size_t i = 0; i < g->subdistrict_count; i++) {
    const wg_subdistrict_plan *s = g->subdistricts + i;
    any_uncounted |= !s->counted;
    if (!s->counted)
      continue;
    counted += s->residents;
    if (!share_in_subdistrict(g, s, BOTH, s->residents, p, luck))
      return wg_error_add(error, WG_FAIL_CONFIG, "%s: no community of %s can take its residents (all sizes are zero)",
                          inputs->communities.path, s->name);
  }
  for (size_t i = 0; i < g->community_count; i++) {
    const wg_community_plan *m = g->communities + i;
    if (!is_rural(m))
      continue;
    rural_counted += m->residents;
    rural_uncounted |= !g->subdistricts[m->subdistrict].counted;
  }
  const int64_t left = t->population - counted;
  if (left < 0 || (left > 0 && !any_uncounted))
    return wg_error_add(error, WG_FAIL_CONFIG,
                        "%s: column \"population_2010\" sums to %" PRId64 ", but the district has %" PRId64
                        " residents",
                        inputs->subdistricts.path, counted, t->population);
  // The census counts the rural classes as a whole. Where they lie in uncounted subdistricts, that is exact.
  int64_t rural = rural_uncounted ? t->rural - rural_counted : 0;
  if (rural < 0)
    rural = 0;
  if (rural > left || !share_over_uncounted(g, RURAL, rural, p, luck) ||
      !share_over_uncounted(g, URBAN, left - rural, p, luck))
    return wg_error_add(error, WG_FAIL_CONFIG,
                        "%s: the subdistricts without population_2010 cannot take the %" PRId64
                        " residents left, %" PRId64 " of them rural",
                        inputs->subdistricts.path, left, rural);
  return WG_OK;
}

// ---- places ----

typedef struct point {
  double longitude, latitude;
} point;

// Known points of subdistrict `i`: its office and its located communities. Returns their number.
static size_t known_points(const wg_geography *g, size_t i, point *points) {
  const wg_subdistrict_plan *s = g->subdistricts + i;
  size_t count = 0;
  if (s->located)
    points[count++] = (point){s->longitude, s->latitude};
  for (size_t j = 0; j < s->community_count; j++) {
    const wg_community_plan *m = g->communities + s->first_community + j;
    if (m->located)
      points[count++] = (point){m->longitude, m->latitude};
  }
  return count;
}

static point mean_point(const point *points, size_t count) {
  point sum = {0.0, 0.0};
  for (size_t i = 0; i < count; i++) {
    sum.longitude += points[i].longitude;
    sum.latitude += points[i].latitude;
  }
  return (point){sum.longitude / (double)count, sum.latitude / (double)count};
}

// Middle of the nearest subdistricts by code, before and after, that have points; codes run along the map.
static bool middle_of_neighbours(const wg_geography *g, size_t i, point *points, point *middle) {
  point found[2];
  size_t count = 0;
  for (size_t j = i; j-- > 0;) {
    const size_t known = known_points(g, j, points);
    if (known == 0)
      continue;
    found[count++] = mean_point(points, known);
    break;
  }
  for (size_t j = i + 1; j < g->subdistrict_count; j++) {
    const size_t known = known_points(g, j, points);
    if (known == 0)
      continue;
    found[count++] = mean_point(points, known);
    break;
  }
  if (count == 0)
    return false;
  *middle = mean_point(found, count);
  return true;
}

static int set_places(const wg_inputs *inputs, const wg_synthesis_params *p, wg_luck luck, wg_geography *g,
                      wg_error *error) {
  point *points = malloc((g->community_count + 1) * sizeof *points);
  if (!points)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu points", g->community_count);
  int code = WG_OK;
  for (size_t i = 0; i < g->subdistrict_count && !code; i++) {
    const wg_subdistrict_plan *s = g->subdistricts + i;
    size_t count = known_points(g, i, points);
    if (count == 0) {
      point middle;
      if (!middle_of_neighbours(g, i, points, &middle)) {
        code = wg_error_add(error, WG_FAIL_CONFIG, "%s: no community has coordinates", inputs->communities.path);
        break;
      }
      points[0] = middle;
      count = 1;
    }
    for (size_t j = 0; j < s->community_count; j++) {
      wg_community_plan *m = g->communities + s->first_community + j;
      if (m->located)
        continue;
      wg_draw draw = wg_draw_open(luck, WG_PURPOSE_SYNTHESIS_GEOGRAPHY, 0, (uint64_t)m->code, 1);
      const point near = points[wg_draw_below(&draw, (uint32_t)count)];
      const double radius = p->location_spread * wg_sqrt(wg_draw_unit(&draw));
      const double turn = wg_draw_unit(&draw); // of a full circle
      const double pi = 3.14159265358979323846;
      m->longitude = near.longitude + radius * wg_cos(2.0 * pi * turn);
      m->latitude = near.latitude + radius * wg_cos(2.0 * pi * (turn - 0.25));
    }
  }
  free(points);
  return code;
}

int wg_geography_create(const wg_inputs *inputs, const wg_synthesis_params *params, const wg_census_targets *targets,
                        wg_luck luck, wg_geography *geography, wg_error *error) {
  *geography = (wg_geography){0};
  int code = read_subdistricts(&inputs->subdistricts, geography, error);
  if (!code)
    code = read_communities(&inputs->communities, params, geography, error);
  if (!code)
    code = check_counts(inputs, geography, error);
  if (code || !targets)
    return code;
  code = set_sizes(inputs, params, targets, luck, geography, error);
  if (!code)
    code = set_places(inputs, params, luck, geography, error);
  return code;
}
