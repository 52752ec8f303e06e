// SPDX-License-Identifier: GPL-3.0-or-later
// Searches: latent needs ordered by the hazard at which they are found, only as finely as a day's hazard asks for.
#include "model/subdistrict.h"

int wg_searches_create(wg_subdistrict *s, wg_error *error) {
  const uint64_t searches = (uint64_t)wg_grids_count(s) * WG_SEARCH_WAYS;
  int code = wg_table_reserve(&s->tables[WG_TABLE_SEARCH], searches, error);
  if (!code)
    code = wg_table_reserve(&s->tables[WG_TABLE_STEP], searches * WG_SEARCH_LISTS, error);
  if (code)
    return code;
  s->tables[WG_TABLE_SEARCH].count = (uint32_t)searches;
  s->tables[WG_TABLE_STEP].count = (uint32_t)searches * WG_SEARCH_LISTS;
  for (uint32_t i = 0; i < wg_searches_count(s); i++)
    wg_searches(s)[i] = (wg_search){0};
  for (uint32_t i = 0; i < wg_steps_count(s); i++)
    wg_steps(s)[i].first = WG_NO_ROW;
  return WG_OK;
}

// The step of a latent need with this key, or WG_SEARCH_STEPS when it lies beyond them all.
static inline uint32_t step_of(const wg_subdistrict *s, uint32_t search, uint64_t key) {
  const wg_search *w = wg_searches(s) + search;
  const uint64_t step = (key - w->base) >> w->shift;
  return step < WG_SEARCH_STEPS ? (uint32_t)step : WG_SEARCH_STEPS;
}

static inline uint32_t *list_of(const wg_subdistrict *s, uint32_t search, uint32_t step) {
  return &wg_steps(s)[(size_t)search * WG_SEARCH_LISTS + step].first;
}

void wg_need_hide(wg_subdistrict *s, uint32_t need) {
  wg_need *n = wg_needs(s) + need;
  const uint32_t search = wg_search_of(s, n->grid, n->service);
  uint32_t *first = list_of(s, search, step_of(s, search, n->key));
  n->sibling = *first;
  *first = need;
}

// A step has one or two needs: finding the one before is cheaper than links back, which would touch the neighbours' rows
// each time.
void wg_need_reveal(wg_subdistrict *s, uint32_t need) {
  wg_need *needs = wg_needs(s), *n = needs + need;
  const uint32_t search = wg_search_of(s, n->grid, n->service), step = step_of(s, search, n->key);
  if (step == WG_SEARCH_STEPS)
    return;
  uint32_t *link = list_of(s, search, step);
  while (*link != need)
    link = &needs[*link].sibling;
  *link = n->sibling;
  n->sibling = WG_NO_ROW;
}

static void begin(wg_subdistrict *s, uint32_t search) {
  wg_search *w = wg_searches(s) + search;
  w->base = w->hazard;
  w->shift = 0;
  while (w->shift < 58 && w->ahead >> w->shift >= WG_SEARCH_STEPS)
    w->shift++;
  for (uint32_t step = 0; step < WG_SEARCH_LISTS; step++)
    *list_of(s, search, step) = WG_NO_ROW;
}

void wg_searches_restart(wg_subdistrict *s) {
  const wg_need *needs = wg_needs(s);
  for (uint32_t i = 0; i < wg_searches_count(s); i++)
    begin(s, i);
  for (uint32_t row = 0; row < wg_needs_count(s); row++)
    if (needs[row].identity != 0 && needs[row].state == WG_NEED_LATENT)
      wg_need_hide(s, row);
}

// More hazard came than the steps had room for: the search begins anew where it stands.
static void restart_one(wg_subdistrict *s, uint32_t search) {
  const wg_need *needs = wg_needs(s);
  begin(s, search);
  for (uint32_t row = 0; row < wg_needs_count(s); row++)
    if (needs[row].identity != 0 && needs[row].state == WG_NEED_LATENT &&
        wg_search_of(s, needs[row].grid, needs[row].service) == search)
      wg_need_hide(s, row);
}

void wg_search_advance(wg_subdistrict *s, uint32_t search, uint64_t hazard, void *context,
                       void (*found)(void *context, uint32_t need)) {
  wg_search *w = wg_searches(s) + search;
  wg_need *needs = wg_needs(s);
  if ((w->hazard + hazard - w->base) >> w->shift >= WG_SEARCH_STEPS) {
    w->ahead = w->ahead > hazard ? w->ahead : hazard;
    restart_one(s, search);
  }
  const uint32_t from = (uint32_t)((w->hazard - w->base) >> w->shift);
  w->hazard += hazard;
  const uint32_t to = (uint32_t)((w->hazard - w->base) >> w->shift);
  for (uint32_t step = from; step <= to; step++) {
    uint32_t *link = list_of(s, search, step);
    while (*link != WG_NO_ROW) {
      const uint32_t need = *link;
      if (needs[need].key > w->hazard) {
        link = &needs[need].sibling;
        continue;
      }
      *link = needs[need].sibling;
      needs[need].sibling = WG_NO_ROW;
      found(context, need);
    }
  }
}
