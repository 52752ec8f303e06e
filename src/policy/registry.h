// SPDX-License-Identifier: GPL-3.0-or-later
// All policies, one line each; in this order they are resolved and listed.
#ifndef WG_POLICY_REGISTRY_H
#define WG_POLICY_REGISTRY_H

#include "policy/policy.h"

#define WG_POLICIES(P)                                                                                                 \
  P(grid_staffing)                                                                                                     \
  P(network_fusion)                                                                                                    \
  P(duty_list)                                                                                                         \
  P(sanshe_linkage)                                                                                                    \
  P(station_separation)                                                                                                \
  P(event_security)                                                                                                    \
  P(population_relief)

#define WG_POLICY_EXTERN(id) extern const wg_policy wg_policy_##id;
WG_POLICIES(WG_POLICY_EXTERN)
#undef WG_POLICY_EXTERN

#define WG_POLICY_ONE(id) +1
enum { WG_POLICY_COUNT = WG_POLICIES(WG_POLICY_ONE) };
#undef WG_POLICY_ONE

extern const wg_policy *const wg_policies[WG_POLICY_COUNT];

#endif
