// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/month.h"

#include "engine/lever_plan.h"
#include "engine/registry.h"
#include "model/enrolment.h"

typedef void (*hook)(wg_context *context);

static void call_all(wg_context *context, void *const *constants, size_t member, wg_phase_part part,
                     wg_phase_watch *watch) {
  for (size_t m = 0; m < wg_mechanism_count; m++) {
    const hook h = *(const hook *)(const void *)((const char *)wg_mechanisms[m] + member);
    if (h) {
      context->constants = constants[m];
      h(context);
      wg_phase_ends(watch, wg_phase_of(m, part));
    }
  }
}

// Room for all that the month can bring: nothing allocates after this.
static int reserve(wg_subdistrict *s, const wg_roll *roll, wg_error *error) {
  int code = wg_residents_reserve(s, (uint32_t)roll->newborns, error);
  if (!code)
    code = wg_needs_reserve(s, (uint32_t)roll->candidate_count, error);
  if (!code)
    code = wg_enrolments_reserve(s, (uint32_t)roll->candidate_count, error);
  if (!code)
    code = wg_table_reserve(&s->tables[WG_TABLE_DEPARTED], roll->leavers + roll->newborns, error);
  for (size_t table = 1; table < WG_TABLE_COUNT && !code; table++)
    if (roll->listed[table])
      code = wg_table_reserve(&s->tables[table], s->tables[table].count + roll->listed[table], error);
  return code;
}

// Fetches rows ahead of events that come later on the day: a resident's, then those that it leads to, a step at a time around
// the household.
static void fetch_ahead(const wg_subdistrict *s, const wg_roll_entry *entry, const wg_roll_entry *beyond) {
  static const ptrdiff_t STEP = 3, MEMBERS = 4;
  const wg_resident *residents = wg_residents(s);
  if (beyond - entry > (MEMBERS + 1) * STEP)
    __builtin_prefetch(residents + entry[(MEMBERS + 1) * STEP].resident);
  for (ptrdiff_t steps = MEMBERS; steps > 0; steps--) {
    if (beyond - entry <= steps * STEP)
      continue;
    const wg_resident *r = residents + entry[steps * STEP].resident;
    if (steps == MEMBERS)
      __builtin_prefetch(wg_households(s) + r->household);
    for (ptrdiff_t member = steps; member < MEMBERS; member++)
      r = residents + r->next;
    __builtin_prefetch(residents + r->next);
  }
}

static void live_day(wg_context *context, void *const *constants, const wg_roll_plan *plan, const wg_roll *roll,
                     wg_phase_watch *watch) {
  const wg_date day = context->today - context->calendar_first;
  context->s->today = context->today;
  wg_levers_advance(context->s, context->today);
  for (size_t i = roll->entries_from[day]; i < roll->entries_from[day + 1]; i++) {
    const wg_roll_entry *entry = roll->entries + i;
    fetch_ahead(context->s, entry, roll->entries + roll->entries_from[day + 1]);
    context->constants = plan->constants[entry->event];
    if (wg_resident_here(wg_residents(context->s) + entry->resident))
      plan->events[entry->event]->happen(context, entry->resident);
    const size_t mechanism = plan->mechanisms[entry->event];
    if (i + 1 == roll->entries_from[day + 1] || plan->mechanisms[entry[1].event] != mechanism)
      wg_phase_ends(watch, wg_phase_of(mechanism, WG_PHASE_EVENTS));
  }
  context->candidates = roll->sorted + roll->candidates_from[day];
  context->candidate_count = (uint32_t)(roll->candidates_from[day + 1] - roll->candidates_from[day]);
  call_all(context, constants, offsetof(wg_mechanism, day), WG_PHASE_DAY, watch);
}

int wg_month_live(const wg_world *world, void *const *constants, const wg_policy_plan *policies,
                  const wg_roll_plan *plan, wg_subdistrict *s, wg_roll *roll, wg_phase_watch *watch, wg_error *error) {
  const wg_date first = wg_month_first_day(world->month), beyond = wg_month_first_day(world->month + 1);
  if (wg_levers_resolve(world, policies, world->month, s, error))
    return error->code;
  wg_phase_ends(watch, WG_PHASE_LEVERS);
  s->lived = 1;
  s->today = s->month_first;
  s->filed_list = s->handled_list = s->ended_list = s->ended_latent_list = s->decided_list = WG_NO_ROW;
  s->log_failed = false;
  wg_context context = {.world = world,
                        .s = s,
                        .month = world->month,
                        .calendar_first = first,
                        .calendar_days = (uint32_t)(beyond - first),
                        .today = s->month_first,
                        .offer = wg_roll_offer,
                        .roll = roll,
                        .error = error};
  wg_roll_start(roll);
  call_all(&context, constants, offsetof(wg_mechanism, month_start), WG_PHASE_MONTH_START, watch);
  wg_roll_call(&context, plan, roll);
  if (error->code || reserve(s, roll, error) || wg_agenda_begin(s, (uint32_t)roll->candidate_count, error))
    return error->code;
  wg_phase_ends(watch, WG_PHASE_ROLL_CALL);
  for (context.today = s->month_first; context.today <= s->month_last; context.today++)
    live_day(&context, constants, plan, roll, watch);
  call_all(&context, constants, offsetof(wg_mechanism, month_end), WG_PHASE_MONTH_END, watch);
  wg_departed_free(s);
  if (s->logging)
    wg_event_log_order(s, error);
  return error->code;
}
