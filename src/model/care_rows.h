// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of continuing services (持续服务): enrolments, and what is counted of them.
#ifndef WG_MODEL_CARE_ROWS_H
#define WG_MODEL_CARE_ROWS_H

#include "schema/column.h"

enum { WG_CARE_DAYS = 5 }; // working days to which a week's minutes are spread

#define WG_ENROLMENT_COLUMNS(C, T)                                                                                     \
  C(T, uint64_t, U64, identity, "", "Name of the need that led to it; 0 marks a free slot.")                           \
  C(T, uint32_t, U32, resident, "row", "Who is enrolled.")                                                             \
  C(T, uint32_t, U32, before, "row", "Enrolled before at the same desk.")                                              \
  C(T, uint32_t, U32, after, "row", "Enrolled after at the same desk.")                                                \
  C(T, uint32_t, U32, next_due, "row", "Next that is due on the same day; in a free slot the next free one.")          \
  C(T, uint16_t, U16, desk, "row", "Desk that gives the care.")                                                        \
  C(T, uint16_t, U16, grid, "row", "Where the need arose: booked there for ever.")                                     \
  C(T, uint16_t, U16, since, "day", "First day, days since 1970-01-01.")                                               \
  C(T, uint16_t, U16, ends, "day", "Day on which the need is over; 65535 for never.")                                  \
  C(T, uint16_t, U16, review, "day", "Day of the next review (复核); 65535 for never.")                                \
  C(T, uint16_t, U16, minutes, "minute / week", "What it takes of the desk.")                                          \
  C(T, uint8_t, U8, service, "", "Service number.")                                                                    \
  C(T, uint8_t, U8, care, "", "Need of care at enrolment, wg_care.")                                                   \
  C(T, uint8_t, U8, unserved, "", "1 while the desk's hours do not reach to it.")                                      \
  C(T, uint8_t, U8, over, "", "1 when it has ended and waits to be given back.")
WG_ROW_STRUCT(wg_enrolment, WG_ENROLMENT_COLUMNS)
extern const wg_table_type wg_enrolment_table;

// Why an enrolment ends.
typedef enum wg_care_end {
  WG_CARE_NEED_OVER, // 需求结束
  WG_CARE_LEFT,      // 死亡或迁离: died, or left the subdistrict
  WG_CARE_REVIEW,    // 复核不符
  WG_CARE_END_COUNT,
} wg_care_end;
extern const char *const wg_care_end_names[WG_CARE_END_COUNT], *const wg_care_end_labels[WG_CARE_END_COUNT];

#define WG_CARE_TALLY_COLUMNS(C, T)                                                                                    \
  C(T, uint64_t, U64, days_needed, "person day", "This month: open needs and enrolled, at the end of each day.")       \
  C(T, uint64_t, U64, days_served, "person day", "This month: enrolled who were served.")                              \
  C(T, uint64_t, U64, days_enrolled, "person day", "Enrolled at the end of each day, over all days so far.")           \
  C(T, uint64_t, U64, days_ended, "person day", "Length of all enrolments that have ended.")                           \
  C(T, uint64_t, U64, entered, "resident", "Enrolments that ever began, those of run.start included.")                 \
  C(T, uint64_t, U64, left, "resident", "Enrolments that ever ended.")                                                 \
  C(T, uint64_t, U64, days_since, "person day", "Scratch of the month's end: days so far of those enrolled.")          \
  C(T, uint32_t, U32, counted, "resident", "Scratch of the month's end: enrolled, counted in the rows.")               \
  C(T, uint32_t, U32, enrolled, "resident", "Enrolled now.")                                                           \
  C(T, uint32_t, U32, unserved, "resident", "Those of them whom the desk's hours do not reach.")                       \
  C(T, uint32_t, U32, waiting, "need", "On waiting lists (轮候) now.")                                                 \
  C(T, uint32_t, U32, begun, "resident", "Enrolled this month.")                                                       \
  C(T, uint32_t, U32, need_over, "resident", "Ended this month with the need.")                                        \
  C(T, uint32_t, U32, gone, "resident", "Ended this month by death or leaving the subdistrict.")                       \
  C(T, uint32_t, U32, reviewed_out, "resident", "Ended this month by a review.")

// Row: community * services + service.
WG_ROW_STRUCT(wg_care_tally, WG_CARE_TALLY_COLUMNS)
extern const wg_table_type wg_care_tally_table;

#endif
