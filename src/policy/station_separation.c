// SPDX-License-Identifier: GPL-3.0-or-later
// Service stations apart from residents' committees (居站分设).
#include "policy/policy.h"

#define PARAMS(X, T)                                                                                                   \
  X(T, REAL, committee_clerical, "0.6", 0.0, 1.0, "1", ASSUMED, "居委会行政负担系数",                                  \
    "Factor on the share of the committees' hours that office work takes.",                                            \
    "direction: stations take over the committees' office work; no published size")                                    \
  X(T, REAL, station_clerical, "1.2", 1.0, 10.0, "1", ASSUMED, "服务站行政负担系数",                                   \
    "Factor on the same share of the stations' hours.", "no published size")                                           \
  X(T, REAL, station_staff, "0.5", 0.0, 100.0, "person / station", ASSUMED, "服务站增员",                              \
    "Staff added to each station: 一居一站 more, 多居一站 less.", "no published size")                                 \
  X(T, REAL, premises_fen, "200000.0", 0.0, 1e9, "fen / community / month", ASSUMED, "场地费用", "Cost of premises.",  \
    "no published size")
WG_POLICY_PARAMS(station_separation, params, PARAMS, "居站分设");

static void move(const void *params_, uint32_t days, wg_lever_moves *moves) {
  const params *p = params_;
  (void)days;
  wg_lever_move(moves, WG_LEVER_CLERICAL_LOAD, WG_ROLE_COMMITTEE, p->committee_clerical);
  wg_lever_move(moves, WG_LEVER_CLERICAL_LOAD, WG_ROLE_STATION, p->station_clerical);
  wg_lever_move(moves, WG_LEVER_STAFF_ADDED, WG_ROLE_STATION, p->station_staff);
  wg_lever_move(moves, WG_LEVER_PROGRAMME_COST, 0, p->premises_fen);
}

const wg_policy wg_policy_station_separation = {
    .id = "station_separation",
    .label = "居站分设",
    .doc =
        "Service stations (社区服务站) take over office work from residents' committees (居委会), with staff of their "
        "own: one station for a committee (一居一站) or for several (多居一站).",
    .idle = "Without staff added (station_staff = 0) stations lose to office work the hours that committees gain: what "
            "only "
            "stations handle, such as errands (政务办事), gets slower.",
    .source = "book chapter on Haidian's social construction (2018): 一居一站, 多居一站",
    .params = &station_separation_params,
    .levers = {WG_LEVER_CLERICAL_LOAD, WG_LEVER_STAFF_ADDED, WG_LEVER_PROGRAMME_COST},
    .lever_count = 3,
    .move = move,
};
