// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/study_file.h"
#include "schema/literal.h"
#include "schema/number.h"

static void print_text(const char *key, const char *text, const char *end, FILE *stream) {
  fprintf(stream, "%s = ", key);
  wg_text_print(text, stream);
  fputs(end, stream);
}

static void print_real(const char *key, double value, const char *end, FILE *stream) {
  char text[32];
  wg_real_print(value, text);
  fprintf(stream, "%s = %s%s", key, text, end);
}

static void print_integer(const char *key, int64_t value, const char *end, FILE *stream) {
  char text[32];
  wg_integer_print(value, text);
  fprintf(stream, "%s = %s%s", key, text, end);
}

static void print_texts(const char *key, const wg_texts *texts, const char *end, FILE *stream) {
  fprintf(stream, "%s = [", key);
  for (size_t i = 0; i < texts->count; i++) {
    fputs(i ? ", " : "", stream);
    wg_text_print(texts->items[i], stream);
  }
  fprintf(stream, "]%s", end);
}

static void print_variants(const wg_study_spec *spec, const char *const *scenarios, FILE *stream) {
  fputs("variants = (", stream);
  for (size_t i = 0; i < spec->variant_count; i++) {
    fputs(i ? ",\n  { " : "\n  { ", stream);
    print_text("name", spec->variants[i].name, "; ", stream);
    print_text("scenario", scenarios[i], "; ", stream);
    print_texts("set", &spec->variants[i].sets, "; }", stream);
  }
  fputs("\n);\n", stream);
}

// The list takes values of any type.
static void print_sweeps(const wg_study_spec *spec, FILE *stream) {
  if (!spec->sweep_count)
    return;
  fputs("sweep = (", stream);
  for (size_t i = 0; i < spec->sweep_count; i++) {
    const wg_study_sweep *const sweep = spec->sweeps + i;
    fputs(i ? ",\n  { " : "\n  { ", stream);
    print_text("path", sweep->path, "; values = (", stream);
    for (size_t k = 0; k < sweep->value_count; k++)
      fprintf(stream, "%s%s", k ? ", " : "", sweep->values[k]);
    fputs("); ", stream);
    print_texts("variants", &sweep->variants, "; }", stream);
  }
  fputs("\n);\n", stream);
}

static void print_ranges(const wg_study_spec *spec, FILE *stream) {
  if (!spec->range_count)
    return;
  fputs("ranges = (", stream);
  for (size_t i = 0; i < spec->range_count; i++) {
    fputs(i ? ",\n  { " : "\n  { ", stream);
    print_text("path", spec->ranges[i].path, "; ", stream);
    print_real("low", spec->ranges[i].low, "; ", stream);
    print_real("high", spec->ranges[i].high, "; }", stream);
  }
  fputs("\n);\n", stream);
}

static void print_draws(const wg_study_spec *spec, FILE *stream) {
  print_integer("draws", spec->draws, ";\n", stream);
  fputs("draw_blocks = [", stream);
  for (size_t i = 0; i < spec->draw_block_count; i++)
    fprintf(stream, "%s%zu", i ? ", " : "", spec->draw_blocks[i]);
  fputs("];\n", stream);
  print_text("sampler", spec->sampler == WG_SAMPLER_SOBOL ? "sobol" : "latin", ";\n", stream);
  print_real("spread", spec->spread, ";\n", stream);
  print_texts("drawn", &spec->drawn, ";\n", stream);
}

int wg_study_file_print(const wg_study_spec *spec, const char *const *scenarios, FILE *stream) {
  char date[11] = "";
  print_text("name", spec->name, ";\n", stream);
  print_text("label", spec->label, ";\n", stream);
  print_text("baseline", spec->baseline, ";\n", stream);
  print_variants(spec, scenarios, stream);
  print_texts("set", &spec->sets, ";\n", stream);
  print_sweeps(spec, stream);
  print_draws(spec, stream);
  print_ranges(spec, stream);
  print_integer("replicates", spec->replicates, ";\n", stream);
  if (spec->until.variable) {
    fputs("until: { ", stream);
    print_text("variable", spec->until.variable, "; ", stream);
    print_real("half_width", spec->until.half_width, "; ", stream);
    print_integer("max", spec->until.max, "; };\n", stream);
  }
  if (spec->branch_at != WG_DATE_NONE)
    wg_date_print(spec->branch_at, date);
  print_text("branch_at", date, ";\n", stream);
  return ferror(stream) ? WG_FAIL_RUN : WG_OK;
}
