// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/case_params.h"

WG_PARAM_GROUP(wg_dispatch_group, "dispatch", false, wg_dispatch_params, WG_DISPATCH_PARAMS, "派遣",
               "How cases get to desks.");
WG_PARAM_GROUP(wg_handling_group, "handling", false, wg_handling_params, WG_HANDLING_PARAMS, "处置",
               "How cases are handed on.");
WG_PARAM_GROUP(wg_verification_group, "verification", false, wg_verification_params, WG_VERIFICATION_PARAMS, "核查",
               "How handled cases are verified.");
WG_PARAM_GROUP(wg_escalation_group, "escalation", false, wg_escalation_params, WG_ESCALATION_PARAMS, "升级",
               "When overdue cases go to a wider desk.");
