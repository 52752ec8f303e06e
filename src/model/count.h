// SPDX-License-Identifier: GPL-3.0-or-later
// What is counted of the residents and households of every community as they come, change and go, so that no output has
// to walk through them.
#ifndef WG_MODEL_COUNT_H
#define WG_MODEL_COUNT_H

#include "model/resident.h"

#define WG_POPULATION_COLUMNS(C, T)                                                                                    \
  C(T, int32_t, I32, residents, "resident", "Residents of one cell now.")                                              \
  C(T, int32_t, I32, cohort, "resident", "Those of them who were here at run.start.")

// Row community * WG_POPULATION_CELLS + (band * 2 + sex) * 3 + registration.
WG_ROW_STRUCT(wg_population_row, WG_POPULATION_COLUMNS)
extern const wg_table_type wg_population_row_table;

// Statuses, one after the other: activities, educations, needs of care, and what somebody is or is not.
enum {
  WG_STATUS_ACTIVITY = 0,
  WG_STATUS_EDUCATION = WG_STATUS_ACTIVITY + WG_ACTIVITY_COUNT,
  WG_STATUS_CARE = WG_STATUS_EDUCATION + WG_EDUCATION_COUNT,
  WG_STATUS_PARTNERED = WG_STATUS_CARE + WG_CARE_COUNT,
  WG_STATUS_PARTY_MEMBER,
  WG_STATUS_VOLUNTEER,
  WG_STATUS_COUNT,
};

#define WG_STATUS_COLUMNS(C, T) C(T, int32_t, I32, residents, "resident", "Residents of one status now.")

// Row community * WG_STATUS_COUNT + status.
WG_ROW_STRUCT(wg_status_row, WG_STATUS_COLUMNS)
extern const wg_table_type wg_status_row_table;

enum { WG_HOUSEHOLD_SIZES = 6 }; // 1 ... 5, 6 and more

#define WG_HOUSEHOLD_SIZE_COLUMNS(C, T)                                                                                \
  C(T, int32_t, I32, households, "household", "Family households of that size now.")

// Row community * WG_HOUSEHOLD_SIZES + size - 1.
WG_ROW_STRUCT(wg_household_size_row, WG_HOUSEHOLD_SIZE_COLUMNS)
extern const wg_table_type wg_household_size_row_table;

// Moves (迁移) by direction and reason.
typedef enum wg_move_direction {
  WG_MOVE_IN,          // from outside the district
  WG_MOVE_OUT,         // to outside the district
  WG_MOVE_WITHIN,      // from here to another community of the district
  WG_MOVE_WITHIN_HERE, // to here from another community of the district
  WG_MOVE_DIRECTION_COUNT,
} wg_move_direction;

typedef enum wg_move_reason {
  WG_MOVE_STUDY,      // 学习
  WG_MOVE_WORK,       // 务工经商
  WG_MOVE_FAMILY,     // 随迁、婚姻、投亲
  WG_MOVE_HOUSING,    // 住房
  WG_MOVE_RETURN,     // 返乡
  WG_MOVE_RETIREMENT, // 退休
  WG_MOVE_RELIEF,     // 疏解
  WG_MOVE_REASON_COUNT,
} wg_move_reason;

extern const char *const wg_move_direction_names[WG_MOVE_DIRECTION_COUNT],
    *const wg_move_direction_labels[WG_MOVE_DIRECTION_COUNT];
extern const char *const wg_move_reason_names[WG_MOVE_REASON_COUNT], *const wg_move_reason_labels[WG_MOVE_REASON_COUNT];

#define WG_MOVE_COLUMNS(C, T) C(T, uint32_t, U32, residents, "resident", "Residents who moved this month.")

enum { WG_MOVE_CELLS = WG_MOVE_DIRECTION_COUNT * WG_MOVE_REASON_COUNT };

// Row community * WG_MOVE_CELLS + direction * WG_MOVE_REASON_COUNT + reason.
WG_ROW_STRUCT(wg_move, WG_MOVE_COLUMNS)
extern const wg_table_type wg_move_table;

#endif
