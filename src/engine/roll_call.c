// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/roll_call.h"

#include <stdlib.h>

#include "base/maths.h"
#include "engine/registry.h"
#include "schema/purpose.h"

enum { AHEAD = 24, BATCH = 64 }; // rows

static int plan_class(const wg_world *world, wg_month month, wg_roll_plan *plan, uint32_t years, uint32_t traits,
                      wg_error *error) {
  const uint32_t class = years * WG_TRAIT_ROLL_COUNT + traits;
  uint32_t *base = plan->base[class];
  double sum = 0.0;
  for (size_t e = 0; e < plan->event_count; e++) {
    const wg_roll_event *event = plan->events[e];
    const double cap = event->cap(world, plan->constants[e], month, years, traits);
    base[e] = wg_threshold(sum);
    if (!(cap >= 0.0) || !(sum + cap < 1.0))
      return wg_error_add(error, WG_FAIL_CONFIG,
                          "%s: a monthly probability of up to %.3g at age %u, together with others up to %.3g "
                          "(allowed: all together below 1)",
                          event->name, cap, years, sum + cap);
    sum += cap;
  }
  for (size_t e = plan->event_count; e < WG_ROLL_EVENTS_MAX; e++)
    base[e] = UINT32_MAX;
  plan->any[class] = wg_threshold(sum);
  return WG_OK;
}

void wg_roll_plan_make(void *const *constants, wg_roll_plan *plan) {
  plan->event_count = plan->birthday_count = 0;
  plan->candidates = NULL;
  for (size_t m = 0; m < wg_mechanism_count; m++) {
    const wg_mechanism *mechanism = wg_mechanisms[m];
    for (size_t e = 0; e < mechanism->event_count; e++) {
      plan->events[plan->event_count] = mechanism->events + e;
      plan->mechanisms[plan->event_count] = m;
      plan->constants[plan->event_count++] = constants[m];
    }
    if (mechanism->birthday) {
      plan->birthdays[plan->birthday_count] = mechanism->birthday;
      plan->birthday_constants[plan->birthday_count++] = constants[m];
    }
    if (mechanism->stirred) {
      plan->stirred = mechanism->stirred;
      plan->stirred_constants = constants[m];
    }
    if (mechanism->candidates)
      plan->candidates = mechanism->candidates(constants[m]);
  }
}

int wg_roll_plan_month(const wg_world *world, wg_month month, wg_roll_plan *plan, wg_error *error) {
  for (uint32_t years = 0; years <= WG_AGE_MAX; years++)
    for (uint32_t traits = 0; traits < WG_TRAIT_ROLL_COUNT; traits++) {
      const int code = plan_class(world, month, plan, years, traits, error);
      if (code)
        return code;
    }
  return WG_OK;
}

void wg_roll_free(wg_roll *roll) {
  free(roll->candidates);
  free(roll->sorted);
  free(roll->entries);
  *roll = (wg_roll){0};
}

void wg_roll_start(wg_roll *roll) {
  roll->candidate_count = roll->entry_count = 0;
  roll->newborns = roll->leavers = 0;
  for (size_t table = 0; table < WG_TABLE_COUNT; table++)
    roll->listed[table] = 0;
}

static bool grow(void **items, size_t *capacity, size_t size, wg_error *error) {
  const size_t wanted = *capacity ? *capacity + *capacity / 2 : 4096;
  void *grown = realloc(*items, wanted * size);
  if (!grown) {
    wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu entries of the month's lists", wanted);
    return false;
  }
  *items = grown;
  *capacity = wanted;
  return true;
}

static inline void push_candidate(wg_roll *roll, const wg_candidate *candidate, wg_error *error) {
  if (roll->candidate_count == roll->candidate_capacity &&
      !grow((void **)&roll->candidates, &roll->candidate_capacity, sizeof *roll->candidates, error))
    return;
  roll->candidates[roll->candidate_count++] = *candidate;
}

void wg_roll_offer(wg_context *context, const wg_candidate *candidate) {
  const wg_date day = context->calendar_first + candidate->day;
  if (day >= context->s->month_first && day <= context->s->month_last)
    push_candidate(context->roll, candidate, context->error);
}

// The event whose part of the unit interval the draw lies in. Bases rise, and all are looked at: several at once, without a
// guess where to stop.
static inline uint32_t find_event(const uint32_t base[WG_ROLL_EVENTS_MAX], uint32_t u) {
  uint32_t reached = 0;
  for (uint32_t i = 0; i < WG_ROLL_EVENTS_MAX; i++)
    reached += u >= base[i];
  return reached - 1;
}

// Seldom: one resident-month in about thirty.
static __attribute__((noinline)) void note_event(wg_context *context, const wg_roll_plan *plan, wg_roll *roll,
                                                 uint32_t row, uint32_t years, uint32_t class, uint32_t u,
                                                 uint32_t days) {
  const wg_resident *r = wg_residents(context->s) + row;
  const uint32_t *base = plan->base[class];
  const uint32_t e = find_event(base, u);
  const wg_roll_event *event = plan->events[e];
  if (event->rate) {
    context->constants = plan->constants[e];
    const double rate = event->rate(context, r, years);
    const uint32_t room = (e + 1 < plan->event_count ? base[e + 1] : plan->any[class]) - base[e];
    // Thresholds are rounded: a rate that equals its cap may come out one above.
    const uint32_t width = wg_threshold(rate);
    if (!(rate >= 0.0) || width > room + 1)
      wg_error_set(context->error, WG_FAIL_CONFIG, "%s: a monthly probability of %.3g at age %u above its cap of %.3g",
                   event->name, rate, years, (double)room * 0x1p-32);
    if (u - base[e] >= width)
      return;
  }
  wg_draw draw = wg_draw_open(context->world->luck, event->purpose, (uint32_t)context->month, r->identity, 0);
  const uint32_t day = wg_draw_below(&draw, days);
  const wg_date date = context->calendar_first + (wg_date)day;
  if (date < context->s->month_first || date > context->s->month_last)
    return;
  if (roll->entry_count == roll->entry_capacity &&
      !grow((void **)&roll->entries, &roll->entry_capacity, sizeof *roll->entries, context->error))
    return;
  roll->entries[roll->entry_count++] =
      (wg_roll_entry){.identity = r->identity, .resident = row, .day = (uint8_t)day, .event = (uint8_t)e};
  if (event->adds_resident)
    roll->newborns++;
  else
    roll->leavers += wg_households(context->s)[r->household].size;
  roll->listed[event->lists]++;
}

// Thresholds rise, and all are looked at: a search that stops would be guessed wrong. Sixteen are compared at once where the
// processor can.
static inline uint32_t find_service(const uint32_t *services, uint32_t count, uint32_t which) {
  enum { AT_ONCE = 16 };
  uint32_t service = 0;
  for (uint32_t first = 0; first + 1 < count; first += AT_ONCE, services += AT_ONCE)
    for (uint32_t s = 0; s < AT_ONCE; s++)
      service += which >= services[s];
  return service < count ? service : count - 1;
}

static __attribute__((noinline)) void note_candidates(const wg_context *context, const wg_candidate_table *table,
                                                      wg_roll *roll, uint32_t row, uint32_t class, uint32_t u,
                                                      uint32_t days, uint32_t skip, uint32_t beyond) {
  const uint32_t *more_than = table->more_than[class], *services = table->services[class];
  wg_draw draw = wg_draw_open(context->world->luck, WG_PURPOSE_ROLL_CALL, (uint32_t)context->month,
                              wg_residents(context->s)[row].identity, 0);
  uint32_t count = 0;
  while (count < WG_CANDIDATES_MAX && u < more_than[count])
    count++;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t day = wg_draw_below(&draw, days), which = wg_draw_u32(&draw), accept = wg_draw_u32(&draw);
    const uint32_t service = find_service(services, table->service_count, which);
    if (day < skip || day >= beyond)
      continue;
    const wg_candidate candidate = {
        .owner = row, .accept = accept, .day = (uint8_t)day, .service = (uint8_t)service, .index = (uint16_t)i};
    push_candidate(roll, &candidate, context->error);
  }
}

// A year older on the first of the coming month.
static __attribute__((noinline)) void celebrate(wg_context *context, const wg_roll_plan *plan, uint32_t row,
                                                uint32_t years, bool crosses) {
  const wg_resident *r = wg_residents(context->s) + row;
  if (crosses)
    wg_resident_cross_band(context->s, r, years);
  const uint64_t luck = wg_draw_bits(context->world->luck, WG_PURPOSE_BIRTHDAY, (uint32_t)context->month, r->identity);
  for (size_t b = 0; b < plan->birthday_count; b++) {
    context->constants = plan->birthday_constants[b];
    plan->birthdays[b](context, row, years < WG_AGE_MAX ? years + 1 : WG_AGE_MAX, luck);
  }
}

enum { AGE_MONTHS = (WG_AGE_MAX + 1) * 12 };

typedef struct age {
  uint8_t years, band;
  bool birthday; // is a year older on the first of the coming month
  bool crosses;  // a band older
} age;

// What the sweep looks up for everybody.
typedef struct tables {
  age of[AGE_MONTHS];
  uint32_t more_than_none[WG_AGE_BAND_COUNT * WG_TRAIT_ROLL_COUNT];
} tables;

// Neighbouring rows and those of them for whom the month brings something, or may: a bit for each, the first row's the
// highest.
typedef struct batch {
  uint32_t first_row;
  uint64_t events, needs, stirred, birthdays;
  uint64_t luck[BATCH];
} batch;

static inline uint32_t take_row(uint64_t *rows) {
  const uint32_t i = (uint32_t)__builtin_clzll(*rows);
  *rows ^= UINT64_C(1) << 63 >> i;
  return i;
}

static inline uint64_t with_bit(uint64_t rows, bool bit) {
  return rows + rows + bit;
}

static inline age age_of(const tables *t, const wg_resident *r, uint32_t month) {
  const uint32_t months = month - r->birth_month;
  return t->of[months < AGE_MONTHS ? months : AGE_MONTHS - 1];
}

static inline uint32_t event_class(const wg_resident *r, age a) {
  return a.years * WG_TRAIT_ROLL_COUNT + (r->traits & WG_TRAIT_ROLL_MASK);
}

static inline uint32_t need_class(const wg_resident *r, age a) {
  return a.band * WG_TRAIT_ROLL_COUNT + (r->traits & WG_TRAIT_ROLL_MASK);
}

// The high half of the luck is the event's, the low half the needs'.
static inline uint32_t u_event(uint64_t luck) {
  return (uint32_t)(luck >> 32);
}

static inline uint32_t u_need(uint64_t luck) {
  return (uint32_t)luck;
}

// No branches: the draws of neighbours overlap. A wrong guess would throw away those that have been begun.
static inline void call_batch(const wg_context *context, const wg_roll_plan *plan, const tables *t, uint32_t count,
                              batch *b) {
  const wg_resident *r = wg_residents(context->s) + b->first_row;
  const uint32_t month = (uint32_t)context->month;
  const wg_luck luck = context->world->luck;
  uint64_t here = 0, events = 0, needs = 0, stirred = 0, birthdays = 0;
  for (uint32_t i = 0; i < count; i++, r++) {
    __builtin_prefetch(r + AHEAD);
    const age a = age_of(t, r, month);
    const uint64_t bits = wg_draw_bits(luck, WG_PURPOSE_ROLL_CALL, month, r->identity);
    b->luck[i] = bits;
    here = with_bit(here, r->identity != 0);
    events = with_bit(events, u_event(bits) < plan->any[event_class(r, a)]);
    needs = with_bit(needs, u_need(bits) < t->more_than_none[need_class(r, a)]);
    stirred = with_bit(stirred, r->traits & WG_TRAIT_STIRRED);
    birthdays = with_bit(birthdays, a.birthday);
  }
  const uint32_t rest = (BATCH - count) % BATCH; // of one row at least
  b->events = (events & here) << rest;
  b->needs = (needs & here) << rest;
  b->stirred = (stirred & here) << rest;
  b->birthdays = (birthdays & here) << rest;
}

// Fetches what events look at beside the resident: it lies anywhere.
static void fetch_for_events(const wg_context *context, const wg_roll_plan *plan, const tables *t, const batch *b) {
  const wg_resident *residents = wg_residents(context->s);
  for (uint64_t rows = b->events; rows;) {
    const wg_resident *r = residents + b->first_row + take_row(&rows);
    __builtin_prefetch(wg_households(context->s) + r->household);
    __builtin_prefetch(residents + r->next);
    __builtin_prefetch(plan->base[event_class(r, age_of(t, r, (uint32_t)context->month))]);
  }
}

static void sweep(wg_context *context, const wg_roll_plan *plan, wg_roll *roll) {
  wg_resident *residents = wg_residents(context->s);
  const uint32_t count = wg_residents_count(context->s), month = (uint32_t)context->month;
  const uint32_t days = context->calendar_days;
  const uint32_t skip = (uint32_t)(context->s->month_first - context->calendar_first);
  const uint32_t beyond = (uint32_t)(context->s->month_last - context->calendar_first) + 1;
  tables t;
  for (uint32_t months = 0; months < AGE_MONTHS; months++)
    t.of[months] = (age){.years = (uint8_t)(months / 12),
                         .band = (uint8_t)wg_age_band(months / 12),
                         .birthday = (months + 1) % 12 == 0,
                         .crosses = wg_age_band(months / 12) != wg_age_band((months + 1) / 12)};
  for (uint32_t class = 0; class < WG_AGE_BAND_COUNT * WG_TRAIT_ROLL_COUNT; class ++)
    t.more_than_none[class] = plan->candidates->more_than[class][0];
  batch b;
  for (b.first_row = 0; b.first_row < count; b.first_row += BATCH) {
    call_batch(context, plan, &t, count - b.first_row < BATCH ? count - b.first_row : BATCH, &b);
    fetch_for_events(context, plan, &t, &b);
    while (b.needs) {
      const uint32_t i = take_row(&b.needs), row = b.first_row + i;
      const uint32_t class = need_class(residents + row, age_of(&t, residents + row, month));
      note_candidates(context, plan->candidates, roll, row, class, u_need(b.luck[i]), days, skip, beyond);
    }
    while (b.events) {
      const uint32_t i = take_row(&b.events), row = b.first_row + i;
      const age a = age_of(&t, residents + row, month);
      note_event(context, plan, roll, row, a.years, event_class(residents + row, a), u_event(b.luck[i]), days);
    }
    context->constants = plan->stirred_constants;
    while (b.stirred)
      plan->stirred(context, residents + b.first_row + take_row(&b.stirred));
    while (b.birthdays) {
      const uint32_t row = b.first_row + take_row(&b.birthdays);
      const age a = age_of(&t, residents + row, month);
      celebrate(context, plan, row, a.years, a.crosses);
    }
  }
}

static void sort_candidates(wg_roll *roll, wg_error *error) {
  wg_candidate *sorted =
      realloc(roll->sorted, (roll->candidate_capacity ? roll->candidate_capacity : 1) * sizeof *sorted);
  if (!sorted) {
    wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu entries of the month's lists", roll->candidate_count);
    roll->candidate_count = 0;
    return;
  }
  roll->sorted = sorted;
  size_t *from = roll->candidates_from;
  for (int day = 0; day < 33; day++)
    from[day] = 0;
  for (size_t i = 0; i < roll->candidate_count; i++)
    from[roll->candidates[i].day + 1]++;
  for (int day = 0; day < 32; day++)
    from[day + 1] += from[day];
  size_t next[32];
  for (int day = 0; day < 32; day++)
    next[day] = from[day];
  for (size_t i = 0; i < roll->candidate_count; i++)
    sorted[next[roll->candidates[i].day]++] = roll->candidates[i];
}

static int by_identity(const void *a_, const void *b_) {
  const wg_roll_entry *a = a_, *b = b_;
  return a->identity < b->identity ? -1 : a->identity > b->identity;
}

enum { FEW = 16 };

static void sort_by_identity(wg_roll_entry *entries, size_t count) {
  if (count > FEW) {
    qsort(entries, count, sizeof *entries, by_identity);
    return;
  }
  for (size_t i = 1; i < count; i++) {
    const wg_roll_entry entry = entries[i];
    size_t at = i;
    for (; at > 0 && entries[at - 1].identity > entry.identity; at--)
      entries[at] = entries[at - 1];
    entries[at] = entry;
  }
}

enum { DAY_EVENTS = 32 * WG_ROLL_EVENTS_MAX };

static inline size_t day_event(const wg_roll_entry *entry) {
  return (size_t)entry->day * WG_ROLL_EVENTS_MAX + entry->event;
}

// By day, kind and identity, so that storage order never shows. Days and kinds are counted out, and every entry changes places
// with one that lies where it belongs; what then remains to be sorted are mostly a handful each.
static void sort_entries(wg_roll *roll) {
  wg_roll_entry *entries = roll->entries;
  size_t from[DAY_EVENTS + 1] = {0}, next[DAY_EVENTS];
  for (size_t i = 0; i < roll->entry_count; i++)
    from[day_event(entries + i) + 1]++;
  for (size_t k = 0; k < DAY_EVENTS; k++) {
    next[k] = from[k];
    from[k + 1] += from[k];
  }
  for (size_t day = 0; day < 33; day++)
    roll->entries_from[day] = from[day * WG_ROLL_EVENTS_MAX];
  for (size_t k = 0; k < DAY_EVENTS; k++) {
    while (next[k] < from[k + 1]) {
      wg_roll_entry *first = entries + next[k];
      const wg_roll_entry entry = *first;
      wg_roll_entry *belongs = entries + next[day_event(&entry)]++;
      *first = *belongs;
      *belongs = entry;
    }
    sort_by_identity(entries + from[k], from[k + 1] - from[k]);
  }
}

void wg_roll_call(wg_context *context, const wg_roll_plan *plan, wg_roll *roll) {
  sweep(context, plan, roll);
  sort_candidates(roll, context->error);
  sort_entries(roll);
}
