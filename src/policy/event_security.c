// SPDX-License-Identifier: GPL-3.0-or-later
// Service and security for great events (重大活动服务保障).
#include "policy/policy.h"

#define PARAMS(X, T)                                                                                                   \
  X(T, INT, preparation_days, "60", 0, 3650, "day", ASSUMED, "筹备天数",                                               \
    "Days from the first one in force to the day on which duty begins.", "no published size")                          \
  X(T, REAL, facilities, "0.95", 0.0, 1.0, "1", ASSUMED, "市容改善",                                                   \
    "Factor on needs of the city-management network: facilities are put in order beforehand.",                         \
    "direction: the chapter tells so of the Asian Games; no published size")                                           \
  X(T, REAL, order, "0.9", 0.0, 1.0, "1", ASSUMED, "秩序改善", "Factor on needs of the public-order network.",         \
    "no published size")                                                                                               \
  X(T, REAL, officers_taken, "0.3", 0.0, 1.0, "1", ASSUMED, "抽调网格员",                                              \
    "Share of grid officers' hours that duty takes.", "no published size")                                             \
  X(T, REAL, teams_taken, "0.4", 0.0, 1.0, "1", ASSUMED, "抽调专业力量",                                               \
    "Share of the specialist teams' hours that duty takes.", "no published size")                                      \
  X(T, REAL, committees_taken, "0.2", 0.0, 1.0, "1", ASSUMED, "抽调居委会",                                            \
    "Share of the committees' hours that duty takes.", "no published size")                                            \
  X(T, REAL, duty_fen, "300000.0", 0.0, 1e9, "fen / community / month", ASSUMED, "保障费用", "Cost beside wages.",     \
    "no published size")
WG_POLICY_PARAMS(event_security, params, PARAMS, "重大活动服务保障");

static size_t changes(const void *params_, uint32_t days[WG_POLICY_CHANGES_MAX]) {
  const params *p = params_;
  days[0] = (uint32_t)p->preparation_days;
  return 1;
}

static void move(const void *params_, uint32_t days, wg_lever_moves *moves) {
  const params *p = params_;
  wg_lever_move(moves, WG_LEVER_NEED_RATE, WG_CITY, p->facilities);
  wg_lever_move(moves, WG_LEVER_NEED_RATE, WG_ORDER, p->order);
  wg_lever_move(moves, WG_LEVER_PROGRAMME_COST, 0, p->duty_fen);
  if (days < (uint32_t)p->preparation_days)
    return;
  wg_lever_move(moves, WG_LEVER_SURGE_HOURS, WG_ROLE_OFFICERS, p->officers_taken);
  wg_lever_move(moves, WG_LEVER_SURGE_HOURS, WG_ROLE_TEAM, p->teams_taken);
  wg_lever_move(moves, WG_LEVER_SURGE_HOURS, WG_ROLE_COMMITTEE, p->committees_taken);
}

const wg_policy wg_policy_event_security = {
    .id = "event_security",
    .label = "重大活动服务保障",
    .doc = "For a great event (亚运, 奥运) facilities and order are improved from the first day on; when the "
           "preparation is "
           "over, duty takes hours of officers, specialist teams and committees until the last day.",
    .idle = "What duty takes is missing in the grid: while it lasts, fewer needs are found and handled, and coverage "
            "falls.",
    .source = "book chapter on Haidian's social construction (2018): the Asian Games of 1990 as an occasion",
    .params = &event_security_params,
    .levers = {WG_LEVER_NEED_RATE, WG_LEVER_PROGRAMME_COST, WG_LEVER_SURGE_HOURS},
    .lever_count = 3,
    .move = move,
    .changes = changes,
};
