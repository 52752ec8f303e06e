// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/audit.h"

#include "model/ledger.h"

// Every desk, every day: no more is spent than there is.
static void day(wg_context *context) {
  const wg_subdistrict *s = context->s;
  for (uint32_t d = 0; d < wg_desks_count(s); d++) {
    const wg_desk *desk = wg_desks(s) + d;
    if (desk->minutes_handling + desk->minutes_looking + desk->minutes_care > desk->minutes_available)
      wg_error_set(context->error, WG_FAIL_RUN, "audit: a desk of %s in %s has spent more hours than it had",
                   context->world->catalogue.desk_kinds[desk->kind].params->label, s->name);
  }
}

// What arose has ended or is open, as counted in the pool; and Little's law without any mean: the days that needs spent open,
// summed over needs, are the needs that were open, summed over days.
static void month_end(wg_context *context) {
  const wg_subdistrict *s = context->s;
  for (uint32_t g = 0; g < wg_grids_count(s); g++)
    if (wg_grids(s)[g].open_weight != wg_grids(s)[g].counted_weight)
      wg_error_set(context->error, WG_FAIL_RUN, "audit: open needs of a grid of %s do not add up to its disorder",
                   s->name);
  for (uint32_t i = 0; i < s->tables[WG_TABLE_TALLY].count; i++) {
    const wg_tally *tally = wg_tallies(s) + i;
    wg_stock *stock = wg_stocks(s) + i;
    stock->arisen += tally->arisen;
    stock->ended += (uint64_t)tally->met_on_time + tally->met_late + tally->lapsed_latent + tally->lapsed_waiting +
                    tally->refused + tally->withdrawn;
    stock->ended_need_days += tally->ended_need_days;
    if (stock->arisen != stock->ended + tally->open || stock->open != tally->open)
      wg_error_set(context->error, WG_FAIL_RUN, "audit: flows of needs do not balance in %s", s->name);
    if (stock->need_days != stock->ended_need_days + tally->open_need_days)
      wg_error_set(context->error, WG_FAIL_RUN, "audit: times of needs do not add up to their stock in %s", s->name);
  }
}

const wg_mechanism wg_audit = {
    .name = "audit",
    .label = "核对",
    .doc = "Every run holds its own books against what was counted, and fails where they differ: hours spent against "
           "hours available for each desk and day; needs that arose against those that ended or are open; days that "
           "needs spent open, summed over needs, against open needs summed over days (Little's law in integers).",
    .day = day,
    .month_end = month_end,
};
