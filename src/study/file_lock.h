// SPDX-License-Identifier: GPL-3.0-or-later
// Locks on bytes of a file that belong to whoever opened it: processes forked afterwards share them, and the kernel gives
// them back when the last of these has ended.
#ifndef WG_STUDY_FILE_LOCK_H
#define WG_STUDY_FILE_LOCK_H

#include <stdbool.h>
#include <stdint.h>

typedef enum wg_lock_kind { WG_LOCK_SHARED, WG_LOCK_ALONE } wg_lock_kind;

// Each returns 0, or -1 with errno set. `byte` may lie beyond the end of the file.

// Waits for the lock.
int wg_file_lock(int descriptor, int64_t byte, wg_lock_kind kind);

// Takes the lock if nobody has it; `*taken` tells.
int wg_file_lock_try(int descriptor, int64_t byte, bool *taken);

int wg_file_unlock(int descriptor, int64_t byte);

// Whether somebody else has locked the byte.
int wg_file_lock_probe(int descriptor, int64_t byte, bool *locked);

#endif
