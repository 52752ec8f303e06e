// SPDX-License-Identifier: GPL-3.0-or-later
// What age, sex and the like make of a resident's statuses: yearly steps, and the cross-sections that follow from them. One
// set for the whole district, never changed after synthesis. Synthesis, newcomers and the yearly mechanisms read the same tables,
// which is why the start is in balance with what comes after.
#ifndef WG_MODEL_LIFE_TABLES_H
#define WG_MODEL_LIFE_TABLES_H

#include "model/care.h"
#include "model/civic.h"
#include "model/schooling.h"
#include "model/working_life.h"
#include "schema/config.h"

enum {
  WG_LIFE_AGES = WG_AGE_MAX + 1,
  WG_WORK_STATES = WG_ACTIVITY_COUNT - WG_EMPLOYED, // employed, unemployed, home, retired, unable
};

// Thresholds of a uniform 32-bit number. A step's row begins with the chance to stay; the other states follow in their
// order, each with the sum up to it.
typedef struct wg_life_tables {
  const wg_schooling_params *schooling;
  const wg_working_life_params *working_life;
  const wg_civic_params *civic;
  // Students among those of their age in collective households off (0) and on (1) campuses at the start: found by synthesis.
  uint32_t student_in_collective[2];
  uint32_t care_step[WG_LIFE_AGES][WG_CARE_COUNT][WG_CARE_COUNT]; // on reaching the age
  uint32_t care[WG_LIFE_AGES][WG_CARE_COUNT];                     // at the age; sums
  // In family (0) and collective (1) households, by sex.
  uint32_t work_step[2][WG_SEX_COUNT][WG_LIFE_AGES][WG_WORK_STATES][WG_WORK_STATES];
  uint32_t work[2][WG_SEX_COUNT][WG_LIFE_AGES][WG_WORK_STATES];
  // Of those who are no longer at school; registered in the city (0) and outside (1).
  uint32_t education[2][WG_SEX_COUNT][WG_LIFE_AGES][WG_EDUCATION_COUNT];
  // Without (0) and with (1) college or university.
  uint32_t party_join[WG_SEX_COUNT][2][WG_LIFE_AGES]; // on reaching the age
  uint32_t party[WG_SEX_COUNT][2][WG_LIFE_AGES];      // at the age
} wg_life_tables;

// Makes the tables from the groups schooling, working_life, care and civic of `config`, which must outlive them; the caller
// frees with free(). Lists of the wrong length or with weights that sum to nothing, and probabilities that sum to more than
// 1, are WG_FAIL_CONFIG, all told, with file and line; the tables are made even so (with nothing in the place of a wrong
// list), and can be used. *tables is NULL only for want of memory.
int wg_life_tables_create(const wg_config *config, wg_life_tables **tables, wg_error *error);

// The state after a step's row from state `from`, for the uniform `u`.
static inline uint32_t wg_life_step(const uint32_t *row, uint32_t states, uint32_t from, uint32_t u) {
  if (u < row[0])
    return from;
  for (uint32_t slot = 1; slot < states; slot++)
    if (u < row[slot])
      return slot <= from ? slot - 1 : slot;
  return from; // what rounding leaves
}

// The state of a cross-section's row; what rounding leaves is the first.
static inline uint32_t wg_life_pick(const uint32_t *row, uint32_t states, uint32_t u) {
  for (uint32_t state = 0; state < states; state++)
    if (u < row[state])
      return state;
  return 0;
}

static inline bool wg_trait_tertiary(uint32_t traits) {
  return wg_trait_education(traits) >= WG_COLLEGE;
}

// Employed or looking for work, for somebody who leaves school, by the uniform `u`.
wg_activity wg_life_first_work(const wg_life_tables *tables, uint32_t u);

// Activity of somebody of WG_WORKING_AGE or over who is no longer at school; sex and collective are read from `traits`.
wg_activity wg_life_work(const wg_life_tables *tables, uint32_t years, uint32_t traits, uint32_t u);

// The traits with education (of somebody no longer at school), need of care, or party membership added; sex,
// registration, collective and, for the party, education are read from `traits`.
uint32_t wg_life_with_education(const wg_life_tables *tables, uint32_t years, uint32_t traits, uint32_t u);
uint32_t wg_life_with_care(const wg_life_tables *tables, uint32_t years, uint32_t traits, uint32_t u);
uint32_t wg_life_with_party(const wg_life_tables *tables, uint32_t years, uint32_t traits, uint32_t u);

// The traits of somebody below WG_WORKING_AGE with activity and education added: child, then pupil; `u` decides whether one
// of 15 is in senior secondary school.
uint32_t wg_life_with_childhood(const wg_life_tables *tables, uint32_t years, uint32_t traits, uint32_t u);

#endif
