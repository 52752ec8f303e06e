// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/dispatch.h"

#include "base/maths.h"
#include "model/limit.h"
#include "model/route.h"
#include "model/tally_output.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_dispatch_group, "dispatch", false, wg_dispatch_params, WG_DISPATCH_PARAMS, "派遣",
               "How cases get to desks.");

// What only a case has: difficulty, work and patience come from a second stream of the need, opened when it is filed.
static void open_case(wg_context *context, uint32_t row) {
  wg_subdistrict *s = context->s;
  wg_need *n = wg_needs(s) + row;
  const wg_service *service = context->world->catalogue.services + n->service;
  const wg_service_params *p = service->params;
  const wg_dispatch_params *params = wg_config_get(context->world->config, &wg_dispatch_group);
  wg_draw draw = wg_draw_open(context->world->luck, WG_PURPOSE_NEED_LIFE, 0, n->identity, 1);
  n->difficulty = (uint16_t)(wg_draw_u32(&draw) >> 16);
  const double factor = p->work_law == WG_WORK_EXPONENTIAL ? -wg_log(wg_draw_unit(&draw)) : 1.0;
  const double work = p->work_minutes * factor + 0.5;
  n->work = (uint16_t)(work < 1.0 ? 1.0 : work > 65535.0 ? 65535.0 : work);
  n->legal_due = wg_limit_end(&context->world->calendar, service, n->filed);
  const int64_t priority = (int64_t)n->legal_due - (int64_t)(params->severity_days * (double)p->severity);
  n->key = (uint64_t)(priority + 0x10000) << 16 | n->filed;
  if (p->patience_days > 0.0) {
    const double patience = -wg_log(wg_draw_unit(&draw)) * p->patience_days;
    wg_need_schedule_lapse(s, row, (uint32_t)n->filed + 1 + (uint32_t)patience);
  }
  wg_tally *tally = wg_tally_at(s, n->grid, n->service);
  tally->filed++;
  if (n->legal_due <= s->month_last)
    tally->filed_due++;
}

static void day(wg_context *context) {
  wg_subdistrict *s = context->s;
  while (s->filed_list != WG_NO_ROW) {
    const uint32_t row = s->filed_list;
    wg_need *n = wg_needs(s) + row;
    s->filed_list = n->sibling;
    const wg_service *service = context->world->catalogue.services + n->service;
    open_case(context, row);
    wg_need_enqueue(s, row, wg_route_desk(s, service, n->grid, 0));
  }
}

WG_TALLY_OUTPUT(filed)

static const wg_output outputs[] = {
    {"cases_filed", WG_I32, {WG_AXIS_SERVICE}, "case", "Cases filed, reported or found", "立案", filed},
};

static const wg_param_group *const groups[] = {&wg_dispatch_group};

const wg_mechanism wg_dispatch = {
    .name = "dispatch",
    .label = "派遣",
    .doc = "A filed case goes to the first kind of desk that its service names and that has hours. Queues are ordered "
           "by due "
           "date, which severity moves forward, then by day of filing, then by identity.",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .day = day,
};
