// SPDX-License-Identifier: GPL-3.0-or-later
// The root group of a study's file: what the study itself has to say, and room for the runs' variables.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/stack_parts.h"

enum { OWN_MAX = 24 }; // variables that no run has

static const char variant_axis[] = "variant", draw_axis[] = "draw", replicate_axis[] = "replicate",
                  parameter_axis[] = "parameter";

typedef struct building {
  const wg_stack *stack;
  wg_arena arena; // of what is written
  bool no_memory;
  wg_dimension dimensions[WG_STACK_AXES_MAX + WG_STACK_AXES + 1];
  size_t dimension_count;
  wg_variable variables[OWN_MAX + WG_STACK_VARIABLES_MAX];
  size_t variable_count;
  wg_attribute attributes[24];
  size_t attribute_count;
} building;

static void *make(building *b, size_t count, size_t size) {
  void *const memory = wg_arena_alloc(&b->arena, count, size);
  b->no_memory = b->no_memory || !memory;
  return memory;
}

static const char *text(building *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

static const char *text(building *b, const char *format, ...) {
  va_list arguments;
  char *made = NULL;
  va_start(arguments, format);
  const int length = vasprintf(&made, format, arguments);
  va_end(arguments);
  const char *const kept = length < 0 ? NULL : wg_arena_text(&b->arena, made, (size_t)length);
  if (length >= 0)
    free(made);
  b->no_memory = b->no_memory || !kept;
  return kept ? kept : "";
}

static size_t add(building *b, wg_variable variable) {
  b->variables[b->variable_count] = variable;
  return b->variable_count++;
}

static void add_dimension(building *b, const char *name, size_t length) {
  b->dimensions[b->dimension_count++] = (wg_dimension){name, length};
}

// Texts along an axis.
static void add_texts(building *b, const char *axis, const char *name, const char *long_name, const char *label,
                      const char *const *texts) {
  add(b, wg_variable_of_texts(name, axis, long_name, label, texts));
}

static void add_numbering(building *b, const char *axis, size_t length, const char *long_name, const char *label) {
  int64_t *const numbers = make(b, length, sizeof *numbers);
  for (size_t i = 0; i < length && numbers; i++)
    numbers[i] = (int64_t)i;
  add_dimension(b, axis, length);
  add(b, (wg_variable){.name = axis,
                       .type = WG_I64,
                       .rank = 1,
                       .dimensions = {axis},
                       .long_name = long_name,
                       .label = label,
                       .data = numbers});
}

// ---- variants ----

static int add_variants(building *b, wg_error *error) {
  const wg_plan *const plan = b->stack->plan;
  const size_t count = plan->entry_count;
  const char **const names = make(b, count, sizeof *names), **const labels = make(b, count, sizeof *labels);
  const char **const against = make(b, count, sizeof *against);
  const char **const configurations = make(b, count, sizeof *configurations);
  const char **const evidence = make(b, count, sizeof *evidence);
  if (b->no_memory)
    return wg_stack_no_memory(b->stack, error);
  for (size_t e = 0; e < count; e++) {
    const wg_plan_entry *const entry = plan->entries + e;
    wg_provenance provenance = {0};
    const int code = wg_provenance_make(entry->config, &provenance, error);
    if (!code) {
      names[e] = entry->name;
      labels[e] = entry->label;
      against[e] = plan->entries[entry->compared_with].name;
      configurations[e] = text(b, "%s", provenance.configuration);
      evidence[e] = text(b, "%s", provenance.evidence);
    }
    wg_provenance_free(&provenance);
    if (code)
      return code;
  }
  add_dimension(b, variant_axis, count);
  add_texts(b, variant_axis, variant_axis, "Variant, at a point of the sweep where there is one", "方案", names);
  add_texts(b, variant_axis, "variant_label", "Chinese label", "方案名称", labels);
  add_texts(b, variant_axis, "compared_with", "Variant with which this one is compared", "对照方案", against);
  add_texts(b, variant_axis, "configuration", "Configuration as resolved, before anything is drawn", "配置",
            configurations);
  add_texts(b, variant_axis, "evidence", "Evidence grade of each parameter", "依据等级", evidence);
  return WG_OK;
}

// ---- drawn parameters ----

static double *add_reals(building *b, const char *name, const char *long_name, const char *label, bool by_draw) {
  const wg_plan *const plan = b->stack->plan;
  const size_t count = plan->entry_count * (by_draw ? plan->draw_count : 1) * plan->design.parameter_count;
  double *const values = make(b, count, sizeof *values);
  wg_variable variable = {.name = name,
                          .type = WG_F64,
                          .rank = by_draw ? 3 : 2,
                          .dimensions = {variant_axis, parameter_axis},
                          .long_name = long_name,
                          .label = label,
                          .data = values};
  if (by_draw) {
    variable.dimensions[1] = draw_axis;
    variable.dimensions[2] = parameter_axis;
  }
  add(b, variable);
  return values;
}

static void add_parameters(building *b) {
  const wg_plan *const plan = b->stack->plan;
  const size_t count = plan->design.parameter_count;
  const char **const labels = make(b, count, sizeof *labels), **const units = make(b, count, sizeof *units);
  const char **const evidence = make(b, count, sizeof *evidence), **const drawn = make(b, count, sizeof *drawn);
  if (b->no_memory)
    return;
  for (size_t p = 0; p < count; p++) {
    const wg_param *const row = plan->design.rows[p];
    const bool is_factor = row->type == WG_PARAM_REALS;
    labels[p] = row->label;
    units[p] = is_factor ? "1" : row->unit;
    evidence[p] = wg_evidence_name(row->evidence);
    drawn[p] = is_factor ? "factor" : "value";
  }
  add_dimension(b, parameter_axis, count);
  add_texts(b, parameter_axis, parameter_axis, "Drawn parameter", "抽样参数", plan->design.paths);
  add_texts(b, parameter_axis, "parameter_label", "Chinese label", "参数名称", labels);
  add_texts(b, parameter_axis, "parameter_unit", "Unit of what is drawn", "单位", units);
  add_texts(b, parameter_axis, "parameter_evidence", "Evidence grade", "依据等级", evidence);
  add_texts(b, parameter_axis, "parameter_drawn", "What is drawn: the value, or a factor common to a list's numbers",
            "抽样对象", drawn);
  double *const values = add_reals(
      b, "parameter_value", "Value or factor of the draw; none where the variant does not have it", "抽样值", true);
  double *const low = add_reals(b, "parameter_low", "Least that can be drawn", "下限", false);
  double *const high = add_reals(b, "parameter_high", "Greatest that can be drawn", "上限", false);
  for (size_t e = 0; e < plan->entry_count && !b->no_memory; e++)
    for (size_t p = 0; p < count; p++) {
      low[e * count + p] = plan->entries[e].drawn[p].low;
      high[e * count + p] = plan->entries[e].drawn[p].high;
      for (size_t d = 0; d < plan->draw_count; d++)
        values[(e * plan->draw_count + d) * count + p] = wg_plan_value(plan, e, d, p);
    }
}

// ---- what became of each run ----

static const wg_attribute *status_attributes(building *b, size_t *count) {
  int8_t *const values = make(b, WG_RUN_STATUS_COUNT, sizeof *values);
  wg_attribute *const attributes = make(b, 2, sizeof *attributes);
  char meanings[256] = "";
  for (size_t i = 0; i < WG_RUN_STATUS_COUNT && values; i++) {
    values[i] = (int8_t)i;
    snprintf(meanings + strlen(meanings), sizeof meanings - strlen(meanings), "%s%s", i ? " " : "",
             wg_run_status_names[i]);
  }
  *count = attributes ? 2 : 0;
  if (attributes) {
    attributes[0] = (wg_attribute){"flag_values", WG_I8, WG_RUN_STATUS_COUNT, values};
    attributes[1] = (wg_attribute){"flag_meanings", WG_STRING, 1, text(b, "%s", meanings)};
  }
  return attributes;
}

static void add_cells(building *b, wg_stack *stack) {
  const wg_variable cells = {
      .rank = WG_STACK_AXES, .dimensions = {variant_axis, draw_axis, replicate_axis}, .stacked = WG_STACK_AXES};
  wg_variable status = cells, message = cells, identity = cells;
  status.name = "status";
  status.type = WG_I8;
  status.long_name = "What has become of the run; where it is not done all results are missing";
  status.label = "运行状态";
  status.attributes = status_attributes(b, &status.attribute_count);
  message.name = "message";
  message.type = WG_STRING;
  message.long_name = "Why the run failed";
  message.label = "失败原因";
  identity.name = "run_identity";
  identity.type = WG_STRING;
  identity.long_name = "Hash of the run's configuration and of the version of the answers";
  identity.label = "运行标识";
  stack->status = add(b, status);
  stack->message = add(b, message);
  stack->identity = add(b, identity);
}

// ---- what runs have ----

static void add_shape(building *b, wg_stack *stack) {
  const wg_stack_shape *const shape = &stack->shape;
  stack->first_variable = b->variable_count;
  for (size_t i = 0; i < shape->axis_count; i++)
    add_dimension(b, shape->axes[i].name, shape->axes[i].length);
  for (size_t i = 0; i < shape->variable_count; i++) {
    const wg_stack_variable *const v = shape->variables + i;
    wg_variable variable = {.name = v->name,
                            .type = v->texts      ? WG_STRING
                                    : v->is_whole ? WG_I64
                                                  : WG_F64,
                            .rank = v->rank,
                            .unit = v->unit,
                            .long_name = v->long_name,
                            .label = v->label,
                            .attributes = v->attributes,
                            .attribute_count = v->attribute_count};
    size_t lead = 0;
    if (v->kind == WG_STACK_NUMBERS) {
      const char *const own[WG_STACK_AXES] = {variant_axis, draw_axis, replicate_axis};
      for (; lead < WG_STACK_AXES; lead++)
        variable.dimensions[lead] = own[lead];
      variable.type = WG_F64;
      variable.rank += WG_STACK_AXES;
      variable.stacked = WG_STACK_AXES;
    }
    for (size_t a = 0; a < v->rank; a++)
      variable.dimensions[lead + a] = shape->axes[v->axes[a]].name;
    const size_t length = shape->axes[v->axes[0]].length;
    if (v->texts) {
      const char **const texts = make(b, length, sizeof *texts);
      for (size_t k = 0; k < length && texts; k++)
        texts[k] = v->texts[k] ? v->texts[k] : "";
      variable.data = texts;
    } else if (v->kind == WG_STACK_COORDINATE && v->is_whole) {
      int64_t *const numbers = make(b, length, sizeof *numbers);
      for (size_t k = 0; k < length && numbers; k++)
        numbers[k] = (int64_t)v->numbers[k];
      variable.data = numbers;
    } else if (v->kind == WG_STACK_COORDINATE) {
      variable.data = v->numbers;
    }
    add(b, variable);
  }
}

// ---- the whole ----

static void add_attribute(building *b, const char *name, const char *value) {
  b->attributes[b->attribute_count++] = (wg_attribute){name, WG_STRING, 1, value};
}

static void add_count(building *b, const char *name, size_t count) {
  int64_t *const value = make(b, 1, sizeof *value);
  if (value) {
    *value = (int64_t)count;
    b->attributes[b->attribute_count++] = (wg_attribute){name, WG_I64, 1, value};
  }
}

static const char *list_groups(building *b) {
  const char *list = "";
  for (size_t i = 0; i < b->stack->shape.group_count; i++)
    list = text(b, "%s%s%s", list, i ? " " : "", b->stack->shape.groups[i]);
  return list;
}

static void describe(building *b) {
  const wg_study_spec *const spec = b->stack->plan->spec;
  const wg_plan *const plan = b->stack->plan;
  add_attribute(b, "title", text(b, "wangge 网格: %s%s%s", spec->name, spec->label[0] ? " " : "", spec->label));
  add_attribute(b, "source", "wangge, a simulator of how a city district is governed; Haidian, Beijing");
  add_attribute(b, "program_version", wg_version());
  add_attribute(b, "git_revision", wg_revision());
  add_count(b, "answers_version", WG_ANSWERS_VERSION);
  add_attribute(b, "study", spec->name);
  add_attribute(b, "label_zh", spec->label);
  add_attribute(b, "baseline", spec->baseline);
  add_count(b, "draws", plan->design.draw_count);
  if (plan->design.draw_count)
    add_attribute(b, "sampler", spec->sampler == WG_SAMPLER_SOBOL ? "sobol" : "latin");
  add_attribute(b, "not_stacked", list_groups(b));
  add_attribute(
      b, "comment",
      "Parameters graded `assumed` are assumptions, not findings; results that rest on them are conditional on "
      "them. Where `status` is not `done` every result is missing (NaN). Groups of single runs, listed in "
      "`not_stacked`, are in the runs' own files.");
}

int wg_stack_group_open(wg_stack *stack, wg_output_file *file, wg_output_stack **waiting, wg_error *error) {
  *waiting = NULL;
  building *const b = calloc(1, sizeof *b);
  if (!b)
    return wg_stack_no_memory(stack, error);
  b->stack = stack;
  int code = add_variants(b, error);
  add_numbering(b, draw_axis, stack->plan->draw_count, "Draw of the assumed parameters; 0 alone where nothing is drawn",
                "抽样");
  add_numbering(b, replicate_axis, stack->replicates, "Replicate: whose luck", "重复");
  add_cells(b, stack);
  add_shape(b, stack);
  if (stack->plan->design.parameter_count)
    add_parameters(b);
  describe(b);
  if (!code && b->no_memory)
    code = wg_stack_no_memory(stack, error);
  if (!code) {
    const wg_group group = {.name = "",
                            .dimensions = b->dimensions,
                            .dimension_count = b->dimension_count,
                            .variables = b->variables,
                            .variable_count = b->variable_count,
                            .attributes = b->attributes,
                            .attribute_count = b->attribute_count};
    code = wg_output_stack_open(file, &group, waiting, error);
  }
  wg_arena_free(&b->arena);
  free(b);
  return code;
}

static int write_cells(const wg_stack *stack, wg_output_stack *waiting, int8_t *status, const char **texts,
                       wg_error *error) {
  const size_t count = stack->cell_count;
  for (size_t i = 0; i < count; i++) {
    status[i] = (int8_t)stack->cells[i].status;
    texts[i] = stack->cells[i].message;
  }
  int code = wg_output_stack_write(waiting, stack->status, WG_STACK_AXES, 0, count, status, error);
  if (!code)
    code = wg_output_stack_write(waiting, stack->message, WG_STACK_AXES, 0, count, texts, error);
  for (size_t i = 0; i < count; i++)
    texts[i] = stack->cells[i].identity;
  return code ? code : wg_output_stack_write(waiting, stack->identity, WG_STACK_AXES, 0, count, texts, error);
}

int wg_stack_write_cells(const wg_stack *stack, wg_output_stack *waiting, wg_error *error) {
  int8_t *const status = calloc(stack->cell_count, sizeof *status);
  const char **const texts = calloc(stack->cell_count, sizeof *texts);
  const int code =
      status && texts ? write_cells(stack, waiting, status, texts, error) : wg_stack_no_memory(stack, error);
  free(status);
  free(texts);
  return code;
}
