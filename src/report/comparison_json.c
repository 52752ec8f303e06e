// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/comparison_text.h"
#include "report/json.h"

#include <string.h>

static void put_text(FILE *stream, int *first, const char *name, const char *text) {
  wg_json_key(stream, first, name);
  wg_json_text(stream, text);
}

static void put_number(FILE *stream, int *first, const char *name, double x) {
  wg_json_key(stream, first, name);
  wg_json_number(stream, x);
}

static void put_count(FILE *stream, int *first, const char *name, size_t count) {
  wg_json_key(stream, first, name);
  fprintf(stream, "%zu", count);
}

static void put_bool(FILE *stream, int *first, const char *name, bool is) {
  wg_json_key(stream, first, name);
  fputs(is ? "true" : "false", stream);
}

static void put_interval(FILE *stream, int *first, const char *name, wg_interval interval) {
  wg_json_key(stream, first, name);
  fputc('[', stream);
  wg_json_number(stream, interval.low);
  fputs(", ", stream);
  wg_json_number(stream, interval.high);
  fputc(']', stream);
}

static void put_date(FILE *stream, int *first, const char *name, wg_date date) {
  char text[11];
  wg_date_print(date, text);
  put_text(stream, first, name, text);
}

// The members of a difference, into an object that has been opened.
static void put_difference(FILE *stream, int *first, const wg_difference *d) {
  put_number(stream, first, "base", d->base);
  put_number(stream, first, "value", d->value);
  put_number(stream, first, "difference", d->difference);
  put_interval(stream, first, "band", d->band);
  put_number(stream, first, "draw_least", d->draw_least);
  put_number(stream, first, "draw_most", d->draw_most);
  put_interval(stream, first, "luck", d->luck_t);
  put_interval(stream, first, "luck_bootstrap", d->luck_bootstrap);
  put_number(stream, first, "correlation", d->correlation);
  put_number(stream, first, "variance_ratio", d->variance_ratio);
  put_number(stream, first, "draws_agree", d->draws_agree);
  put_number(stream, first, "runs_agree", d->runs_agree);
  put_bool(stream, first, "same_bits", d->same_bits);
  wg_json_key(stream, first, "sign");
  fprintf(stream, "%d", d->pairs ? wg_difference_sign(d) : 0);
  put_count(stream, first, "draws", d->draws);
  put_count(stream, first, "replicates", d->replicates);
  put_count(stream, first, "pairs", d->pairs);
  put_count(stream, first, "missing", d->missing);
}

static void put_leanings(const wg_comparison *c, const wg_compared_variant *v, size_t o, FILE *stream) {
  bool any = false;
  fputc('[', stream);
  for (size_t p = 0; p < c->parameter_count; p++) {
    const size_t at = o * c->parameter_count + p;
    if (!v->leans[at])
      continue;
    int first = 1;
    fputs(any ? ", {" : "{", stream);
    any = true;
    put_text(stream, &first, "parameter", c->parameters[p].path);
    put_number(stream, &first, "rank_correlation", v->rank_correlation[at]);
    fputc('}', stream);
  }
  fputc(']', stream);
}

static void put_classes(const wg_comparison *c, const wg_compared_variant *v, size_t o, FILE *stream) {
  (void)c;
  int first = 1;
  fputc('{', stream);
  for (size_t k = 0; k < WG_PLACE_CLASS_COUNT; k++) {
    int own = 1;
    wg_json_key(stream, &first, wg_place_class_names[k]);
    fputc('{', stream);
    put_number(stream, &own, "places", v->places[k]);
    put_difference(stream, &own, v->spillovers + o * WG_PLACE_CLASS_COUNT + k);
    fputc('}', stream);
  }
  fputc('}', stream);
}

static void put_parts(const wg_comparison *c, const wg_compared_variant *v, size_t o, FILE *stream) {
  fputc('[', stream);
  for (size_t p = 1; p < c->part_count; p++) {
    int first = 1;
    fputs(p > 1 ? ",\n      {" : "\n      {", stream);
    put_text(stream, &first, "part", c->parts[p]);
    put_text(stream, &first, "label", c->part_labels[p]);
    put_difference(stream, &first, v->differences + o * c->part_count + p);
    fputc('}', stream);
  }
  fputc(']', stream);
}

static void put_outcome(const wg_comparison *c, const wg_compared_variant *v, size_t o, FILE *stream) {
  const wg_outcome *const outcome = c->outcomes[o];
  int first = 1;
  fputs(o ? ",\n    {" : "\n    {", stream);
  put_text(stream, &first, "outcome", outcome->name);
  put_text(stream, &first, "label", outcome->label);
  put_text(stream, &first, "unit", outcome->unit);
  put_difference(stream, &first, v->differences + o * c->part_count);
  put_number(stream, &first, "cost_per_unit", v->cost_per_unit[o]);
  put_count(stream, &first, "parameters_told", v->parameters_told[o]);
  wg_json_key(stream, &first, "leans_on");
  put_leanings(c, v, o, stream);
  if (strcmp(c->place, "district") != 0) {
    wg_json_key(stream, &first, "spillovers");
    put_classes(c, v, o, stream);
  }
  if (c->part_count > 1) {
    wg_json_key(stream, &first, "parts");
    put_parts(c, v, o, stream);
  }
  fputc('}', stream);
}

static void put_variant(const wg_comparison *c, const wg_compared_variant *v, FILE *stream) {
  int first = 1;
  fputs("{", stream);
  put_text(stream, &first, "variant", v->name);
  put_text(stream, &first, "label", v->label);
  put_text(stream, &first, "against", v->against);
  wg_json_key(stream, &first, "assumes");
  fputc('[', stream);
  for (size_t i = 0; i < v->assumption_count; i++) {
    int own = 1;
    fputs(i ? ", {" : "{", stream);
    put_text(stream, &own, "parameter", v->assumptions[i].path);
    put_text(stream, &own, "value", v->assumptions[i].value);
    put_bool(stream, &own, "drawn", v->assumptions[i].is_drawn);
    fputc('}', stream);
  }
  fputc(']', stream);
  wg_json_key(stream, &first, "outcomes");
  fputc('[', stream);
  for (size_t o = 0; o < c->outcome_count; o++)
    put_outcome(c, v, o, stream);
  fputs("]}", stream);
}

static void put_equal_cost(const wg_comparison *c, const wg_equal_cost *e, FILE *stream) {
  int first = 1;
  fputc('{', stream);
  put_text(stream, &first, "first", e->first);
  put_text(stream, &first, "second", e->second);
  put_number(stream, &first, "apart", e->apart);
  wg_json_key(stream, &first, "outcomes");
  fputc('[', stream);
  for (size_t o = 0; o < c->outcome_count; o++) {
    int own = 1;
    fputs(o ? ",\n    {" : "\n    {", stream);
    put_text(stream, &own, "outcome", c->outcomes[o]->name);
    put_difference(stream, &own, e->differences + o);
    fputc('}', stream);
  }
  fputs("]}", stream);
}

void wg_comparison_json(const wg_comparison *c, FILE *stream) {
  int first = 1;
  fputs("{", stream);
  put_text(stream, &first, "source", c->source);
  put_text(stream, &first, "program_version", c->version);
  put_date(stream, &first, "from", c->from);
  put_date(stream, &first, "to", c->to);
  put_count(stream, &first, "months", c->last - c->first);
  put_text(stream, &first, "place", c->place);
  put_text(stream, &first, "by", c->by);
  put_count(stream, &first, "draws", c->draws);
  put_count(stream, &first, "replicates", c->replicates);
  wg_json_key(stream, &first, "parameters");
  fputc('[', stream);
  for (size_t p = 0; p < c->parameter_count; p++) {
    fputs(p ? ", " : "", stream);
    wg_json_text(stream, c->parameters[p].path);
  }
  fputs("]", stream);
  wg_json_key(stream, &first, "variants");
  fputc('[', stream);
  for (size_t v = 0; v < c->variant_count; v++) {
    fputs(v ? ",\n  " : "\n  ", stream);
    put_variant(c, c->variants + v, stream);
  }
  fputs("]", stream);
  wg_json_key(stream, &first, "equal_costs");
  fputc('[', stream);
  for (size_t i = 0; i < c->equal_cost_count; i++) {
    fputs(i ? ",\n  " : "\n  ", stream);
    put_equal_cost(c, c->equal_costs + i, stream);
  }
  fputs("]}\n", stream);
}
