// SPDX-License-Identifier: GPL-3.0-or-later
// Queues with chance, lived by the mechanisms, against stationary laws: the discrete-time queue with fixed hours (Lindley 1952,
// Spitzer 1956, Pollaczek & Khinchine) and the queue of several people (Erlang C).
//
// Every grid is a copy of its own: its desk, its arrivals and its cases' work know nothing of the others. Each begins in the
// stationary law, so that no day is to be thrown away, and is looked at once, on its last day: what is compared are as many
// independent values of the law as there are grids, whatever a queue remembers from day to day.
//
// 30 statistics with a false alarm rate of 2e-9 each (see chance.h): 6e-8 together. Power: two people who work on one case move
// the mean of three people at load 0.5 by 13.6 standard deviations, the bounds are at 6.2 to 6.6; a desk that leaves one minute a
// day unused while cases wait fails on the first such day, without chance.
#include "case_scene.h"
#include "chance.h"

// ---- one desk with fixed work: the recursion of Lindley ----

enum { LATTICE = 4096, CASES = 1024 };

// W' = max(W + work * A - hours, 0) with A Poisson, in units of their greatest common divisor, iterated until it stands.
static double *lindley_law(uint32_t work, uint32_t hours, double arrivals) {
  double *law = calloc(LATTICE, sizeof *law), *next = calloc(LATTICE, sizeof *next), brings[128];
  assert_true(law && next);
  uint32_t most = 0;
  while (most < 128 && (most < arrivals || poisson_law(arrivals, most) > 1e-18)) {
    brings[most] = poisson_law(arrivals, most);
    most++;
  }
  law[0] = 1.0;
  for (double change = 1.0; change > 1e-13;) {
    memset(next, 0, LATTICE * sizeof *next);
    for (uint32_t w = 0; w < LATTICE; w++)
      for (uint32_t a = 0; law[w] > 1e-30 && a < most; a++) {
        const uint32_t with = w + a * work, left = with > hours ? with - hours : 0;
        next[left < LATTICE ? left : LATTICE - 1] += law[w] * brings[a];
      }
    change = 0.0;
    for (uint32_t w = 0; w < LATTICE; w++)
      change += fabs(next[w] - law[w]);
    double *swap = law;
    law = next;
    next = swap;
  }
  free(next);
  return law;
}

// Spitzer's identity: the stationary mean is the sum over n of E[max(S_n, 0)] / n, S_n the work that n days bring less their
// hours. A sum over another thing than the days of the recursion.
static double spitzer_mean(uint32_t work, uint32_t hours, double arrivals) {
  double mean = 0.0;
  for (uint32_t n = 1; n < 20000; n++) {
    double positive = 0.0;
    const double rate = arrivals * n;
    for (uint32_t a = hours * n / work; a < 1000000; a++) {
      const double term = ((double)work * a - (double)hours * n) * poisson_law(rate, a);
      positive += term > 0.0 ? term : 0.0;
      if (a > rate && term < 1e-18 && term > 0.0)
        break;
    }
    mean += positive / n;
    if (n > 10 && positive / n < 1e-13)
      break;
  }
  return mean;
}

static uint32_t divisor(uint32_t a, uint32_t b) {
  return b ? divisor(b, a % b) : a;
}

// The first desk's work and hours.
static scene *open_queue(uint32_t grids, uint32_t people, uint32_t minutes, double work, bool random_work,
                         uint32_t cases) {
  scene *t = open_scene();
  set_text(t, "run.start", "2010-12-31");
  add_desk(t, "team", "grid", "none", 0.0, true);
  set_real(t, "desks.team.staff", people);
  set_integer(t, "desks.team.minutes", minutes);
  add_service(t, &(service_of){.id = "case",
                               .carrier = "workplace",
                               .found_by = "none",
                               .limit = 360,
                               .work = work,
                               .random_work = random_work,
                               .self_report = 1.0});
  begin_grids(t, grids, cases);
  return t;
}

// The eve: what waits from before comes to its desk and stays there until tomorrow. It is its own month.
static void begin_eve(scene *t) {
  t->world.run = wg_config_get(t->config, &wg_run_group);
  t->holds = true;
  t->context.today = t->s.today = FIRST_DAY - 1;
  const wg_month month = wg_date_month(FIRST_DAY - 1);
  t->world.month = t->context.month = month;
  static const wg_policy_plan no_policies = {0};
  assert_int_equal(wg_levers_resolve(&t->world, &no_policies, month, &t->s, &t->error), WG_OK);
  t->context.calendar_first = t->s.month_first;
  t->context.calendar_days = 1;
  t->s.lived = true;
  t->s.filed_list = t->s.handled_list = t->s.ended_list = WG_NO_ROW;
  call_all(t, offsetof(wg_mechanism, month_start));
  assert_int_equal(wg_agenda_begin(&t->s, t->agenda_room, &t->error), WG_OK);
}

static void end_eve(scene *t) {
  live(t);
  call_all(t, offsetof(wg_mechanism, month_end));
  t->holds = false;
}

// In passing, each desk's unfinished work follows the recursion to the minute on each day.
static void follow_lindley(uint32_t grids, int32_t days, uint32_t work, uint32_t hours, double load) {
  const uint32_t unit = divisor(work, hours), a = work / unit;
  const double arrivals = load * hours / work;
  double *law = lindley_law(a, hours / unit, arrivals);
  double cases_law[CASES] = {0};
  for (uint32_t w = 0; w < LATTICE; w++)
    cases_law[(w + a - 1) / a < CASES ? (w + a - 1) / a : CASES - 1] += law[w];
  const double mean = law_mean(law, LATTICE) * unit, closed = spitzer_mean(work, hours, arrivals);
  assert_true(fabs(mean / closed - 1.0) < 1e-6);
  if (work == hours) // Pollaczek & Khinchine
    assert_true(fabs(mean / work / (arrivals * arrivals / (2.0 * (1.0 - arrivals))) - 1.0) < 1e-6);

  scene *t = open_queue(grids, 1, hours, work, false, grids * 40);
  uint64_t luck = work + (uint64_t)(load * 1000.0);
  uint64_t *left = calloc(grids, sizeof *left);
  assert_non_null(left);
  begin_eve(t);
  for (uint32_t g = 0; g < grids; g++) {
    left[g] = (uint64_t)unit * chance_of(law, LATTICE, &luck);
    for (uint64_t k = 0; k < (left[g] + work - 1) / work; k++)
      add_in_grid(t, g, 0);
  }
  end_eve(t);
  for (uint32_t g = 0; g < grids; g++) {
    wg_desk *desk = wg_desks(&t->s) + g;
    if (left[g] == 0)
      continue;
    wg_needs(&t->s)[desk->queue].work = (uint16_t)((left[g] - 1) % work + 1); // begun yesterday
    desk->queued_minutes -= desk->queued_minutes - left[g];
  }
  for (int32_t day = 0; day < days; day++) {
    dawn(t, day);
    for (uint32_t g = 0; g < grids; g++) {
      const uint32_t come = chance_poisson(arrivals, &luck);
      left[g] += (uint64_t)come * work;
      left[g] -= left[g] < hours ? left[g] : hours;
      for (uint32_t k = 0; k < come; k++)
        add_in_grid(t, g, 0);
    }
    live(t);
    for (uint32_t g = 0; g < grids; g++)
      if (wg_desks(&t->s)[g].queued_minutes != left[g])
        fail_msg("day %d, desk %u: %llu minutes of work left instead of %llu", day, g,
                 (unsigned long long)wg_desks(&t->s)[g].queued_minutes, (unsigned long long)left[g]);
    check_day(t);
    dusk(t, day);
  }
  uint32_t counts[CASES] = {0};
  double sum = 0.0;
  for (uint32_t g = 0; g < grids; g++) {
    const uint32_t queued = wg_desks(&t->s)[g].queued;
    counts[queued < CASES ? queued : CASES - 1]++;
    sum += queued;
  }
  char what[64];
  snprintf(what, sizeof what, "%u of %u minutes, load %.2f: cases left", work, hours, load);
  assert_mean(what, sum / grids, grids, cases_law, CASES);
  assert_law(what, counts, grids, cases_law, CASES);
  free(left);
  free(law);
  end(t);
}

static void fixed_work_follows_lindley(void **state) {
  (void)state;
  follow_lindley(4000, 20, 35, 480, 0.5);
  follow_lindley(4000, 40, 35, 480, 0.8);
  follow_lindley(2000, 90, 35, 480, 0.95);
}

static void a_case_a_day_follows_pollaczek_and_khinchine(void **state) {
  (void)state;
  follow_lindley(8000, 30, 60, 60, 0.5);
  follow_lindley(8000, 60, 60, 60, 0.8);
  follow_lindley(4000, 150, 60, 60, 0.95);
}

// ---- several people ----

enum { NUMBERS = 800, DEATHS = 16, PERSON = 60, WORK = 1800 }; // of the chain; minutes a day and of a case on average

// The probability that all are busy, and the mean number of cases, in continuous time.
static double erlang_c(uint32_t people, double load, double *mean) {
  const double a = load * people;
  double term = 1.0, sum = 0.0;
  for (uint32_t k = 0; k < people; k++) {
    sum += term;
    term *= a / (k + 1);
  }
  const double all = term / (1.0 - load);
  *mean = a + load / (1.0 - load) * all / (sum + all);
  return all / (sum + all);
}

// How many of n cases a day ends. Nobody knows how long a case will still take: its work is geometric in minutes, and what
// is left of it is too. One after the other the cases get a person's minutes, or what is left of all people's, as long as there
// are some.
static void day_ends(uint32_t people, uint32_t n, double ends[DEATHS]) {
  const uint32_t hours = people * PERSON;
  const double goes_on = 1.0 - 1.0 / WORK;
  double(*now)[DEATHS] = calloc(hours + 1, sizeof *now), (*next)[DEATHS] = calloc(hours + 1, sizeof *next);
  assert_true(now && next);
  now[hours][0] = 1.0;
  for (uint32_t k = 0; k < n; k++) {
    memset(next, 0, (hours + 1) * sizeof *next);
    memcpy(next[0], now[0], sizeof *next);
    for (uint32_t left = 1; left <= hours; left++) {
      const uint32_t gets = left < PERSON ? left : PERSON;
      for (uint32_t d = 0; d < DEATHS; d++) {
        double p = now[left][d];
        if (p < 1e-25)
          continue;
        for (uint32_t m = 1; m <= gets; m++) {
          next[left - m][d + 1 < DEATHS ? d + 1 : d] += p / WORK;
          p *= goes_on;
        }
        next[left - gets][d] += p;
      }
    }
    double(*swap)[DEATHS] = now;
    now = next;
    next = swap;
  }
  memset(ends, 0, DEATHS * sizeof *ends);
  for (uint32_t left = 0; left <= hours; left++)
    for (uint32_t d = 0; d < DEATHS; d++)
      ends[d] += now[left][d];
  free(now);
  free(next);
}

// The stationary law of the cases left in the evening. By state reduction (Grassmann, Taksar & Heyman 1985), which takes no
// differences: the chain is nearly a walk and takes long to forget.
static double *day_chain(uint32_t people, double load) {
  const double arrivals = load * people * PERSON / WORK;
  double(*to)[NUMBERS] = calloc(NUMBERS, sizeof *to), *law = calloc(NUMBERS, sizeof *law), ends[DEATHS];
  double(*by_number)[DEATHS] = calloc(NUMBERS + 24, sizeof *by_number);
  assert_true(to && law && by_number);
  for (uint32_t n = 0; n < NUMBERS + 24; n++)
    if (n <= people + DEATHS + 4)
      day_ends(people, n, by_number[n]);
    else // more of them change nothing
      memcpy(by_number[n], by_number[n - 1], sizeof ends);
  for (uint32_t n = 0; n < NUMBERS; n++)
    for (uint32_t come = 0; come < 24; come++)
      for (uint32_t d = 0; d < DEATHS && d <= n + come; d++) {
        const uint32_t then = n + come - d;
        to[n][then < NUMBERS ? then : NUMBERS - 1] += poisson_law(arrivals, come) * by_number[n + come][d];
      }
  for (uint32_t k = NUMBERS - 1; k > 0; k--) {
    const uint32_t up = k > 24 ? k - 24 : 0, down = k > DEATHS ? k - DEATHS : 0;
    double sum = 0.0;
    for (uint32_t j = down; j < k; j++)
      sum += to[k][j];
    for (uint32_t i = up; i < k; i++) {
      to[i][k] /= sum;
      for (uint32_t j = down; j < k; j++)
        to[i][j] += to[i][k] * to[k][j];
    }
  }
  double sum = law[0] = 1.0;
  for (uint32_t k = 1; k < NUMBERS; k++) {
    for (uint32_t i = k > 24 ? k - 24 : 0; i < k; i++)
      law[k] += law[i] * to[i][k];
    sum += law[k];
  }
  for (uint32_t k = 0; k < NUMBERS; k++)
    law[k] /= sum;
  free(by_number);
  free(to);
  return law;
}

// Cases that come in the course of a day come in its morning here, half a day early on average: in the evening there are fewer of
// them than in continuous time by half a day's arrivals (Little), and by nothing else that could be seen.
static void follow_erlang(uint32_t grids, int32_t days, uint32_t people, double load) {
  double mean, busy = erlang_c(people, load, &mean), busy_law = 0.0;
  double *law = day_chain(people, load);
  for (uint32_t n = people; n < NUMBERS; n++)
    busy_law += law[n];
  print_message("  %u people, load %.2f: chain %.4f, Erlang %.4f; all busy %.4f, %.4f\n", people, load,
                law_mean(law, NUMBERS), mean, busy_law, busy);
  const double arrivals = load * people * PERSON / WORK;
  assert_true(fabs(law_mean(law, NUMBERS) + arrivals / 2.0 - mean) < 0.01);
  assert_true(fabs(busy_law - busy) < 0.02);

  scene *t = open_queue(grids, people, PERSON, WORK, true, grids * (uint32_t)(3.0 * mean + 40.0));
  uint64_t luck = people + (uint64_t)(load * 1000.0);
  begin_eve(t);
  for (uint32_t g = 0; g < grids; g++)
    for (uint32_t k = chance_of(law, NUMBERS, &luck); k > 0; k--)
      add_in_grid(t, g, 0);
  end_eve(t);
  for (int32_t day = 0; day < days; day++) {
    dawn(t, day);
    for (uint32_t g = 0; g < grids; g++)
      for (uint32_t k = chance_poisson(arrivals, &luck); k > 0; k--)
        add_in_grid(t, g, 0);
    live(t);
    check_day(t);
    dusk(t, day);
  }
  double sum = 0.0, all = 0.0;
  for (uint32_t g = 0; g < grids; g++) {
    sum += wg_desks(&t->s)[g].queued;
    all += wg_desks(&t->s)[g].queued >= people;
  }
  char what[64];
  snprintf(what, sizeof what, "%u people, load %.2f: cases", people, load);
  assert_mean(what, sum / grids, grids, law, NUMBERS);
  snprintf(what, sizeof what, "%u people, load %.2f: all busy", people, load);
  assert_share(what, all / grids, grids, busy_law);
  free(law);
  end(t);
}

static void people_follow_erlang(void **state) {
  (void)state;
  static const uint32_t people[] = {1, 3, 10};
  for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
    follow_erlang(2000, 120, people[i], 0.5);
    follow_erlang(2000, 120, people[i], 0.8);
    follow_erlang(1000, 200, people[i], 0.95);
  }
}

int main(int count, char **arguments) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fixed_work_follows_lindley),
      cmocka_unit_test(a_case_a_day_follows_pollaczek_and_khinchine),
      cmocka_unit_test(people_follow_erlang),
  };
  if (count > 1)
    cmocka_set_test_filter(arguments[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
