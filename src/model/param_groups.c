// SPDX-License-Identifier: GPL-3.0-or-later
// The parameter groups that belong to the model itself.
#include "model/access.h"
#include "model/care.h"
#include "model/civic.h"
#include "model/run_params.h"
#include "model/schooling.h"
#include "model/service.h"
#include "model/target.h"
#include "model/trust.h"
#include "model/working_life.h"

WG_PARAM_GROUP(wg_scenario_group, "", false, wg_scenario_params, WG_SCENARIO_PARAMS, "方案", "The scenario.");
WG_PARAM_GROUP(wg_run_group, "run", false, wg_run_params, WG_RUN_PARAMS, "运行", "What is run.");
WG_PARAM_GROUP(wg_output_group, "output", false, wg_output_params, WG_OUTPUT_PARAMS, "输出", "What is written.");
WG_PARAM_GROUP(wg_service_group, "services", true, wg_service_params, WG_SERVICE_PARAMS, "服务事项",
               "Services that may be needed, one entry each.");
WG_PARAM_GROUP(wg_desk_kind_group, "desks", true, wg_desk_kind_params, WG_DESK_KIND_PARAMS, "服务力量",
               "Kinds of desks that handle cases, one entry each.");
WG_PARAM_GROUP(wg_facility_group, "facilities", true, wg_facility_params, WG_FACILITY_PARAMS, "服务设施",
               "Kinds of facilities, one entry each.");
WG_PARAM_GROUP(wg_access_group, "access", false, wg_access_params, WG_ACCESS_PARAMS, "可达",
               "How far residents can walk.");
WG_PARAM_GROUP(wg_target_group, "targets", false, wg_target_params, WG_TARGET_PARAMS, "规划目标",
               "Targets of plans, to compare outputs with. Nothing in the model aims at them.");
WG_PARAM_GROUP(wg_trust_group, "trust", false, wg_trust_params, WG_TRUST_PARAMS, "信任",
               "Trust of residents in the grid's services.");
WG_PARAM_GROUP(wg_schooling_group, "schooling", false, wg_schooling_params, WG_SCHOOLING_PARAMS, "就学",
               "School, study and education by age.");
WG_PARAM_GROUP(wg_working_life_group, "working_life", false, wg_working_life_params, WG_WORKING_LIFE_PARAMS, "就业",
               "Work, the household and retirement by age.");
WG_PARAM_GROUP(wg_care_group, "care", false, wg_care_params, WG_CARE_PARAMS, "照护需要", "Need of care by age.");
WG_PARAM_GROUP(wg_civic_group, "civic", false, wg_civic_params, WG_CIVIC_PARAMS, "党员与志愿者",
               "Party members and volunteers.");
