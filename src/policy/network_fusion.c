// SPDX-License-Identifier: GPL-3.0-or-later
// Fusion of the three networks (三网融合).
#include "policy/policy.h"

#define PARAMS(X, T)                                                                                                   \
  X(T, REAL, misroute, "0.2", 0.0, 1.0, "1", ASSUMED, "误派系数",                                                      \
    "Factor on the probability that a case goes to another network's team first.",                                     \
    "direction: one dispatch for three networks; no published size")                                                   \
  X(T, REAL, transfer_delay, "0.25", 0.0, 1.0, "1", ASSUMED, "移交时间系数",                                           \
    "Factor on the days that hand-offs between owners or networks take.", "no published size")                         \
  X(T, REAL, light_cases, "0.05", 0.0, 1.0, "1", ASSUMED, "轻微案件占比",                                              \
    "Share of the other networks' cases, those of least work, that grid officers take.", "no published size")          \
  X(T, REAL, platform_fen, "100000.0", 0.0, 1e9, "fen / community / month", ASSUMED, "平台费用",                       \
    "Running cost of the common platform.", "no published size")
WG_POLICY_PARAMS(network_fusion, params, PARAMS, "三网融合");

static void move(const void *params_, uint32_t days, wg_lever_moves *moves) {
  const params *p = params_;
  (void)days;
  wg_lever_move(moves, WG_LEVER_MISROUTE_PROBABILITY, 0, p->misroute);
  wg_lever_move(moves, WG_LEVER_TRANSFER_DELAY, 0, p->transfer_delay);
  wg_lever_move(moves, WG_LEVER_LIGHT_CASES, 0, p->light_cases);
  wg_lever_move(moves, WG_LEVER_PROGRAMME_COST, 0, p->platform_fen);
}

const wg_policy wg_policy_network_fusion = {
    .id = "network_fusion",
    .label = "三网融合",
    .doc =
        "One dispatch for the networks of city management, social service and public order (城市管理网, 社会服务网, "
        "社会治安网): fewer misdirected cases, quicker hand-offs, and grid officers take light cases of all three. No "
        "hours are added.",
    .idle = "Without misdirected cases, hand-offs that take days, or light cases to take over it does nothing; where "
            "officers are overloaded already, the light cases queue with them longer than with the teams.",
    .source = "book chapter on Haidian's social construction (2018): 三网融合",
    .params = &network_fusion_params,
    .levers = {WG_LEVER_MISROUTE_PROBABILITY, WG_LEVER_TRANSFER_DELAY, WG_LEVER_LIGHT_CASES, WG_LEVER_PROGRAMME_COST},
    .lever_count = 4,
    .move = move,
};
