// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/stop.h"

#include <signal.h>
#include <stddef.h>

// What a handler may touch is not local to anything.
static volatile sig_atomic_t noted;

static void note(int number) {
  if (noted) {
    signal(number, SIG_DFL);
    raise(number); // comes when this handler returns
    return;
  }
  noted = number;
}

void wg_stop_catch(void) {
  static const int numbers[] = {SIGINT, SIGTERM};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    struct sigaction before;
    // Writing and waiting go on where they were: the flag is looked at between months.
    struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
      sigaction(numbers[i], &action, NULL);
  }
}

int wg_stop_signal(void) {
  return noted;
}
