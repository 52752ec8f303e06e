// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/summary.h"

#include <string.h>

#include "engine/axes.h"
#include "report/table.h"

enum { MONTHS = 12, NAME = 22, CELL = 14 };

typedef struct view {
  const wg_world *world;
  const wg_record *record;
  size_t first, last; // rows of the record that are summed
  bool chinese;
  FILE *stream;
} view;

static size_t find(const wg_record *record, const char *name) {
  size_t o = 0;
  while (o < record->output_count && strcmp(record->outputs[o]->name, name) != 0)
    o++;
  return o;
}

static int64_t element(const wg_record *record, size_t output, size_t time, size_t place, size_t i) {
  const size_t at = wg_record_at(record, output, time, place) + i;
  return record->outputs[output]->type == WG_I32 ? ((const int32_t *)record->data[output])[at]
                                                 : ((const int64_t *)record->data[output])[at];
}

// Sum of a variable over the view's months and the entries [first, last) of its trailing block.
static int64_t sum_flow(const view *v, const char *name, size_t place_first, size_t place_last, size_t first,
                        size_t last) {
  const size_t output = find(v->record, name);
  int64_t sum = 0;
  for (size_t t = v->first; t < v->last; t++)
    for (size_t p = place_first; p < place_last; p++)
      for (size_t i = first; i < last; i++)
        sum += element(v->record, output, t, p, i);
  return sum;
}

static int64_t stock(const view *v, const char *name, size_t time, size_t place_first, size_t place_last) {
  view at = *v;
  at.first = time;
  at.last = time + 1;
  return sum_flow(&at, name, place_first, place_last, 0, v->record->block[find(v->record, name)]);
}

static void heads(const view *v, const char *const *english, const char *const *chinese, size_t count) {
  for (size_t i = 0; i < count; i++)
    wg_cell_print(v->stream, v->chinese ? chinese[i] : english[i], i ? -CELL : NAME);
  fputc('\n', v->stream);
}

static void print_count(const view *v, int64_t count) {
  char text[32];
  wg_cell_print(v->stream, wg_count_print(count, text), -CELL);
}

static void print_share(const view *v, int64_t part, int64_t whole) {
  char text[32] = "–";
  if (whole)
    snprintf(text, sizeof text, "%.1f %%", 100.0 * (double)part / (double)whole);
  wg_cell_print(v->stream, text, -CELL);
}

static void print_service(const view *v, const char *name, size_t first, size_t last) {
  const size_t places = v->record->place_count;
  wg_cell_print(v->stream, name, NAME);
  print_count(v, sum_flow(v, "needs_arisen", 0, places, first, last));
  print_count(v, sum_flow(v, "cases_filed", 0, places, first, last));
  print_share(v, sum_flow(v, "met_due", 0, places, first, last), sum_flow(v, "due", 0, places, first, last));
  print_share(v, sum_flow(v, "filed_met_due", 0, places, first, last),
              sum_flow(v, "filed_due", 0, places, first, last));
  print_share(v, sum_flow(v, "closed_on_legal_time", 0, places, first, last),
              sum_flow(v, "closed", 0, places, first, last));
  fputc('\n', v->stream);
}

static void print_services(const view *v) {
  static const char *const english[] = {"service", "needs", "cases filed", "coverage", "as officials", "closed in law"};
  static const char *const chinese[] = {"服务事项", "需求(件)", "立案(件)", "覆盖率", "可见覆盖率", "按期结案率"};
  const size_t count = v->world->catalogue.service_count;
  heads(v, english, chinese, sizeof english / sizeof *english);
  for (size_t i = 0; i < count; i++)
    print_service(v, wg_axis_label(v->world, WG_AXIS_SERVICE, i), i, i + 1);
  print_service(v, v->chinese ? "全部" : "all", 0, count);
}

// Of continuing services: who is enrolled, who waits, and what share of the days of need is served.
static void print_care(const view *v) {
  static const char *const english[] = {"continuing service", "enrolled", "on the list", "days of need", "served"};
  static const char *const chinese[] = {"持续服务", "在册(人)", "轮候(人)", "需要(人日)", "已服务占比"};
  const size_t places = v->record->place_count;
  bool any = false;
  for (size_t i = 0; i < v->world->catalogue.service_count; i++) {
    if (v->world->catalogue.services[i].params->course != WG_COURSE_CONTINUING)
      continue;
    if (!any)
      heads(v, english, chinese, sizeof english / sizeof *english);
    any = true;
    view end = *v;
    end.first = v->last - 1;
    const int64_t needed = sum_flow(v, "care_days_needed", 0, places, i, i + 1);
    wg_cell_print(v->stream, wg_axis_label(v->world, WG_AXIS_SERVICE, i), NAME);
    print_count(v, sum_flow(&end, "enrolled", 0, places, i, i + 1));
    print_count(v, sum_flow(&end, "waiting_list", 0, places, i, i + 1));
    print_count(v, needed);
    print_share(v, sum_flow(v, "care_days_served", 0, places, i, i + 1), needed);
    fputc('\n', v->stream);
  }
  if (any)
    fputc('\n', v->stream);
}

static void print_desks(const view *v) {
  static const char *const english[] = {"desk", "persons", "hours", "handling", "looking", "care", "waiting"};
  static const char *const chinese[] = {"服务力量", "人员(人)", "工时(小时)", "办理占比",
                                        "巡查占比", "照护占比", "积压(件)"};
  const size_t places = v->record->place_count, staff = find(v->record, "staff");
  heads(v, english, chinese, sizeof english / sizeof *english);
  for (size_t k = 0; k < v->world->catalogue.desk_kind_count; k++) {
    const int64_t available = sum_flow(v, "person_minutes_available", 0, places, k, k + 1);
    const int64_t looking = sum_flow(v, "person_minutes_looking", 0, places, k, k + 1);
    const int64_t used = sum_flow(v, "person_minutes_used", 0, places, k, k + 1);
    const int64_t care = sum_flow(v, "person_minutes_care", 0, places, k, k + 1);
    double persons = 0.0;
    int64_t waiting = 0;
    for (size_t p = 0; p < places; p++) {
      persons += ((const double *)v->record->data[staff])[((v->last - 1) * places + p) * v->record->block[staff] + k];
      waiting += element(v->record, find(v->record, "backlog"), v->last - 1, p, k);
    }
    wg_cell_print(v->stream, wg_axis_label(v->world, WG_AXIS_DESK_KIND, k), NAME);
    print_count(v, (int64_t)(persons + 0.5));
    print_count(v, available / 60);
    print_share(v, used - looking - care, available);
    print_share(v, looking, available);
    print_share(v, care, available);
    print_count(v, waiting);
    fputc('\n', v->stream);
  }
}

static const char *place_name(const view *v, size_t place) {
  const wg_place p = v->record->places[place];
  const wg_subdistrict *s = v->world->subdistricts + p.first;
  return p.last - p.first != 1 ? v->world->district_name : p.community >= 0 ? s->community_names[p.community] : s->name;
}

static void print_place(const view *v, const char *name, size_t first, size_t last) {
  const size_t services = v->world->catalogue.service_count;
  wg_cell_print(v->stream, name, NAME);
  print_count(v, stock(v, "residents", 0, first, last));
  print_count(v, stock(v, "residents", v->last - 1, first, last));
  print_count(v, sum_flow(v, "needs_arisen", first, last, 0, services));
  print_share(v, sum_flow(v, "met_due", first, last, 0, services), sum_flow(v, "due", first, last, 0, services));
  print_count(v, stock(v, "open_needs", v->last - 1, first, last));
  fputc('\n', v->stream);
}

static void print_places(const view *v) {
  static const char *const english[] = {"place", "residents then", "residents now", "needs", "coverage", "open needs"};
  static const char *const chinese[] = {"街镇", "期初人口(人)", "期末人口(人)", "需求(件)", "覆盖率", "未了(件)"};
  heads(v, english, chinese, sizeof english / sizeof *english);
  for (size_t p = 0; p < v->record->place_count; p++)
    print_place(v, place_name(v, p), p, p + 1);
  if (v->record->place_count > 1)
    print_place(v, v->chinese ? "全部" : "all", 0, v->record->place_count);
}

static void print_headline(const view *v) {
  const size_t places = v->record->place_count;
  const size_t services = v->world->catalogue.service_count;
  const int64_t cost = sum_flow(v, "cost_fen", 0, places, 0, 1);
  const int64_t met = sum_flow(v, "met_on_time", 0, places, 0, services);
  char from[11], to[11];
  wg_date_print(v->world->run->start + (wg_date)v->record->time[v->first - 1], from);
  wg_date_print(v->world->run->start + (wg_date)v->record->time[v->last - 1], to);
  if (v->chinese)
    fprintf(v->stream, "以下为 %s 至 %s 的结果。参数多为假设(evidence 属性列出各项等级),结果以其为前提。\n", from, to);
  else
    fprintf(v->stream,
            "Results from %s to %s. Many parameters are assumptions (the file's `evidence` attribute grades each); the "
            "results are conditional on them.\n",
            from, to);
  const int64_t rated = sum_flow(v, "rated", 0, places, 0, services);
  if (rated)
    fprintf(v->stream, v->chinese ? "回访满意率 %.1f %%。\n" : "Satisfied, of those asked about their case: %.1f %%.\n",
            100.0 * (double)sum_flow(v, "satisfied", 0, places, 0, services) / (double)rated);
  if (met)
    fprintf(v->stream, v->chinese ? "人员经费每满足一项需求 %.1f 元。\n" : "Wages per need met on time: %.1f yuan.\n",
            (double)cost / 100.0 / (double)met);
}

void wg_summary_print(const wg_world *world, const wg_engine *engine, bool chinese, FILE *stream) {
  const wg_record *record = wg_engine_record(engine);
  const size_t last = record->time_count;
  const view v = {.world = world,
                  .record = record,
                  .first = last > MONTHS + 1 ? last - MONTHS : 1,
                  .last = last,
                  .chinese = chinese,
                  .stream = stream};
  print_headline(&v);
  fputc('\n', stream);
  print_services(&v);
  fputc('\n', stream);
  print_care(&v);
  print_desks(&v);
  fputc('\n', stream);
  if (record->place_count <= 64)
    print_places(&v);
}
