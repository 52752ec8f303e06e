// SPDX-License-Identifier: GPL-3.0-or-later
// Who finds whom (择偶): seekers of both sexes are paired by age, whatever the order in which they are given.
#ifndef WG_MODEL_MATCHING_H
#define WG_MODEL_MATCHING_H

#include <stddef.h>

#include "base/error.h"
#include "model/resident.h"

typedef struct wg_seeker {
  uint64_t identity;
  int32_t suits;                  // month of birth: a man's own, and that of the man who would suit a woman best
  uint32_t registration;          // wg_registration
  uint32_t subdistrict, resident; // of the world; row
  uint32_t household;             // row: members of one household are no pair
} wg_seeker;

enum { WG_UNMATCHED = UINT32_MAX };

// Sorts both lists by `suits` and identity and pairs them: first those registered alike, then the others. Each woman in turn,
// the oldest first, gets the man left who is nearest in age (of two equally near the older), at most `most_apart` months from
// the one who would suit her best. `man_of[i]` becomes the number of woman i's man, or WG_UNMATCHED. Returns 0 or WG_FAIL_RUN
// with `error` filled.
int wg_match(wg_seeker *women, size_t women_count, wg_seeker *men, size_t men_count, uint32_t most_apart,
             uint32_t *man_of, wg_error *error);

#endif
