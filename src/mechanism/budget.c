// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/budget.h"

#include "model/lever.h"
#include "model/place_sum.h"

enum { WAGES, PROGRAMMES, COST_KINDS }; // the axis cost_kind

static int64_t month_length(wg_month month) {
  return wg_month_first_day(month + 1) - wg_month_first_day(month);
}

// By segment, in proportion to its days, rounded to whole fen.
static void month_end(wg_context *context) {
  const wg_subdistrict *s = context->s;
  for (uint32_t c = 0; c < wg_communities_count(s); c++) {
    int64_t fen = 0;
    for (uint32_t segment = 0; segment < s->segment_count; segment++) {
      const double days = (double)(s->segment_first[segment + 1] - s->segment_first[segment]);
      const double cost = wg_lever_in(s, segment, WG_SLOT_PROGRAMME_COST, c)->value;
      fen += (int64_t)(cost * days / (double)context->calendar_days + 0.5);
    }
    wg_communities(s)[c].programme_fen = fen;
  }
}

// Wages are paid by the day.
static void cost(const wg_world *world, wg_place place, void *block) {
  int64_t *fen = block;
  const int64_t length = month_length(world->month);
  for (int kind = 0; kind < COST_KINDS; kind++)
    fen[kind] = 0;
  WG_FOR_DESKS(world, place, s, desk) {
    const int64_t wage = world->catalogue.desk_kinds[desk->kind].params->wage_fen;
    fen[WAGES] += (int64_t)desk->staff_days * wage / (100 * length);
  }
  fen[PROGRAMMES] = WG_SUM_COMMUNITIES(world, place, programme_fen);
}

static const wg_output outputs[] = {
    {"cost_fen", WG_I64, {WG_AXIS_COST_KIND}, "fen", "Cost of the month", "支出", cost},
};

const wg_mechanism wg_budget = {
    .name = "budget",
    .label = "经费",
    .doc = "Each desk costs the wages of its filled posts by the day; what policies cost beside wages is booked where "
           "they are in "
           "force, "
           "by the day too. Whole fen.",
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .month_end = month_end,
};
