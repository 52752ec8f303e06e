// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/info.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/headline.h"
#include "report/table.h"

enum {
  HEAD = 16,      // cells of the words at the left
  LINE = 120,     // bytes of somebody's text that are shown
  PERIOD = 26,    // cells
  CELL = 15,      // cells
  YEAR = 12,      // rows
  YEARS_MAX = 60, // lines of the table
  AXES_MAX = 32,
  ENTRIES_MAX = 40, // names that are shown of an axis
};

typedef struct view {
  const wg_content *content;
  wg_headline headline;
  bool chinese;
  FILE *stream;
} view;

// ---- where it comes from ----

// The first line of what somebody wrote, cut between characters.
static void print_line(const view *v, const char *text) {
  size_t length = strcspn(text, "\n");
  const bool is_cut = text[length] || length > LINE;
  if (length > LINE)
    for (length = LINE; length > 0 && ((unsigned char)text[length] & 0xc0U) == 0x80U;)
      length--;
  fprintf(v->stream, "%.*s%s", (int)length, text, is_cut ? " …" : "");
}

// NULL where it is not there or empty.
static const char *attribute(const view *v, const char *name) {
  const char *const text = wg_content_attribute_text(v->content, name);
  return text && *text ? text : NULL;
}

static void print_head(const view *v, const char *english, const char *chinese) {
  wg_cell_print(v->stream, v->chinese ? chinese : english, HEAD);
}

static void print_attributes(const view *v, const char *english, const char *chinese, const char *first,
                             const char *second) {
  const char *const one = attribute(v, first), *const two = second ? attribute(v, second) : NULL;
  print_head(v, english, chinese);
  print_line(v, one ? one : "–");
  if (two) {
    fputs("  ", v->stream);
    print_line(v, two);
  }
  fputc('\n', v->stream);
}

static void print_date(wg_date date, size_t row, char text[32]) {
  if (date == WG_DATE_NONE)
    snprintf(text, 32, "#%zu", row);
  else
    wg_date_print(date, text);
}

static void print_period(const view *v) {
  const size_t rows = v->headline.rows;
  print_head(v, "period", "时期");
  if (rows) {
    char start[32], end[32];
    print_date(v->headline.dates[0], 0, start);
    print_date(v->headline.dates[rows - 1], rows - 1, end);
    fprintf(v->stream, v->chinese ? "%s 至 %s（%zu 个月）\n" : "%s to %s (%zu months)\n", start, end, rows - 1);
  } else {
    fputs("–\n", v->stream);
  }
}

// Number of different values in a list of codes that stand together; 0 where it cannot be told.
static size_t count_different(const view *v, const wg_content_variable *codes) {
  if (!codes || codes->rank != 1 || !codes->is_number || codes->shape[0] > WG_CONTENT_ROWS_MAX)
    return 0;
  const size_t rows = (size_t)codes->shape[0];
  double *const values = calloc(rows + 1, sizeof *values);
  size_t count = 0;
  if (values && v->content->row_sums(v->content->self, codes, values, NULL) == WG_OK)
    for (size_t i = 0; i < rows; i++)
      count += i == 0 || values[i] != values[i - 1];
  free(values);
  return count;
}

// The axis after time of the headline variables.
static const char *place_axis(const view *v, uint64_t *length) {
  for (int i = 0; i < WG_HEADLINE_COUNT; i++) {
    const wg_content_variable *const variable =
        wg_content_find(v->content, "", wg_headline_name((wg_headline_variable)i));
    if (!variable || variable->rank < 2)
      continue;
    *length = variable->shape[1];
    return variable->dimensions[1];
  }
  return NULL;
}

static void print_places(const view *v) {
  uint64_t length = 0;
  const char *const axis = place_axis(v, &length);
  print_head(v, "places", "空间单元");
  if (!axis || !*axis) {
    fputs("–\n", v->stream);
    return;
  }
  fprintf(v->stream, "%s (%" PRIu64 ")", axis, length);
  if (strcmp(axis, "subdistrict") != 0) {
    const size_t count = count_different(v, wg_content_find(v->content, "communities", "subdistrict"));
    if (count)
      fprintf(v->stream, v->chinese ? "，%zu 个街镇" : ", %zu subdistricts", count);
  }
  fputc('\n', v->stream);
}

static bool ends_in(const char *line, size_t length, const char *grade) {
  const size_t tail = strlen(grade);
  return length > tail && line[length - tail - 1] == ' ' && strncmp(line + length - tail, grade, tail) == 0;
}

// The attribute has a line "path: grade" for each parameter.
static void print_evidence(const view *v) {
  const char *line = attribute(v, "evidence");
  size_t measured = 0, sign = 0, assumed = 0, all = 0;
  print_head(v, "parameters", "参数");
  if (!line) {
    fputs("–\n", v->stream);
    return;
  }
  while (*line) {
    const size_t length = strcspn(line, "\n");
    all += length > 0;
    measured += ends_in(line, length, "measured");
    sign += ends_in(line, length, "sign");
    assumed += ends_in(line, length, "assumed");
    line += length + (line[length] == '\n');
  }
  fprintf(v->stream,
          v->chinese ? "%zu 个：有数据来源 %zu，仅有方向 %zu，假设 %zu；结果以假设为前提\n"
                     : "%zu: %zu measured, %zu sign, %zu assumed; the results are conditional on what is assumed\n",
          all, measured, sign, assumed);
}

static void print_origin(const view *v) {
  const char *const title = attribute(v, "title"), *const source = attribute(v, "source");
  if (title) {
    print_line(v, title);
    fputs("\n\n", v->stream);
  }
  if (!source || strncmp(source, "wangge", 6) != 0)
    fputs(v->chinese ? "从属性看，此文件不是 wangge 写出的。\n\n"
                     : "As its attributes tell, not written by wangge.\n\n",
          v->stream);
  print_attributes(v, "scenario", "方案", "scenario", "label_zh");
  print_period(v);
  print_places(v);
  print_attributes(v, "seed", "种子", "seed", NULL);
  print_attributes(v, "replicate", "重复", "replicate", NULL);
  print_attributes(v, "version", "程序版本", "program_version", NULL);
  print_attributes(v, "revision", "代码版本", "git_revision", NULL);
  print_attributes(v, "configuration", "配置哈希", "configuration_hash", NULL);
  print_evidence(v);
}

// ---- headline figures ----

static const double whole_max = 9e15; // integers up to here are exact

static void print_amount(const view *v, double amount) {
  char text[32] = "–";
  if (amount > -whole_max && amount < whole_max)
    wg_count_print((int64_t)(amount < 0 ? amount - 0.5 : amount + 0.5), text);
  wg_cell_print(v->stream, text, -CELL);
}

static void print_share(const view *v, double part, double whole) {
  char text[32] = "–";
  const double share = 100.0 * part / whole;
  if (whole > 0 && share > -1e6 && share < 1e6)
    snprintf(text, sizeof text, "%.1f %%", share);
  wg_cell_print(v->stream, text, -CELL);
}

static void print_mean(const view *v, double sum, double count) {
  char text[32] = "–";
  const double mean = sum / count;
  if (count > 0 && mean > -1e12 && mean < 1e12)
    snprintf(text, sizeof text, "%.1f", mean);
  wg_cell_print(v->stream, text, -CELL);
}

// The flows of the rows after `first` up to `last`, and the residents at the last.
static void print_years(const view *v, const char *name, size_t first, size_t last) {
  const wg_headline *const h = &v->headline;
  double sums[WG_HEADLINE_COUNT];
  for (int i = 0; i < WG_HEADLINE_COUNT; i++)
    sums[i] = wg_headline_sum(h, (wg_headline_variable)i, first, last);
  char start[32], end[32], period[80];
  print_date(h->dates[first], first, start);
  print_date(h->dates[last], last, end);
  snprintf(period, sizeof period, "%s – %s", start, end);
  wg_cell_print(v->stream, name ? name : period, PERIOD);
  print_amount(v, h->sums[WG_HEADLINE_RESIDENTS] ? h->sums[WG_HEADLINE_RESIDENTS][last] : 2 * whole_max);
  print_amount(v, sums[WG_HEADLINE_ARISEN]);
  print_amount(v, sums[WG_HEADLINE_FILED]);
  print_share(v, sums[WG_HEADLINE_MET_DUE], sums[WG_HEADLINE_DUE]);
  print_share(v, sums[WG_HEADLINE_FILED_MET_DUE], sums[WG_HEADLINE_FILED_DUE]);
  print_share(v, sums[WG_HEADLINE_CLOSED_ON_TIME], sums[WG_HEADLINE_CLOSED]);
  print_amount(v, sums[WG_HEADLINE_COST_FEN] / 100.0);
  print_mean(v, sums[WG_HEADLINE_COST_FEN] / 100.0, sums[WG_HEADLINE_MET_ON_TIME]);
  fputc('\n', v->stream);
}

static void print_missing(const view *v) {
  bool any = false;
  for (int i = 0; i < WG_HEADLINE_COUNT; i++) {
    if (v->headline.sums[i])
      continue;
    const char *const lead = v->chinese ? "缺少或无法读取：" : "missing or unreadable: ";
    const char *const comma = v->chinese ? "，" : ", ";
    fprintf(v->stream, "%s%s", any ? comma : lead, wg_headline_name((wg_headline_variable)i));
    any = true;
  }
  fputs(any ? "\n" : "", v->stream);
}

static void print_headline(const view *v) {
  static const char *const english[] = {"year",         "residents",     "needs", "cases filed", "coverage",
                                        "as officials", "closed in law", "yuan",  "yuan per met"};
  static const char *const chinese[] = {"年度",       "期末人口(人)", "需求(件)", "立案(件)",    "覆盖率",
                                        "可见覆盖率", "按期结案率",   "支出(元)", "每件满足(元)"};
  const size_t rows = v->headline.rows;
  fputc('\n', v->stream);
  if (rows > 1) {
    for (size_t i = 0; i < sizeof english / sizeof *english; i++)
      wg_cell_print(v->stream, v->chinese ? chinese[i] : english[i], i ? -CELL : PERIOD);
    fputc('\n', v->stream);
    size_t lines = 0;
    for (size_t first = 0; first + 1 < rows && lines < YEARS_MAX; first += YEAR, lines++)
      print_years(v, NULL, first, first + YEAR < rows ? first + YEAR : rows - 1);
    if (lines == YEARS_MAX)
      fputs("…\n", v->stream);
    if (lines > 1)
      print_years(v, v->chinese ? "全部" : "all", 0, rows - 1);
  }
  print_missing(v);
}

// ---- what is in it ----

// The names of an axis stand in a variable of their own, those of ages or sexes in the axis itself.
static void print_entries(const view *v, const char *axis) {
  char name[160];
  snprintf(name, sizeof name, "%.128s_name", axis);
  const wg_content_variable *texts = wg_content_find(v->content, "", name);
  if (!texts)
    texts = wg_content_find(v->content, "", axis);
  if (!texts || !texts->is_text || texts->rank != 1)
    return;
  const size_t count = texts->shape[0] < ENTRIES_MAX ? (size_t)texts->shape[0] : ENTRIES_MAX;
  const char *entries[ENTRIES_MAX];
  if (v->content->texts(v->content->self, texts, count, entries, NULL))
    return;
  for (size_t i = 0; i < count; i++) {
    fputs(i ? (v->chinese ? "、" : ", ") : "  ", v->stream);
    print_line(v, entries[i]);
  }
  if (texts->shape[0] > count)
    fputs(" …", v->stream);
}

static bool is_known(const char *const *known, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(known[i], name) == 0)
      return true;
  return false;
}

static void print_axes(const view *v) {
  const char *known[AXES_MAX];
  size_t count = 0;
  for (size_t i = 0; i < v->content->variable_count; i++) {
    const wg_content_variable *const variable = &v->content->variables[i];
    if (variable->group != 0)
      continue;
    for (size_t d = 0; d < variable->rank && d < WG_CONTENT_RANK_MAX; d++) {
      const char *const axis = variable->dimensions[d];
      if (!*axis || count == AXES_MAX || is_known(known, count, axis))
        continue;
      fputs(count ? "" : v->chinese ? "\n维度\n" : "\naxes\n", v->stream);
      known[count++] = axis;
      fputs("  ", v->stream);
      wg_cell_print(v->stream, axis, HEAD);
      fprintf(v->stream, "%6" PRIu64, variable->shape[d]);
      print_entries(v, axis);
      fputc('\n', v->stream);
    }
  }
}

static void print_shape(const view *v, const wg_content_variable *variable) {
  fputs("(", v->stream);
  for (size_t d = 0; d < variable->rank && d < WG_CONTENT_RANK_MAX; d++) {
    fputs(d ? ", " : "", v->stream);
    if (*variable->dimensions[d])
      print_line(v, variable->dimensions[d]);
    else
      fprintf(v->stream, "%" PRIu64, variable->shape[d]);
  }
  fputs(variable->rank > WG_CONTENT_RANK_MAX ? ", …)" : ")", v->stream);
}

static void print_variable(const view *v, const wg_content_variable *variable) {
  const char *const meaning = v->chinese && *variable->label ? variable->label : variable->long_name;
  fputs("  ", v->stream);
  print_line(v, variable->name);
  fputc(' ', v->stream);
  print_shape(v, variable);
  if (*variable->unit && strcmp(variable->unit, "1") != 0) {
    fputs(" [", v->stream);
    print_line(v, variable->unit);
    fputc(']', v->stream);
  }
  if (*meaning) {
    fputs("  ", v->stream);
    print_line(v, meaning);
  }
  fputc('\n', v->stream);
}

// Codes and names of an axis, which stand among the axes already.
static bool is_axis(const wg_content_variable *variable) {
  if (variable->group != 0 || variable->rank != 1)
    return false;
  const char *const axis = variable->dimensions[0];
  const size_t length = strlen(axis);
  return *axis && strncmp(variable->name, axis, length) == 0 &&
         (!variable->name[length] || strcmp(variable->name + length, "_name") == 0);
}

static void print_variables(const view *v) {
  const wg_content *const content = v->content;
  for (size_t g = 0, i = 0; g < content->group_count; g++) {
    fputs(v->chinese ? "\n组 " : "\ngroup ", v->stream);
    print_line(v, *content->groups[g] ? content->groups[g] : "/");
    fputc('\n', v->stream);
    for (; i < content->variable_count && content->variables[i].group == g; i++)
      if (!is_axis(&content->variables[i]))
        print_variable(v, &content->variables[i]);
  }
  if (content->is_cut)
    fputs(v->chinese ? "\n… 其余从略\n" : "\n… and more that is not listed\n", v->stream);
}

int wg_info_print(const wg_content *content, bool chinese, FILE *stream, wg_error *error) {
  view v = {.content = content, .chinese = chinese, .stream = stream};
  const int code = wg_headline_read(content, &v.headline, error);
  if (code != WG_FAIL_RUN) {
    print_origin(&v);
    print_headline(&v);
    print_axes(&v);
    print_variables(&v);
  }
  wg_headline_free(&v.headline);
  return code;
}
