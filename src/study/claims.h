// SPDX-License-Identifier: GPL-3.0-or-later
// Who works on which run of a study: a claim is a lock on one byte of the file `claims`, whose place the run's identity gives. The file
// itself stays empty, and a claim ends with the processes that hold it, however they end.
#ifndef WG_STUDY_CLAIMS_H
#define WG_STUDY_CLAIMS_H

#include <stdbool.h>

#include "base/error.h"

// Processes forked later share the claims that are held; who opens the file anew has claims of its own.
typedef struct wg_claims {
  int descriptor;
} wg_claims;

// Opens the claims of the study's folder, making the file where there is none. Close it with wg_claims_close, also after a failure.
int wg_claims_open(const char *folder, wg_claims *claims, wg_error *error);

// The same without making the file: where there is none nobody has claimed anything.
int wg_claims_look(const char *folder, wg_claims *claims, wg_error *error);

void wg_claims_close(wg_claims *claims);

// Claims the run unless somebody else has; `*claimed` tells.
int wg_claims_take(const wg_claims *claims, const char *identity, bool *claimed, wg_error *error);
int wg_claims_release(const wg_claims *claims, const char *identity, wg_error *error);

// Whether somebody else works on the run just now.
int wg_claims_held(const wg_claims *claims, const char *identity, bool *held, wg_error *error);

// Waits for and takes the right to change the folder's study.cfg; it is given back like a claim.
int wg_claims_take_study(const wg_claims *claims, wg_error *error);
int wg_claims_release_study(const wg_claims *claims, wg_error *error);

#endif
