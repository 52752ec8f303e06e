// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/agenda.h"

#include "model/subdistrict.h"

static bool holds(const wg_need *n, wg_agenda_kind kind, uint32_t day) {
  switch (kind) {
  case WG_AGENDA_LAPSE:
    return n->lapses == day && wg_need_is_open(n) && n->identity != 0;
  case WG_AGENDA_ARRIVE:
    return n->state == WG_NEED_ON_WAY && n->child == day && n->identity != 0;
  case WG_AGENDA_ESCALATE:
    return n->escalates == day && wg_need_is_open(n) && n->identity != 0;
  case WG_AGENDA_WAKE:
    return n->state == WG_NEED_DORMANT && n->child == day;
  case WG_AGENDA_REPORT:
    return n->state == WG_NEED_LATENT && n->child == day && n->identity != 0;
  case WG_AGENDA_KINDS:
    break;
  }
  return false;
}

// From today on: what is before today has been or will never be.
static void list(wg_subdistrict *s) {
  wg_table *table = &s->tables[WG_TABLE_AGENDA];
  table->count = 0;
  for (int kind = 0; kind < WG_AGENDA_KINDS; kind++)
    for (int day = 0; day < 31; day++)
      s->agenda[kind][day] = WG_NO_ROW;
  const wg_need *needs = wg_needs(s);
  for (uint32_t row = 0; row < wg_needs_count(s); row++) {
    const wg_need *n = needs + row;
    if (n->identity == 0)
      continue;
    if (n->state == WG_NEED_DORMANT) {
      wg_agenda_add(s, WG_AGENDA_WAKE, row, n->child);
      continue;
    }
    wg_agenda_add(s, WG_AGENDA_LAPSE, row, n->lapses);
    wg_agenda_add(s, WG_AGENDA_ESCALATE, row, n->escalates);
    if (n->state == WG_NEED_LATENT)
      wg_agenda_add(s, WG_AGENDA_REPORT, row, n->child);
    if (n->state == WG_NEED_ON_WAY)
      wg_agenda_add(s, WG_AGENDA_ARRIVE, row, n->child);
  }
}

// Entries lie in groups of eight rows: a link to the group before, then seven needs. A list's head is its last entry.
enum { GROUP = 8, NEEDS = GROUP - 1, LISTS = WG_AGENDA_KINDS * 31 };
_Static_assert(WG_NO_ROW % GROUP == NEEDS, "an empty list counts as one whose group is full");

int wg_agenda_begin(wg_subdistrict *s, uint32_t more, wg_error *error) {
  // Entries that hold at one time: at most three for each row; and a group of each list that is not full.
  const uint64_t entries = 3 * ((uint64_t)wg_needs_count(s) + more);
  const int code = wg_table_reserve(&s->tables[WG_TABLE_AGENDA], (entries / NEEDS + LISTS + 1) * GROUP, error);
  if (!code)
    list(s);
  return code;
}

void wg_agenda_add(wg_subdistrict *s, wg_agenda_kind kind, uint32_t need, uint32_t day) {
  if (day < (uint32_t)s->month_first || day > (uint32_t)s->month_last)
    return;
  wg_table *table = &s->tables[WG_TABLE_AGENDA];
  wg_agenda_entry *agenda = wg_agendas(s);
  uint32_t *head = &s->agenda[kind][day - (uint32_t)s->month_first];
  if (*head % GROUP == NEEDS) {
    if (table->capacity - table->count < GROUP) {
      list(s); // drops what holds no longer; this one is listed with the others
      return;
    }
    agenda[table->count].row = *head;
    *head = table->count;
    table->count += GROUP;
  }
  agenda[++*head].row = need;
}

// The group before is full. Fetches the rows of its needs: they lie anywhere in the pool.
static void fetch_group_before(const wg_subdistrict *s, uint32_t entry) {
  const wg_agenda_entry *agenda = wg_agendas(s);
  const uint32_t last = agenda[entry - entry % GROUP].row;
  if (last == WG_NO_ROW)
    return;
  __builtin_prefetch(agenda + agenda[last - NEEDS].row);
  for (uint32_t i = 0; i < NEEDS; i++)
    __builtin_prefetch(wg_needs(s) + agenda[last - i].row);
}

uint32_t wg_agenda_next(wg_subdistrict *s, wg_agenda_kind kind, wg_date today) {
  const wg_agenda_entry *agenda = wg_agendas(s);
  uint32_t *head = &s->agenda[kind][today - s->month_first];
  while (*head != WG_NO_ROW) {
    const uint32_t entry = *head, need = agenda[entry].row;
    if (entry % GROUP == GROUP / 2)
      fetch_group_before(s, entry);
    *head = entry % GROUP == 1 ? agenda[entry - 1].row : entry - 1;
    if (holds(wg_needs(s) + need, kind, (uint32_t)today))
      return need;
  }
  return WG_NO_ROW;
}
