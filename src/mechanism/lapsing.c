// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/lapsing.h"

// Open needs whose last day falls into this month go onto its lists; the books of what is due begin with them.
static void month_start(wg_context *context) {
  wg_subdistrict *s = context->s;
  const wg_need *needs = wg_needs(s);
  for (int day = 0; day < 31; day++)
    s->lapse_lists[day] = WG_NO_ROW;
  for (uint32_t row = 0; row < wg_needs_count(s); row++)
    if (needs[row].identity != 0 && needs[row].lapses >= s->month_first && needs[row].lapses <= s->month_last)
      wg_need_schedule_lapse(s, row, needs[row].lapses);
}

static void day(wg_context *context) {
  wg_subdistrict *s = context->s;
  const uint32_t *head = &s->lapse_lists[context->today - s->month_first];
  while (*head != WG_NO_ROW) {
    const uint32_t next = wg_needs(s)[*head].lapse_next;
    if (next != WG_NO_ROW)
      __builtin_prefetch(wg_needs(s) + next);
    wg_need_end(s, *head, WG_NEED_LAPSED);
  }
}

const wg_mechanism wg_lapsing = {
    .name = "lapsing",
    .label = "自行消失",
    .doc = "A need that nobody found, or a case that nobody handled, lapses on its day: the nuisance goes away, the "
           "person "
           "gives up.",
    .month_start = month_start,
    .day = day,
};
