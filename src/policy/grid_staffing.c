// SPDX-License-Identifier: GPL-3.0-or-later
// Officers of grids (网格工作人员配置).
#include "policy/policy.h"

#define PARAMS(X, T)                                                                                                   \
  X(T, REAL, officers_per_grid, "2.0", 0.0, 20.0, "person / grid", ASSUMED, "每格人数",                                \
    "Officers of each grid: 1 is 一人一格, below 1 is 一人多格.",                                                      \
    "the practice is named in the chapter, not its size")                                                              \
  X(T, REAL, patrol_share, "0.0", -1.0, 1.0, "1", ASSUMED, "巡查增占",                                                 \
    "Added to the share of officers' hours that patrol keeps when cases wait.", "no published size")
WG_POLICY_PARAMS(grid_staffing, params, PARAMS, "网格工作人员配置");

static void move(const void *params_, uint32_t days, wg_lever_moves *moves) {
  const params *p = params_;
  (void)days;
  wg_lever_move(moves, WG_LEVER_OFFICERS_PER_GRID, 0, p->officers_per_grid);
  wg_lever_move(moves, WG_LEVER_LOOKING_SHARE, WG_ROLE_OFFICERS, p->patrol_share);
}

const wg_policy wg_policy_grid_staffing = {
    .id = "grid_staffing",
    .label = "网格工作人员配置",
    .doc =
        "Sets how many officers a grid has (合理配置网格工作人员): patrol and handling hours follow, and so do wages. "
        "Officers who share several grids lose time on the way (desks.*.travel_loss), new ones have to learn.",
    .idle = "Where officers keep up with their cases and patrols already find what can be found, more of them change "
            "little but the cost; more patrol first raises cases filed, which other desks must handle.",
    .source = "book chapter on Haidian's social construction (2018): 一人一格, 一人多格",
    .params = &grid_staffing_params,
    .levers = {WG_LEVER_OFFICERS_PER_GRID, WG_LEVER_LOOKING_SHARE},
    .lever_count = 2,
    .move = move,
};
