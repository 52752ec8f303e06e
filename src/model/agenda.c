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

int wg_agenda_begin(wg_subdistrict *s, uint32_t more, wg_error *error) {
  // Entries that hold at one time: at most three for each row.
  const int code = wg_table_reserve(&s->tables[WG_TABLE_AGENDA], 3 * ((uint64_t)wg_needs_count(s) + more) + 3, error);
  if (!code)
    list(s);
  return code;
}

void wg_agenda_add(wg_subdistrict *s, wg_agenda_kind kind, uint32_t need, uint32_t day) {
  if (day < (uint32_t)s->month_first || day > (uint32_t)s->month_last)
    return;
  wg_table *table = &s->tables[WG_TABLE_AGENDA];
  if (table->count == table->capacity) {
    list(s); // drops what holds no longer; this one is listed with the others
    return;
  }
  uint32_t *head = &s->agenda[kind][day - (uint32_t)s->month_first];
  const uint32_t entry = table->count++;
  wg_agendas(s)[entry] = (wg_agenda_entry){need, *head};
  *head = entry;
}

uint32_t wg_agenda_next(wg_subdistrict *s, wg_agenda_kind kind, wg_date today) {
  uint32_t *head = &s->agenda[kind][today - s->month_first];
  while (*head != WG_NO_ROW) {
    const wg_agenda_entry *entry = wg_agendas(s) + *head;
    const uint32_t need = entry->need;
    *head = entry->next;
    if (*head != WG_NO_ROW)
      __builtin_prefetch(wg_needs(s) + wg_agendas(s)[*head].need);
    if (holds(wg_needs(s) + need, kind, (uint32_t)today))
      return need;
  }
  return WG_NO_ROW;
}
