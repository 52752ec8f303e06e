// SPDX-License-Identifier: GPL-3.0-or-later
// The pool of open needs: taking rows, giving them back, and the list of each resident's open needs.
#include "model/subdistrict.h"

int wg_needs_reserve(wg_subdistrict *s, uint32_t more, wg_error *error) {
  return wg_table_reserve(&s->tables[WG_TABLE_NEED], (uint64_t)s->open_needs + more, error);
}

uint32_t wg_need_open(wg_subdistrict *s) {
  wg_need *needs = wg_needs(s);
  uint32_t row = s->free_need;
  if (row != WG_NO_ROW)
    s->free_need = needs[row].next_of_resident;
  else
    row = s->tables[WG_TABLE_NEED].count++;
  needs[row] = (wg_need){.child = WG_NO_ROW,
                         .sibling = WG_NO_ROW,
                         .back = WG_NO_ROW,
                         .resident = WG_NO_ROW,
                         .next_of_resident = WG_NO_ROW,
                         .lapse_next = WG_NO_ROW,
                         .lapse_back = WG_NO_ROW,
                         .lapses = WG_NEVER,
                         .desk = WG_NO_DESK};
  s->open_needs++;
  return row;
}

void wg_need_attach(wg_subdistrict *s, uint32_t need, uint32_t resident) {
  wg_need *n = wg_needs(s) + need;
  wg_resident *r = wg_residents(s) + resident;
  n->resident = resident;
  n->next_of_resident = r->first_need;
  r->first_need = need;
}

void wg_need_close(wg_subdistrict *s, uint32_t need) {
  wg_need *needs = wg_needs(s);
  wg_need *n = needs + need;
  if (n->resident != WG_NO_ROW) {
    uint32_t *link = &wg_residents(s)[n->resident].first_need;
    while (*link != need)
      link = &needs[*link].next_of_resident;
    *link = n->next_of_resident;
  }
  *n = (wg_need){.next_of_resident = s->free_need};
  s->free_need = need;
  s->open_needs--;
}

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
  n->sibling = s->ended_list;
  s->ended_list = need;
}
