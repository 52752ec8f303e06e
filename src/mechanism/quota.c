// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/quota.h"

#include <stdlib.h>

#include "base/maths.h"

#define WG_QUOTA_PARAMS(X, T)                                                                                          \
  X(T, REAL, by_backlog, "0.5", 0.0, 1.0, "1", ASSUMED, "按积压分配",                                                  \
    "Share of a district department's hours that goes to subdistricts by the work waiting at it; the rest goes by "    \
    "residents at run.start.",                                                                                         \
    "no published size")
WG_PARAM_STRUCT(wg_quota_params, WG_QUOTA_PARAMS)
WG_PARAM_GROUP(wg_quota_group, "quota", false, wg_quota_params, WG_QUOTA_PARAMS, "区级部门额度",
               "How district departments share their hours among subdistricts.");

// So many hundredths of a person for the subdistricts' parts of one desk, by residents and by waiting work. Rounded so that
// the parts add up to the whole.
static void share_out(const wg_world *world, uint32_t kind, double by_backlog) {
  uint64_t staff = 0, waiting = 0, residents = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    const wg_desk *desk = wg_desks(world->subdistricts + i) + world->subdistricts[i].desk_of[kind];
    staff += desk->staff_base;
    waiting += desk->queued_minutes;
    residents += desk->residents_base;
  }
  const double backlog = waiting ? by_backlog : 0.0;
  double before = 0.0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    wg_desk *desk = wg_desks(world->subdistricts + i) + world->subdistricts[i].desk_of[kind];
    const double share = backlog * (double)desk->queued_minutes / (double)(waiting ? waiting : 1) +
                         (1.0 - backlog) * (double)desk->residents_base / (double)(residents ? residents : 1);
    const double after = i + 1 == world->subdistrict_count ? 1.0 : before + share;
    desk->staff_base = (uint32_t)(wg_whole(after * (double)staff) - wg_whole(before * (double)staff));
    before = after;
  }
}

static int exchange(wg_world *world, const void *constants, wg_error *error) {
  (void)constants;
  (void)error;
  const wg_quota_params *p = wg_config_get(world->config, &wg_quota_group);
  for (uint32_t kind = 0; kind < world->catalogue.desk_kind_count; kind++)
    if (world->catalogue.desk_kinds[kind].params->area == WG_AREA_DISTRICT)
      share_out(world, kind, p->by_backlog);
  return WG_OK;
}

static const wg_param_group *const groups[] = {&wg_quota_group};

const wg_mechanism wg_quota = {
    .name = "quota",
    .label = "区级部门额度",
    .doc =
        "The staff of a district department is divided among the subdistricts at every month's end, in hundredths of "
        "a person: part by residents, part by the work that waits at it. What one does not use is not lent within "
        "the month. In a run of some subdistricts these share the part that their residents have at run.start.",
    .groups = groups,
    .group_count = 1,
    .exchange = exchange,
};
