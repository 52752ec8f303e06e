// SPDX-License-Identifier: GPL-3.0-or-later
// Queues and finding, lived day by day by the mechanisms themselves, against closed forms and a simulation that shares no
// code with them.
#include "case_scene.h"

// ---- a queue of one service: closed form ----

// Five cases of 60 minutes a day meet 240 minutes: case i (from 0) arises on day i / 5 and is closed on day i / 4.
static void overload_follows_the_closed_form(void **state) {
  (void)state;
  scene *t = open_scene();
  add_desk(t, "team", "grid", "none", 0.0, true);
  add_service(t, &(service_of){.id = "litter",
                               .carrier = "grid",
                               .found_by = "none",
                               .limit = 9,
                               .allowance = 4,
                               .work = 60.0,
                               .self_report = 1.0});
  begin(t, 1000, 4000);
  uint64_t closed = 0, legal = 0, on_time = 0, late = 0, minutes = 0, i = 0, expected_legal = 0, expected_on_time = 0;
  for (int32_t day = 0; day < DAYS; day++) {
    dawn(t, day);
    for (uint32_t k = 0; k < 5; k++)
      add(t, 0, 0, (uint32_t)(t->context.today - t->context.calendar_first) * 5 + k);
    const wg_tally *tally = wg_tallies(&t->s);
    const wg_tally before = *tally;
    live(t);
    closed += tally->closed - before.closed;
    legal += tally->closed_on_legal_time - before.closed_on_legal_time;
    on_time += tally->met_on_time - before.met_on_time;
    late += tally->met_late - before.met_late;
    minutes += tally->person_minutes - before.person_minutes;
    for (; i < 4 * ((uint64_t)day + 1); i++) {
      expected_legal += i / 4 - i / 5 <= 9;
      expected_on_time += i / 4 - i / 5 <= 13;
    }
    const uint64_t days = (uint64_t)day + 1;
    assert_int_equal(closed, 4 * days);
    assert_int_equal(legal, expected_legal);
    assert_int_equal(on_time, expected_on_time);
    assert_int_equal(on_time + late, closed);
    assert_int_equal(minutes, 240 * days);
    assert_int_equal(wg_desks(&t->s)[0].queued, days);
    assert_int_equal(wg_desks(&t->s)[0].queued_minutes, 60 * days);
    assert_int_equal(t->s.open_needs, days);
    dusk(t, day);
  }
  assert_true(legal > 150 && late > 1000 && on_time > legal);
  end(t);
}

// ---- queues of three services: an independent simulation ----

enum { SERVICES = 3, CASES_MAX = 6000 };

// First days in the queue's order differ by more than any working-day limit can stretch, so that cases filed on the same
// day tie only with their like.
static const service_of services[SERVICES] = {
    {.id = "leak", .carrier = "grid", .found_by = "none", .limit = 4, .severity = 1, .work = 50.0, .self_report = 1.0},
    {.id = "noise",
     .carrier = "grid",
     .found_by = "none",
     .limit = 3,
     .working_days = true,
     .allowance = 2,
     .work = 35.0,
     .self_report = 1.0},
    {.id = "signs",
     .carrier = "grid",
     .found_by = "none",
     .limit = 30,
     .severity = 2,
     .allowance = 7,
     .work = 110.0,
     .self_report = 1.0},
};

typedef struct plain_case {
  int32_t arose, due, legal_due, closed; // days from the first; closed -1 while open
  uint32_t grid, service, left;
} plain_case;

typedef struct plain {
  plain_case cases[CASES_MAX];
  uint32_t count;
  uint64_t minutes[SERVICES];
} plain;

static int32_t plain_end(const service_of *v, int32_t from) {
  if (!v->working_days)
    return from + (int32_t)v->limit;
  for (int64_t left = v->limit; left > 0; left -= works(from))
    from++;
  return from;
}

static void plain_arise(plain *p, int32_t day, uint32_t grid, uint32_t service) {
  assert_true(p->count < CASES_MAX);
  const service_of *v = services + service;
  p->cases[p->count++] = (plain_case){.arose = day,
                                      .due = plain_end(v, day + (int32_t)v->allowance),
                                      .legal_due = plain_end(v, day),
                                      .closed = -1,
                                      .grid = grid,
                                      .service = service,
                                      .left = (uint32_t)v->work};
}

// Earliest (legal end less 3 days for each point of severity), then the earliest filed.
static plain_case *plain_first(plain *p, uint32_t grid) {
  plain_case *best = NULL;
  int32_t best_rank = 0;
  for (uint32_t i = 0; i < p->count; i++) {
    plain_case *c = p->cases + i;
    const int32_t rank = c->legal_due - 3 * (int32_t)services[c->service].severity;
    if (c->closed >= 0 || c->grid != grid)
      continue;
    if (!best || rank < best_rank || (rank == best_rank && c->arose < best->arose)) {
      best = c;
      best_rank = rank;
    }
  }
  return best;
}

static uint64_t plain_backlog(const plain *p, uint32_t grid, uint32_t *cases) {
  uint64_t minutes = 0;
  *cases = 0;
  for (uint32_t i = 0; i < p->count; i++)
    if (p->cases[i].closed < 0 && p->cases[i].grid == grid) {
      minutes += p->cases[i].left;
      ++*cases;
    }
  return minutes;
}

static uint32_t plain_work(plain *p, int32_t day, uint32_t grid, uint32_t hours) {
  uint32_t spent = 0;
  for (plain_case *c; spent < hours && (c = plain_first(p, grid));) {
    const uint32_t step = c->left < hours - spent ? c->left : hours - spent;
    c->left -= step;
    spent += step;
    p->minutes[c->service] += step;
    if (c->left == 0)
      c->closed = day;
  }
  return spent;
}

// How many arise: a fixed pattern with rushes, near the capacity of both desks.
static uint32_t arrivals(int32_t day, uint32_t grid, uint32_t service) {
  const uint32_t x = (uint32_t)day * 7 + grid * 3 + service * 5;
  const uint32_t rush = day % 90 < 25 ? 1 : 0;
  switch (service) {
  case 0:
    return x % 3 == 0 ? 1 + rush : rush;
  case 1:
    return x % 4 + rush;
  default:
    return x % 5 == 0;
  }
}

static wg_tally plain_tally(const plain *p, uint32_t service, int32_t first, int32_t last) {
  wg_tally n = {.person_minutes = p->minutes[service]};
  for (uint32_t i = 0; i < p->count; i++) {
    const plain_case *c = p->cases + i;
    if (c->service != service)
      continue;
    const bool met = c->closed >= 0, now = c->closed >= first && c->closed <= last;
    n.arisen += c->arose >= first && c->arose <= last;
    n.met_on_time += now && c->closed <= c->due;
    n.met_late += now && c->closed > c->due;
    n.closed_on_legal_time += now && c->closed <= c->legal_due;
    n.due += c->due >= first && c->due <= last;
    n.met_due += c->due >= first && c->due <= last && met && c->closed <= c->due;
    n.filed_due += c->legal_due >= first && c->legal_due <= last;
    n.filed_met_due += c->legal_due >= first && c->legal_due <= last && met && c->closed <= c->legal_due;
    n.open += !met;
  }
  return n;
}

static void compare_tallies(const scene *t, const plain *p, int32_t first, int32_t last) {
  for (uint32_t v = 0; v < SERVICES; v++) {
    const wg_tally *tally = wg_tallies(&t->s) + v;
    const wg_tally n = plain_tally(p, v, first, last);
    assert_int_equal(tally->arisen, n.arisen);
    assert_int_equal(tally->filed, n.arisen);
    assert_int_equal(tally->met_on_time, n.met_on_time);
    assert_int_equal(tally->met_late, n.met_late);
    assert_int_equal(tally->closed, n.met_on_time + n.met_late);
    assert_int_equal(tally->closed_on_legal_time, n.closed_on_legal_time);
    assert_int_equal(tally->person_minutes, n.person_minutes);
    assert_int_equal(tally->found + tally->lapsed_latent + tally->lapsed_waiting + tally->withdrawn, 0);
    if (t->context.today < t->s.month_last)
      continue;
    assert_int_equal(tally->open, n.open);
    assert_int_equal(tally->due, n.due);
    assert_int_equal(tally->met_due, n.met_due);
    assert_int_equal(tally->filed_due, n.filed_due);
    assert_int_equal(tally->filed_met_due, n.filed_met_due);
    for (uint32_t bin = 0; bin < WG_DELAY_BIN_COUNT; bin++) {
      const int32_t from = wg_delay_bin_days[bin];
      const int32_t beyond = bin + 1 < WG_DELAY_BIN_COUNT ? wg_delay_bin_days[bin + 1] : INT32_MAX;
      uint32_t closed = 0;
      for (uint32_t i = 0; i < p->count; i++) {
        const plain_case *c = p->cases + i;
        const int32_t took = c->closed - c->arose;
        closed += c->service == v && c->closed >= first && c->closed <= last && took >= from && took < beyond;
      }
      assert_int_equal(wg_delays(&t->s)[v * WG_DELAY_BIN_COUNT + bin].closed, closed);
    }
  }
}

// A desk that looks plans its day by what waits at dawn and keeps a floor of a quarter.
static void compare_with_plain(const char *looks) {
  scene *t = open_scene();
  plain *p = calloc(1, sizeof *p);
  assert_non_null(p);
  const bool looking = strcmp(looks, "none") != 0;
  add_desk(t, "team", "grid", looks, 0.25, false);
  for (uint32_t v = 0; v < SERVICES; v++)
    add_service(t, services + v);
  begin(t, 1000, CASES_MAX);
  const uint32_t minutes[GRIDS] = {looking ? 240 : 192, looking ? 321 : 256};
  const uint32_t staff[GRIDS] = {looking ? 100 : 80, looking ? 134 : 107}; // of 240 minutes, in hundredths
  for (uint32_t g = 0; g < GRIDS; g++)
    wg_desks(&t->s)[g].staff_base = staff[g];
  uint64_t available[GRIDS] = {0}, handling[GRIDS] = {0}, late = 0, on_time = 0;
  int32_t first = 0;
  uint32_t index[GRIDS][SERVICES] = {{0}}, idle_days = 0;
  for (int32_t day = 0; day < DAYS; day++) {
    dawn(t, day);
    if (month_begins(day)) {
      first = day;
      memset(index, 0, sizeof index);
      memset(p->minutes, 0, sizeof p->minutes);
      memset(available, 0, sizeof available);
      memset(handling, 0, sizeof handling);
    }
    uint32_t hours[GRIDS], waiting;
    for (uint32_t g = 0; g < GRIDS; g++) {
      const uint64_t backlog = plain_backlog(p, g, &waiting);
      const uint32_t most = looking ? minutes[g] - minutes[g] / 4 : minutes[g];
      hours[g] = !works(day) ? 0 : looking && backlog < most ? (uint32_t)backlog : most;
      for (uint32_t v = 0; v < SERVICES; v++)
        for (uint32_t k = arrivals(day, g, v); k > 0; k--) {
          add(t, g, v, index[g][v]++);
          plain_arise(p, day, g, v);
        }
    }
    live(t);
    for (uint32_t g = 0; g < GRIDS; g++) {
      const wg_desk *desk = wg_desks(&t->s) + g;
      handling[g] += plain_work(p, day, g, hours[g]);
      available[g] += works(day) ? minutes[g] : 0;
      assert_int_equal(desk->queued_minutes, plain_backlog(p, g, &waiting));
      assert_int_equal(desk->queued, waiting);
      assert_int_equal(desk->minutes_available, available[g]);
      assert_int_equal(desk->minutes_handling, handling[g]);
      assert_true(desk->minutes_handling + desk->minutes_looking <= desk->minutes_available);
      assert_int_equal(desk->looking_today, works(day) && looking ? minutes[g] - hours[g] : 0);
      idle_days += waiting == 0;
    }
    dusk(t, day);
    compare_tallies(t, p, first, day);
    if (month_begins(day + 1))
      for (uint32_t v = 0; v < SERVICES; v++) {
        late += wg_tallies(&t->s)[v].met_late;
        on_time += wg_tallies(&t->s)[v].met_on_time;
      }
  }
  assert_true(late > 50 && on_time > 200 && idle_days > 0); // both sides of every limit are met
  free(p);
  end(t);
}

static void queues_follow_the_plain_simulation(void **state) {
  (void)state;
  compare_with_plain("none");
}

static void looking_desks_follow_the_plain_simulation(void **state) {
  (void)state;
  compare_with_plain("patrol");
}

// ---- nothing is lost ----

enum { PEOPLE = 200 };

typedef struct flows {
  uint64_t arisen, found, met_on_time, met_late, lapsed_latent, lapsed_waiting, withdrawn, transfers;
  uint64_t due, met_due, filed, filed_due, filed_met_due, closed_on_legal_time;
  uint64_t spared, filed_spared; // withdrawn while their limit ran: never due
} flows;

static void add_flows(flows *f, const wg_tally *t) {
  f->arisen += t->arisen;
  f->found += t->found;
  f->met_on_time += t->met_on_time;
  f->met_late += t->met_late;
  f->lapsed_latent += t->lapsed_latent;
  f->lapsed_waiting += t->lapsed_waiting;
  f->withdrawn += t->withdrawn;
  f->transfers += t->transfers;
  f->due += t->due;
  f->met_due += t->met_due;
  f->filed += t->filed;
  f->filed_due += t->filed_due;
  f->filed_met_due += t->filed_met_due;
  f->closed_on_legal_time += t->closed_on_legal_time;
}

static void check_balance(const scene *t, const flows *before) {
  const wg_subdistrict *s = &t->s;
  uint64_t open[SERVICES] = {0}, queued[GRIDS + 1] = {0}, queued_minutes[GRIDS + 1] = {0}, all = 0, handling = 0;
  for (uint32_t row = 0; row < wg_needs_count(s); row++) {
    const wg_need *n = wg_needs(s) + row;
    if (n->identity == 0)
      continue;
    all++;
    open[n->service]++;
    assert_true(n->state == WG_NEED_LATENT || n->state == WG_NEED_WAITING);
    if (n->state == WG_NEED_WAITING) {
      assert_true(n->desk <= GRIDS);
      queued[n->desk]++;
      queued_minutes[n->desk] += n->work;
    }
  }
  assert_int_equal(s->open_needs, all);
  assert_int_equal(wg_desks_count(s), GRIDS + 1);
  for (uint32_t d = 0; d <= GRIDS; d++) {
    const wg_desk *desk = wg_desks(s) + d;
    assert_int_equal(desk->queued, queued[d]);
    assert_int_equal(desk->queued_minutes, queued_minutes[d]);
    assert_true(desk->minutes_handling + desk->minutes_looking <= desk->minutes_available);
    handling += desk->minutes_handling;
  }
  for (uint32_t v = 0; v < s->service_count; v++) {
    flows f = before[v];
    add_flows(&f, wg_tallies(s) + v);
    assert_int_equal(f.arisen, f.met_on_time + f.met_late + f.lapsed_latent + f.lapsed_waiting + f.withdrawn + open[v]);
    handling -= wg_tallies(s)[v].person_minutes;
  }
  assert_int_equal(handling, 0);
}

// What fell due in some month is, after all months, what arose; what was met in time was met in some month's time.
static void check_due(const wg_subdistrict *s, uint32_t service, flows f) {
  for (uint32_t m = 0; m < WG_AHEAD_MONTHS; m++) {
    const wg_ahead_row *ahead = wg_ahead(s) + (size_t)m * s->tables[WG_TABLE_TALLY].count + service;
    f.due += ahead->due;
    f.met_due += ahead->met_due;
    f.filed_due += ahead->filed_due;
    f.filed_met_due += ahead->filed_met_due;
  }
  for (uint32_t row = 0; row < wg_needs_count(s); row++) {
    const wg_need *n = wg_needs(s) + row;
    f.due += n->identity != 0 && n->service == service && n->due > s->month_last;
    f.filed_due += n->identity != 0 && n->service == service && n->filed && n->legal_due > s->month_last;
  }
  assert_int_equal(f.met_due, f.met_on_time);
  assert_int_equal(f.filed_met_due, f.closed_on_legal_time);
  assert_int_equal(f.due, f.arisen - f.spared);
  assert_int_equal(f.filed_due, f.filed - f.filed_spared);
}

static void depart(scene *t, uint32_t resident, flows *f) {
  const wg_need *needs = wg_needs(&t->s);
  for (uint32_t n = wg_residents(&t->s)[resident].first_need; n != WG_NO_ROW; n = needs[n].next_of_resident) {
    f->spared += needs[n].due >= t->context.today;
    f->filed_spared += needs[n].filed && needs[n].legal_due >= t->context.today;
  }
  wg_resident_die(&t->s, resident, t->context.month);
}

// Residents and grids, patrol and outreach, two desks in turn, needs that lapse, people who leave.
static void flows_balance_every_day(void **state) {
  (void)state;
  scene *t = open_scene();
  set_real(t, "finding.patrol_effect", 0.0002);
  set_real(t, "finding.outreach_effect", 0.0002);
  add_desk(t, "team", "grid", "patrol", 0.25, false);
  add_desk(t, "office", "subdistrict", "outreach", 0.5, true);
  add_service(t, &(service_of){.id = "care",
                               .carrier = "resident",
                               .found_by = "outreach",
                               .limit = 5,
                               .allowance = 5,
                               .working_days = true,
                               .work = 60.0,
                               .random_work = true,
                               .self_report = 0.4,
                               .detection = 1.0,
                               .lapse = 10.0,
                               .patience = 9.0,
                               .second_desk = "office"});
  add_service(t, &(service_of){.id = "litter",
                               .carrier = "grid",
                               .found_by = "patrol",
                               .limit = 3,
                               .severity = 1,
                               .work = 60.0,
                               .random_work = true,
                               .self_report = 0.3,
                               .detection = 2.0,
                               .lapse = 6.0,
                               .patience = 15.0,
                               .second_desk = "office"});
  begin(t, 0, 8000);
  wg_subdistrict *s = &t->s;
  const wg_month month = 2011 * 12;
  tiny_rows(s, WG_TABLE_HOUSEHOLD, 0, PEOPLE);
  wg_communities(s)[0].dwellings = PEOPLE;
  for (uint32_t i = 0; i < PEOPLE; i++) {
    const uint32_t home = wg_household_found(s, 1000 + i, i % GRIDS, WG_FAMILY);
    wg_resident_join(s, 5000 + i, home, month - 480, 0, 30000, 30000, month);
  }
  flows f[SERVICES] = {{0}};
  uint32_t gone = 0;
  for (int32_t day = 0; day < DAYS; day++) {
    if (month_begins(day))
      for (uint32_t v = 0; v < s->service_count; v++)
        add_flows(f + v, wg_tallies(s) + v);
    dawn(t, day);
    if (day % 3 == 0 && gone < PEOPLE)
      depart(t, gone++, f);
    const uint32_t in_month = (uint32_t)(t->context.today - t->context.calendar_first);
    for (uint32_t i = (uint32_t)day % 23; i < PEOPLE; i += 23)
      add(t, i, 0, in_month);
    for (uint32_t g = 0; g < GRIDS; g++)
      for (uint32_t k = 0; k < 3; k++)
        add(t, g, 1, in_month * 3 + k);
    live(t);
    check_balance(t, f);
    dusk(t, day);
  }
  flows sum = {0};
  for (uint32_t v = 0; v < s->service_count; v++) {
    add_flows(f + v, wg_tallies(s) + v);
    check_due(s, v, f[v]);
    sum.found += f[v].found;
    sum.met_on_time += f[v].met_on_time;
    sum.met_late += f[v].met_late;
    sum.lapsed_latent += f[v].lapsed_latent;
    sum.lapsed_waiting += f[v].lapsed_waiting;
    sum.withdrawn += f[v].withdrawn;
    sum.transfers += f[v].transfers;
  }
  assert_true(sum.found > 100 && sum.met_on_time > 100 && sum.met_late > 10 && sum.lapsed_latent > 100);
  assert_true(sum.lapsed_waiting > 10 && sum.withdrawn > 10 && sum.transfers > 100);
  end(t);
}

// ---- found under a constant hazard ----

// 100,000 latent needs in each grid, those of the second one from day 40 on; 240 minutes of patrol every day, nothing
// lapses. With the hazard h = 240 * 0.0001 * 1000 / residents a day and detection 0.5, the share found by the end of the
// n-th day is 1 - exp(-h n / 2): the days to discovery are geometric.
//
// By the inequality of Dvoretzky, Kiefer and Wolfowitz (Massart's constant) the largest difference over all days exceeds
// 0.0094 with probability 2 exp(-2 * 100000 * 0.0094^2) = 4.3e-8 for each grid, 8.5e-8 for both. A hazard that is wrong by
// a factor 1 + d moves the share by 0.37 d where it is near 1 - 1/e, with a standard deviation of 0.0015 there: d = 4 %
// is caught with probability 0.99 in either grid, as is finding that starts a day late in the first.
static void found_share_is_geometric(void **state) {
  (void)state;
  enum { EACH = 100000, LATER = 40, SPAN = 250 };
  scene *t = open_scene();
  add_desk(t, "team", "grid", "patrol", 1.0, true);
  add_service(t, &(service_of){.id = "fire",
                               .carrier = "workplace",
                               .found_by = "patrol",
                               .limit = 5,
                               .work = 60.0,
                               .self_report = 0.0,
                               .detection = 0.5,
                               .lapse = 0.0});
  begin(t, 1000, GRIDS * EACH);
  wg_subdistrict *s = &t->s;
  tiny_rows(s, WG_TABLE_WORKPLACE, GRIDS * EACH, GRIDS * EACH);
  for (uint32_t i = 0; i < GRIDS * EACH; i++)
    wg_workplaces(s)[i] = (wg_workplace){.identity = 1000000 + i, .grid = (uint16_t)(i / EACH)};
  wg_candidate *all = calloc(EACH, sizeof *all);
  assert_non_null(all);
  const double hazard[GRIDS] = {240.0 * 0.0001 * 1000.0 / 1000.0, 240.0 * 0.0001 * 1000.0 / 2000.0};
  const int32_t begins[GRIDS] = {0, LATER};
  uint32_t last[GRIDS] = {0};
  double worst = 0.0;
  for (int32_t day = 0; day < SPAN; day++) {
    dawn(t, day);
    t->context.candidates = all;
    for (uint32_t g = 0; g < GRIDS; g++)
      if (begins[g] == day) {
        t->context.candidate_count = EACH;
        for (uint32_t i = 0; i < EACH; i++)
          all[i] =
              (wg_candidate){.owner = g * EACH + i, .day = (uint8_t)(t->context.today - t->context.calendar_first)};
      }
    live(t);
    uint32_t found[GRIDS] = {0};
    for (uint32_t row = 0; row < wg_needs_count(s); row++)
      found[wg_needs(s)[row].grid] += wg_needs(s)[row].state == WG_NEED_WAITING;
    for (uint32_t g = 0; g < GRIDS; g++) {
      assert_int_equal(wg_desks(s)[g].queued, found[g]);
      assert_true(found[g] >= last[g]);
      last[g] = found[g];
      const int32_t n = day - begins[g] + 1;
      const double expected = n > 0 ? 1.0 - exp(-0.5 * hazard[g] * n) : 0.0;
      worst = fmax(worst, fabs((double)found[g] / EACH - expected));
    }
    dusk(t, day);
  }
  if (worst > 0.0094)
    fail_msg("the share found is off by %g", worst);
  assert_int_equal(s->open_needs, GRIDS * EACH);
  free(all);
  end(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(overload_follows_the_closed_form),
      cmocka_unit_test(queues_follow_the_plain_simulation),
      cmocka_unit_test(looking_desks_follow_the_plain_simulation),
      cmocka_unit_test(flows_balance_every_day),
      cmocka_unit_test(found_share_is_geometric),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
