// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/event_log.h"

#include <stdlib.h>
#include <string.h>

#include "model/subdistrict.h"

const char *const wg_event_names[WG_EVENT_KIND_COUNT] = {"arise",    "report", "find",   "file",     "dispatch",
                                                         "transfer", "handle", "verify", "return",   "escalate",
                                                         "list",     "close",  "lapse",  "withdraw", "refuse"};
const char *const wg_event_labels[WG_EVENT_KIND_COUNT] = {"产生", "自报",     "发现",     "立案", "派遣",
                                                          "移交", "处置完毕", "核查",     "返工", "升级",
                                                          "轮候", "结案",     "自行消失", "撤销", "不予受理"};

void wg_event_append(wg_subdistrict *s, uint32_t need, wg_event_kind kind, uint32_t desk) {
  wg_table *table = &s->tables[WG_TABLE_EVENT];
  wg_error ignored = {0};
  if (table->count == table->capacity && wg_table_reserve(table, (uint64_t)table->count + 4096, &ignored)) {
    s->log_failed = true;
    return;
  }
  const wg_need *n = wg_needs(s) + need;
  wg_events(s)[table->count++] = (wg_event){.need = n->identity,
                                            .day = (uint16_t)s->today,
                                            .grid = n->grid,
                                            .desk = (uint16_t)desk,
                                            .service = n->service,
                                            .kind = (uint8_t)kind};
}

enum { BUCKET_BITS = 12, BUCKETS = 1 << BUCKET_BITS };

// Into buckets by the first bits of the identities, which are hashes and so spread evenly; then what is out of place moves a step
// or two. Both keep the order of equals.
static void order_day(wg_event *events, uint32_t count, wg_event *copy) {
  uint32_t ends[BUCKETS] = {0};
  for (uint32_t i = 0; i < count; i++)
    ends[events[i].need >> (64 - BUCKET_BITS)]++;
  for (uint32_t b = 1; b < BUCKETS; b++)
    ends[b] += ends[b - 1];
  memcpy(copy, events, count * sizeof *events);
  for (uint32_t i = count; i-- > 0;)
    events[--ends[copy[i].need >> (64 - BUCKET_BITS)]] = copy[i];
  for (uint32_t i = 1; i < count; i++) {
    const wg_event e = events[i];
    uint32_t at = i;
    for (; at > 0 && events[at - 1].need > e.need; at--)
      events[at] = events[at - 1];
    events[at] = e;
  }
}

// Entries of the day of entry `first`.
static uint32_t day_length(const wg_event *events, uint32_t first, uint32_t count) {
  uint32_t i = first;
  while (i < count && events[i].day == events[first].day)
    i++;
  return i - first;
}

int wg_event_log_order(wg_subdistrict *s, wg_error *error) {
  const uint32_t count = wg_events_count(s);
  wg_event *events = wg_events(s);
  if (s->log_failed)
    return wg_error_set(
        error, WG_FAIL_RUN,
        "out of memory for the event log of %s (output.events), which holds %u transitions in %zu MB so "
        "far; log fewer subdistricts or a shorter run",
        s->name, count, (size_t)count * sizeof *events >> 20);
  uint32_t first = count, longest = 0;
  while (first > 0 && events[first - 1].day >= (uint32_t)s->month_first)
    first--;
  for (uint32_t i = first, length; i < count; i += length) {
    length = day_length(events, i, count);
    longest = length > longest ? length : longest;
  }
  wg_event *copy = malloc(((size_t)longest + 1) * sizeof *copy);
  if (!copy)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for a day of %u transitions (output.events)", longest);
  for (uint32_t i = first, length; i < count; i += length) {
    length = day_length(events, i, count);
    order_day(events + i, length, copy);
  }
  free(copy);
  return WG_OK;
}
