// SPDX-License-Identifier: GPL-3.0-or-later
// Priority by severity against the conservation law (Kleinrock 1965): who goes first changes who waits, never how much work
// waits. With equal work the sum over services of what each leaves waiting is the same to the minute, every day and at every
// desk, whatever severity weighs. No chance is left in what is compared: the same cases come each time.
#include "case_scene.h"
#include "chance.h"

enum { SERVICES = 3, DESKS = 20, SPAN = 200, HOURS = 299, WORK = 35 };
static const int64_t severities[SERVICES] = {0, 3, 6};

typedef struct seen {
  uint64_t work[SPAN][DESKS];   // left in the evening
  uint64_t need_days[SERVICES]; // open needs summed over days
  uint64_t overdue[SERVICES];   // cases open after the day by which they must have been taken up, summed over days
  uint64_t work_days[SERVICES]; // the service's work left, summed over days
} seen;

// Nothing starves: a case of severity `v` that was filed on day f is passed by others only if they are filed before the day f +
// `head`, for a point of severity weighs so many days and no more. What waits on the evening before that day is all that can
// come before it, and it is done at HOURS a day: by then the case is closed.
static int32_t last_passed(int32_t filed, uint32_t service, double weight) {
  const int32_t head = (int32_t)(weight * (double)(severities[SERVICES - 1] - severities[service]));
  return head > 1 ? filed + head - 1 : filed;
}

static void look(const scene *t, seen *b, int32_t day, double weight) {
  for (uint32_t row = 0; row < wg_needs_count(&t->s); row++) {
    const wg_need *n = wg_needs(&t->s) + row;
    if (n->identity == 0)
      continue;
    b->work_days[n->service] += n->work;
    const int32_t last = last_passed(n->filed - FIRST_DAY, n->service, weight);
    if (last < day && day >= last + (int32_t)((b->work[last][n->grid] + HOURS - 1) / HOURS))
      b->overdue[n->service]++;
  }
}

// `bound`: the weight for which the days are counted by which cases must have been taken up.
static seen *live_through(double weight, double bound) {
  scene *t = open_scene();
  set_real(t, "dispatch.severity_days", weight);
  add_desk(t, "team", "grid", "none", 0.0, true);
  set_integer(t, "desks.team.minutes", HOURS);
  static const char *const ids[SERVICES] = {"minor", "middle", "grave"};
  for (uint32_t v = 0; v < SERVICES; v++)
    add_service(t, &(service_of){.id = ids[v],
                                 .carrier = "workplace",
                                 .found_by = "none",
                                 .limit = 30,
                                 .severity = severities[v],
                                 .work = WORK,
                                 .self_report = 1.0});
  begin_grids(t, DESKS, 20000);
  seen *b = calloc(1, sizeof *b);
  assert_non_null(b);
  uint64_t luck = 7, left[DESKS] = {0};
  for (int32_t day = 0; day < SPAN; day++) {
    dawn(t, day);
    for (uint32_t g = 0; g < DESKS; g++) { // a little more than can be done
      for (uint32_t v = 0; v < SERVICES; v++)
        for (uint32_t k = chance_poisson(1.01 * HOURS / WORK / SERVICES, &luck); k > 0; k--) {
          add_in_grid(t, g, v);
          left[g] += WORK;
        }
      left[g] -= left[g] < HOURS ? left[g] : HOURS;
    }
    live(t);
    for (uint32_t g = 0; g < DESKS; g++) {
      b->work[day][g] = wg_desks(&t->s)[g].queued_minutes;
      assert_int_equal(b->work[day][g], left[g]); // no minute is lost while work waits
    }
    check_day(t);
    look(t, b, day, bound);
    dusk(t, day);
  }
  for (uint32_t v = 0; v < SERVICES; v++)
    b->need_days[v] = wg_stocks(&t->s)[v].need_days;
  end(t);
  return b;
}

static void priority_conserves_work(void **state) {
  (void)state;
  static const double weights[] = {0.0, 1.0, 3.0, 1000.0};
  seen *before = NULL, *first = NULL;
  for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
    seen *b = live_through(weights[i], weights[i] < 1000.0 ? weights[i] : 1.0);
    print_message("  a point of severity weighs %4.0f days: need days %llu, %llu, %llu\n", weights[i],
                  (unsigned long long)b->need_days[0], (unsigned long long)b->need_days[1],
                  (unsigned long long)b->need_days[2]);
    const uint64_t all = b->work_days[0] + b->work_days[1] + b->work_days[2];
    if (before) {
      assert_memory_equal(b->work, before->work, sizeof b->work);
      assert_int_equal(all, first->work_days[0] + first->work_days[1] + first->work_days[2]);
      assert_true(b->need_days[0] > before->need_days[0]);
      assert_true(b->need_days[2] < first->need_days[2] && b->need_days[2] <= before->need_days[2]);
    }
    const uint64_t overdue = b->overdue[0] + b->overdue[1] + b->overdue[2];
    if (weights[i] < 1000.0)
      assert_int_equal(overdue, 0); // with waiting that counts, nothing starves
    else
      assert_true(overdue > 0); // which the same days would show: severity alone leaves minor cases waiting
    if (before != first)
      free(before);
    first = first ? first : b;
    before = b;
  }
  free(before);
  free(first);
}

int main(int count, char **arguments) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(priority_conserves_work),
  };
  if (count > 1)
    cmocka_set_test_filter(arguments[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
