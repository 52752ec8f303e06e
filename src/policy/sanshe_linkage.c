// SPDX-License-Identifier: GPL-3.0-or-later
// Linkage of community, social organisation and social worker (三社联动), with desks that exist: stations, committees and
// social workers. Organisations as agents are not part of it yet.
#include "policy/policy.h"

#define PARAMS(X, T)                                                                                                   \
  X(T, REAL, social_workers, "1.0", 0.0, 100.0, "person / community", ASSUMED, "社工人数",                             \
    "Professional social workers added in each community.", "no published size")                                       \
  X(T, REAL, referral_share, "0.4", 0.0, 1.0, "1", ASSUMED, "转介比例",                                                \
    "Share of cases that go to a social worker first, of services that social workers take.", "no published size")     \
  X(T, REAL, outreach_share, "0.1", 0.0, 1.0, "1", ASSUMED, "走访增占",                                                \
    "Added to the share of the committees' hours that outreach (走访) keeps when cases wait.", "no published size")    \
  X(T, REAL, skill, "0.2", 0.0, 1.0, "1", ASSUMED, "能力提升",                                                         \
    "Share of the cases otherwise beyond committees and stations that they finish under a social worker's lead.",      \
    "direction: training raises what a desk can finish; no published size")                                            \
  X(T, REAL, activity_fen, "100000.0", 0.0, 1e9, "fen / community / month", ASSUMED, "活动费用",                       \
    "Cost of activities and supervision beside wages.", "no published size")
WG_POLICY_PARAMS(sanshe_linkage, params, PARAMS, "三社联动");

static void move(const void *params_, uint32_t days, wg_lever_moves *moves) {
  const params *p = params_;
  (void)days;
  wg_lever_move(moves, WG_LEVER_STAFF_ADDED, WG_ROLE_SOCIAL_WORKERS, p->social_workers);
  wg_lever_move(moves, WG_LEVER_REFERRAL_SHARE, 0, p->referral_share);
  wg_lever_move(moves, WG_LEVER_LOOKING_SHARE, WG_ROLE_COMMITTEE, p->outreach_share);
  wg_lever_move(moves, WG_LEVER_SKILL, WG_ROLE_COMMITTEE, p->skill);
  wg_lever_move(moves, WG_LEVER_SKILL, WG_ROLE_STATION, p->skill);
  wg_lever_move(moves, WG_LEVER_PROGRAMME_COST, 0, p->activity_fen);
}

const wg_policy wg_policy_sanshe_linkage = {
    .id = "sanshe_linkage",
    .label = "三社联动",
    .doc = "Community (社区) finds, social worker (社工) leads: social workers stand in each community, cases are "
           "referred to them, committees visit more, and committees and stations finish more themselves. Social "
           "organisations (社会组织) as deliverers come when they are modelled.",
    .idle = "Without social workers (social_workers = 0) referrals go nowhere; more outreach finds needs that somebody "
            "must "
            "handle, so that with committees at their limit cases handled in time may fall.",
    .source = "三社联动: central and Beijing guidance from 2013 on, direction only",
    .params = &sanshe_linkage_params,
    .levers = {WG_LEVER_STAFF_ADDED, WG_LEVER_REFERRAL_SHARE, WG_LEVER_LOOKING_SHARE, WG_LEVER_SKILL,
               WG_LEVER_PROGRAMME_COST},
    .lever_count = 5,
    .move = move,
};
