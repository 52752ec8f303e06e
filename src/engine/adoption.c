// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adoption.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema/purpose.h"

// A community in a roll-out's queue.
typedef struct turn {
  wg_subdistrict *s;
  uint32_t community;
  int64_t code;
  const char *name;
  uint64_t key; // smaller first
} turn;

static wg_adoption *adoption(const wg_subdistrict *s, size_t entry, uint32_t community) {
  return wg_adoptions(s) + entry * wg_communities_count(s) + community;
}

// ---- scope ----

static bool read_code(const char *text, int64_t *code) {
  char *end;
  *code = strtoll(text, &end, 10);
  return text[0] >= '0' && text[0] <= '9' && *end == '\0';
}

static bool lists(const wg_texts *codes, int64_t code) {
  for (size_t i = 0; i < codes->count; i++) {
    int64_t listed;
    if (read_code(codes->items[i], &listed) && listed == code)
      return true;
  }
  return false;
}

static int check_codes(const wg_world *world, const wg_policy_entry *entry, const wg_param_group *group,
                       const char *parameter, const wg_texts *codes, wg_error *error) {
  int code = WG_OK;
  for (size_t i = 0; i < codes->count; i++) {
    int64_t number;
    if (read_code(codes->items[i], &number) && wg_world_has_place(world, number))
      continue;
    char where[512];
    wg_policy_entry_where(world, entry, group, parameter, where, sizeof where);
    code = wg_error_add(error, WG_FAIL_CONFIG,
                        "%s: no place of the district has the code \"%.40s\" (allowed: codes of "
                        "its subdistricts' and communities' tables)",
                        where, codes->items[i]);
  }
  return code;
}

static int check_entry(const wg_world *world, const wg_policy_entry *entry, wg_error *error) {
  const int first =
      check_codes(world, entry, &wg_policy_scope_group, "subdistricts", &entry->scope->subdistricts, error);
  const int second =
      check_codes(world, entry, &wg_policy_scope_group, "communities", &entry->scope->communities, error);
  const int third = check_codes(world, entry, &wg_policy_rollout_group, "pilots", &entry->rollout->pilots, error);
  return first ? first : second ? second : third;
}

// The draw belongs to community and policy, whichever entry of the policy asks.
static double unit_draw(const wg_world *world, const wg_policy_entry *entry, uint16_t purpose, int64_t code) {
  const XXH64_hash_t policy = XXH3_64bits(entry->policy->id, strlen(entry->policy->id));
  wg_draw draw = wg_draw_open(world->luck, purpose, 0, (uint64_t)code, (uint32_t)policy);
  return wg_draw_unit(&draw);
}

static bool in_scope(const wg_world *world, const wg_policy_entry *entry, const wg_subdistrict *s, uint32_t c) {
  const wg_policy_scope *scope = entry->scope;
  const wg_community *k = wg_communities(s) + c;
  if (scope->subdistricts.count && !lists(&scope->subdistricts, s->code))
    return false;
  if (scope->communities.count && !lists(&scope->communities, k->code))
    return false;
  const bool urban = k->urban_rural_class < 200;
  if ((scope->kind == WG_SCOPE_URBAN && !urban) || (scope->kind == WG_SCOPE_RURAL && urban) ||
      (scope->kind >= WG_SCOPE_KIND && scope->kind - WG_SCOPE_KIND != k->kind))
    return false;
  return scope->share >= 1.0 || unit_draw(world, entry, WG_PURPOSE_POLICY_SHARE, k->code) < scope->share;
}

static bool is_pilot(const wg_policy_entry *entry, const wg_subdistrict *s, uint32_t c) {
  return lists(&entry->rollout->pilots, s->code) || lists(&entry->rollout->pilots, wg_communities(s)[c].code);
}

// ---- turns ----

static wg_date first_wave(const wg_policy_entry *entry) {
  return wg_date_add_months(entry->from, entry->rollout->pilots.count ? (int32_t)entry->rollout->after_months : 0);
}

// Cases filed in about a year per thousand residents: what officials see.
static uint64_t filed_rate(const wg_subdistrict *s, uint32_t c) {
  const uint64_t residents = (uint64_t)wg_community_residents(s, c);
  return (uint64_t)wg_communities(s)[c].filed_year * 1000000 / (residents ? residents : 1);
}

static uint64_t turn_key(const wg_world *world, const wg_policy_entry *entry, const wg_subdistrict *s, uint32_t c) {
  if (entry->rollout->order == WG_ORDER_NEED)
    return UINT64_MAX - filed_rate(s, c);
  if (entry->rollout->order == WG_ORDER_DRAW)
    return (uint64_t)(unit_draw(world, entry, WG_PURPOSE_POLICY_ORDER, wg_communities(s)[c].code) * 0x1p33);
  return 0;
}

static int by_turn(const void *a_, const void *b_) {
  const turn *a = a_, *b = b_;
  if (a->key != b->key)
    return a->key < b->key ? -1 : 1;
  const int names = a->name && b->name ? strcmp(a->name, b->name) : 0;
  return names ? names : (a->code > b->code) - (a->code < b->code);
}

// The communities that wait for their turn, in order. Returns their number; `turns` has room for all communities.
static size_t queue_up(const wg_world *world, const wg_policy_entry *entry, size_t e, turn *turns) {
  size_t count = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    wg_subdistrict *s = world->subdistricts + i;
    for (uint32_t c = 0; c < wg_communities_count(s); c++)
      if (adoption(s, e, c)->from == WG_ADOPTION_WAITING)
        turns[count++] = (turn){.s = s,
                                .community = c,
                                .code = wg_communities(s)[c].code,
                                .name = entry->rollout->order == WG_ORDER_NAME ? s->community_names[c] : NULL,
                                .key = turn_key(world, entry, s, c)};
  }
  qsort(turns, count, sizeof *turns, by_turn);
  return count;
}

// Gives those who wait their days, wave by wave, from wave `wave` on as far as `last`.
static void call_waves(const wg_world *world, const wg_policy_entry *entry, size_t e, int32_t wave, wg_date last,
                       turn *turns) {
  const size_t count = queue_up(world, entry, e, turns);
  const size_t each = entry->rollout->communities_per_month ? (size_t)entry->rollout->communities_per_month : count;
  for (size_t i = 0; i < count; i++) {
    const wg_date day = wg_date_add_months(first_wave(entry), wave + (int32_t)(i / each));
    if (day > last)
      return;
    adoption(turns[i].s, e, turns[i].community)->from = day;
  }
}

static turn *make_turns(const wg_world *world, wg_error *error) {
  size_t count = 1;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    count += wg_communities_count(world->subdistricts + i);
  turn *turns = malloc(count * sizeof *turns);
  if (!turns)
    wg_error_set(error, WG_FAIL_RUN, "out of memory for the turns of %zu communities", count);
  return turns;
}

static int reserve(wg_world *world, const wg_policy_plan *plan, wg_error *error) {
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    wg_table *table = &world->subdistricts[i].tables[WG_TABLE_ADOPTION];
    const uint32_t rows = (uint32_t)plan->count * wg_communities_count(world->subdistricts + i);
    const int code = wg_table_reserve(table, rows, error);
    if (code)
      return code;
    table->count = rows;
  }
  return WG_OK;
}

static wg_date month_last(wg_month month) {
  return wg_month_first_day(month + 1) - 1;
}

// Whether communities get their turns of this entry month by month.
static bool is_called_monthly(const wg_policy_entry *entry) {
  return entry->rollout->order == WG_ORDER_NEED && entry->rollout->communities_per_month > 0;
}

int wg_adoption_create(wg_world *world, const wg_policy_plan *plan, wg_error *error) {
  int code = WG_OK;
  for (size_t e = 0; e < plan->count; e++) {
    const int failed = check_entry(world, plan->entries + e, error);
    code = failed ? failed : code;
  }
  if (!code)
    code = reserve(world, plan, error);
  if (code || plan->count == 0)
    return code;
  turn *turns = make_turns(world, error);
  if (!turns)
    return WG_FAIL_RUN;
  for (size_t e = 0; e < plan->count; e++) {
    const wg_policy_entry *entry = plan->entries + e;
    for (uint32_t i = 0; i < world->subdistrict_count; i++) {
      const wg_subdistrict *s = world->subdistricts + i;
      for (uint32_t c = 0; c < wg_communities_count(s); c++)
        adoption(s, e, c)->from = !in_scope(world, entry, s, c) ? WG_ADOPTION_NEVER
                                  : is_pilot(entry, s, c)       ? entry->from
                                                                : WG_ADOPTION_WAITING;
    }
    call_waves(world, entry, e, 0,
               is_called_monthly(entry) ? month_last(wg_date_month(world->run->start)) : WG_ADOPTION_WAITING - 1,
               turns);
  }
  free(turns);
  return WG_OK;
}

// The turns of one entry that fall into the month after the world's.
static int advance(const wg_world *world, const wg_policy_entry *entry, size_t e, wg_error *error) {
  const wg_month next = world->month + 1;
  const int32_t wave = next - wg_date_month(first_wave(entry));
  if (!is_called_monthly(entry) || wave < 0)
    return WG_OK;
  turn *turns = make_turns(world, error);
  if (!turns)
    return WG_FAIL_RUN;
  call_waves(world, entry, e, wave, month_last(next), turns);
  free(turns);
  return WG_OK;
}

int wg_adoption_advance(wg_world *world, const wg_policy_plan *plan, wg_error *error) {
  int code = WG_OK;
  for (size_t e = 0; e < plan->count && !code; e++)
    code = advance(world, plan->entries + e, e, error);
  return code;
}

int wg_adoption_remember(const wg_world *world, wg_adoption **remembered, wg_error *error) {
  size_t count = 1;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    count += world->subdistricts[i].tables[WG_TABLE_ADOPTION].count;
  wg_adoption *row = *remembered = malloc(count * sizeof *row);
  if (!row)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu adoptions", count);
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    const wg_subdistrict *s = world->subdistricts + i;
    const uint32_t rows = s->tables[WG_TABLE_ADOPTION].count;
    if (rows)
      memcpy(row, wg_adoptions(s), rows * sizeof *row);
    row += rows;
  }
  return WG_OK;
}

static size_t entry_called(const wg_policy_plan *plan, const char *name) {
  size_t e = 0;
  while (e < plan->count && strcmp(plan->entries[e].name, name) != 0)
    e++;
  return e;
}

int wg_adoption_recall(wg_world *world, const wg_policy_plan *before, const wg_adoption *remembered, wg_date branch,
                       const wg_policy_plan *plan, wg_error *error) {
  int code = WG_OK;
  for (size_t e = 0; e < plan->count && !code; e++) {
    if (plan->entries[e].from >= branch) {
      code = advance(world, plan->entries + e, e, error);
      continue;
    }
    const size_t old = entry_called(before, plan->entries[e].name);
    const wg_adoption *row = remembered;
    for (uint32_t i = 0; i < world->subdistrict_count; i++) {
      wg_subdistrict *s = world->subdistricts + i;
      const uint32_t communities = wg_communities_count(s);
      memcpy(adoption(s, e, 0), row + old * communities, communities * sizeof *row);
      row += before->count * communities;
    }
  }
  return code;
}
