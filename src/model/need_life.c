// SPDX-License-Identifier: GPL-3.0-or-later
// The stations of a need's life: filed, in a desk's queue, on the way, handled, ended.
#include "model/subdistrict.h"

void wg_need_schedule_lapse(wg_subdistrict *s, uint32_t need, uint32_t day) {
  wg_need *n = wg_needs(s) + need;
  n->lapses = (uint16_t)(day < WG_NEVER ? day : WG_NEVER);
  wg_agenda_add(s, WG_AGENDA_LAPSE, need, n->lapses);
}

void wg_need_schedule_escalation(wg_subdistrict *s, uint32_t need, uint32_t day) {
  wg_need *n = wg_needs(s) + need;
  n->escalates = (uint16_t)(day < WG_NEVER ? day : WG_NEVER);
  wg_agenda_add(s, WG_AGENDA_ESCALATE, need, n->escalates);
}

static void list_filed(wg_subdistrict *s, uint32_t need) {
  wg_need *n = wg_needs(s) + need;
  n->state = WG_NEED_FILED;
  n->sibling = s->filed_list;
  s->filed_list = need;
}

void wg_need_file(wg_subdistrict *s, uint32_t need, wg_date today) {
  wg_need *n = wg_needs(s) + need;
  n->lapses = WG_NEVER;
  n->filed = (uint16_t)today;
  list_filed(s, need);
  wg_event_note(s, need, WG_EVENT_FILE, WG_NO_DESK);
}

static void queue_up(wg_subdistrict *s, uint32_t need, uint32_t desk, wg_need_state state) {
  wg_need *n = wg_needs(s) + need;
  wg_desk *d = wg_desks(s) + desk;
  n->state = (uint8_t)state;
  n->desk = (uint16_t)desk;
  wg_need_heap_push(wg_needs(s), &d->queue, need);
  d->queued++;
  d->queued_minutes += n->work;
}

void wg_need_enqueue(wg_subdistrict *s, uint32_t need, uint32_t desk) {
  queue_up(s, need, desk, WG_NEED_WAITING);
  wg_event_note(s, need, WG_EVENT_DISPATCH, desk);
}

void wg_need_verify(wg_subdistrict *s, uint32_t need, uint32_t desk) {
  queue_up(s, need, desk, WG_NEED_VERIFYING);
  wg_event_note(s, need, WG_EVENT_VERIFY, desk);
}

// The case counts in the desk's queue no longer.
static void uncount(wg_subdistrict *s, uint32_t need) {
  const wg_need *n = wg_needs(s) + need;
  wg_desk *desk = wg_desks(s) + n->desk;
  desk->queued--;
  desk->queued_minutes -= n->work;
}

void wg_need_dequeue(wg_subdistrict *s, uint32_t need) {
  wg_need_heap_remove(wg_needs(s), &wg_desks(s)[wg_needs(s)[need].desk].queue, need);
  uncount(s, need);
}

void wg_need_pass_on(wg_subdistrict *s, uint32_t need) {
  wg_event_note(s, need, WG_EVENT_TRANSFER, wg_needs(s)[need].desk);
  uncount(s, need);
  list_filed(s, need);
}

void wg_need_finish(wg_subdistrict *s, uint32_t need) {
  wg_need *n = wg_needs(s) + need;
  uncount(s, need);
  // Who had it in hand shows whether that was handling or verifying: only the first is noted as the handler.
  if (n->state == WG_NEED_WAITING) {
    n->handler = n->desk;
    wg_event_note(s, need, WG_EVENT_HANDLE, n->desk);
  }
  n->state = WG_NEED_HANDLED;
  n->sibling = s->handled_list;
  s->handled_list = need;
}

void wg_need_send(wg_subdistrict *s, uint32_t need, uint32_t desk, wg_date arrival) {
  wg_need *n = wg_needs(s) + need;
  n->state = WG_NEED_ON_WAY;
  n->desk = (uint16_t)desk;
  n->child = (uint32_t)arrival;
  wg_agenda_add(s, WG_AGENDA_ARRIVE, need, n->child);
}

void wg_needs_arrive(wg_subdistrict *s, wg_date today) {
  for (uint32_t need; (need = wg_agenda_next(s, WG_AGENDA_ARRIVE, today)) != WG_NO_ROW;)
    wg_need_enqueue(s, need, wg_needs(s)[need].desk);
}

static wg_event_kind event_of(wg_need_state state) {
  return state == WG_NEED_MET         ? WG_EVENT_CLOSE
         : state == WG_NEED_LAPSED    ? WG_EVENT_LAPSE
         : state == WG_NEED_WITHDRAWN ? WG_EVENT_WITHDRAW
                                      : WG_EVENT_REFUSE;
}

void wg_need_end(wg_subdistrict *s, uint32_t need, wg_need_state state) {
  wg_need *n = wg_needs(s) + need;
  if (n->state == WG_NEED_LATENT)
    wg_need_reveal(s, need);
  else if (n->state == WG_NEED_WAITING || n->state == WG_NEED_VERIFYING)
    wg_need_dequeue(s, need);
  else if (n->state == WG_NEED_LISTED)
    wg_need_unlist(s, need);
  wg_grids(s)[n->grid].open_weight -= s->disorder_weight[n->service];
  if (n->resident != WG_NO_ROW)
    __builtin_prefetch(wg_residents(s) + n->resident); // the day's books will want the row
  n->state = (uint8_t)state;
  uint32_t *ended = n->filed ? &s->ended_list : &s->ended_latent_list;
  n->sibling = *ended;
  *ended = need;
  wg_event_note(s, need, event_of(state), WG_NO_DESK);
}

void wg_need_resolve(wg_subdistrict *s, uint32_t need) {
  wg_need *n = wg_needs(s) + need;
  if (!(s->continuing_services >> n->service & 1U)) {
    wg_need_end(s, need, WG_NEED_MET);
    return;
  }
  n->state = WG_NEED_HANDLED;
  n->sibling = s->decided_list;
  s->decided_list = need;
}

static wg_care_tally *care_tally(const wg_subdistrict *s, const wg_need *n) {
  return wg_care_tallies(s) + (wg_tally_at(s, n->grid, n->service) - wg_tallies(s));
}

void wg_need_list(wg_subdistrict *s, uint32_t need, uint32_t desk) {
  wg_need *n = wg_needs(s) + need;
  wg_desk *d = wg_desks(s) + desk;
  n->state = WG_NEED_LISTED;
  n->desk = (uint16_t)desk;
  wg_need_heap_push(wg_needs(s), &d->waiting_list, need);
  d->listed++;
  care_tally(s, n)->waiting++;
  wg_event_note(s, need, WG_EVENT_LIST, desk);
}

void wg_need_unlist(wg_subdistrict *s, uint32_t need) {
  const wg_need *n = wg_needs(s) + need;
  wg_desk *d = wg_desks(s) + n->desk;
  wg_need_heap_remove(wg_needs(s), &d->waiting_list, need);
  d->listed--;
  care_tally(s, n)->waiting--;
}

void wg_needs_untie(wg_subdistrict *s, uint32_t resident) {
  wg_need *needs = wg_needs(s);
  uint32_t row = wg_residents(s)[resident].first_need;
  while (row != WG_NO_ROW) {
    const uint32_t next = needs[row].next_of_resident;
    needs[row].resident = needs[row].next_of_resident = WG_NO_ROW;
    if (needs[row].state == WG_NEED_DORMANT)
      wg_need_close(s, row);
    row = next;
  }
  wg_residents(s)[resident].first_need = WG_NO_ROW;
}
