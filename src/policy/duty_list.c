// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of duties for grids (网格责任清单).
#include "policy/policy.h"

#define PARAMS(X, T)                                                                                                   \
  X(T, REAL, misroute, "0.6", 0.0, 1.0, "1", ASSUMED, "误派系数",                                                      \
    "Factor on the probability that a case goes to another network's team first.", "no published size")                \
  X(T, REAL, returns, "0.7", 0.0, 1.0, "1", ASSUMED, "返工系数",                                                       \
    "Factor on the probability that a verified case is returned.", "no published size")                                \
  X(T, REAL, upkeep_fen, "10000.0", 0.0, 1e9, "fen / community / month", ASSUMED, "维护费用",                          \
    "Cost of keeping the list.", "no published size")
WG_POLICY_PARAMS(duty_list, params, PARAMS, "网格责任清单");

static void move(const void *params_, uint32_t days, wg_lever_moves *moves) {
  const params *p = params_;
  (void)days;
  wg_lever_move(moves, WG_LEVER_MISROUTE_PROBABILITY, 0, p->misroute);
  wg_lever_move(moves, WG_LEVER_RETURN_PROBABILITY, 0, p->returns);
  wg_lever_move(moves, WG_LEVER_PROGRAMME_COST, 0, p->upkeep_fen);
}

const wg_policy wg_policy_duty_list = {
    .id = "duty_list",
    .label = "网格责任清单",
    .doc =
        "A list that says whose each matter is and what it takes: fewer cases go to another network's team, fewer are "
        "returned when they are verified.",
    .idle = "Where no case is misdirected (dispatch.misroute = 0) and none returned (verification.return_probability = "
            "0) it "
            "only costs its upkeep.",
    .source = "book chapter on Haidian's social construction (2018): duties of grids (网格责任)",
    .params = &duty_list_params,
    .levers = {WG_LEVER_MISROUTE_PROBABILITY, WG_LEVER_RETURN_PROBABILITY, WG_LEVER_PROGRAMME_COST},
    .lever_count = 3,
    .move = move,
};
