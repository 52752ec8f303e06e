// SPDX-License-Identifier: GPL-3.0-or-later
// Floor 3, the honest one: what a loop written by hand for one purpose costs. One keyed draw a resident-month as in the roll
// call, over rows of 32 bytes, and as many needs as the run had. A need is the plainest thing that could be called one: a
// keyed draw of its own, an exponential duration, a row of 64 bytes that is written where all needs of its last day lie and
// read again when that day comes, integer tallies by community and service. No desks, queues, finding, births or moves, and
// nothing can be configured.
// usage: floor_hand RESIDENTS MONTHS NEEDS MEAN_DAYS
#include "floor.h"

#include <string.h>

#include "base/draw.h"
#include "base/maths.h"
#include "schema/purpose.h"

enum { BLOCKS = 29, COMMUNITIES = 22, SERVICES = 17, CALENDAR = 2048, LIMIT = 15 };

typedef struct resident {
  uint64_t identity;
  uint16_t community, birth_month;
  uint32_t rest[5];
} resident;

typedef struct need {
  uint64_t identity;
  uint16_t arose, ends, due, community, service, rest[23];
} need;

_Static_assert(sizeof(resident) == 32 && sizeof(need) == 64, "rows as large as the program's");

typedef struct candidate {
  uint64_t identity;
  uint16_t community, service, day;
} candidate;

typedef struct tally {
  uint32_t arisen, met, late;
} tally;

// The needs that end on one day.
typedef struct bucket {
  need *needs;
  uint32_t count, capacity;
} bucket;

// As a subdistrict: a part of the district that fits into a cache.
typedef struct block {
  resident *residents;
  bucket buckets[CALENDAR];
  tally tallies[COMMUNITIES][SERVICES];
} block;

static block blocks[BLOCKS];
static candidate *met, *by_day; // in the order met, and by day
static uint32_t first_of[33];

static void roll_call(const block *b, uint64_t residents, wg_luck luck, uint32_t month, uint32_t days,
                      uint32_t threshold, uint64_t *others) {
  uint32_t count = 0;
  memset(first_of, 0, sizeof first_of);
  for (uint64_t i = 0; i < residents; i++) {
    const resident *r = b->residents + i;
    wg_draw draw = wg_draw_open(luck, WG_PURPOSE_ROLL_CALL, month, r->identity, 0);
    *others += wg_draw_u32(&draw) < 0x1p32 / 50; // births and the like: only counted
    if (wg_draw_u32(&draw) >= threshold)
      continue;
    met[count] = (candidate){r->identity, r->community, (uint16_t)wg_draw_below(&draw, SERVICES),
                             (uint16_t)wg_draw_below(&draw, days)};
    first_of[met[count++].day + 1]++;
  }
  for (uint32_t day = 0; day < 32; day++)
    first_of[day + 1] += first_of[day];
  uint32_t next[33];
  memcpy(next, first_of, sizeof next);
  for (uint32_t i = 0; i < count; i++)
    by_day[next[met[i].day]++] = met[i];
}

static void arise(block *b, wg_luck luck, const candidate *c, uint32_t today, double mean_days) {
  wg_draw draw = wg_draw_open(luck, WG_PURPOSE_NEED_LIFE, today, c->identity, c->service);
  const double duration = -wg_log(wg_draw_unit(&draw)) * mean_days;
  const uint32_t ends = today + (duration < CALENDAR - 1 ? (uint32_t)duration : CALENDAR - 1);
  bucket *last = &b->buckets[ends % CALENDAR];
  if (last->count == last->capacity) {
    last->capacity = last->capacity ? last->capacity * 2 : 64;
    last->needs = realloc(last->needs, last->capacity * sizeof *last->needs);
    if (!last->needs)
      exit(1);
  }
  last->needs[last->count++] = (need){.identity = c->identity,
                                      .arose = (uint16_t)today,
                                      .ends = (uint16_t)ends,
                                      .due = (uint16_t)(today + LIMIT),
                                      .community = c->community,
                                      .service = c->service};
  b->tallies[c->community][c->service].arisen++;
}

static void end(block *b, uint32_t today) {
  bucket *ended = &b->buckets[today % CALENDAR];
  for (uint32_t i = 0; i < ended->count; i++) {
    const need *n = ended->needs + i;
    tally *t = &b->tallies[n->community][n->service];
    if (n->ends <= n->due)
      t->met++;
    else
      t->late++;
  }
  free(ended->needs);
  *ended = (bucket){0};
}

int main(int count, char **arguments) {
  const uint64_t residents = floor_argument(count, arguments, 1, "RESIDENTS") / BLOCKS;
  const uint64_t months = floor_argument(count, arguments, 2, "MONTHS");
  const uint64_t needs = floor_argument(count, arguments, 3, "NEEDS");
  const double mean_days = (double)floor_argument(count, arguments, 4, "MEAN_DAYS");
  const uint32_t threshold = wg_threshold((double)needs / (double)(residents * BLOCKS * months));
  const wg_luck luck = wg_luck_make(1, 0);
  met = floor_allocate(residents, sizeof *met);
  by_day = floor_allocate(residents, sizeof *by_day);
  for (uint32_t k = 0; k < BLOCKS; k++) {
    block *b = blocks + k;
    b->residents = floor_allocate(residents, sizeof *b->residents);
    for (uint64_t i = 0; i < residents; i++)
      b->residents[i] = (resident){.identity = wg_identity_make(k, i, WG_PURPOSE_IDENTITY_CENSUS),
                                   .community = (uint16_t)(i * COMMUNITIES / residents)};
  }

  const int64_t from = floor_now();
  uint64_t others = 0;
  uint32_t first = 0;
  for (uint32_t month = 0; month < months; month++) {
    const uint32_t days = 30 + (month % 16 < 7); // 365.25 a year
    for (uint32_t k = 0; k < BLOCKS; k++) {
      block *b = blocks + k;
      roll_call(b, residents, luck, month, days, threshold, &others);
      for (uint32_t day = 0; day < days; day++) {
        for (uint32_t i = first_of[day]; i < first_of[day + 1]; i++)
          arise(b, luck, by_day + i, first + day, mean_days);
        end(b, first + day);
      }
    }
    first += days;
  }
  const int64_t spent = floor_now() - from;

  tally sum = {0};
  for (uint32_t k = 0; k < BLOCKS; k++)
    for (uint32_t c = 0; c < COMMUNITIES; c++)
      for (uint32_t v = 0; v < SERVICES; v++) {
        sum.arisen += blocks[k].tallies[c][v].arisen;
        sum.met += blocks[k].tallies[c][v].met;
        sum.late += blocks[k].tallies[c][v].late;
      }
  printf("{\"cpu_seconds\": %.6f, \"needs\": %u, \"met\": %u, \"late\": %u, \"other_events\": %llu}\n",
         wg_clock_seconds(spent), sum.arisen, sum.met, sum.late, (unsigned long long)others);
  return 0;
}
