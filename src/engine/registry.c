// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry.h"

#include <stdio.h>

#include "mechanism/activity.h"
#include "mechanism/audit.h"
#include "mechanism/books.h"
#include "mechanism/budget.h"
#include "mechanism/care.h"
#include "mechanism/care_account.h"
#include "mechanism/census.h"
#include "mechanism/civic.h"
#include "mechanism/continuing.h"
#include "mechanism/disorder.h"
#include "mechanism/dispatch.h"
#include "mechanism/equity.h"
#include "mechanism/escalation.h"
#include "mechanism/facilities.h"
#include "mechanism/finding.h"
#include "mechanism/groups.h"
#include "mechanism/handling.h"
#include "mechanism/housing.h"
#include "mechanism/indicators.h"
#include "mechanism/lapsing.h"
#include "mechanism/leaving_home.h"
#include "mechanism/levers.h"
#include "mechanism/migration.h"
#include "mechanism/needs.h"
#include "mechanism/partnership.h"
#include "mechanism/quota.h"
#include "mechanism/registration.h"
#include "mechanism/relief.h"
#include "mechanism/reporting.h"
#include "mechanism/satisfaction.h"
#include "mechanism/severity.h"
#include "mechanism/study.h"
#include "mechanism/transfer.h"
#include "mechanism/trust.h"
#include "mechanism/verification.h"
#include "mechanism/vital_events.h"
#include "mechanism/workforce.h"
#include "model/run_params.h"
#include "policy/registry.h"
#include "policy/terms.h"
#include "synthesis/synthesis.h"

// The day's order: needs arise, hours are planned, latent needs are found, cases dispatched, handled, verified, decided on
// where the service goes on, escalated and handed on, others lapse, trust moves, the books are made and held against what was counted.
const wg_mechanism *const wg_mechanisms[] = {
    &wg_census,
    &wg_vital_events,
    &wg_activity_mechanism,
    &wg_care_mechanism,
    &wg_civic_mechanism,
    &wg_registration_mechanism,
    &wg_study,
    &wg_partnership,
    &wg_leaving_home,
    &wg_housing,
    &wg_migration,
    &wg_relief,
    &wg_facilities_mechanism,
    &wg_needs_mechanism,
    &wg_reporting_mechanism,
    &wg_workforce,
    &wg_finding,
    &wg_dispatch,
    &wg_handling,
    &wg_verification,
    &wg_continuing,
    &wg_escalation,
    &wg_transfer,
    &wg_lapsing,
    &wg_trust_mechanism,
    &wg_disorder_mechanism,
    &wg_satisfaction,
    &wg_books,
    &wg_care_account,
    &wg_severity,
    &wg_groups,
    &wg_audit,
    &wg_equity,
    &wg_quota,
    &wg_budget,
    &wg_indicators,
    &wg_levers_mechanism,
};
const size_t wg_mechanism_count = sizeof wg_mechanisms / sizeof *wg_mechanisms;

size_t wg_registry_groups(const wg_param_group *groups[WG_GROUPS_MAX]) {
  size_t count = 0;
  groups[count++] = &wg_scenario_group;
  groups[count++] = &wg_run_group;
  groups[count++] = &wg_output_group;
  groups[count++] = &wg_service_group;
  groups[count++] = &wg_desk_kind_group;
  groups[count++] = &wg_synthesis_group;
  for (size_t m = 0; m < wg_mechanism_count; m++)
    for (size_t g = 0; g < wg_mechanisms[m]->group_count; g++)
      groups[count++] = wg_mechanisms[m]->groups[g];
  groups[count++] = &wg_policy_terms_group;
  groups[count++] = &wg_policy_scope_group;
  groups[count++] = &wg_policy_rollout_group;
  for (size_t p = 0; p < WG_POLICY_COUNT; p++)
    groups[count++] = wg_policies[p]->params;
  return count;
}

void wg_registry_path(const wg_param_group *group, const wg_param *row, char *path, size_t size) {
  const bool list = group->listed || group->part;
  snprintf(path, size, "%s%s%s%s%s%s%s", group->path, *group->path ? "." : "",
           group->type    ? group->type
           : list         ? "POLICY"
           : group->keyed ? "ID"
                          : "",
           group->keyed ? "." : "", group->part ? group->part : "", group->part ? "." : "", row->name);
}

size_t wg_registry_outputs(const wg_world *world, const wg_output *outputs[WG_OUTPUTS_MAX]) {
  size_t count = 0;
  for (size_t m = 0; m < wg_mechanism_count; m++) {
    if (world && wg_mechanisms[m]->outputs_wanted && !wg_mechanisms[m]->outputs_wanted(world))
      continue;
    for (size_t o = 0; o < wg_mechanisms[m]->output_count; o++)
      outputs[count++] = wg_mechanisms[m]->outputs + o;
  }
  return count;
}
