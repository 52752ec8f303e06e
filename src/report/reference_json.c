// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/reference_json.h"

#include <string.h>

#include "engine/axes.h"
#include "engine/registry.h"
#include "policy/registry.h"
#include "report/json.h"

static void text_member(FILE *stream, int *first, const char *name, const char *text) {
  wg_json_key(stream, first, name);
  wg_json_text(stream, text);
}

static void number_member(FILE *stream, int *first, const char *name, double number) {
  wg_json_key(stream, first, name);
  wg_json_number(stream, number);
}

static bool has_range(const wg_param *row) {
  return row->type == WG_PARAM_INT || row->type == WG_PARAM_REAL || row->type == WG_PARAM_REALS;
}

static void choices_member(FILE *stream, int *first, const wg_param *row) {
  if (row->type != WG_PARAM_CHOICE)
    return;
  wg_json_key(stream, first, "choices");
  fputs("[\"", stream);
  for (const char *c = row->unit; *c; c++)
    fputs(*c == '|' ? "\", \"" : (char[]){*c, '\0'}, stream);
  fputs("\"]", stream);
}

// The default as JSON: libconfig's own spelling serves, but that words stand in quotes.
static void default_member(FILE *stream, int *first, const wg_param *row) {
  wg_json_key(stream, first, "default");
  const bool words = row->type == WG_PARAM_TEXT || row->type == WG_PARAM_CHOICE || row->type == WG_PARAM_DATE;
  if (!row->fallback || words)
    wg_json_text(stream, row->fallback);
  else
    fputs(row->fallback, stream);
}

static void print_param(FILE *stream, const wg_param *row, const char *key, const char *name) {
  int first = 1;
  fputs("{", stream);
  text_member(stream, &first, key, name);
  text_member(stream, &first, "type", wg_param_type_name(row->type));
  default_member(stream, &first, row);
  text_member(stream, &first, "unit", row->type == WG_PARAM_CHOICE ? "" : row->unit);
  if (has_range(row)) {
    number_member(stream, &first, "min", row->min);
    number_member(stream, &first, "max", row->max);
  }
  choices_member(stream, &first, row);
  text_member(stream, &first, "label", row->label);
  text_member(stream, &first, "doc", row->doc);
  text_member(stream, &first, "source", row->source);
  text_member(stream, &first, "evidence", wg_evidence_name(row->evidence));
  fputs("}", stream);
}

void wg_reference_params_json(FILE *stream) {
  const wg_param_group *groups[WG_GROUPS_MAX];
  const size_t count = wg_registry_groups(groups);
  const char *separator = "";
  fputs("[\n", stream);
  for (size_t g = 0; g < count; g++)
    for (size_t p = 0; p < groups[g]->count; p++) {
      char path[256];
      wg_registry_path(groups[g], groups[g]->rows + p, path, sizeof path);
      fputs(separator, stream);
      print_param(stream, groups[g]->rows + p, "path", path);
      separator = ",\n";
    }
  fputs("\n]\n", stream);
}

void wg_reference_outputs_json(FILE *stream) {
  const wg_output *outputs[WG_OUTPUTS_MAX];
  const size_t count = wg_registry_outputs(NULL, outputs);
  fputs("[\n", stream);
  for (size_t o = 0; o < count; o++) {
    int first = 1;
    fputs("{", stream);
    text_member(stream, &first, "name", outputs[o]->name);
    wg_json_key(stream, &first, "dimensions");
    fputs(wg_output_has_place(outputs[o]) ? "[\"time\", \"PLACE\"" : "[\"time\"", stream);
    for (size_t a = 0; a < WG_OUTPUT_AXES_MAX; a++)
      if (wg_axis_is_real(outputs[o]->axes[a]))
        fprintf(stream, ", \"%s\"", wg_axis_name(outputs[o]->axes[a]));
    fputs("]", stream);
    text_member(stream, &first, "unit", outputs[o]->unit);
    text_member(stream, &first, "type",
                outputs[o]->type == WG_F64   ? "float64"
                : outputs[o]->type == WG_I64 ? "int64"
                                             : "int32");
    text_member(stream, &first, "long_name", outputs[o]->long_name);
    text_member(stream, &first, "label", outputs[o]->label);
    fputs(o + 1 < count ? "},\n" : "}\n", stream);
  }
  fputs("]\n", stream);
}

static void print_policy(FILE *stream, const wg_policy *policy) {
  int first = 1;
  fputs("{", stream);
  text_member(stream, &first, "id", policy->id);
  text_member(stream, &first, "label", policy->label);
  text_member(stream, &first, "doc", policy->doc);
  text_member(stream, &first, "idle", policy->idle);
  text_member(stream, &first, "source", policy->source);
  wg_json_key(stream, &first, "levers");
  for (size_t l = 0; l < policy->lever_count; l++)
    fprintf(stream, "%s\"%s\"", l ? ", " : "[", wg_levers[policy->levers[l]].name);
  fputs("]", stream);
  wg_json_key(stream, &first, "params");
  fputs("[\n  ", stream);
  for (size_t p = 0; p < policy->params->count; p++) {
    fputs(p ? ",\n  " : "", stream);
    print_param(stream, policy->params->rows + p, "name", policy->params->rows[p].name);
  }
  fputs("]}", stream);
}

void wg_reference_policies_json(FILE *stream) {
  fputs("[\n", stream);
  for (size_t p = 0; p < WG_POLICY_COUNT; p++) {
    print_policy(stream, wg_policies[p]);
    fputs(p + 1 < WG_POLICY_COUNT ? ",\n" : "\n", stream);
  }
  fputs("]\n", stream);
}
