// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>
#include <string.h>

#include "schema/config.h"
#include "schema/config_path.h"
#include "schema/literal.h"
#include "schema/number.h"
#include "schema/param_value.h"

static void print_date(wg_date date, FILE *stream) {
  char text[11] = "";
  if (date != WG_DATE_NONE)
    wg_date_print(date, text);
  wg_text_print(text, stream);
}

// The point in every number keeps a list of one type, as libconfig demands.
static void print_reals(const wg_reals *reals, FILE *stream) {
  fputc('[', stream);
  for (size_t i = 0; i < reals->count; i++) {
    char text[32];
    wg_real_print(reals->items[i], text);
    fprintf(stream, "%s%s", i ? ", " : "", text);
  }
  fputc(']', stream);
}

static void print_texts(const wg_texts *texts, FILE *stream) {
  fputc('[', stream);
  for (size_t i = 0; i < texts->count; i++) {
    if (i)
      fputs(", ", stream);
    wg_text_print(texts->items[i], stream);
  }
  fputc(']', stream);
}

static void print_value(const wg_param *row, const void *member, FILE *stream) {
  char text[32];
  size_t length = 0;
  switch (row->type) {
  case WG_PARAM_BOOL:
    fputs(*(const bool *)member ? "true" : "false", stream);
    break;
  case WG_PARAM_INT:
    wg_integer_print(*(const int64_t *)member, text);
    fputs(text, stream);
    break;
  case WG_PARAM_REAL:
    wg_real_print(*(const double *)member, text);
    fputs(text, stream);
    break;
  case WG_PARAM_TEXT:
    wg_text_print(*(const char *const *)member, stream);
    break;
  case WG_PARAM_CHOICE: {
    const char *const word = wg_choice_word(row->unit, *(const int32_t *)member, &length);
    fprintf(stream, "\"%.*s\"", (int)length, word ? word : "");
    break;
  }
  case WG_PARAM_DATE:
    print_date(*(const wg_date *)member, stream);
    break;
  case WG_PARAM_REALS:
    print_reals(member, stream);
    break;
  case WG_PARAM_TEXTS:
    print_texts(member, stream);
    break;
  }
}

char *wg_param_text(const wg_param *row, const void *instance) {
  char *text = NULL;
  size_t size = 0;
  FILE *const stream = open_memstream(&text, &size);
  if (!stream)
    return NULL;
  print_value(row, (const char *)instance + row->offset, stream);
  if (fclose(stream) == 0)
    return text;
  free(text);
  return NULL;
}

static void print_allowed(const wg_param *row, FILE *stream) {
  char low[32], high[32];
  wg_real_print_short(row->min, low);
  wg_real_print_short(row->max, high);
  switch (row->type) {
  case WG_PARAM_INT:
  case WG_PARAM_REAL:
  case WG_PARAM_REALS:
    fprintf(stream, "; %s to %s", low, high);
    break;
  case WG_PARAM_CHOICE:
    fprintf(stream, "; %s", row->unit);
    break;
  case WG_PARAM_DATE:
    fputs("; YYYY-MM-DD or \"\"", stream);
    break;
  case WG_PARAM_BOOL:
  case WG_PARAM_TEXT:
  case WG_PARAM_TEXTS:
    break;
  }
}

// What the row means, in one line before it.
static void print_comment(const wg_param *row, int indent, FILE *stream) {
  fprintf(stream, "%*s// %s %s [%s", indent, "", row->label, row->doc, wg_param_type_name(row->type));
  print_allowed(row, stream);
  if (row->unit[0] && row->type != WG_PARAM_CHOICE)
    fprintf(stream, "; %s", row->unit);
  fprintf(stream, "; %s", wg_evidence_name(row->evidence));
  fprintf(stream, row->source[0] ? ": %s]\n" : "]\n", row->source);
}

// A required row that has no value is left out: there is nothing that could be read again.
static void print_rows(const wg_config *config, const wg_param_group *group, size_t index, int indent, bool comments,
                       FILE *stream) {
  const char *const data = wg_config_at(config, group, index);
  for (size_t i = 0; i < group->count; i++) {
    const wg_param *const row = &group->rows[i];
    if (!wg_config_origin(config, group, index, row->name))
      continue;
    if (comments)
      print_comment(row, indent, stream);
    fprintf(stream, "%*s%s = ", indent, "", row->name);
    print_value(row, data + row->offset, stream);
    fputs(";\n", stream);
  }
}

static bool is_of_type(const char *name, const char *type) {
  const size_t length = strlen(type);
  return strncmp(name, type, length) == 0 && (name[length] == 0 || name[length] == '#');
}

static void print_entry(const wg_config *config, const wg_param_group *group, const char *type, size_t index,
                        bool comments, FILE *stream) {
  fprintf(stream, "  {\n    %s = \"%s\";\n", group->listed, type);
  print_rows(config, group, index, 4, comments && index == 0, stream);
  size_t count;
  const wg_param_group *const *const groups = wg_config_groups(config, &count);
  const char *const name = wg_config_name(config, group, index);
  for (size_t i = 0; i < count; i++) {
    if (!wg_part_fits(groups[i], group, name, strlen(name)))
      continue;
    fprintf(stream, "    %s: {\n", groups[i]->part);
    const size_t at = (size_t)wg_config_find(config, groups[i], name);
    print_rows(config, groups[i], at, 6, comments && at == 0, stream);
    fputs("    };\n", stream);
  }
  fputs("  }", stream);
}

// By type in the order of the groups, then in the order of the list: the order of types in a file does not matter.
static void print_list(const wg_config *config, const wg_param_group *group, bool comments, FILE *stream) {
  size_t count;
  const wg_param_group *const *const groups = wg_config_groups(config, &count);
  const char *separator = "\n";
  fprintf(stream, "%s = (", group->path);
  for (size_t i = 0; i < count; i++) {
    if (!groups[i]->type || strcmp(groups[i]->path, group->path) != 0)
      continue;
    for (size_t k = 0; k < wg_config_count(config, group); k++) {
      if (!is_of_type(wg_config_name(config, group, k), groups[i]->type))
        continue;
      fputs(separator, stream);
      print_entry(config, group, groups[i]->type, k, comments, stream);
      separator = ",\n";
    }
  }
  fputs(*separator == ',' ? "\n);\n" : ");\n", stream);
}

// Of several instances the first is commented.
static void print_group(const wg_config *config, const wg_param_group *group, bool comments, FILE *stream) {
  if (group->part)
    return;
  if (comments)
    fprintf(stream, "%s// %s: %s\n", *group->path ? "\n" : "", group->label, group->doc);
  if (group->listed) {
    print_list(config, group, comments, stream);
    return;
  }
  if (!*group->path) {
    print_rows(config, group, 0, 0, comments, stream);
    return;
  }
  fprintf(stream, "%s: {\n", group->path);
  for (size_t i = 0; group->keyed && i < wg_config_count(config, group); i++) {
    fprintf(stream, "  %s: {\n", wg_config_name(config, group, i));
    print_rows(config, group, i, 4, comments && i == 0, stream);
    fputs("  };\n", stream);
  }
  if (!group->keyed)
    print_rows(config, group, 0, 2, comments, stream);
  fputs("};\n", stream);
}

int wg_config_print(const wg_config *config, bool comments, FILE *stream) {
  size_t count;
  const wg_param_group *const *const groups = wg_config_groups(config, &count);
  for (size_t i = 0; i < count; i++)
    print_group(config, groups[i], comments, stream);
  return ferror(stream) ? WG_FAIL_RUN : WG_OK;
}

char *wg_config_text(const wg_config *config) {
  char *text = NULL;
  size_t size = 0;
  FILE *const stream = open_memstream(&text, &size);
  if (!stream)
    return NULL;
  const int code = wg_config_print(config, false, stream);
  if (fclose(stream) == 0 && code == WG_OK)
    return text;
  free(text);
  return NULL;
}
