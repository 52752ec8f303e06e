// SPDX-License-Identifier: GPL-3.0-or-later
// Processes that end with the one that forked them, however that ends.
#ifndef WG_STUDY_OFFSPRING_H
#define WG_STUDY_OFFSPRING_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

// Forks. In the new process, which the kernel kills (SIGKILL) when its parent ends, it returns 0; -1: see errno. What is buffered has been
// written. Not to be called from a process with several threads.
pid_t wg_offspring_fork(void);

// Blocks the signals by which a batch is stopped and told of ended processes, so that they are waited for; `before` is how it was.
void wg_offspring_block(sigset_t *before);

// Waits until the process, which was forked by the caller, has ended. The signals must be blocked. One that asks to stop is passed on
// to it and kept in `*stop`, 0 before. Returns its status as waitpid has it.
int wg_offspring_wait(pid_t process, int *stop);

// Keeps in `*stop` a signal that asks to stop and has come meanwhile.
void wg_offspring_look(int *stop);

#endif
