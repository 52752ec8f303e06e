// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>
#include <stdlib.h>

#include "base/maths.h"
#include "engine/adoption.h"
#include "engine/axes.h"
#include "engine/emit.h"
#include "engine/emit_table.h"
#include "model/lever.h"
#include "model/target.h"

static const char *const place_names[] = {"district", "subdistrict", "community"};

// The root group while it is put together; everything it points to lives until it has been written.
typedef struct root {
  wg_dimension dimensions[WG_AXIS_COUNT + 4];
  size_t dimension_count;
  wg_variable variables[WG_OUTPUTS_MAX + 2 * (WG_AXIS_COUNT + 4) + 2];
  size_t variable_count;
  char time_unit[WG_EMIT_NAME];
  int64_t *codes;
  const char **names;
  const char *axis_codes[WG_AXIS_COUNT][WG_SERVICE_MAX], *axis_labels[WG_AXIS_COUNT][WG_SERVICE_MAX];
  const char *networks[WG_SERVICE_MAX]; // of the services
  char label_names[WG_AXIS_COUNT][40], place_label[40];
  int32_t delay_bins[WG_DELAY_BIN_COUNT];
  char slot_codes[WG_SLOT_COUNT][64], slot_labels[WG_SLOT_COUNT][96];
  const char *slot_code_index[WG_SLOT_COUNT], *slot_label_index[WG_SLOT_COUNT];
  // Of adoptions.
  int64_t *community_codes;
  const char **community_names;
  const char *policy_names[WG_POLICY_ENTRIES_MAX], *policy_labels[WG_POLICY_ENTRIES_MAX];
  double *adopted; // [community][policy]
  double targets[WG_OUTPUTS_MAX];
  wg_attribute target_attributes[WG_OUTPUTS_MAX][3];
} root;

static void add(root *r, wg_variable variable) {
  r->variables[r->variable_count++] = variable;
}

static const wg_attribute time_attributes[] = {{"calendar", WG_STRING, 1, "standard"}, {"axis", WG_STRING, 1, "T"}};

static void add_time(root *r, const wg_world *world, const wg_record *record) {
  wg_emit_time_unit(world, r->time_unit);
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

// A coordinate of codes and, where `labels` is not NULL, one of Chinese labels along it.
static void add_names(root *r, const char *name, const char *long_name, const char *label_name, size_t length,
                      const char *const *codes, const char *const *labels) {
  r->dimensions[r->dimension_count++] = (wg_dimension){name, length};
  add(r, (wg_variable){
             .name = name, .type = WG_STRING, .rank = 1, .dimensions = {name}, .long_name = long_name, .data = codes});
  if (labels)
    add(r, (wg_variable){.name = label_name,
                         .type = WG_STRING,
                         .rank = 1,
                         .dimensions = {name},
                         .long_name = "Chinese label",
                         .label = "名称",
                         .data = labels});
}

// Along the axis of services, which has been added.
static void add_networks(root *r, const wg_world *world) {
  for (size_t i = 0; i < world->catalogue.service_count; i++)
    r->networks[i] = wg_network_names[world->catalogue.services[i].params->network];
  add(r, (wg_variable){.name = "service_network",
                       .type = WG_STRING,
                       .rank = 1,
                       .dimensions = {wg_axis_name(WG_AXIS_SERVICE)},
                       .long_name = "Network of the service",
                       .label = "所属网络",
                       .data = r->networks});
}

static void add_delays(root *r) {
  const char *name = wg_axis_name(WG_AXIS_DELAY_BIN);
  r->dimensions[r->dimension_count++] = (wg_dimension){name, WG_DELAY_BIN_COUNT};
  for (size_t i = 0; i < WG_DELAY_BIN_COUNT; i++)
    r->delay_bins[i] = wg_delay_bin_days[i];
  add(r, (wg_variable){.name = name,
                       .type = WG_I32,
                       .rank = 1,
                       .dimensions = {name},
                       .long_name = wg_axis_long_name(WG_AXIS_DELAY_BIN),
                       .data = r->delay_bins});
}

static void add_levers(root *r) {
  for (uint32_t slot = 0; slot < WG_SLOT_COUNT; slot++) {
    wg_slot_code(slot, r->slot_codes[slot]);
    wg_slot_label(slot, r->slot_labels[slot]);
    r->slot_code_index[slot] = r->slot_codes[slot];
    r->slot_label_index[slot] = r->slot_labels[slot];
  }
  add_names(r, wg_axis_name(WG_AXIS_LEVER), wg_axis_long_name(WG_AXIS_LEVER), "lever_id_name", WG_SLOT_COUNT,
            r->slot_code_index, r->slot_label_index);
}

static void add_axis(root *r, const wg_world *world, wg_axis axis) {
  const size_t length = wg_axis_length(world, axis);
  for (size_t i = 0; i < length && axis != WG_AXIS_DELAY_BIN && axis != WG_AXIS_LEVER; i++) {
    r->axis_codes[axis][i] = wg_axis_code(world, axis, i);
    r->axis_labels[axis][i] = wg_axis_label(world, axis, i);
  }
  snprintf(r->label_names[axis], sizeof r->label_names[axis], "%s_name", wg_axis_name(axis));
  if (axis == WG_AXIS_DELAY_BIN)
    add_delays(r);
  else if (axis == WG_AXIS_LEVER)
    add_levers(r);
  else
    add_names(r, wg_axis_name(axis), wg_axis_long_name(axis), r->label_names[axis], length, r->axis_codes[axis],
              r->axis_labels[axis][0] ? r->axis_labels[axis] : NULL);
  if (axis == WG_AXIS_SERVICE)
    add_networks(r, world);
}

static bool has_axis(const wg_record *record, wg_axis axis) {
  for (size_t o = 0; o < record->output_count; o++)
    for (size_t a = 0; a < WG_OUTPUT_AXES_MAX; a++)
      if (record->outputs[o]->axes[a] == axis)
        return true;
  return false;
}

// ---- adoption of policies ----

static size_t count_communities(const wg_world *world) {
  size_t count = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    count += wg_communities_count(world->subdistricts + i);
  return count;
}

static void fill_adoptions(root *r, const wg_world *world, const wg_policy_plan *policies) {
  size_t row = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    const wg_subdistrict *s = world->subdistricts + i;
    for (uint32_t c = 0; c < wg_communities_count(s); c++, row++) {
      r->community_codes[row] = wg_communities(s)[c].code;
      r->community_names[row] = s->community_names[c];
      for (size_t e = 0; e < policies->count; e++) {
        const wg_date day = wg_adoption_day(s, e, c);
        const bool known = day < world->run->end;
        r->adopted[row * policies->count + e] = known ? (double)(day - world->run->start) : WG_NAN;
      }
    }
  }
  for (size_t e = 0; e < policies->count; e++) {
    r->policy_names[e] = policies->entries[e].name;
    r->policy_labels[e] = policies->entries[e].policy->label;
  }
}

static int add_adoptions(root *r, const wg_world *world, const wg_policy_plan *policies, wg_output_place kind,
                         wg_error *error) {
  const size_t count = count_communities(world);
  r->community_codes = calloc(count + 1, sizeof *r->community_codes);
  r->community_names = calloc(count + 1, sizeof *r->community_names);
  r->adopted = calloc(count * policies->count + 1, sizeof *r->adopted);
  if (!r->community_codes || !r->community_names || !r->adopted)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the adoptions of %zu communities", count);
  fill_adoptions(r, world, policies);
  if (kind != WG_PLACE_COMMUNITY) {
    r->dimensions[r->dimension_count++] = (wg_dimension){"community", count};
    add(r, (wg_variable){.name = "community",
                         .type = WG_I64,
                         .rank = 1,
                         .dimensions = {"community"},
                         .long_name = "Statistical division code",
                         .label = "区划代码",
                         .data = r->community_codes});
    add(r, (wg_variable){.name = "community_name",
                         .type = WG_STRING,
                         .rank = 1,
                         .dimensions = {"community"},
                         .long_name = "Name",
                         .label = "名称",
                         .data = r->community_names});
  }
  add_names(r, "policy", "Entry of the scenario's policies", "policy_name", policies->count, r->policy_names,
            r->policy_labels);
  add(r, (wg_variable){.name = "adopted",
                       .type = WG_F64,
                       .rank = 2,
                       .dimensions = {"community", "policy"},
                       .unit = r->time_unit,
                       .long_name = "First day of the policy in the community",
                       .label = "实施日期",
                       .attributes = time_attributes,
                       .attribute_count = 1,
                       .data = r->adopted});
  return WG_OK;
}

// What plans want of a variable, as its attributes.
static void add_target(root *r, const wg_world *world, size_t output, wg_variable *variable) {
  const wg_param *target = wg_target_of(world->config, variable->name, r->targets + output);
  if (!target)
    return;
  wg_attribute *attributes = r->target_attributes[output];
  attributes[0] = (wg_attribute){"target", WG_F64, 1, r->targets + output};
  attributes[1] = (wg_attribute){"target_source", WG_STRING, 1, target->source};
  attributes[2] = (wg_attribute){"target_evidence", WG_STRING, 1, wg_evidence_name(target->evidence)};
  variable->attributes = attributes;
  variable->attribute_count = 3;
}

static void add_outputs(root *r, const wg_world *world, const wg_record *record, const char *place_axis) {
  for (size_t o = 0; o < record->output_count; o++) {
    const wg_output *output = record->outputs[o];
    wg_variable variable = {.name = output->name,
                            .type = output->type,
                            .rank = 1,
                            .dimensions = {"time"},
                            .unit = output->unit,
                            .long_name = output->long_name,
                            .label = output->label,
                            .data = record->data[o]};
    if (wg_output_has_place(output))
      variable.dimensions[variable.rank++] = place_axis;
    for (size_t a = 0; a < WG_OUTPUT_AXES_MAX; a++)
      if (wg_axis_is_real(output->axes[a]))
        variable.dimensions[variable.rank++] = wg_axis_name(output->axes[a]);
    add_target(r, world, o, &variable);
    add(r, variable);
  }
}

int wg_emit_record(const wg_world *world, const wg_policy_plan *policies, const wg_record *record,
                   const wg_attribute *attributes, size_t attribute_count, const wg_sink *sink, wg_error *error) {
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
    if (has_axis(record, (wg_axis)axis))
      add_axis(r, world, (wg_axis)axis);
  add_outputs(r, world, record, place_names[p->place]);
  code = policies->count ? add_adoptions(r, world, policies, (wg_output_place)p->place, error) : WG_OK;
  if (code)
    goto out;
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
    free(r->community_codes);
    free(r->community_names);
    free(r->adopted);
  }
  free(r);
  return code;
}
