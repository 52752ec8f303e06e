// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/satisfaction.h"

#include "model/ledger.h"
#include "model/tally_output.h"
#include "schema/param.h"
#include "schema/purpose.h"

#define WG_SATISFACTION_PARAMS(X, T)                                                                                   \
  X(T, REAL, asked, "0.3", 0.0, 1.0, "1", ASSUMED, "回访比例",                                                         \
    "Share of residents who are asked when their case is closed or has lapsed.", "no published size")                  \
  X(T, REAL, on_time, "0.7", 0.0, 1.0, "1", ASSUMED, "按期满意",                                                       \
    "Probability of being satisfied with a case closed within the legal limit.",                                       \
    "no published size; with the others chosen so that the baseline comes near the citywide 0.65 of 2019")             \
  X(T, REAL, late, "0.5", 0.0, 1.0, "1", ASSUMED, "逾期满意", "The same of a case closed late.", "as on_time")         \
  X(T, REAL, lapsed, "0.2", 0.0, 1.0, "1", ASSUMED, "未办满意",                                                        \
    "The same of a case that lapsed before anybody had resolved it.", "as on_time")                                    \
  X(T, REAL, returned, "0.8", 0.0, 1.0, "1", ASSUMED, "返工满意",                                                      \
    "Factor on these for a case that verification returned.", "no published size")

WG_PARAM_STRUCT(wg_satisfaction_params, WG_SATISFACTION_PARAMS)
WG_PARAM_GROUP(wg_satisfaction_group, "satisfaction", false, wg_satisfaction_params, WG_SATISFACTION_PARAMS, "满意度",
               "What residents say of their cases.");

static int prepare(const wg_world *world, void **result, wg_error *error) {
  return wg_world_copy_params(world, &wg_satisfaction_group, result, error);
}

static double probability(const wg_satisfaction_params *p, const wg_need *n, wg_date today) {
  const double outcome = n->state == WG_NEED_LAPSED ? p->lapsed : today <= n->legal_due ? p->on_time : p->late;
  return n->marks & WG_MARK_RETURNED ? outcome * p->returned : outcome;
}

static void day(wg_context *context) {
  const wg_subdistrict *s = context->s;
  const wg_satisfaction_params *p = context->constants;
  for (uint32_t row = s->ended_list; row != WG_NO_ROW; row = wg_needs(s)[row].sibling) {
    const wg_need *n = wg_needs(s) + row;
    if (n->group == WG_GROUP_NOBODY || (n->state != WG_NEED_MET && n->state != WG_NEED_LAPSED))
      continue;
    wg_draw draw = wg_draw_open(context->world->luck, WG_PURPOSE_SATISFACTION, 0, n->identity, 0);
    if (wg_draw_unit(&draw) >= p->asked)
      continue;
    wg_tally *tally = wg_ledger_tally(s, n);
    tally->rated++;
    tally->satisfied += wg_draw_unit(&draw) < probability(p, n, context->today);
  }
}

WG_TALLY_OUTPUT(rated)
WG_TALLY_OUTPUT(satisfied)
WG_TALLY_RATIO_OUTPUT(satisfaction, satisfied, rated)

static const wg_output outputs[] = {
    {"rated", WG_I32, {WG_AXIS_SERVICE}, "case", "Residents' cases about which they were asked", "回访", rated},
    {"satisfied", WG_I32, {WG_AXIS_SERVICE}, "case", "Those of them with which they were satisfied", "满意", satisfied},
    {"satisfaction", WG_F64, {WG_AXIS_SERVICE}, "1", "Satisfaction: satisfied / rated", "满意度", satisfaction},
};

static const wg_param_group *const groups[] = {&wg_satisfaction_group};

const wg_mechanism wg_satisfaction = {
    .name = "satisfaction",
    .label = "满意度",
    .doc =
        "Some of the residents whose case was closed or lapsed are asked (回访); they are satisfied with a probability "
        "that follows the outcome: on time, late, not resolved, and less where the work had to be done again.",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
    .day = day,
};
