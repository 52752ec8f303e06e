// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/comparison_words.h"

#include <string.h>

#include "base/maths.h"
#include "report/comparison_number.h"

typedef struct speaker {
  const wg_comparison *c;
  const wg_compared_variant *v;
  const wg_outcome *o;
  const wg_difference *d;
  size_t outcome;
  bool chinese;
  FILE *stream;
} speaker;

static double size_of(double x) {
  return x < 0.0 ? -x : x;
}

static const char *unit_of(const speaker *s) {
  return s->chinese ? s->o->unit_chinese : s->o->unit;
}

static bool is_told(wg_interval interval) {
  return interval.low <= interval.high;
}

// What the result is certain of: assumptions first, luck beside it.
static void say_certainty(const speaker *s) {
  char band[WG_NUMBER_TEXT], half[WG_NUMBER_TEXT];
  const wg_difference *const d = s->d;
  fputs(s->chinese ? "（" : " (", s->stream);
  if (is_told(d->band))
    fprintf(s->stream,
            s->chinese ? "%2$zu 组假设参数取值（%3$zu 个参数）下的区间为 %1$s"
                       : "band %s over %zu draws of %zu assumed parameters",
            wg_figure_interval(s->o, d->band, s->chinese, band), d->draws, s->c->parameter_count);
  else
    fputs(s->chinese ? "未抽取假设参数，不含假设的不确定性"
                     : "nothing was drawn, so what the assumptions do is not in it",
          s->stream);
  fputs(s->chinese ? "；" : "; ", s->stream);
  if (is_told(d->luck_t))
    fprintf(s->stream, s->chinese ? "%2$zu 次重复中仅由偶然造成的误差 %1$s" : "luck only %s over %zu replicates",
            wg_figure_half(s->o, d->luck_t, half), d->replicates);
  else
    fputs(s->chinese ? "重复不足两次，偶然误差无从判断" : "fewer than two replicates, so what luck does cannot be told",
          s->stream);
  fputs(s->chinese ? "）" : ")", s->stream);
}

static void say_cost(const speaker *s) {
  const size_t cost = wg_comparison_outcome(s->c, "cost"), met = wg_comparison_outcome(s->c, "met_on_time");
  if (cost == s->c->outcome_count || met == s->c->outcome_count || s->outcome == cost || s->o->better == 0)
    return;
  char text[WG_NUMBER_TEXT];
  const wg_difference *const costs = s->v->differences + cost * s->c->part_count;
  const wg_difference *const needs = s->v->differences + met * s->c->part_count;
  const double each = s->v->cost_per_unit[met];
  const bool is_better = s->o->better * wg_difference_sign(s->d) > 0;
  if (is_better && costs->difference < 0.0 && wg_difference_sign(costs) < 0)
    fprintf(s->stream, s->chinese ? "，同时少支出 %s 元" : ", for %s yuan less",
            wg_figure_print(-costs->difference, 0, false, text));
  else if (is_better && costs->difference > 0.0 && needs->difference > 0.0 && wg_is_finite(each))
    fprintf(s->stream, s->chinese ? "，每多按期满足一件需求支出 %s 元" : ", at %s yuan per further met need",
            wg_figure_print(each, 0, false, text));
}

static void say_leanings(const speaker *s) {
  enum { SHOWN = 5 };
  const size_t count = s->c->parameter_count;
  size_t said = 0;
  for (size_t p = 0; p < count; p++) {
    if (!s->v->leans[s->outcome * count + p])
      continue;
    if (said++ < SHOWN)
      fprintf(s->stream, "%s%s",
              said > 1     ? s->chinese ? "、" : ", "
              : s->chinese ? "；结果取决于 "
                           : "; it leans on ",
              s->c->parameters[p].path);
  }
  if (said > SHOWN)
    fprintf(s->stream, s->chinese ? "等 %zu 个参数" : " and %zu more", s->chinese ? said : said - SHOWN);
}

static void say_moves(const speaker *s, int direction) {
  char text[WG_NUMBER_TEXT];
  wg_figure_print(size_of(s->d->difference), s->o->decimals, false, text);
  if (s->chinese)
    fprintf(s->stream, "%s%s %s %s", s->o->chinese, direction > 0 ? "上升" : "下降", text, unit_of(s));
  else
    fprintf(s->stream, "%s %s %s %s", s->o->long_name, direction > 0 ? "rises" : "falls", text, unit_of(s));
}

static void say_untold(const speaker *s) {
  char text[WG_NUMBER_TEXT];
  wg_figure_print(s->d->difference, s->o->decimals, true, text);
  const bool is_single = !is_told(s->d->band) && !is_told(s->d->luck_t);
  if (s->chinese)
    fprintf(s->stream, "%s变化 %s %s%s", s->o->chinese, text, unit_of(s),
            is_single ? "，仅此一对运行" : "，方向不能确定");
  else
    fprintf(s->stream, "%s: %s %s, %s", s->o->long_name, text, unit_of(s),
            is_single ? "in one pair of runs" : "no direction can be told");
}

void wg_words_outcome(const wg_comparison *comparison, const wg_compared_variant *variant, size_t outcome, bool chinese,
                      FILE *stream) {
  const speaker s = {.c = comparison,
                     .v = variant,
                     .o = comparison->outcomes[outcome],
                     .d = variant->differences + outcome * comparison->part_count,
                     .outcome = outcome,
                     .chinese = chinese,
                     .stream = stream};
  const int direction = wg_difference_sign(s.d);
  if (s.d->pairs == 0) {
    fprintf(stream, chinese ? "%s：不能比较" : "%s: cannot be told", chinese ? s.o->chinese : s.o->long_name);
  } else if (s.d->same_bits) {
    fprintf(stream,
            chinese ? "%s：无差异，%zu 对运行逐位相同" : "%s: no difference, %zu pairs of runs are equal to the bit",
            chinese ? s.o->chinese : s.o->long_name, s.d->pairs);
  } else {
    if (direction)
      say_moves(&s, direction);
    else
      say_untold(&s);
    say_certainty(&s);
    say_cost(&s);
    say_leanings(&s);
  }
  fputs(chinese ? "。" : ".", stream);
}
