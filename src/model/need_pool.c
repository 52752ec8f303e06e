// SPDX-License-Identifier: GPL-3.0-or-later
// The pool of open and sleeping needs: taking rows, giving them back, and the list of each resident's open needs.
#include "model/subdistrict.h"

int wg_needs_reserve(wg_subdistrict *s, uint32_t more, wg_error *error) {
  return wg_table_reserve(&s->tables[WG_TABLE_NEED], (uint64_t)s->open_needs + s->dormant_needs + more, error);
}

uint32_t wg_need_open(wg_subdistrict *s) {
  wg_need *needs = wg_needs(s);
  uint32_t row = s->free_need;
  if (row != WG_NO_ROW) {
    s->free_need = needs[row].next_of_resident;
    if (s->free_need != WG_NO_ROW)
      __builtin_prefetch(needs + s->free_need, 1); // for the next need
  } else {
    row = s->tables[WG_TABLE_NEED].count++;
  }
  needs[row] = (wg_need){.child = WG_NO_ROW,
                         .sibling = WG_NO_ROW,
                         .back = WG_NO_ROW,
                         .resident = WG_NO_ROW,
                         .next_of_resident = WG_NO_ROW,
                         .lapses = WG_NEVER,
                         .escalates = WG_NEVER,
                         .desk = WG_NO_DESK,
                         .handler = WG_NO_DESK,
                         .group = WG_GROUP_NOBODY};
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
  if (n->state == WG_NEED_DORMANT)
    s->dormant_needs--;
  else
    s->open_needs--;
  *n = (wg_need){.next_of_resident = s->free_need};
  s->free_need = need;
}

void wg_need_sleep(wg_subdistrict *s, uint32_t need, uint32_t day) {
  wg_need *n = wg_needs(s) + need;
  n->state = WG_NEED_DORMANT;
  n->child = day;
  s->open_needs--;
  s->dormant_needs++;
  wg_agenda_add(s, WG_AGENDA_WAKE, need, day);
}
