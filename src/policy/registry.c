// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/registry.h"

const wg_policy *const wg_policies[WG_POLICY_COUNT] = {
#define ENTRY(id) &wg_policy_##id,
    WG_POLICIES(ENTRY)
#undef ENTRY
};
