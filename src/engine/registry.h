// SPDX-License-Identifier: GPL-3.0-or-later
// All mechanisms, and what they bring along.
#ifndef WG_ENGINE_REGISTRY_H
#define WG_ENGINE_REGISTRY_H

#include "mechanism/mechanism.h"

// In the order in which their hooks are called.
extern const wg_mechanism *const wg_mechanisms[];
extern const size_t wg_mechanism_count;

enum { WG_MECHANISMS_MAX = 64, WG_GROUPS_MAX = 128, WG_OUTPUTS_MAX = 256 };

// Every parameter group once: the model's, the synthesis's, each mechanism's, then the policies'. Returns their number.
size_t wg_registry_groups(const wg_param_group *groups[WG_GROUPS_MAX]);

// The row's path as people write it: "run.seed", "services.ID.mix", "policies.POLICY.scope.share",
// "policies.duty_list.params.misroute".
void wg_registry_path(const wg_param_group *group, const wg_param *row, char *path, size_t size);

// The output rows that a run of `world` writes, in the order of the mechanisms; all of them when it is NULL. Returns
// their number.
size_t wg_registry_outputs(const wg_world *world, const wg_output *outputs[WG_OUTPUTS_MAX]);

#endif
