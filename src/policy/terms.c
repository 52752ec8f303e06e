// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/terms.h"

WG_LISTED_GROUP(wg_policy_terms_group, "policies", "policy", wg_policy_terms, WG_POLICY_TERMS, "政策",
                "Policies in force, a list; each entry names its policy. A second entry of one policy is "
                "policies.ID#2.");
WG_PART_GROUP(wg_policy_scope_group, "policies", "scope", NULL, wg_policy_scope, WG_POLICY_SCOPE, "范围",
              "Where a policy holds: communities that satisfy every line.");
WG_PART_GROUP(wg_policy_rollout_group, "policies", "rollout", NULL, wg_policy_rollout, WG_POLICY_ROLLOUT, "推广",
              "In which order the places in scope adopt a policy.");
