// SPDX-License-Identifier: GPL-3.0-or-later
// A run is claimed by one at a time, and whoever dies gives its claims back.
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "study/claims.h"

static char folder[] = "/tmp/test_claims.XXXXXX";
static char file[64];
static const char run_a[] = "00000000000000000000000000000001", run_b[] = "00000000000000000000000000000002";

static int make_folder(void **state) {
  (void)state;
  assert_non_null(mkdtemp(folder));
  snprintf(file, sizeof file, "%s/claims", folder);
  return 0;
}

static int remove_folder(void **state) {
  (void)state;
  unlink(file);
  return rmdir(folder);
}

static wg_claims open_claims(void) {
  wg_error error = {0};
  wg_claims claims;
  assert_int_equal(wg_claims_open(folder, &claims, &error), WG_OK);
  return claims;
}

static bool take(const wg_claims *claims, const char *identity) {
  bool claimed;
  wg_error error = {0};
  assert_int_equal(wg_claims_take(claims, identity, &claimed, &error), WG_OK);
  return claimed;
}

static bool held(const wg_claims *claims, const char *identity) {
  bool is_held;
  wg_error error = {0};
  assert_int_equal(wg_claims_held(claims, identity, &is_held, &error), WG_OK);
  return is_held;
}

static void where_there_is_no_file_nothing_is_claimed(void **state) {
  (void)state;
  wg_claims claims;
  wg_error error = {0};
  struct stat status;
  assert_int_equal(wg_claims_look(folder, &claims, &error), WG_OK);
  assert_false(held(&claims, run_a));
  wg_claims_close(&claims);
  assert_int_equal(stat(file, &status), -1);
}

static void a_run_is_claimed_once(void **state) {
  (void)state;
  wg_claims one = open_claims(), other = open_claims(), onlooker;
  wg_error error = {0};
  assert_int_equal(wg_claims_look(folder, &onlooker, &error), WG_OK);
  assert_false(held(&onlooker, run_a));
  assert_true(take(&one, run_a));
  assert_false(take(&other, run_a));
  assert_true(take(&other, run_b));
  assert_true(held(&onlooker, run_a));
  assert_true(held(&onlooker, run_b));
  assert_false(held(&one, run_a)); // by somebody else
  assert_true(held(&other, run_a));
  assert_int_equal(wg_claims_release(&one, run_a, &error), WG_OK);
  assert_false(held(&onlooker, run_a));
  assert_true(take(&other, run_a));
  wg_claims_close(&other);
  assert_false(held(&onlooker, run_a));
  assert_false(held(&onlooker, run_b));
  wg_claims_close(&one);
  wg_claims_close(&onlooker);
  struct stat status;
  assert_int_equal(stat(file, &status), 0);
  assert_int_equal(status.st_size, 0);
}

static pid_t fork_holder(const char *identity, int *told) {
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  const pid_t process = fork();
  if (process == 0) {
    wg_claims claims;
    bool claimed = false;
    prctl(PR_SET_PDEATHSIG, SIGKILL); // a test that fails leaves nobody behind
    if (wg_claims_open(folder, &claims, NULL) || wg_claims_take(&claims, identity, &claimed, NULL) || !claimed ||
        write(ends[1], "!", 1) != 1)
      _exit(1);
    for (;;)
      pause();
  }
  close(ends[1]);
  *told = ends[0];
  char byte;
  assert_int_equal(read(*told, &byte, 1), 1);
  return process;
}

static void who_is_killed_gives_back(void **state) {
  (void)state;
  wg_claims claims = open_claims();
  int told;
  const pid_t process = fork_holder(run_a, &told);
  assert_true(held(&claims, run_a));
  assert_false(take(&claims, run_a));
  assert_int_equal(kill(process, SIGKILL), 0);
  assert_int_equal(waitpid(process, NULL, 0), process);
  close(told);
  assert_true(take(&claims, run_a));
  wg_claims_close(&claims);
}

// As long as the run that was forked for it goes on, a claim holds, whatever became of who took it.
static void a_claim_lasts_as_long_as_the_run(void **state) {
  (void)state;
  int gate[2];
  assert_int_equal(pipe(gate), 0);
  wg_claims one = open_claims(), other = open_claims();
  assert_true(take(&one, run_a));
  const pid_t run = fork();
  if (run == 0) {
    char byte;
    close(gate[1]);
    _exit(read(gate[0], &byte, 1) != 0);
  }
  wg_claims_close(&one);
  assert_false(take(&other, run_a));
  close(gate[1]);
  assert_int_equal(waitpid(run, NULL, 0), run);
  close(gate[0]);
  assert_true(take(&other, run_a));
  wg_claims_close(&other);
}

enum { RACERS = 6, RUNS = 300 };

// Each tries to claim every run and does those that nobody has done.
static void race(unsigned racer, volatile unsigned char *done, volatile unsigned char *both) {
  wg_claims claims;
  if (wg_claims_open(folder, &claims, NULL))
    _exit(1);
  for (unsigned i = 0; i < RUNS; i++) {
    const unsigned run = (i * 7 + racer * 50) % RUNS;
    char identity[33];
    bool claimed;
    snprintf(identity, sizeof identity, "%032x", run);
    if (wg_claims_take(&claims, identity, &claimed, NULL))
      _exit(1);
    if (!claimed)
      continue;
    if (!done[run]) {
      both[run]++;
      usleep(200);
      done[run] = 1;
    }
    if (wg_claims_release(&claims, identity, NULL))
      _exit(1);
  }
  _exit(0);
}

static void racers_do_each_run_once(void **state) {
  (void)state;
  unsigned char *const shared = mmap(NULL, (size_t)2 * RUNS, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  assert_true(shared != MAP_FAILED);
  pid_t racers[RACERS];
  for (unsigned r = 0; r < RACERS; r++) {
    racers[r] = fork();
    if (racers[r] == 0)
      race(r, shared, shared + RUNS);
  }
  for (unsigned r = 0; r < RACERS; r++) {
    int status;
    assert_int_equal(waitpid(racers[r], &status, 0), racers[r]);
    assert_int_equal(status, 0);
  }
  for (unsigned run = 0; run < RUNS; run++)
    assert_int_equal(shared[RUNS + run], 1);
  munmap(shared, (size_t)2 * RUNS);
}

static void one_changes_the_study_at_a_time(void **state) {
  (void)state;
  wg_error error = {0};
  wg_claims one = open_claims(), other = open_claims();
  assert_int_equal(wg_claims_take_study(&one, &error), WG_OK);
  const pid_t waiter = fork();
  if (waiter == 0)
    _exit(wg_claims_take_study(&other, NULL) != WG_OK);
  usleep(100000);
  assert_int_equal(waitpid(waiter, NULL, WNOHANG), 0);
  assert_true(take(&other, run_a)); // runs go on meanwhile
  assert_int_equal(wg_claims_release_study(&one, &error), WG_OK);
  int status;
  assert_int_equal(waitpid(waiter, &status, 0), waiter);
  assert_int_equal(status, 0);
  wg_claims_close(&one);
  wg_claims_close(&other);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(where_there_is_no_file_nothing_is_claimed),
      cmocka_unit_test(a_run_is_claimed_once),
      cmocka_unit_test(who_is_killed_gives_back),
      cmocka_unit_test(a_claim_lasts_as_long_as_the_run),
      cmocka_unit_test(racers_do_each_run_once),
      cmocka_unit_test(one_changes_the_study_at_a_time),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
