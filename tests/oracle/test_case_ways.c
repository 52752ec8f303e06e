// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a case on its way, one case at a time: found or lapsed, sent astray, verified and returned, escalated; lived
// by the mechanisms and held against laws that are written down here.
//
// All cases of a test begin on one day and know nothing of each other, so that counts are multinomial. 12 statistics with a
// false alarm rate of 2e-9 each (see chance.h): 2.4e-8 together. Power, in standard deviations of a mean or share (bounds at
// 6.4): needs found a day late, or that lapse a day early, move the found share of the first service by 15; cases that go astray
// only once move the mean number of wrong desks by 41; fractions of days that are rounded down move the share of longer hand-offs
// by 97; returns that follow the first luck alone never end. What is not luck (days of escalation, hours, work) is compared
// exactly.
#include "case_scene.h"
#include "chance.h"

// Workplaces of both grids in turn, each of which has one need.
static void begin_many(scene *t, uint32_t count) {
  begin(t, 1000, count);
  t->agenda_room = count;
  tiny_rows(&t->s, WG_TABLE_WORKPLACE, count, count);
  for (uint32_t i = 0; i < count; i++)
    wg_workplaces(&t->s)[i] = (wg_workplace){.identity = 1000000 + i, .grid = (uint16_t)(i % GRIDS)};
}

// ---- found or lapsed ----

// A need is found on the evening n (from 0, that of its onset) with the probability 1 - exp(-hazard) if it is still there; after
// that it lapses on the evening n >= 1 with the probability 1 - exp(-1 / days), the lapse after the looking. In the bins: found
// on evening n, then lapsed on evening n, then neither in `span` evenings.
static double ways_of_ending(double hazard, double days, uint32_t span, double *p) {
  double there = 1.0, found = 0.0;
  for (uint32_t n = 0; n < span; n++) {
    p[n] = there * (1.0 - exp(-hazard));
    found += p[n];
    there -= p[n];
    p[span + n] = n > 0 ? there * (1.0 - exp(-1.0 / days)) : 0.0;
    there -= p[span + n];
  }
  p[(size_t)2 * span] = there;
  return found;
}

static void finding_competes_with_lapsing(void **state) {
  (void)state;
  enum { EACH = 100000, SERVICES = 2, SPAN = 240, BINS = 2 * SPAN + 1 };
  static const double detection[SERVICES] = {1.0, 0.4}, lapse[SERVICES] = {20.0, 8.0};
  static const char *const ids[SERVICES] = {"seen", "hidden"};
  scene *t = open_scene();
  set_real(t, "finding.patrol_effect", 0.0002);
  add_desk(t, "team", "grid", "patrol", 1.0, true);
  for (uint32_t v = 0; v < SERVICES; v++)
    add_service(t, &(service_of){.id = ids[v],
                                 .carrier = "workplace",
                                 .found_by = "patrol",
                                 .limit = 5,
                                 .work = 60.0,
                                 .detection = detection[v],
                                 .lapse = lapse[v]});
  begin_many(t, SERVICES * EACH);
  for (uint32_t g = 0; g < GRIDS; g++)
    wg_grids(&t->s)[g].residents = 1000;
  uint32_t(*counts)[BINS] = calloc(SERVICES, sizeof *counts);
  assert_non_null(counts);
  for (int32_t day = 0; day < SPAN; day++) {
    dawn(t, day);
    for (uint32_t i = 0; i < SERVICES * EACH && day == 0; i++)
      add(t, i, i / EACH, 0);
    wg_tally before[SERVICES];
    memcpy(before, wg_tallies(&t->s), sizeof before);
    live(t);
    uint32_t filed[SERVICES] = {0};
    for (uint32_t row = 0; row < wg_needs_count(&t->s); row++) {
      const wg_need *n = wg_needs(&t->s) + row;
      filed[n->service] += n->identity != 0 && n->filed == t->context.today;
    }
    for (uint32_t v = 0; v < SERVICES; v++) {
      const wg_tally *now = wg_tallies(&t->s) + v;
      counts[v][day] = now->found - before[v].found;
      counts[v][SPAN + day] = now->lapsed_latent - before[v].lapsed_latent;
      assert_int_equal(filed[v], counts[v][day]); // filed on the day on which they are found
    }
    if (day % 7 == 0)
      check_day(t);
    dusk(t, day);
  }
  for (uint32_t v = 0; v < SERVICES; v++) {
    double p[BINS];
    const double hazard = 240.0 * 0.0002 * detection[v], share = ways_of_ending(hazard, lapse[v], SPAN, p);
    // In continuous time; a day in which only finding is possible, and the step, are the rest.
    assert_true(fabs(share - hazard / (hazard + 1.0 / lapse[v])) < 0.04);
    uint32_t found = 0, ended = 0;
    for (uint32_t n = 0; n < SPAN; n++) {
      found += counts[v][n];
      ended += counts[v][n] + counts[v][SPAN + n];
    }
    counts[v][BINS - 1] = EACH - ended;
    char what[64];
    snprintf(what, sizeof what, "%s: found", ids[v]);
    assert_share(what, (double)found / EACH, EACH, share);
    snprintf(what, sizeof what, "%s: found or lapsed, and when", ids[v]);
    assert_law(what, counts[v], EACH, p, BINS);
  }
  free(counts);
  end(t);
}

// ---- astray ----

// Three networks' teams. A case of the first goes astray with the probability p at each hand-off until it gets there: it sees k
// wrong desks with the probability p^k (1 - p).
static void wrong_desks_are_geometric(void **state) {
  (void)state;
  enum { COUNT = 60000, SPAN = 60, MOST = 15, COST = 2, WORK = 100 };
  const double p = 0.3, fraction = 0.3;
  scene *t = open_scene();
  set_real(t, "dispatch.misroute", p);
  set_real(t, "handling.transfer_days", 1.0 + fraction);
  static const char *const teams[] = {"team", "social", "order"};
  static const char *const networks[] = {"city", "social", "order"};
  for (int i = 0; i < 3; i++) {
    char path[64];
#define AT(key) (snprintf(path, sizeof path, "desks.%s." key, teams[i]), path)
    add_desk(t, teams[i], "subdistrict", "none", 0.0, true);
    set_text(t, AT("network"), networks[i]);
    set_real(t, AT("staff"), i == 0 ? 1.0 : 1000.0);
    set_integer(t, AT("minutes"),
                i == 0 ? 1 : 1440); // the right one hardly works: its cases can be looked at in the end
    set_integer(t, AT("pass_on_minutes"), COST);
#undef AT
  }
  add_service(
      t,
      &(service_of){
          .id = "litter", .carrier = "workplace", .found_by = "none", .limit = 360, .work = WORK, .self_report = 1.0});
  begin_many(t, COUNT);
  wg_subdistrict *s = &t->s;
  struct {
    uint32_t hand_offs, desk;
  } *before = calloc(COUNT, sizeof *before);
  assert_non_null(before);
  uint64_t minutes[3] = {0}, hops = 0, crossings = 0, longer = 0, misdirected = 0, transfers = 0;
  for (int32_t day = 0; day < SPAN; day++) {
    dawn(t, day);
    for (uint32_t i = 0; i < COUNT && day == 0; i++)
      add(t, i, 0, 0);
    const wg_tally tally = *wg_tallies(s);
    uint64_t spent[3];
    for (uint32_t d = 0; d < 3; d++)
      spent[d] = wg_desks(s)[d].minutes_handling;
    live(t);
    check_day(t);
    misdirected += wg_tallies(s)->misdirected - tally.misdirected;
    transfers += wg_tallies(s)->transfers - tally.transfers;
    for (uint32_t d = 0; d < 3; d++)
      minutes[d] += wg_desks(s)[d].minutes_handling - spent[d];
    for (uint32_t row = 0; row < COUNT; row++) {
      const wg_need *n = wg_needs(s) + row;
      const uint32_t hand_offs = wg_need_hand_offs(n);
      const uint32_t from = before[row].desk;
      before[row].desk = n->desk;
      if (hand_offs == before[row].hand_offs)
        continue;
      before[row].hand_offs = hand_offs;
      hops++;
      assert_true(n->desk != from || day == 0); // never to where it was
      crossings++;
      assert_int_equal(n->state, WG_NEED_ON_WAY);
      const uint32_t days = n->child - (uint32_t)t->context.today;
      assert_true(days == 2 || days == 3); // from the evening: the next day and transfer_days more
      longer += days == 3;
    }
    dusk(t, day);
  }
  uint32_t counts[MOST + 1] = {0};
  double sum = 0.0, squares = 0.0, law[MOST + 1], square_law[MOST * MOST + 1] = {0};
  uint64_t left = 0;
  for (uint32_t row = 0; row < COUNT; row++) {
    const wg_need *n = wg_needs(s) + row;
    const uint32_t k = wg_need_hand_offs(n);
    assert_int_equal(n->state, WG_NEED_WAITING);
    assert_int_equal(wg_desks(s)[n->desk].kind, 0);
    assert_int_equal((n->marks & WG_MARK_MISDIRECTED) != 0, k > 0);
    counts[k]++;
    sum += k;
    squares += (double)k * k;
    left += n->work;
  }
  assert_int_equal(left, (uint64_t)COUNT * WORK - minutes[0]); // no work is lost on the way, none is done by the wrong
  assert_int_equal(minutes[1] + minutes[2], COST * transfers);
  assert_int_equal(misdirected, transfers);
  assert_int_equal(hops, transfers);
  assert_true((double)transfers == sum);
  for (uint32_t k = 0; k <= MOST; k++) {
    law[k] = k < MOST ? pow(p, k) * (1.0 - p) : pow(p, k);
    square_law[(size_t)k * k] = law[k];
  }
  assert_true(fabs(law_mean(law, MOST + 1) - p / (1.0 - p)) < 1e-6);
  assert_true(fabs(law_variance(law, MOST + 1) - p / ((1.0 - p) * (1.0 - p))) < 1e-5);
  assert_mean("wrong desks", sum / COUNT, COUNT, law, MOST + 1);
  assert_mean("wrong desks, squared", squares / COUNT, COUNT, square_law, MOST * MOST + 1);
  assert_law("wrong desks", counts, COUNT, law, MOST + 1);
  assert_share("first of the two wrong teams", (double)minutes[1] / (double)(minutes[1] + minutes[2]), sum, 0.5);
  assert_share("hand-offs that take a day more", (double)longer / (double)crossings, (double)crossings, fraction);
  free(before);
  end(t);
}

// ---- verified, returned ----

typedef struct known {
  uint8_t handler, returns;
  bool passed_on;
} known;

// Teams of two grids finish some cases, the office the rest; each verifies what the other has handled. A case is returned k
// times with the probability q^k (1 - q).
static void returns_are_geometric(void **state) {
  (void)state;
  enum { COUNT = 40000, SPAN = 120, MOST = 15, OFFICE = GRIDS, WORK = 10, REWORK = 5, VERIFY = 7, COST = 3 };
  const double q = 0.4, hard = 0.4;
  scene *t = open_scene();
  set_integer(t, "verification.minutes", VERIFY);
  set_real(t, "verification.return_probability", q);
  set_real(t, "verification.rework_share", (double)REWORK / WORK);
  static const char *const kinds[] = {"team", "office"};
  for (int i = 0; i < 2; i++) {
    char path[64];
#define AT(key) (snprintf(path, sizeof path, "desks.%s." key, kinds[i]), path)
    add_desk(t, kinds[i], i ? "subdistrict" : "grid", "none", 0.0, true);
    set_real(t, AT("staff"), 1000.0);
    set_integer(t, AT("minutes"), 1440);
    set_integer(t, AT("pass_on_minutes"), COST);
#undef AT
  }
  add_service(t, &(service_of){.id = "litter",
                               .carrier = "workplace",
                               .found_by = "none",
                               .limit = 360,
                               .work = WORK,
                               .self_report = 1.0,
                               .second_desk = "office"});
  set_reals(t, "services.litter.takes", (const double[]){1.0 - hard, 1.0}, 2);
  set_texts(t, "services.litter.verified_by", kinds, 2);
  begin_many(t, COUNT);
  wg_subdistrict *s = &t->s;
  known *cases = calloc(COUNT, sizeof *cases);
  uint32_t *grid = calloc(COUNT, sizeof *grid);
  assert_true(cases && grid);
  uint64_t minutes[GRIDS + 1] = {0}, verified = 0, returned = 0, closed = 0;
  for (int32_t day = 0; day < SPAN; day++) {
    dawn(t, day);
    for (uint32_t i = 0; i < COUNT && day == 0; i++)
      add(t, i, 0, 0);
    const wg_tally tally = *wg_tallies(s);
    uint64_t spent[GRIDS + 1];
    for (uint32_t d = 0; d <= GRIDS; d++)
      spent[d] = wg_desks(s)[d].minutes_handling;
    live(t);
    check_day(t);
    verified += wg_tallies(s)->verified - tally.verified;
    returned += wg_tallies(s)->returned - tally.returned;
    closed += wg_tallies(s)->closed - tally.closed;
    for (uint32_t d = 0; d <= GRIDS; d++)
      minutes[d] += wg_desks(s)[d].minutes_handling - spent[d];
    for (uint32_t row = 0; row < wg_needs_count(s); row++) {
      const wg_need *n = wg_needs(s) + row;
      if (n->identity == 0)
        continue;
      grid[row] = n->grid;
      cases[row].passed_on |= wg_need_hand_offs(n) > 0;
      cases[row].returns = (uint8_t)wg_need_returns(n);
      if (n->handler != WG_NO_DESK)
        cases[row].handler = (uint8_t)n->handler;
      if (n->state == WG_NEED_VERIFYING)
        assert_int_not_equal(wg_desks(s)[n->desk].kind, wg_desks(s)[n->handler].kind);
    }
    dusk(t, day);
  }
  assert_int_equal(closed, COUNT);
  uint32_t counts[MOST + 1] = {0}, passed_on = 0;
  uint64_t expected[GRIDS + 1] = {0}, sum = 0;
  for (uint32_t row = 0; row < COUNT; row++) {
    const known *c = cases + row;
    counts[c->returns]++;
    sum += c->returns;
    passed_on += c->passed_on;
    const uint32_t verifier = c->handler == OFFICE ? grid[row] : OFFICE;
    assert_int_equal(c->handler == OFFICE, c->passed_on);
    expected[c->handler] += WORK + (uint64_t)REWORK * c->returns;
    expected[verifier] += (uint64_t)VERIFY * (1U + c->returns);
    expected[grid[row]] += c->passed_on ? COST : 0;
  }
  assert_int_equal(returned, sum);
  assert_int_equal(verified, sum + COUNT);
  for (uint32_t d = 0; d <= GRIDS; d++)
    assert_int_equal(minutes[d], expected[d]);
  double law[MOST + 1];
  for (uint32_t k = 0; k <= MOST; k++)
    law[k] = k < MOST ? pow(q, k) * (1.0 - q) : pow(q, k);
  assert_mean("returns", (double)sum / COUNT, COUNT, law, MOST + 1);
  assert_law("returns", counts, COUNT, law, MOST + 1);
  assert_share("passed on", (double)passed_on / COUNT, COUNT, hard);
  free(cases);
  free(grid);
  end(t);
}

// ---- escalated ----

// Desks that finish nothing: where a case stands in the evening depends on its age alone.
static void cases_escalate_on_their_day(void **state) {
  (void)state;
  enum { SERVICES = 2, SPAN = 100, LEAST = 4, OFFICE = GRIDS, DEPARTMENT = GRIDS + 1 };
  static const uint32_t limit[SERVICES] = {9, 1}, patience[SERVICES] = {1 + 2 * 9, 1 + LEAST};
  static const char *const ids[SERVICES] = {"slow", "urgent"}, *const kinds[] = {"team", "office", "department"},
                           *const areas[] = {"grid", "subdistrict", "district"};
  scene *t = open_scene();
  set_real(t, "escalation.overdue_share", 2.0);
  set_integer(t, "escalation.least_days", LEAST);
  for (int i = 0; i < 3; i++) {
    char path[64];
    add_desk(t, kinds[i], areas[i], "none", 0.0, true);
    snprintf(path, sizeof path, "desks.%s.minutes", kinds[i]);
    set_integer(t, path, 1);
  }
  for (uint32_t v = 0; v < SERVICES; v++) {
    char path[64];
    add_service(t, &(service_of){.id = ids[v],
                                 .carrier = "grid",
                                 .found_by = "none",
                                 .limit = limit[v],
                                 .work = 5000.0,
                                 .self_report = 1.0});
    snprintf(path, sizeof path, "services.%s.desks", ids[v]);
    set_texts(t, path, kinds, 3);
    snprintf(path, sizeof path, "services.%s.takes", ids[v]);
    set_reals(t, path, (const double[]){1.0, 1.0, 1.0}, 3);
  }
  begin(t, 1000, 4000);
  wg_subdistrict *s = &t->s;
  uint32_t ups[SERVICES] = {0};
  for (int32_t day = 0; day < SPAN; day++) {
    dawn(t, day);
    for (uint32_t g = 0; g < GRIDS; g++)
      for (uint32_t v = 0; v < SERVICES; v++)
        for (uint32_t k = 0; k < 2; k++)
          add(t, g, v, 2 * (uint32_t)(t->context.today - t->context.calendar_first) + k);
    uint32_t before[SERVICES], today[SERVICES] = {0};
    for (uint32_t v = 0; v < SERVICES; v++)
      before[v] = wg_tallies(s)[v].escalated;
    live(t);
    check_day(t);
    for (uint32_t row = 0; row < wg_needs_count(s); row++) {
      const wg_need *n = wg_needs(s) + row;
      const uint32_t v = n->service, age = (uint32_t)t->context.today - n->filed;
      const uint32_t first = limit[v] + patience[v], second = first + patience[v];
      assert_int_equal(n->state, WG_NEED_WAITING);
      assert_int_equal(n->desk, age < first ? n->grid : age < second ? OFFICE : DEPARTMENT);
      assert_int_equal((n->marks & WG_MARK_ESCALATED) != 0, age >= first);
      today[v] += age == first || age == second;
    }
    for (uint32_t v = 0; v < SERVICES; v++) {
      assert_int_equal(wg_tallies(s)[v].escalated - before[v], today[v]);
      ups[v] += today[v];
    }
    dusk(t, day);
  }
  // All that were old enough, twice each.
  for (uint32_t v = 0; v < SERVICES; v++)
    assert_int_equal(ups[v], 2 * GRIDS * ((uint32_t)SPAN - limit[v] - patience[v] + SPAN - limit[v] - 2 * patience[v]));
  end(t);
}

int main(int count, char **arguments) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finding_competes_with_lapsing),
      cmocka_unit_test(wrong_desks_are_geometric),
      cmocka_unit_test(returns_are_geometric),
      cmocka_unit_test(cases_escalate_on_their_day),
  };
  if (count > 1)
    cmocka_set_test_filter(arguments[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
