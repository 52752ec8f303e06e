// SPDX-License-Identifier: GPL-3.0-or-later
// The event log of the subdistricts that keep one.
#include <stdlib.h>

#include "engine/emit.h"
#include "engine/emit_table.h"
#include "engine/flags.h"

#define EVENT_FILL(name, ctype, expression)                                                                            \
  static void event_##name(const wg_world *world, const wg_subdistrict *s, uint32_t row, void *element) {              \
    const wg_event *e = wg_events(s) + row;                                                                            \
    (void)world, (void)e;                                                                                              \
    *(ctype *)element = (ctype)(expression);                                                                           \
  }
EVENT_FILL(need, uint64_t, e->need)
EVENT_FILL(day, int32_t, e->day - world->run->start)
EVENT_FILL(activity, int8_t, e->kind)
EVENT_FILL(service, int8_t, e->service)
EVENT_FILL(desk_kind, int8_t, e->desk == WG_NO_DESK ? -1 : wg_desks(s)[e->desk].kind)
EVENT_FILL(subdistrict, int64_t, s->code)
EVENT_FILL(community, int64_t, wg_communities(s)[wg_grids(s)[e->grid].community].code)
EVENT_FILL(grid, int16_t, wg_grids(s)[e->grid].number)

// A run for every day of every subdistrict: by day, then in the order of codes. `next` is how far each has come.
static void add_runs(const wg_world *world, uint32_t *next, wg_emit_table *table) {
  for (wg_date day = world->run->start; day < world->run->end; day++)
    for (uint32_t i = 0; i < world->subdistrict_count; i++) {
      const wg_subdistrict *s = world->subdistricts + i;
      const uint32_t first = next[i];
      while (next[i] < wg_events_count(s) && wg_events(s)[next[i]].day == day)
        next[i]++;
      wg_emit_table_add(table, s, first, next[i] - first);
    }
}

static int order(const wg_world *world, wg_emit_table *table, wg_error *error) {
  size_t logs = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    logs += wg_events_count(world->subdistricts + i) > 0;
  const int code = wg_emit_table_create(world, logs * (size_t)(world->run->end - world->run->start), table, error);
  if (code || !logs)
    return code;
  uint32_t *next = calloc(world->subdistrict_count, sizeof *next);
  if (!next)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the event logs");
  add_runs(world, next, table);
  free(next);
  return WG_OK;
}

#define FLAGS(flags) (flags)->attributes, (flags)->attribute_count
static int put(const wg_world *world, const wg_emit_table *table, const wg_flags *activity, const wg_flags *service,
               const wg_flags *desk_kind, const wg_sink *sink, wg_error *error) {
  char unit[WG_EMIT_NAME];
  wg_emit_time_unit(world, unit);
  const wg_emit_column columns[] = {
      {"need", NULL, "Identity of the need", "需求", WG_U64, event_need, NULL, 0},
      {"day", unit, "Day of the transition", "日期", WG_I32, event_day, wg_emit_date_attributes, 1},
      {"activity", NULL, "What happened", "环节", WG_I8, event_activity, FLAGS(activity)},
      {"service", NULL, "Service", "服务", WG_I8, event_service, FLAGS(service)},
      {"desk_kind", NULL, "Kind of desk; -1: none", "服务力量", WG_I8, event_desk_kind, FLAGS(desk_kind)},
      {"subdistrict", NULL, "Code of the subdistrict where the need arose", "街镇代码", WG_I64, event_subdistrict, NULL,
       0},
      {"community", NULL, "Code of the community where the need arose", "社区代码", WG_I64, event_community, NULL, 0},
      {"grid", NULL, "Number of the grid in the community", "网格号", WG_I16, event_grid, NULL, 0},
  };
  return wg_emit_table_put(sink, "events", "event", table, columns, sizeof columns / sizeof *columns, error);
}

int wg_emit_events(const wg_world *world, const wg_sink *sink, wg_error *error) {
  wg_flags activity = {0}, service = {0}, desk_kind = {0};
  wg_emit_table table;
  int code = order(world, &table, error);
  if (!code)
    code = wg_flags_make(WG_EVENT_KIND_COUNT, wg_event_names, wg_event_labels, &activity, error);
  if (!code)
    code = wg_flags_of_axis(world, WG_AXIS_SERVICE, &service, error);
  if (!code)
    code = wg_flags_of_axis(world, WG_AXIS_DESK_KIND, &desk_kind, error);
  if (!code)
    code = put(world, &table, &activity, &service, &desk_kind, sink, error);
  wg_flags_free(&activity);
  wg_flags_free(&service);
  wg_flags_free(&desk_kind);
  wg_emit_table_free(&table);
  return code;
}
