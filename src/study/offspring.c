// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/offspring.h"

#include <errno.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

pid_t wg_offspring_fork(void) {
  fflush(NULL); // lest the other process write it once more
  const pid_t parent = getpid();
  const pid_t process = fork();
  // The parent may have ended before the kernel was asked.
  if (process == 0 && (prctl(PR_SET_PDEATHSIG, SIGKILL) || getppid() != parent))
    _exit(1);
  return process;
}

static sigset_t stopping(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

static sigset_t waited_for(void) {
  sigset_t set = stopping();
  sigaddset(&set, SIGCHLD);
  return set;
}

void wg_offspring_block(sigset_t *before) {
  const sigset_t set = waited_for();
  sigprocmask(SIG_BLOCK, &set, before);
}

int wg_offspring_wait(pid_t process, int *stop) {
  const sigset_t set = waited_for();
  int status;
  for (;;) {
    const pid_t ended = waitpid(process, &status, WNOHANG);
    if (ended == process)
      return status;
    const int signal = ended < 0 && errno != EINTR ? -1 : sigwaitinfo(&set, NULL);
    if (signal == SIGINT || signal == SIGTERM) {
      *stop = signal;
      kill(process, signal);
    }
  }
}

void wg_offspring_look(int *stop) {
  const sigset_t set = stopping();
  const struct timespec now = {0, 0};
  const int signal = sigtimedwait(&set, NULL, &now);
  if (signal > 0)
    *stop = signal;
}
