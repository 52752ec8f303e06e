// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/transfer.h"

#include <stdlib.h>

#include "model/ledger.h"
#include "model/lever.h"
#include "model/route.h"
#include "model/tally_output.h"
#include "schema/purpose.h"

typedef struct constants {
  double transfer_days, misroute;
} constants;

static int prepare(const wg_world *world, void **result, wg_error *error) {
  constants *c = *result = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for hand-offs");
  c->transfer_days = ((const wg_handling_params *)wg_config_get(world->config, &wg_handling_group))->transfer_days;
  c->misroute = ((const wg_dispatch_params *)wg_config_get(world->config, &wg_dispatch_group))->misroute;
  return WG_OK;
}

// The next desk of the route that has hours, else any of them.
static uint32_t next_in_route(const wg_subdistrict *s, const wg_service *service, const wg_need *n) {
  const uint32_t position = wg_service_route_position(service, wg_desks(s)[n->desk].kind);
  const uint32_t next = position + 1 < service->route_length ? position + 1 : 0;
  const uint32_t desk = wg_route_desk(s, service, n->grid, next);
  return wg_desks(s)[desk].minutes > 0 ? desk : wg_route_desk(s, service, n->grid, 0);
}

// A case that went astray goes to where it should have gone first, or astray again with the same probability: the number of
// wrong desks that it sees is geometric.
static uint32_t next_desk(const wg_context *context, wg_need *n, wg_draw *draw) {
  const wg_subdistrict *s = context->s;
  const constants *c = context->constants;
  const wg_catalogue *catalogue = &context->world->catalogue;
  const double factor = wg_lever_get(s, WG_SLOT_MISROUTE_PROBABILITY, wg_grids(s)[n->grid].community);
  if (wg_route_is_astray(catalogue, s, n) && wg_draw_unit(draw) < c->misroute * factor) {
    const uint32_t wrong = wg_route_wrong_team(catalogue, s, n, draw);
    if (wrong != WG_NO_ROW) {
      wg_ledger_tally(s, n)->misdirected++;
      return wrong;
    }
  }
  return next_in_route(s, catalogue->services + n->service, n);
}

// Cases passed on reach the next desk in the evening, which takes them up on its next day, whatever the order of desks; or some
// days later than that.
static void day(wg_context *context) {
  wg_subdistrict *s = context->s;
  const constants *c = context->constants;
  while (s->filed_list != WG_NO_ROW) {
    const uint32_t row = s->filed_list;
    wg_need *n = wg_needs(s) + row;
    s->filed_list = n->sibling;
    wg_draw draw = wg_draw_open(context->world->luck, WG_PURPOSE_TRANSFER,
                                wg_route_round(wg_need_hand_offs(n), context->today), n->identity, 0);
    const double uniform = wg_draw_unit(&draw);
    const uint32_t to = next_desk(context, n, &draw);
    uint32_t days = 0;
    if (wg_route_crosses(&context->world->catalogue, wg_desks(s) + n->desk, wg_desks(s) + to))
      days = wg_route_days(c->transfer_days * wg_lever_get(s, WG_SLOT_TRANSFER_DELAY, wg_grids(s)[n->grid].community),
                           uniform);
    if (days == 0)
      wg_need_enqueue(s, row, to);
    else
      wg_need_send(s, row, to, context->today + 1 + (wg_date)days);
  }
}

WG_TALLY_OUTPUT(transfers)

static const wg_output outputs[] = {
    {"transfers", WG_I32, {WG_AXIS_SERVICE}, "hand-off", "Cases passed on to another desk", "转办", transfers},
};

static const wg_param_group *const groups[] = {&wg_handling_group};

const wg_mechanism wg_transfer = {
    .name = "transfer",
    .label = "移交",
    .doc =
        "A case passed on goes to the next kind in its service's route, which takes it up on its next day; a hand-off "
        "to another owner (条, 块) or network takes some days more. A misdirected case may be misdirected again.",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
    .day = day,
};
