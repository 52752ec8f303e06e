// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>
#include <stdlib.h>

#include "engine/axes.h"
#include "engine/emit.h"

static const char *const place_names[] = {"district", "subdistrict", "community"};

// The root group while it is put together; everything it points to lives until it has been written.
typedef struct root {
  wg_dimension dimensions[WG_AXIS_COUNT + 2];
  size_t dimension_count;
  wg_variable variables[WG_OUTPUTS_MAX + 2 * (WG_AXIS_COUNT + 2)];
  size_t variable_count;
  char time_unit[40];
  int64_t *codes;
  const char **names;
  const char *axis_codes[WG_AXIS_COUNT][WG_SERVICE_MAX], *axis_labels[WG_AXIS_COUNT][WG_SERVICE_MAX];
  char label_names[WG_AXIS_COUNT][40], place_label[40];
  int32_t delay_bins[WG_DELAY_BIN_COUNT];
} root;

static void add(root *r, wg_variable variable) {
  r->variables[r->variable_count++] = variable;
}

static const wg_attribute time_attributes[] = {{"calendar", WG_STRING, 1, "standard"}, {"axis", WG_STRING, 1, "T"}};

static void add_time(root *r, const wg_world *world, const wg_record *record) {
  char date[11];
  wg_date_print(world->run->start, date);
  snprintf(r->time_unit, sizeof r->time_unit, "days since %s", date);
  r->dimensions[r->dimension_count++] = (wg_dimension){"time", record->time_count};
  add(r, (wg_variable){.name = "time",
                       .type = WG_F64,
                       .rank = 1,
                       .dimensions = {"time"},
                       .unit = r->time_unit,
                       .long_name = "First day after the month; the first entry is the start",
                       .label = "月末次日",
                       .attributes = time_attributes,
                       .attribute_count = 2,
                       .data = record->time});
}

static void add_places(root *r, const wg_world *world, const wg_record *record, wg_output_place kind) {
  const char *axis = place_names[kind];
  for (size_t i = 0; i < record->place_count; i++) {
    const wg_place place = record->places[i];
    const wg_subdistrict *s = world->subdistricts + place.first;
    r->codes[i] = kind == WG_PLACE_DISTRICT    ? s->code / 1000000 * 1000000
                  : kind == WG_PLACE_COMMUNITY ? wg_communities(s)[place.community].code
                                               : s->code;
    r->names[i] = kind == WG_PLACE_DISTRICT    ? world->district_name
                  : kind == WG_PLACE_COMMUNITY ? s->community_names[place.community]
                                               : s->name;
  }
  snprintf(r->place_label, sizeof r->place_label, "%s_name", axis);
  r->dimensions[r->dimension_count++] = (wg_dimension){axis, record->place_count};
  add(r, (wg_variable){.name = axis,
                       .type = WG_I64,
                       .rank = 1,
                       .dimensions = {axis},
                       .long_name = "Statistical division code",
                       .label = "区划代码",
                       .data = r->codes});
  add(r, (wg_variable){.name = r->place_label,
                       .type = WG_STRING,
                       .rank = 1,
                       .dimensions = {axis},
                       .long_name = "Name",
                       .label = "名称",
                       .data = r->names});
}

static void add_axis(root *r, const wg_world *world, wg_axis axis) {
  const char *name = wg_axis_name(axis);
  const size_t length = wg_axis_length(world, axis);
  r->dimensions[r->dimension_count++] = (wg_dimension){name, length};
  wg_variable coordinate = {
      .name = name, .type = WG_STRING, .rank = 1, .dimensions = {name}, .long_name = wg_axis_long_name(axis)};
  if (axis == WG_AXIS_DELAY_BIN) {
    for (size_t i = 0; i < length; i++)
      r->delay_bins[i] = wg_delay_bin_days[i];
    coordinate.type = WG_I32;
    coordinate.data = r->delay_bins;
    add(r, coordinate);
    return;
  }
  for (size_t i = 0; i < length; i++) {
    r->axis_codes[axis][i] = wg_axis_code(world, axis, i);
    r->axis_labels[axis][i] = wg_axis_label(world, axis, i);
  }
  coordinate.data = r->axis_codes[axis];
  add(r, coordinate);
  if (!r->axis_labels[axis][0])
    return;
  snprintf(r->label_names[axis], sizeof r->label_names[axis], "%s_name", name);
  add(r, (wg_variable){.name = r->label_names[axis],
                       .type = WG_STRING,
                       .rank = 1,
                       .dimensions = {name},
                       .long_name = "Chinese label",
                       .label = "名称",
                       .data = r->axis_labels[axis]});
}

static void add_outputs(root *r, const wg_record *record, const char *place_axis) {
  for (size_t o = 0; o < record->output_count; o++) {
    const wg_output *output = record->outputs[o];
    wg_variable variable = {.name = output->name,
                            .type = output->type,
                            .rank = 2,
                            .dimensions = {"time", place_axis},
                            .unit = output->unit,
                            .long_name = output->long_name,
                            .label = output->label,
                            .data = record->data[o]};
    for (size_t a = 0; a < WG_OUTPUT_AXES_MAX; a++)
      if (output->axes[a] != WG_AXIS_NONE)
        variable.dimensions[variable.rank++] = wg_axis_name(output->axes[a]);
    add(r, variable);
  }
}

int wg_emit_record(const wg_world *world, const wg_record *record, const wg_attribute *attributes,
                   size_t attribute_count, const wg_sink *sink, wg_error *error) {
  const wg_output_params *p = wg_config_get(world->config, &wg_output_group);
  int code = WG_OK;
  root *r = calloc(1, sizeof *r);
  if (r) {
    r->codes = calloc(record->place_count, sizeof *r->codes);
    r->names = calloc(record->place_count, sizeof *r->names);
  }
  if (!r || !r->codes || !r->names) {
    code = wg_error_set(error, WG_FAIL_RUN, "out of memory for the output's coordinates");
    goto out;
  }
  add_time(r, world, record);
  add_places(r, world, record, (wg_output_place)p->place);
  for (int axis = WG_AXIS_NONE + 1; axis < WG_AXIS_COUNT; axis++)
    add_axis(r, world, (wg_axis)axis);
  add_outputs(r, record, place_names[p->place]);
  const wg_group group = {.name = "",
                          .dimensions = r->dimensions,
                          .dimension_count = r->dimension_count,
                          .variables = r->variables,
                          .variable_count = r->variable_count,
                          .attributes = attributes,
                          .attribute_count = attribute_count};
  code = sink->put(sink->self, &group, error);
out:
  if (r) {
    free(r->codes);
    free(r->names);
  }
  free(r);
  return code;
}
