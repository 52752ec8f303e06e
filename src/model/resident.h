// SPDX-License-Identifier: GPL-3.0-or-later
// A resident (居民): one packed row of 32 bytes, and the household (户) that holds a ring of them.
#ifndef WG_MODEL_RESIDENT_H
#define WG_MODEL_RESIDENT_H

#include <stdbool.h>

#include "schema/column.h"

// "No row" in 32-bit row numbers.
#define WG_NO_ROW UINT32_MAX

#define WG_RESIDENT_COLUMNS(C, T)                                                                                      \
  C(T, uint64_t, U64, identity, "", "Name for life; 0 marks a free slot.")                                             \
  C(T, uint32_t, U32, household, "row", "Household in the same subdistrict.")                                          \
  C(T, uint32_t, U32, next, "row", "Next member in the household's ring; in a free slot the next free one.")           \
  C(T, uint32_t, U32, first_need, "row", "Head of the list of the resident's open needs.")                             \
  C(T, uint32_t, U32, traits, "", "Packed traits, see the WG_TRAIT_ macros.")                                          \
  C(T, uint16_t, U16, birth_month, "month", "Months since January of year 0.")                                         \
  C(T, uint16_t, U16, grid, "row", "Grid of residence.")                                                               \
  C(T, uint16_t, U16, trust, "1/65535", "Trust in the grid's services.")                                               \
  C(T, uint16_t, U16, trust_baseline, "1/65535", "The level to which trust returns.")

WG_ROW_STRUCT(wg_resident, WG_RESIDENT_COLUMNS)
extern const wg_table_type wg_resident_table;
_Static_assert(sizeof(wg_resident) == 32, "the roll call sweeps 32-byte rows");

// Traits. The lowest five bits (sex, registration, collective, head) index the roll call's tables together with age.
enum {
  WG_TRAIT_FEMALE = 1U << 0,
  WG_TRAIT_REGISTRATION_SHIFT = 1, // two bits, wg_registration
  WG_TRAIT_COLLECTIVE = 1U << 3,   // lives in a collective household
  WG_TRAIT_HEAD = 1U << 4,         // the household's reference person: decides for it; one in every household
  WG_TRAIT_ROLL_COUNT = 1U << 5,   // combinations of the bits above
  WG_TRAIT_ROLL_MASK = WG_TRAIT_ROLL_COUNT - 1,
  WG_TRAIT_GONE = 1U << 5,          // died or left this month; the slot is freed at the month's end
  WG_TRAIT_COHORT = 1U << 6,        // was here at run.start
  WG_TRAIT_STIRRED = 1U << 7,       // trust is away from its baseline: the roll call lets it return
  WG_TRAIT_BIRTHS_SHIFT = 8,        // four bits: children born so far, as far as known
  WG_TRAIT_PARTNERED = 1U << 12,    // lives with a partner in the same family household
  WG_TRAIT_ACTIVITY_SHIFT = 13,     // three bits, wg_activity
  WG_TRAIT_EDUCATION_SHIFT = 16,    // three bits, wg_education
  WG_TRAIT_CARE_SHIFT = 19,         // two bits, wg_care
  WG_TRAIT_PARTY_MEMBER = 1U << 21, // 党员
  WG_TRAIT_VOLUNTEER = 1U << 22,    // 志愿者
  WG_TRAIT_ENROLLED = 1U << 23,     // in a continuing service, see model/enrolment.h
};

typedef enum wg_registration {
  WG_REGISTERED_HERE,      // 户籍在本区
  WG_REGISTERED_ELSEWHERE, // 本市其他区
  WG_REGISTERED_OUTSIDE,   // 外省市
  WG_REGISTRATION_COUNT,
} wg_registration;

// What a resident does (活动状况), education attained (受教育程度), need of care (照护需要).
typedef enum wg_activity {
  WG_CHILD,   // 学龄前
  WG_PUPIL,   // 中小学生
  WG_STUDENT, // 大学生
  WG_EMPLOYED,
  WG_UNEMPLOYED,
  WG_HOME, // 料理家务
  WG_RETIRED,
  WG_UNABLE, // 丧失工作能力
  WG_ACTIVITY_COUNT,
} wg_activity;

typedef enum wg_education {
  WG_NO_SCHOOL,
  WG_PRIMARY,
  WG_JUNIOR,
  WG_SENIOR,
  WG_COLLEGE,    // 大专
  WG_UNIVERSITY, // 本科及以上
  WG_EDUCATION_COUNT,
} wg_education;

typedef enum wg_care {
  WG_CARE_NONE,
  WG_CARE_CHRONIC,  // 慢性病
  WG_CARE_DISABLED, // 失能
  WG_CARE_COUNT,
} wg_care;

extern const char *const wg_activity_names[WG_ACTIVITY_COUNT], *const wg_activity_labels[WG_ACTIVITY_COUNT];
extern const char *const wg_education_names[WG_EDUCATION_COUNT], *const wg_education_labels[WG_EDUCATION_COUNT];
extern const char *const wg_care_names[WG_CARE_COUNT], *const wg_care_labels[WG_CARE_COUNT];

enum {
  WG_AGE_MAX = 110,       // years; older people count as 110
  WG_AGE_BAND_COUNT = 19, // 0, 1-4, 5-9, …, 80-84, 85+
  WG_SEX_COUNT = 2,
  WG_POPULATION_CELLS = WG_AGE_BAND_COUNT * WG_SEX_COUNT * WG_REGISTRATION_COUNT,
};

extern const char *const wg_age_band_names[WG_AGE_BAND_COUNT];

// Band of an age in completed years.
static inline uint32_t wg_age_band(uint32_t years) {
  return years == 0 ? 0 : years < 5 ? 1 : years >= 85 ? WG_AGE_BAND_COUNT - 1 : years / 5 + 1;
}

// First age of a band in years, and the first one beyond it (WG_AGE_MAX + 1 for the last).
uint32_t wg_age_band_first(uint32_t band);
uint32_t wg_age_band_beyond(uint32_t band);

static inline uint32_t wg_resident_sex(const wg_resident *r) {
  return r->traits & WG_TRAIT_FEMALE; // 0 male, 1 female
}
// WG_REGISTRATION_COUNT for the combination of traits that nobody has.
static inline wg_registration wg_trait_registration(uint32_t traits) {
  return (wg_registration)(traits >> WG_TRAIT_REGISTRATION_SHIFT & 3U);
}
static inline uint32_t wg_resident_registration(const wg_resident *r) {
  return wg_trait_registration(r->traits);
}
static inline wg_activity wg_trait_activity(uint32_t traits) {
  return (wg_activity)(traits >> WG_TRAIT_ACTIVITY_SHIFT & 7U);
}
static inline wg_education wg_trait_education(uint32_t traits) {
  return (wg_education)(traits >> WG_TRAIT_EDUCATION_SHIFT & 7U);
}
static inline wg_care wg_trait_care(uint32_t traits) {
  return (wg_care)(traits >> WG_TRAIT_CARE_SHIFT & 3U);
}
// The traits with another activity, education, care need or registration.
static inline uint32_t wg_trait_put(uint32_t traits, uint32_t shift, uint32_t bits, uint32_t value) {
  const uint32_t mask = ((1U << bits) - 1) << shift;
  return (traits & ~mask) | value << shift;
}
static inline uint32_t wg_trait_with_activity(uint32_t traits, wg_activity activity) {
  return wg_trait_put(traits, WG_TRAIT_ACTIVITY_SHIFT, 3, activity);
}
static inline uint32_t wg_trait_with_education(uint32_t traits, wg_education education) {
  return wg_trait_put(traits, WG_TRAIT_EDUCATION_SHIFT, 3, education);
}
static inline uint32_t wg_trait_with_care(uint32_t traits, wg_care care) {
  return wg_trait_put(traits, WG_TRAIT_CARE_SHIFT, 2, care);
}
static inline uint32_t wg_trait_with_registration(uint32_t traits, wg_registration registration) {
  return wg_trait_put(traits, WG_TRAIT_REGISTRATION_SHIFT, 2, registration);
}
// Lives here now: neither a free slot nor gone.
static inline bool wg_resident_here(const wg_resident *r) {
  return r->identity != 0 && !(r->traits & WG_TRAIT_GONE);
}

#define WG_HOUSEHOLD_COLUMNS(C, T)                                                                                     \
  C(T, uint64_t, U64, identity, "", "Founder and month of formation, hashed; 0 marks a free slot.")                    \
  C(T, uint32_t, U32, first, "row", "A member; in a free slot the next free one.")                                     \
  C(T, uint16_t, U16, size, "resident", "Members living here.")                                                        \
  C(T, uint16_t, U16, grid, "row", "Grid of residence.")                                                               \
  C(T, uint8_t, U8, kind, "", "wg_household_kind.")                                                                    \
  C(T, uint8_t, U8, moving, "", "1 from the day on which a move is decided to the month's end.")                       \
  C(T, uint8_t, U8, listed, "", "1 while it is on its grid's list of rooms, see model/room.h.")                        \
  C(T, uint32_t, U32, next_room, "row + 1", "Next on that list; 0: none.")

WG_ROW_STRUCT(wg_household, WG_HOUSEHOLD_COLUMNS)
extern const wg_table_type wg_household_table;

typedef enum wg_household_kind { WG_FAMILY, WG_COLLECTIVE } wg_household_kind; // 家庭户, 集体户

#endif
