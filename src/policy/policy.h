// SPDX-License-Identifier: GPL-3.0-or-later
// What a policy (政策) is: one const struct, in a file of its own. It says which levers it moves and how far at full
// strength; where, when, how strongly and in which order places adopt it is not its business (policy/terms.h, and the
// engine). It keeps nothing, reads nothing but its own parameters and draws no numbers.
#ifndef WG_POLICY_POLICY_H
#define WG_POLICY_POLICY_H

#include "policy/moves.h"
#include "schema/param.h"

enum { WG_POLICY_LEVERS_MAX = 12, WG_POLICY_CHANGES_MAX = 8 };

typedef struct wg_policy {
  const char *id, *label, *doc;
  const char *idle; // a condition under which it does nothing, or harm
  const char *source;
  const wg_param_group *params;
  wg_lever_id levers[WG_POLICY_LEVERS_MAX]; // those it moves
  size_t lever_count;
  // What it does at full strength where it has been in force for `days` days (0 on the first).
  void (*move)(const void *params, uint32_t days, wg_lever_moves *moves);
  // The days at which that changes by itself; NULL: it does not. Returns their number.
  size_t (*changes)(const void *params, uint32_t days[WG_POLICY_CHANGES_MAX]);
} wg_policy;

// Defines the group of a policy's parameters, `policies.ID.params`.
#define WG_POLICY_PARAMS(id, T, LIST, label)                                                                           \
  WG_PARAM_STRUCT(T, LIST)                                                                                             \
  WG_PART_GROUP(id##_params, "policies", "params", #id, T, LIST, label, "Parameters of " #id ".")

#endif
