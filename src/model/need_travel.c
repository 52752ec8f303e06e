// SPDX-License-Identifier: GPL-3.0-or-later
// Cases on their way (移交) from one desk to another that is not of the same owner or network.
#include "model/subdistrict.h"

static bool in_month(const wg_subdistrict *s, uint32_t day) {
  return day >= (uint32_t)s->month_first && day <= (uint32_t)s->month_last;
}

static void list(wg_subdistrict *s, uint32_t need) {
  wg_need *needs = wg_needs(s), *n = needs + need;
  if (!in_month(s, n->child))
    return;
  uint32_t *head = &s->arrival_lists[n->child - (uint32_t)s->month_first];
  n->back = WG_NO_ROW;
  n->sibling = *head;
  if (*head != WG_NO_ROW)
    needs[*head].back = need;
  *head = need;
}

void wg_need_call_back(wg_subdistrict *s, uint32_t need) {
  wg_need *needs = wg_needs(s), *n = needs + need;
  if (in_month(s, n->child)) {
    if (n->back == WG_NO_ROW)
      s->arrival_lists[n->child - (uint32_t)s->month_first] = n->sibling;
    else
      needs[n->back].sibling = n->sibling;
    if (n->sibling != WG_NO_ROW)
      needs[n->sibling].back = n->back;
  }
  n->child = n->sibling = n->back = WG_NO_ROW;
}

void wg_need_send(wg_subdistrict *s, uint32_t need, uint32_t desk, wg_date arrival) {
  wg_need *n = wg_needs(s) + need;
  n->state = WG_NEED_ON_WAY;
  n->desk = (uint16_t)desk;
  n->child = (uint32_t)arrival;
  list(s, need);
}

void wg_needs_on_way_list(wg_subdistrict *s) {
  const wg_need *needs = wg_needs(s);
  for (int day = 0; day < 31; day++)
    s->arrival_lists[day] = WG_NO_ROW;
  for (uint32_t row = 0; row < wg_needs_count(s); row++)
    if (needs[row].identity != 0 && needs[row].state == WG_NEED_ON_WAY)
      list(s, row);
}
