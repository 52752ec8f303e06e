// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lever_plan.h"

#include <stdio.h>
#include <stdlib.h>

#include "engine/adoption.h"
#include "policy/moves.h"

// ---- when ----

static bool in_force(const wg_policy_entry *entry, wg_date adopted, wg_date day) {
  return adopted <= day && (entry->terms->to == WG_DATE_NONE || day < entry->terms->to);
}

// Whole months since adoption.
static int32_t months_since(wg_date adopted, wg_date day) {
  int32_t months = wg_date_month(day) - wg_date_month(adopted);
  return wg_date_add_months(adopted, months) > day ? months - 1 : months;
}

static double strength_on(const wg_policy_entry *entry, wg_date adopted, wg_date day) {
  const int64_t ramp = entry->terms->ramp_months, months = months_since(adopted, day);
  return months + 1 >= ramp ? entry->terms->strength : entry->terms->strength * (double)(months + 1) / (double)ramp;
}

static void mark(const wg_subdistrict *s, wg_date day, uint32_t *firsts) {
  if (day >= s->month_first && day <= s->month_last)
    *firsts |= 1U << (day - s->month_first);
}

// The days of the month on which something changes for a community that adopted on that day.
static void mark_changes(const wg_subdistrict *s, const wg_policy_entry *entry, wg_date adopted, uint32_t *firsts) {
  mark(s, adopted, firsts);
  if (entry->terms->to != WG_DATE_NONE)
    mark(s, entry->terms->to, firsts);
  if (adopted > s->month_last)
    return;
  const int32_t months = months_since(adopted, s->month_last);
  if (months > 0 && months < entry->terms->ramp_months)
    mark(s, wg_date_add_months(adopted, months), firsts);
  uint32_t days[WG_POLICY_CHANGES_MAX];
  const size_t count = entry->policy->changes ? entry->policy->changes(entry->params, days) : 0;
  for (size_t i = 0; i < count; i++)
    mark(s, adopted + (wg_date)days[i], firsts);
}

static void divide_month(const wg_policy_plan *plan, wg_subdistrict *s) {
  uint32_t firsts = 1;
  for (size_t e = 0; e < plan->count; e++)
    for (uint32_t c = 0; c < wg_communities_count(s); c++)
      if (wg_adoption_day(s, e, c) < WG_ADOPTION_WAITING)
        mark_changes(s, plan->entries + e, wg_adoption_day(s, e, c), &firsts);
  s->segment_count = s->segment = 0;
  for (uint32_t day = 0; day < 32; day++)
    if (firsts >> day & 1U)
      s->segment_first[s->segment_count++] = (uint8_t)day;
  s->segment_first[s->segment_count] = (uint8_t)(s->month_last - s->month_first + 1);
}

// ---- what ----

static int refuse(const wg_policy_plan *plan, const wg_subdistrict *s, wg_date day, uint32_t slot, uint32_t community,
                  const wg_lever_value *v, bool agree, wg_error *error) {
  char code[64], date[11], names[256];
  size_t length = 0;
  const wg_lever_id id = wg_slot_lever(slot);
  wg_slot_code(slot, code);
  wg_date_print(day, date);
  names[0] = '\0';
  for (size_t e = 0; e < plan->count; e++) {
    bool moves = false;
    for (size_t l = 0; l < plan->entries[e].policy->lever_count; l++)
      moves |= plan->entries[e].policy->levers[l] == id;
    const wg_date adopted = wg_adoption_day(s, e, community);
    if (moves && adopted < WG_ADOPTION_WAITING && in_force(plan->entries + e, adopted, day) && length < sizeof names)
      length +=
          (size_t)snprintf(names + length, sizeof names - length, "%s%s", length ? ", " : "", plan->entries[e].name);
  }
  if (!agree)
    return wg_error_add(
        error, WG_FAIL_CONFIG,
        "policies: %s: replace %s by unequal values in %s on %s (allowed: one value at a time in a place)", names, code,
        s->community_names[community], date);
  return wg_error_add(error, WG_FAIL_CONFIG, "policies: %s: make %s %.6g in %s on %s (allowed: %.6g to %.6g)", names,
                      code, v->value, s->community_names[community], date, wg_levers[id].least, wg_levers[id].greatest);
}

static int resolve_place(const wg_policy_plan *plan, const wg_subdistrict *s, uint32_t segment, uint32_t c,
                         wg_lever_moves *moves, wg_error *error) {
  const wg_date day = s->month_first + s->segment_first[segment];
  wg_lever_moves_clear(moves);
  for (size_t e = 0; e < plan->count; e++) {
    const wg_policy_entry *entry = plan->entries + e;
    const wg_date adopted = wg_adoption_day(s, e, c);
    if (!in_force(entry, adopted, day))
      continue;
    moves->strength = strength_on(entry, adopted, day);
    entry->policy->move(entry->params, (uint32_t)(day - adopted), moves);
  }
  if (moves->too_many)
    return wg_error_add(error, WG_FAIL_CONFIG, "policies: one lever is moved more than %d times in %s",
                        WG_POLICY_ENTRIES_MAX, s->community_names[c]);
  for (uint32_t slot = 0; slot < WG_SLOT_COUNT; slot++) {
    const wg_lever *lever = wg_levers + wg_slot_lever(slot);
    wg_lever_value *v = wg_lever_in(s, segment, slot, c);
    const bool agree = wg_lever_moves_combine(moves, slot, v);
    if (!agree || !(v->value >= lever->least && v->value <= lever->greatest))
      return refuse(plan, s, day, slot, c, v, agree, error);
  }
  return WG_OK;
}

// The mean over communities, weighted by grids; of replaced values over where they are replaced.
static void resolve_whole(const wg_subdistrict *s, uint32_t segment) {
  const uint32_t count = wg_communities_count(s);
  for (uint32_t slot = 0; slot < WG_SLOT_COUNT; slot++) {
    const bool replaces = wg_levers[wg_slot_lever(slot)].rule == WG_REPLACE;
    double grids = 0.0, weights = 0.0, sum = 0.0;
    for (uint32_t c = 0; c < count; c++) {
      const wg_lever_value *v = wg_lever_in(s, segment, slot, c);
      const double g = (double)wg_communities(s)[c].grid_count, w = replaces ? g * v->weight : g;
      grids += g;
      weights += w;
      sum += w * v->value;
    }
    *wg_lever_in(s, segment, slot, count) =
        (wg_lever_value){.value = weights > 0.0 ? sum / weights : wg_levers[wg_slot_lever(slot)].neutral,
                         .weight = replaces && grids > 0.0 ? weights / grids : 0.0};
  }
}

int wg_levers_resolve(const wg_world *world, const wg_policy_plan *plan, wg_month month, wg_subdistrict *s,
                      wg_error *error) {
  const wg_date first = wg_month_first_day(month), beyond = wg_month_first_day(month + 1);
  s->month_first = first > world->run->start ? first : world->run->start;
  s->month_last = (beyond < world->run->end ? beyond : world->run->end) - 1;
  divide_month(plan, s);
  const uint32_t rows = s->segment_count * WG_SLOT_COUNT * (wg_communities_count(s) + 1);
  int code = wg_table_reserve(&s->tables[WG_TABLE_LEVER], rows, error);
  wg_lever_moves *moves = code ? NULL : malloc(sizeof *moves);
  if (!moves)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the levers of %s", s->name);
  s->tables[WG_TABLE_LEVER].count = rows;
  for (uint32_t segment = 0; segment < s->segment_count && !code; segment++) {
    for (uint32_t c = 0; c < wg_communities_count(s) && !code; c++)
      code = resolve_place(plan, s, segment, c, moves, error);
    resolve_whole(s, segment);
  }
  free(moves);
  return code;
}

int wg_levers_check(wg_world *world, const wg_policy_plan *plan, wg_error *error) {
  if (plan->count == 0)
    return WG_OK;
  const wg_month first = wg_date_month(world->run->start), last = wg_date_month(world->run->end - 1);
  int code = WG_OK;
  for (wg_month month = first; month <= last && !code; month++)
    for (uint32_t i = 0; i < world->subdistrict_count && !code; i++)
      code = wg_levers_resolve(world, plan, month, world->subdistricts + i, error);
  return code;
}

void wg_levers_advance(wg_subdistrict *s, wg_date today) {
  while (s->segment + 1 < s->segment_count && today >= s->month_first + s->segment_first[s->segment + 1])
    s->segment++;
}
