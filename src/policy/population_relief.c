// SPDX-License-Identifier: GPL-3.0-or-later
// Relief of functions that are not the capital's (疏解非首都功能, 疏解整治促提升): functions go first, people follow.
#include "policy/policy.h"

#define PARAMS(X, T)                                                                                                   \
  X(T, REAL, workplaces, "0.08", 0.0, 1.0, "1", ASSUMED, "关停单位占比", "Share of the workplaces that close.",        \
    "direction: functions go first; no published size")                                                                \
  X(T, REAL, follow, "0.5", 0.0, 1.0, "1", ASSUMED, "随迁占比",                                                        \
    "Share of the people employed in closed workplaces and registered outside the city who leave within a year, with " \
    "their households; whom a workplace employs is not known, so they are spread over its community.",                 \
    "no published size")                                                                                               \
  X(T, INT, follow_days, "365", 0, 3650, "day", ASSUMED, "随迁天数",                                                   \
    "Days from the first one in force during which they do; with a ramp, longer by half of it lets the same share "    \
    "go.",                                                                                                             \
    "no published size")                                                                                               \
  X(T, INT, lag_days, "90", 0, 3650, "day", ASSUMED, "住房滞后天数",                                                   \
    "Days from the first one in force to the day on which dwellings and beds close as well.", "no published size")     \
  X(T, REAL, dwellings, "0.05", 0.0, 1.0, "1", ASSUMED, "腾退住房占比", "Share of the initial dwellings that close.",  \
    "no published size")                                                                                               \
  X(T, REAL, beds, "0.03", 0.0, 1.0, "1", ASSUMED, "腾退床位占比",                                                     \
    "Share of the places in collective households that close; workers' and students' dormitories are not told apart.", \
    "no published size")                                                                                               \
  X(T, REAL, reuse, "0.3", 0.0, 1.0, "1", ASSUMED, "利用比例",                                                         \
    "Share of the closed dwellings whose space becomes one of public services.",                                       \
    "direction: vacated space is first of all for government and public services, says the chapter; no published "     \
    "size")                                                                                                            \
  X(T, REAL, station_staff, "40.0", 0.0, 1000.0, "person / station", ASSUMED, "服务站增员",                            \
    "Staff added to each station per share of all dwellings that is reused: 0.01 of them adds a hundredth of it.",     \
    "no published size")                                                                                               \
  X(T, REAL, order, "0.97", 0.0, 1.0, "1", SIGN, "秩序改善",                                                           \
    "Factor on needs of the public-order network, from the first day on.",                                             \
    "doi 10.1007/s10940-024-09586-3: where illegal openings were removed, street theft fell; the size is assumed")     \
  X(T, REAL, compensation_fen, "1000000.0", 0.0, 1e9, "fen / community / month", ASSUMED, "补偿费用",                  \
    "Compensation and clearing, as long as it is in force.", "no published size")
WG_POLICY_PARAMS(population_relief, params, PARAMS, "疏解整治促提升");

static size_t changes(const void *params_, uint32_t days[WG_POLICY_CHANGES_MAX]) {
  const params *p = params_;
  days[0] = (uint32_t)p->follow_days;
  days[1] = (uint32_t)p->lag_days;
  return 2;
}

static void move(const void *params_, uint32_t days, wg_lever_moves *moves) {
  const params *p = params_;
  wg_lever_move(moves, WG_LEVER_WORKPLACES_CLOSED, 0, p->workplaces);
  wg_lever_move(moves, WG_LEVER_NEED_RATE, WG_ORDER, p->order);
  wg_lever_move(moves, WG_LEVER_PROGRAMME_COST, 0, p->compensation_fen);
  if (days < (uint32_t)p->follow_days)
    wg_lever_move(moves, WG_LEVER_OUT_MIGRATION, 0, p->workplaces * p->follow);
  if (days < (uint32_t)p->lag_days)
    return;
  wg_lever_move(moves, WG_LEVER_DWELLINGS_CLOSED, 0, p->dwellings);
  wg_lever_move(moves, WG_LEVER_BEDS_CLOSED, 0, p->beds);
  wg_lever_move(moves, WG_LEVER_SPACE_REUSED, 0, p->dwellings * p->reuse);
  wg_lever_move(moves, WG_LEVER_STAFF_ADDED, WG_ROLE_STATION, p->station_staff * p->dwellings * p->reuse);
}

const wg_policy wg_policy_population_relief = {
    .id = "population_relief",
    .label = "疏解整治促提升",
    .doc =
        "Functions that are not the capital's go first: workplaces close, and some of those employed there leave with "
        "their households. Dwellings and beds close later; who lived there moves to a vacant dwelling of the district "
        "or leaves it. Part of the vacated space is reused by public services. What is closed changes on the first of "
        "a month, and opens again when the policy ends.",
    .idle =
        "In a place without workplaces, beds or dwellings of that kind it only costs. People who find a vacancy next "
        "door move within the district: what is relieved here is a burden there. When it ends, what it closed is open "
        "to newcomers again. Without reuse those who stay gain no hours.",
    .source = "book chapter on Haidian's social construction (2018): 疏解非首都功能, 疏解腾退空间优先用于政务",
    .params = &population_relief_params,
    .levers = {WG_LEVER_WORKPLACES_CLOSED, WG_LEVER_NEED_RATE, WG_LEVER_PROGRAMME_COST, WG_LEVER_OUT_MIGRATION,
               WG_LEVER_DWELLINGS_CLOSED, WG_LEVER_BEDS_CLOSED, WG_LEVER_SPACE_REUSED, WG_LEVER_STAFF_ADDED},
    .lever_count = 8,
    .move = move,
    .changes = changes,
};
