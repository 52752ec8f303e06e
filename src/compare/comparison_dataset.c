// SPDX-License-Identifier: GPL-3.0-or-later
// A comparison as a group of labelled arrays.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "compare/comparison.h"

enum { VARIABLES_MAX = 96, DIMENSIONS_COUNT = 6 };

// The group while it is put together; memory is given back all at once.
typedef struct making {
  const wg_comparison *c;
  wg_arena arena;
  wg_dimension dimensions[DIMENSIONS_COUNT + 1];
  size_t dimension_count;
  wg_variable variables[VARIABLES_MAX];
  size_t variable_count;
  bool no_memory;
} making;

static void *make(making *m, size_t count, size_t size) {
  void *const made = wg_arena_alloc(&m->arena, count, size);
  m->no_memory |= made == NULL;
  return made;
}

static void add(making *m, wg_variable variable) {
  if (m->variable_count < VARIABLES_MAX)
    m->variables[m->variable_count++] = variable;
}

// ---- axes ----

static void add_texts(making *m, const char *name, const char *axis, const char *long_name, const char *label,
                      const char *const *texts) {
  add(m, wg_variable_of_texts(name, axis, long_name, label, texts));
}

static void add_axis(making *m, const char *name, size_t length) {
  m->dimensions[m->dimension_count++] = (wg_dimension){name, length};
}

static void add_variants(making *m) {
  const wg_comparison *const c = m->c;
  const char **const names = make(m, c->variant_count, sizeof *names);
  const char **const labels = make(m, c->variant_count, sizeof *labels);
  const char **const against = make(m, c->variant_count, sizeof *against);
  for (size_t v = 0; names && labels && against && v < c->variant_count; v++) {
    names[v] = c->variants[v].name;
    labels[v] = c->variants[v].label;
    against[v] = c->variants[v].against;
  }
  add_axis(m, "variant", c->variant_count);
  add_texts(m, "variant", "variant", "Variant", "方案", names);
  add_texts(m, "variant_name", "variant", "Chinese label of the variant", "名称", labels);
  add_texts(m, "against", "variant", "Variant it is compared with", "对照", against);
}

static void add_outcomes(making *m) {
  const wg_comparison *const c = m->c;
  const char **texts[4];
  for (size_t i = 0; i < 4; i++)
    texts[i] = make(m, c->outcome_count, sizeof(char *));
  int8_t *const better = make(m, c->outcome_count, sizeof *better);
  for (size_t o = 0; o < c->outcome_count && !m->no_memory; o++) {
    texts[0][o] = c->outcomes[o]->name;
    texts[1][o] = c->outcomes[o]->label;
    texts[2][o] = c->outcomes[o]->unit;
    texts[3][o] = c->outcomes[o]->long_name;
    better[o] = (int8_t)c->outcomes[o]->better;
  }
  add_axis(m, "outcome", c->outcome_count);
  add_texts(m, "outcome", "outcome", "Outcome", "指标", texts[0]);
  add_texts(m, "outcome_name", "outcome", "Chinese label of the outcome", "名称", texts[1]);
  add_texts(m, "outcome_unit", "outcome", "Unit of the outcome", "单位", texts[2]);
  add_texts(m, "outcome_long_name", "outcome", "What the outcome is", "含义", texts[3]);
  add(m, (wg_variable){.name = "outcome_better",
                       .type = WG_I8,
                       .rank = 1,
                       .dimensions = {"outcome"},
                       .long_name = "1: the more the better, -1: the less the better, 0: neither",
                       .label = "优劣方向",
                       .data = better});
}

static void add_parts(making *m) {
  add_axis(m, "part", m->c->part_count);
  add_texts(m, "part", "part", "Part of the whole: all, or an entry of what results are told by", "部分", m->c->parts);
  add_texts(m, "part_name", "part", "Chinese label of the part", "名称", m->c->part_labels);
}

static const wg_attribute calendar[] = {{"calendar", WG_STRING, 1, "standard"}, {"axis", WG_STRING, 1, "T"}};

static void add_time(making *m, char unit[32]) {
  const wg_comparison *const c = m->c;
  double *const days = make(m, c->rows, sizeof *days);
  for (size_t t = 0; days && t < c->rows; t++)
    days[t] = (double)(c->dates[t] - c->dates[0]);
  char first[11];
  wg_date_print(c->dates[0], first);
  snprintf(unit, 32, "days since %s", first);
  add_axis(m, "time", c->rows);
  add(m, (wg_variable){.name = "time",
                       .type = WG_F64,
                       .rank = 1,
                       .dimensions = {"time"},
                       .unit = unit,
                       .long_name = "First day after the month; the first entry is the start",
                       .label = "月末次日",
                       .attributes = calendar,
                       .attribute_count = 2,
                       .data = days});
}

static void add_parameters(making *m) {
  const wg_comparison *const c = m->c;
  if (c->parameter_count == 0)
    return;
  const char **texts[4];
  for (size_t i = 0; i < 4; i++)
    texts[i] = make(m, c->parameter_count, sizeof(char *));
  for (size_t p = 0; p < c->parameter_count && !m->no_memory; p++) {
    texts[0][p] = c->parameters[p].path;
    texts[1][p] = c->parameters[p].label;
    texts[2][p] = c->parameters[p].unit;
    texts[3][p] = c->parameters[p].evidence;
  }
  add_axis(m, "parameter", c->parameter_count);
  add_texts(m, "parameter", "parameter", "Drawn parameter", "参数", texts[0]);
  add_texts(m, "parameter_name", "parameter", "Chinese label of the parameter", "名称", texts[1]);
  add_texts(m, "parameter_unit", "parameter", "Unit of the parameter", "单位", texts[2]);
  add_texts(m, "parameter_evidence", "parameter", "Evidence for the parameter", "依据等级", texts[3]);
}

// ---- numbers ----

typedef struct figure {
  const char *name, *long_name, *label;
  size_t offset; // of a double in wg_difference
} figure;

#define FIGURE(name, member, long_name, label)                                                                         \
  { name, long_name, label, offsetof(wg_difference, member) }
static const figure figures[] = {
    FIGURE("base", base, "Mean of what it is compared with", "对照均值"),
    FIGURE("value", value, "Mean of the variant", "方案均值"),
    FIGURE("difference", difference, "Mean paired difference", "配对差异均值"),
    FIGURE("band_low", band.low, "Band over draws of the assumed parameters, 5 %", "假设参数区间下限（5%）"),
    FIGURE("band_high", band.high, "Band over draws of the assumed parameters, 95 %", "假设参数区间上限（95%）"),
    FIGURE("draw_least", draw_least, "Difference in the draw where it is least", "各组取值中最小"),
    FIGURE("draw_most", draw_most, "Difference in the draw where it is most", "各组取值中最大"),
    FIGURE("luck_low", luck_t.low, "Luck only: 95 % interval over replicates, t, low", "仅偶然：t 区间下限"),
    FIGURE("luck_high", luck_t.high, "Luck only: 95 % interval over replicates, t, high", "仅偶然：t 区间上限"),
    FIGURE("luck_bootstrap_low", luck_bootstrap.low, "Luck only: 95 % interval over replicates, bootstrap-t, low",
           "仅偶然：自助 t 区间下限"),
    FIGURE("luck_bootstrap_high", luck_bootstrap.high, "Luck only: 95 % interval over replicates, bootstrap-t, high",
           "仅偶然：自助 t 区间上限"),
    FIGURE("correlation", correlation, "Correlation of the pairs within draws, pooled", "成对运行的相关系数"),
    FIGURE("variance_ratio", variance_ratio, "Variance of an unpaired difference to that of the paired one", "方差比"),
    FIGURE("draws_agree", draws_agree, "Share of draws whose difference has the sign of the mean one", "取值同号占比"),
    FIGURE("runs_agree", runs_agree, "Share of pairs whose difference has the sign of the mean one", "运行同号占比"),
};

static double member(const wg_difference *d, size_t offset) {
  double x;
  memcpy(&x, (const char *)d + offset, sizeof x);
  return x;
}

static void add_numbers(making *m, const char *name, const char *long_name, const char *label, const char *third,
                        const double *data) {
  add(m, (wg_variable){.name = name,
                       .type = WG_F64,
                       .rank = third ? 3 : 2,
                       .dimensions = {"variant", "outcome", third},
                       .unit = "see outcome_unit",
                       .long_name = long_name,
                       .label = label,
                       .data = data});
}

static void add_counts(making *m) {
  const wg_comparison *const c = m->c;
  const size_t each = c->outcome_count * c->part_count;
  int32_t *const pairs = make(m, c->variant_count * each, sizeof *pairs);
  int32_t *const missing = make(m, c->variant_count * each, sizeof *missing);
  int8_t *const sign = make(m, c->variant_count * each, sizeof *sign);
  for (size_t v = 0; v < c->variant_count && !m->no_memory; v++)
    for (size_t i = 0; i < each; i++) {
      const wg_difference *const d = c->variants[v].differences + i;
      pairs[v * each + i] = (int32_t)d->pairs;
      missing[v * each + i] = (int32_t)d->missing;
      sign[v * each + i] = (int8_t)(d->pairs ? wg_difference_sign(d) : 0);
    }
  wg_variable variable = {.rank = 3, .dimensions = {"variant", "outcome", "part"}, .type = WG_I32};
  variable.name = "pairs";
  variable.long_name = "Pairs of runs";
  variable.label = "成对运行数";
  variable.data = pairs;
  add(m, variable);
  variable.name = "missing";
  variable.long_name = "Pairs of which a run is missing";
  variable.label = "缺失的成对运行数";
  variable.data = missing;
  add(m, variable);
  variable.type = WG_I8;
  variable.name = "sign";
  variable.long_name = "Sign on which band and luck-only interval agree; 0: none";
  variable.label = "一致的符号";
  variable.data = sign;
  add(m, variable);
}

static void add_figures(making *m) {
  const wg_comparison *const c = m->c;
  const size_t each = c->outcome_count * c->part_count;
  for (size_t f = 0; f < sizeof figures / sizeof *figures; f++) {
    double *const data = make(m, c->variant_count * each, sizeof *data);
    for (size_t v = 0; data && v < c->variant_count; v++)
      for (size_t i = 0; i < each; i++)
        data[v * each + i] = member(c->variants[v].differences + i, figures[f].offset);
    add_numbers(m, figures[f].name, figures[f].long_name, figures[f].label, "part", data);
  }
}

static void add_cost(making *m) {
  const wg_comparison *const c = m->c;
  double *const data = make(m, c->variant_count * c->outcome_count, sizeof *data);
  for (size_t v = 0; data && v < c->variant_count; v++)
    memcpy(data + v * c->outcome_count, c->variants[v].cost_per_unit, c->outcome_count * sizeof *data);
  add(m, (wg_variable){.name = "cost_per_unit",
                       .type = WG_F64,
                       .rank = 2,
                       .dimensions = {"variant", "outcome"},
                       .unit = "yuan per unit of the outcome",
                       .long_name = "Difference of cost for each unit of difference; NaN where no sign is agreed on",
                       .label = "每单位差异的支出",
                       .data = data});
}

static void add_series(making *m) {
  static const char *const texts[5][3] = {
      {"series_base", "By month: mean of what it is compared with", "逐月对照均值"},
      {"series_value", "By month: mean of the variant", "逐月方案均值"},
      {"series_difference", "By month: mean paired difference", "逐月配对差异均值"},
      {"series_low", "By month: band over draws, 5 % (luck-only t interval where nothing is drawn)", "逐月区间下限"},
      {"series_high", "By month: band over draws, 95 % (luck-only t interval where nothing is drawn)", "逐月区间上限"}};
  const wg_comparison *const c = m->c;
  const size_t each = c->outcome_count * c->rows;
  for (size_t i = 0; i < 5; i++) {
    double *const data = make(m, c->variant_count * each, sizeof *data);
    for (size_t v = 0; data && v < c->variant_count; v++) {
      const wg_compared_variant *const told = c->variants + v;
      const double *const series[5] = {told->series_base, told->series_value, told->series_difference, told->series_low,
                                       told->series_high};
      memcpy(data + v * each, series[i], each * sizeof *data);
    }
    add_numbers(m, texts[i][0], texts[i][1], texts[i][2], "time", data);
  }
}

static void add_spillovers(making *m) {
  static const struct {
    const char *name, *long_name, *label;
    size_t offset;
  } told[] = {
      {"spillover_difference", "Mean paired difference by places", "分地点差异", offsetof(wg_difference, difference)},
      {"spillover_band_low", "The same: band over draws, 5 %", "分地点区间下限", offsetof(wg_difference, band.low)},
      {"spillover_band_high", "The same: band over draws, 95 %", "分地点区间上限", offsetof(wg_difference, band.high)},
      {"spillover_luck_low", "The same: luck only, t, low", "分地点仅偶然下限", offsetof(wg_difference, luck_t.low)},
      {"spillover_luck_high", "The same: luck only, t, high", "分地点仅偶然上限", offsetof(wg_difference, luck_t.high)},
  };
  const wg_comparison *const c = m->c;
  const size_t each = c->outcome_count * WG_PLACE_CLASS_COUNT;
  double *const places = make(m, c->variant_count * WG_PLACE_CLASS_COUNT, sizeof *places);
  for (size_t v = 0; places && v < c->variant_count; v++)
    memcpy(places + v * WG_PLACE_CLASS_COUNT, c->variants[v].places, WG_PLACE_CLASS_COUNT * sizeof *places);
  add_axis(m, "place_class", WG_PLACE_CLASS_COUNT);
  add_texts(m, "place_class", "place_class", "Places by whether a policy is in force there", "地点类别",
            wg_place_class_names);
  add_texts(m, "place_class_name", "place_class", "Chinese label of the class", "名称", wg_place_class_labels);
  add(m, (wg_variable){.name = "places",
                       .type = WG_F64,
                       .rank = 2,
                       .dimensions = {"variant", "place_class"},
                       .unit = m->c->place,
                       .long_name = "Number of places, mean over the runs",
                       .label = "地点个数",
                       .data = places});
  for (size_t f = 0; f < sizeof told / sizeof *told; f++) {
    double *const data = make(m, c->variant_count * each, sizeof *data);
    for (size_t v = 0; data && v < c->variant_count; v++)
      for (size_t i = 0; i < each; i++)
        data[v * each + i] = member(c->variants[v].spillovers + i, told[f].offset);
    add_numbers(m, told[f].name, told[f].long_name, told[f].label, "place_class", data);
  }
}

static void add_leanings(making *m) {
  const wg_comparison *const c = m->c;
  const size_t each = c->outcome_count * c->parameter_count;
  if (each == 0)
    return;
  double *const data = make(m, c->variant_count * each, sizeof *data);
  int8_t *const leans = make(m, c->variant_count * each, sizeof *leans);
  for (size_t v = 0; v < c->variant_count && !m->no_memory; v++)
    for (size_t i = 0; i < each; i++) {
      data[v * each + i] = c->variants[v].rank_correlation[i];
      leans[v * each + i] = c->variants[v].leans[i];
    }
  wg_variable variable = {.name = "rank_correlation",
                          .type = WG_F64,
                          .rank = 3,
                          .dimensions = {"variant", "outcome", "parameter"},
                          .unit = "1",
                          .long_name = "Rank correlation of the difference with the parameter over draws",
                          .label = "与参数的秩相关系数",
                          .data = data};
  add(m, variable);
  variable.name = "leans";
  variable.type = WG_I8;
  variable.unit = NULL;
  variable.long_name =
      "Whether the difference leans on the parameter: 1 where chance alone seldom takes any of them so far";
  variable.label = "是否取决于该参数";
  variable.data = leans;
  add(m, variable);
}

static void gather(making *m, char unit[32]) {
  add_variants(m);
  add_outcomes(m);
  add_parts(m);
  add_time(m, unit);
  add_parameters(m);
  add_figures(m);
  add_counts(m);
  add_cost(m);
  add_series(m);
  add_spillovers(m);
  add_leanings(m);
}

int wg_comparison_put(const wg_comparison *comparison, const char *name, const wg_sink *sink, wg_error *error) {
  making *const m = calloc(1, sizeof *m);
  if (!m)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the comparison");
  m->c = comparison;
  char unit[32], from[11], to[11];
  wg_date_print(comparison->from, from);
  wg_date_print(comparison->to, to);
  gather(m, unit);
  const wg_attribute attributes[] = {
      {"title", WG_STRING, 1, "wangge 网格: comparison of variants"},
      {"source", WG_STRING, 1, "wangge, a simulator of how a city district is governed; Haidian, Beijing"},
      {"program_version", WG_STRING, 1, comparison->version},
      {"compared_from", WG_STRING, 1, from},
      {"compared_to", WG_STRING, 1, to},
      {"by", WG_STRING, 1, comparison->by ? comparison->by : ""},
      {"comment", WG_STRING, 1,
       "The band over draws is what the assumed parameters do; luck-only intervals say what replicates leave open and "
       "nothing about assumptions. Results are conditional on what is assumed and not drawn."}};
  const wg_group group = {.name = name,
                          .dimensions = m->dimensions,
                          .dimension_count = m->dimension_count,
                          .variables = m->variables,
                          .variable_count = m->variable_count,
                          .attributes = attributes,
                          .attribute_count = sizeof attributes / sizeof *attributes};
  const int code = m->no_memory ? wg_error_set(error, WG_FAIL_RUN, "out of memory for the comparison")
                                : sink->put(sink->self, &group, error);
  wg_arena_free(&m->arena);
  free(m);
  return code;
}
