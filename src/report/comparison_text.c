// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/comparison_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "report/comparison_number.h"
#include "report/comparison_words.h"
#include "report/table.h"

enum { NAME = 22, VALUE = 13, DIFFERENCE = 12, INTERVAL = 27, SHARE = 12, RATIO = 13, UNIT = 9 };

typedef struct view {
  const wg_comparison *c;
  bool chinese;
  FILE *stream;
} view;

typedef struct column {
  int width; // below 0: aligned to the left
  const char *english, *chinese;
} column;

static const char *say(const view *v, const char *english, const char *chinese) {
  return v->chinese ? chinese : english;
}

static void print_heads(const view *v, const column *columns, size_t count) {
  for (size_t i = 0; i < count; i++)
    wg_cell_print(v->stream, say(v, columns[i].english, columns[i].chinese),
                  i && columns[i].width > 0 ? -columns[i].width : abs(columns[i].width));
  fputc('\n', v->stream);
}

static void print_share(const view *v, double share) {
  char text[32] = "–";
  const double percent = 100.0;
  if (wg_is_finite(share))
    snprintf(text, sizeof text, "%.0f %%", percent * share);
  wg_cell_print(v->stream, text, -SHARE);
}

static const char *outcome_name(const view *v, const wg_outcome *o) {
  return v->chinese ? o->label : o->name;
}

static void print_difference(const view *v, const wg_outcome *o, const wg_difference *d) {
  char text[WG_NUMBER_TEXT];
  if (d->same_bits)
    wg_cell_print(v->stream, say(v, "same bits", "逐位相同"), -DIFFERENCE);
  else
    wg_cell_print(v->stream, wg_figure_print(d->difference, o->decimals, true, text), -DIFFERENCE);
}

static void print_unit(const view *v, const wg_outcome *o) {
  fputc(' ', v->stream);
  wg_cell_print(v->stream, say(v, o->unit, o->unit_chinese), UNIT);
}

// ---- what it is ----

static void print_origin(const view *v) {
  const wg_comparison *const c = v->c;
  char from[11], to[11];
  wg_date_print(c->from, from);
  wg_date_print(c->to, to);
  fprintf(v->stream, v->chinese ? "%s：比较 %s 至 %s（%zu 个月）\n" : "%s: compared from %s to %s (months: %zu)\n",
          c->source, from, to, c->last - c->first);
  if (c->draws > 1)
    fprintf(v->stream,
            v->chinese
                ? "%zu 个假设参数的 %zu 组取值，每组 %zu 次重复；区间首先反映假设，旁边是仅由偶然造成的误差。\n"
                : "%zu assumed parameters in %zu draws, %zu replicates of each; the band is what the assumptions "
                  "do, beside it stands what luck alone does.\n",
            c->parameter_count, c->draws, c->replicates);
  else
    fprintf(v->stream,
            v->chinese
                ? "%zu 次重复；没有抽取假设参数，结果以其现值为前提，下列误差仅由偶然造成。\n"
                : "%zu replicates; no assumed parameter was drawn: the results are conditional on their values, and "
                  "the intervals are luck only.\n",
            c->replicates);
  if (c->revision_note)
    fprintf(v->stream,
            v->chinese ? "注意：%s 由另一代码版本的程序写出。\n"
                       : "Note: %s was written by another revision of the program.\n",
            c->revision_note);
}

// ---- one variant ----

static const column main_columns[] = {{NAME, "outcome", "指标"},
                                      {VALUE, "against", "对照"},
                                      {VALUE, "variant", "方案"},
                                      {DIFFERENCE, "difference", "差异"},
                                      {-UNIT - 1, "", ""},
                                      {INTERVAL, "band 5 to 95 %", "5%–95% 区间"},
                                      {VALUE, "luck only", "仅偶然"},
                                      {SHARE, "draws agree", "取值同号"},
                                      {SHARE, "runs agree", "运行同号"}};

// Where nothing was drawn there is no band, and no column for it.
static bool is_of_draws(const char *head) {
  return strncmp(head, "band", 4) == 0 || strncmp(head, "draws", 5) == 0;
}

static void print_main_heads(const view *v) {
  column columns[sizeof main_columns / sizeof *main_columns];
  size_t count = 0;
  for (size_t i = 0; i < sizeof main_columns / sizeof *main_columns; i++)
    if (v->c->draws > 1 || !is_of_draws(main_columns[i].english))
      columns[count++] = main_columns[i];
  print_heads(v, columns, count);
}

static void print_main_row(const view *v, const wg_outcome *o, const char *name, const wg_difference *d) {
  char text[WG_NUMBER_TEXT];
  wg_cell_print(v->stream, name, NAME);
  wg_cell_print(v->stream, wg_figure_value(o, d->base, text), -VALUE);
  wg_cell_print(v->stream, wg_figure_value(o, d->value, text), -VALUE);
  print_difference(v, o, d);
  print_unit(v, o);
  if (v->c->draws > 1)
    wg_cell_print(v->stream, wg_figure_interval(o, d->band, v->chinese, text), -INTERVAL);
  wg_cell_print(v->stream, wg_figure_half(o, d->luck_t, text), -VALUE);
  if (v->c->draws > 1)
    print_share(v, d->draws_agree);
  print_share(v, d->runs_agree);
  fputc('\n', v->stream);
}

static void print_main(const view *v, const wg_compared_variant *told) {
  print_main_heads(v);
  for (size_t o = 0; o < v->c->outcome_count; o++) {
    const wg_difference *const d = told->differences + o * v->c->part_count;
    if (d->pairs)
      print_main_row(v, v->c->outcomes[o], outcome_name(v, v->c->outcomes[o]), d);
  }
}

static const column luck_columns[] = {{NAME, "outcome", "指标"},
                                      {-UNIT - 1, "", ""},
                                      {INTERVAL, "least to most draw", "各组取值最小至最大"},
                                      {INTERVAL, "luck only, t", "仅偶然（t）"},
                                      {INTERVAL, "luck only, bootstrap-t", "仅偶然（自助 t）"},
                                      {RATIO, "correlation", "相关系数"},
                                      {RATIO, "variance", "方差比"},
                                      {VALUE + 4, "yuan per unit", "每单位支出(元)"}};

static void print_luck_row(const view *v, const wg_compared_variant *told, size_t o) {
  char text[WG_NUMBER_TEXT];
  const wg_outcome *const outcome = v->c->outcomes[o];
  const wg_difference *const d = told->differences + o * v->c->part_count;
  wg_cell_print(v->stream, outcome_name(v, outcome), NAME);
  print_unit(v, outcome);
  wg_cell_print(v->stream, wg_figure_interval(outcome, (wg_interval){d->draw_least, d->draw_most}, v->chinese, text),
                -INTERVAL);
  wg_cell_print(v->stream, wg_figure_interval(outcome, d->luck_t, v->chinese, text), -INTERVAL);
  wg_cell_print(v->stream, wg_figure_interval(outcome, d->luck_bootstrap, v->chinese, text), -INTERVAL);
  wg_cell_print(v->stream, wg_figure_ratio(d->correlation, text), -RATIO);
  wg_cell_print(v->stream, d->same_bits ? say(v, "same bits", "逐位相同") : wg_figure_ratio(d->variance_ratio, text),
                -RATIO);
  wg_cell_print(v->stream, wg_figure_print(told->cost_per_unit[o], 0, false, text), -VALUE - 4);
  fputc('\n', v->stream);
}

// Of a single pair of runs none of it can be told.
static void print_luck(const view *v, const wg_compared_variant *told) {
  if (v->c->draws < 2 && v->c->replicates < 2)
    return;
  fputs(say(v,
            "\nWhat luck leaves open, and what common luck achieved (correlation of the pairs; variance of an unpaired "
            "difference, of the paired one):\n",
            "\n偶然造成的误差，以及共同随机数的效果（成对运行的相关系数；不配对与配对差异的方差之比）：\n"),
        v->stream);
  print_heads(v, luck_columns, sizeof luck_columns / sizeof *luck_columns);
  for (size_t o = 0; o < v->c->outcome_count; o++)
    if (told->differences[o * v->c->part_count].pairs)
      print_luck_row(v, told, o);
}

static void print_parts(const view *v, const wg_compared_variant *told) {
  for (size_t o = 0; o < v->c->outcome_count; o++) {
    bool any = false;
    for (size_t p = 1; p < v->c->part_count; p++) {
      const wg_difference *const d = told->differences + o * v->c->part_count + p;
      if (!d->pairs)
        continue;
      if (!any) {
        fprintf(v->stream, "\n%s\n", outcome_name(v, v->c->outcomes[o]));
        print_main_heads(v);
      }
      any = true;
      print_main_row(v, v->c->outcomes[o], v->chinese ? v->c->part_labels[p] : v->c->parts[p], d);
    }
  }
}

// ---- words ----

// Outcomes that get sentences: those asked for, or a few.
static bool is_worth_words(const view *v, const wg_outcome *o) {
  static const char *const few[] = {"coverage", "observed_coverage", "elder_care_coverage", "coverage_gini", "trust",
                                    "cost"};
  if (v->c->outcome_count < wg_outcome_count)
    return true;
  for (size_t i = 0; i < sizeof few / sizeof *few; i++)
    if (strcmp(o->name, few[i]) == 0)
      return true;
  return false;
}

static void print_sentences(const view *v, const wg_compared_variant *told) {
  fputc('\n', v->stream);
  for (size_t o = 0; o < v->c->outcome_count; o++) {
    if (!is_worth_words(v, v->c->outcomes[o]) || !told->differences[o * v->c->part_count].pairs)
      continue;
    fputs(say(v, "- ", "· "), v->stream);
    wg_words_outcome(v->c, told, o, v->chinese, v->stream);
    fputc('\n', v->stream);
  }
}

static void print_rests_on(const view *v, const wg_compared_variant *told) {
  if (v->c->draws > 1 && v->c->draws < 8)
    fputs(say(v, "- Which parameters results lean on cannot be told from so few draws (allowed: 8 or more).\n",
              "· 取值组数太少，结果取决于哪些参数不能判断（至少 8 组）。\n"),
          v->stream);
  if (told->assumption_count == 0)
    return;
  fputs(say(v, "- What its policies assume, without a source for the size: ", "· 其政策中无来源、纯属假设的参数："),
        v->stream);
  for (size_t i = 0; i < told->assumption_count; i++) {
    const wg_policy_assumption *const a = told->assumptions + i;
    fprintf(v->stream, "%s%s = %s", i ? say(v, ", ", "、") : "", a->path, a->value);
    if (v->chinese && *a->label)
      fprintf(v->stream, "（%s）", a->label);
    if (a->is_drawn)
      fputs(say(v, " (drawn)", "（已抽取）"), v->stream);
  }
  fputs(say(v, ".\n", "。\n"), v->stream);
}

static void print_missing(const view *v, const wg_compared_variant *told) {
  const wg_difference *const d = told->differences;
  if (d->missing)
    fprintf(v->stream,
            v->chinese
                ? "· 缺 %zu 对运行（共 %zu 对）；仅由偶然造成的误差只用齐全的 %zu 次重复。\n"
                : "- %zu of %zu pairs of runs are missing; the luck-only intervals rest on the %zu replicates that "
                  "are whole.\n",
            d->missing, d->missing + d->pairs, d->replicates);
}

// ---- spillovers ----

static const column spillover_columns[] = {{NAME, "places", "地点"},
                                           {SHARE, "number", "个数"},
                                           {DIFFERENCE, "difference", "差异"},
                                           {-UNIT - 1, "", ""},
                                           {INTERVAL, "band 5 to 95 %", "5%–95% 区间"},
                                           {VALUE, "luck only", "仅偶然"},
                                           {SHARE, "runs agree", "运行同号"}};

static void print_spillover(const view *v, const wg_compared_variant *told, size_t o) {
  const wg_outcome *const outcome = v->c->outcomes[o];
  fprintf(v->stream, "%s\n", outcome_name(v, outcome));
  for (size_t k = 0; k < WG_PLACE_CLASS_COUNT; k++) {
    const wg_difference *const d = told->spillovers + o * WG_PLACE_CLASS_COUNT + k;
    char text[WG_NUMBER_TEXT];
    if (!(told->places[k] > 0.0))
      continue;
    fputs("  ", v->stream);
    wg_cell_print(v->stream, say(v, wg_place_class_names[k], wg_place_class_labels[k]), NAME - 2);
    wg_cell_print(v->stream, wg_figure_print(told->places[k], 0, false, text), -SHARE);
    print_difference(v, outcome, d);
    print_unit(v, outcome);
    wg_cell_print(v->stream, wg_figure_interval(outcome, d->band, v->chinese, text), -INTERVAL);
    wg_cell_print(v->stream, wg_figure_half(outcome, d->luck_t, text), -VALUE);
    print_share(v, d->runs_agree);
    fputc('\n', v->stream);
  }
}

static void print_spillovers(const view *v, const wg_compared_variant *told) {
  if (strcmp(v->c->place, "district") == 0 || !(told->places[WG_TREATED] > 0.0))
    return;
  const bool is_exact = strcmp(v->c->place, "community") == 0;
  if (!(told->places[WG_NEAR] > 0.0) && !(told->places[WG_ELSEWHERE] > 0.0)) {
    fputs(is_exact
              ? say(v, "\nSpillovers cannot be told: it is in force in every community.\n",
                    "\n外溢不能判断：所有社区都已实施。\n")
              : say(v,
                    "\nSpillovers cannot be told: it is in force in every subdistrict (output.place = \"community\" "
                    "tells communities apart).\n",
                    "\n外溢不能判断：所有街镇都已实施（output.place = \"community\" 可区分社区）。\n"),
          v->stream);
    return;
  }
  fputs(is_exact ? say(v, "\nSpillovers, by communities:\n", "\n外溢（按社区）：\n")
                 : say(v,
                       "\nSpillovers, by subdistricts in which it is in force somewhere, and others (exact only with "
                       "output.place = \"community\"):\n",
                       "\n外溢（按是否有社区实施的街镇；output.place = \"community\" 时才精确）：\n"),
        v->stream);
  print_heads(v, spillover_columns, sizeof spillover_columns / sizeof *spillover_columns);
  for (size_t o = 0; o < v->c->outcome_count; o++)
    if (is_worth_words(v, v->c->outcomes[o]) && told->spillovers[o * WG_PLACE_CLASS_COUNT].pairs)
      print_spillover(v, told, o);
}

static void print_variant(const view *v, const wg_compared_variant *told) {
  fprintf(v->stream, v->chinese ? "\n%s %s，对照 %s\n\n" : "\n%s %s, against %s\n\n", told->name, told->label,
          told->against);
  print_main(v, told);
  print_sentences(v, told);
  print_rests_on(v, told);
  print_missing(v, told);
  print_spillovers(v, told);
  print_luck(v, told);
  print_parts(v, told);
}

// ---- equal costs ----

// Whether the two have been compared in a table of their own.
static bool was_told(const wg_comparison *c, const wg_equal_cost *e) {
  for (size_t i = 0; i < c->variant_count; i++)
    if (strcmp(c->variants[i].name, e->second) == 0 && strcmp(c->variants[i].against, e->first) == 0)
      return true;
  return false;
}

static void print_equal_costs(const view *v) {
  const wg_comparison *const c = v->c;
  if (c->equal_cost_count == 0)
    return;
  fputs(say(v, "\nAbout equal in cost (less than 2 % apart); the second against the first:\n\n",
            "\n支出大致相等（相差不到 2 %）的方案，后者对前者：\n\n"),
        v->stream);
  for (size_t i = 0; i < c->equal_cost_count; i++) {
    const wg_equal_cost *const e = c->equal_costs + i;
    const bool is_above = was_told(c, e);
    fprintf(v->stream, v->chinese ? "%s、%s（相差 %.2f %%）%s\n" : "%s, %s (%.2f %% apart)%s\n", e->first, e->second,
            100.0 * e->apart, is_above ? say(v, ", as above", "，见上") : "");
    for (size_t o = 0; o < c->outcome_count && !is_above; o++)
      if (is_worth_words(v, c->outcomes[o]) && e->differences[o].pairs)
        print_main_row(v, c->outcomes[o], outcome_name(v, c->outcomes[o]), e->differences + o);
  }
  if (c->equal_costs_cut)
    fputs("…\n", v->stream);
}

void wg_comparison_text(const wg_comparison *comparison, bool chinese, FILE *stream) {
  const view v = {comparison, chinese, stream};
  print_origin(&v);
  for (size_t i = 0; i < comparison->variant_count; i++)
    print_variant(&v, comparison->variants + i);
  print_equal_costs(&v);
}
