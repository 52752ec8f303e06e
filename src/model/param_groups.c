// SPDX-License-Identifier: GPL-3.0-or-later
// The parameter groups that belong to the model itself.
#include "model/run_params.h"
#include "model/service.h"
#include "model/trust.h"

WG_PARAM_GROUP(wg_scenario_group, "", false, wg_scenario_params, WG_SCENARIO_PARAMS, "方案", "The scenario.");
WG_PARAM_GROUP(wg_run_group, "run", false, wg_run_params, WG_RUN_PARAMS, "运行", "What is run.");
WG_PARAM_GROUP(wg_output_group, "output", false, wg_output_params, WG_OUTPUT_PARAMS, "输出", "What is written.");
WG_PARAM_GROUP(wg_service_group, "services", true, wg_service_params, WG_SERVICE_PARAMS, "服务事项",
               "Services that may be needed, one entry each.");
WG_PARAM_GROUP(wg_desk_kind_group, "desks", true, wg_desk_kind_params, WG_DESK_KIND_PARAMS, "服务力量",
               "Kinds of desks that handle cases, one entry each.");
WG_PARAM_GROUP(wg_trust_group, "trust", false, wg_trust_params, WG_TRUST_PARAMS, "信任",
               "Trust of residents in the grid's services.");
