// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/comparison_text.h"

#include <string.h>

#include "base/maths.h"
#include "schema/number.h"

static void print_text(FILE *stream, const char *text) {
  if (!text[strcspn(text, ",\"\r\n")]) {
    fputs(text, stream);
    return;
  }
  fputc('"', stream);
  for (; *text; text++)
    fprintf(stream, *text == '"' ? "\"\"" : "%c", *text);
  fputc('"', stream);
}

static void print_number(FILE *stream, double x) {
  char text[32] = "";
  if (wg_is_finite(x))
    wg_real_print_short(x, text);
  else if (x > 0.0)
    strcpy(text, "inf");
  fprintf(stream, ",%s", text);
}

// One line. `kind` says what `part` is: "all", "place", "service", "network", "group", "spillover", "equal_cost".
static void print_line(FILE *stream, const char *variant, const char *against, const wg_outcome *outcome,
                       const char *kind, const char *part, const wg_difference *d, double cost_per_unit) {
  const char *const texts[] = {variant, against, outcome->name, outcome->unit, kind, part};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    fputs(i ? "," : "", stream);
    print_text(stream, texts[i]);
  }
  const double numbers[] = {
      d->base,           d->value,       d->difference,  d->band.low,           d->band.high,           d->draw_least,
      d->draw_most,      d->luck_t.low,  d->luck_t.high, d->luck_bootstrap.low, d->luck_bootstrap.high, d->correlation,
      d->variance_ratio, d->draws_agree, d->runs_agree,  cost_per_unit};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    print_number(stream, numbers[i]);
  fprintf(stream, ",%d,%d,%zu,%zu,%zu,%zu\n", d->pairs ? wg_difference_sign(d) : 0, d->same_bits, d->draws,
          d->replicates, d->pairs, d->missing);
}

static void print_variant(const wg_comparison *c, const wg_compared_variant *v, FILE *stream) {
  for (size_t o = 0; o < c->outcome_count; o++)
    for (size_t p = 0; p < c->part_count; p++)
      print_line(stream, v->name, v->against, c->outcomes[o], p ? c->by : "all", c->parts[p],
                 v->differences + o * c->part_count + p, p ? WG_NAN : v->cost_per_unit[o]);
  for (size_t o = 0; o < c->outcome_count && strcmp(c->place, "district") != 0; o++)
    for (size_t k = 0; k < WG_PLACE_CLASS_COUNT; k++)
      print_line(stream, v->name, v->against, c->outcomes[o], "spillover", wg_place_class_names[k],
                 v->spillovers + o * WG_PLACE_CLASS_COUNT + k, WG_NAN);
}

void wg_comparison_csv(const wg_comparison *c, FILE *stream) {
  fputs("variant,against,outcome,unit,kind,part,base,value,difference,band_low,band_high,draw_least,draw_most,luck_low,"
        "luck_high,luck_bootstrap_low,luck_bootstrap_high,correlation,variance_ratio,draws_agree,runs_agree,"
        "cost_per_unit,sign,same_bits,draws,replicates,pairs,missing\n",
        stream);
  for (size_t v = 0; v < c->variant_count; v++)
    print_variant(c, c->variants + v, stream);
  for (size_t i = 0; i < c->equal_cost_count; i++)
    for (size_t o = 0; o < c->outcome_count; o++)
      print_line(stream, c->equal_costs[i].second, c->equal_costs[i].first, c->outcomes[o], "equal_cost", "all",
                 c->equal_costs[i].differences + o, WG_NAN);
}
