// SPDX-License-Identifier: GPL-3.0-or-later
// The stations of a need's life: filed, in a desk's queue, passed on, ended; and the lists of what lapses on a day.
#include "model/subdistrict.h"

static void lapse_unlink(wg_subdistrict *s, uint32_t need) {
  wg_need *needs = wg_needs(s);
  wg_need *n = needs + need;
  if (n->lapses < s->month_first || n->lapses > s->month_last)
    return;
  if (n->lapse_back == WG_NO_ROW)
    s->lapse_lists[n->lapses - s->month_first] = n->lapse_next;
  else
    needs[n->lapse_back].lapse_next = n->lapse_next;
  if (n->lapse_next != WG_NO_ROW)
    needs[n->lapse_next].lapse_back = n->lapse_back;
  n->lapse_next = n->lapse_back = WG_NO_ROW;
}

void wg_need_schedule_lapse(wg_subdistrict *s, uint32_t need, uint32_t day) {
  wg_need *needs = wg_needs(s);
  wg_need *n = needs + need;
  n->lapses = (uint16_t)(day < WG_NEVER ? day : WG_NEVER);
  if (n->lapses < s->month_first || n->lapses > s->month_last)
    return;
  uint32_t *head = &s->lapse_lists[n->lapses - s->month_first];
  n->lapse_back = WG_NO_ROW;
  n->lapse_next = *head;
  if (*head != WG_NO_ROW)
    needs[*head].lapse_back = need;
  *head = need;
}

static void list_filed(wg_subdistrict *s, uint32_t need) {
  wg_need *n = wg_needs(s) + need;
  n->state = WG_NEED_FILED;
  n->sibling = s->filed_list;
  s->filed_list = need;
}

void wg_need_file(wg_subdistrict *s, uint32_t need, wg_date today) {
  wg_need *n = wg_needs(s) + need;
  lapse_unlink(s, need);
  n->lapses = WG_NEVER;
  n->filed = (uint16_t)today;
  list_filed(s, need);
}

void wg_need_enqueue(wg_subdistrict *s, uint32_t need, uint32_t desk) {
  wg_need *n = wg_needs(s) + need;
  wg_desk *d = wg_desks(s) + desk;
  n->state = WG_NEED_WAITING;
  n->desk = (uint16_t)desk;
  wg_need_heap_push(wg_needs(s), &d->queue, need);
  d->queued++;
  d->queued_minutes += n->work;
}

static void dequeue(wg_subdistrict *s, uint32_t need) {
  const wg_need *n = wg_needs(s) + need;
  wg_desk *desk = wg_desks(s) + n->desk;
  wg_need_heap_remove(wg_needs(s), &desk->queue, need);
  desk->queued--;
  desk->queued_minutes -= n->work;
}

void wg_need_pass_on(wg_subdistrict *s, uint32_t need) {
  dequeue(s, need);
  list_filed(s, need);
}

void wg_needs_arrive(wg_subdistrict *s, wg_date today) {
  const uint32_t *head = &s->arrival_lists[today - s->month_first];
  while (*head != WG_NO_ROW) {
    const uint32_t need = *head;
    wg_need_call_back(s, need);
    wg_need_enqueue(s, need, wg_needs(s)[need].desk);
  }
}

void wg_need_end(wg_subdistrict *s, uint32_t need, wg_need_state state) {
  wg_need *n = wg_needs(s) + need;
  if (n->state == WG_NEED_LATENT)
    wg_need_reveal(s, need);
  else if (n->state == WG_NEED_WAITING)
    dequeue(s, need);
  else if (n->state == WG_NEED_ON_WAY)
    wg_need_call_back(s, need);
  if (n->resident != WG_NO_ROW)
    __builtin_prefetch(wg_residents(s) + n->resident); // the day's books will want the row
  lapse_unlink(s, need);
  n->state = (uint8_t)state;
  uint32_t *ended = n->filed ? &s->ended_list : &s->ended_latent_list;
  n->sibling = *ended;
  *ended = need;
}

void wg_needs_untie(wg_subdistrict *s, uint32_t resident) {
  wg_need *needs = wg_needs(s);
  uint32_t row = wg_residents(s)[resident].first_need;
  while (row != WG_NO_ROW) {
    const uint32_t next = needs[row].next_of_resident;
    needs[row].resident = needs[row].next_of_resident = WG_NO_ROW;
    row = next;
  }
  wg_residents(s)[resident].first_need = WG_NO_ROW;
}
