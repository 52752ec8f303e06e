// SPDX-License-Identifier: GPL-3.0-or-later
// The purposes of keyed draws. One line each; numbers never change once released and are never reused, so that adding a
// purpose leaves every other draw alone. wg_purpose_doc switches over them: two equal numbers do not compile.
#ifndef WG_SCHEMA_PURPOSE_H
#define WG_SCHEMA_PURPOSE_H

#define WG_PURPOSES(X)                                                                                                 \
  X(SYNTHESIS_HOUSEHOLD, 1, "composition of a census household")                                                       \
  X(SYNTHESIS_PERSON, 2, "age in months, registration and the like of a census person")                                \
  X(SYNTHESIS_PLACING, 3, "place of a census household or collective")                                                 \
  X(SYNTHESIS_GEOGRAPHY, 4, "coordinates and sizes of communities and grids")                                          \
  X(IDENTITY_CENSUS, 10, "name of a census resident")                                                                  \
  X(IDENTITY_HOUSEHOLD, 11, "name of a household")                                                                     \
  X(IDENTITY_NEWBORN, 12, "name of a newborn")                                                                         \
  X(IDENTITY_NEWCOMER, 13, "name of a newcomer")                                                                       \
  X(IDENTITY_PLACE, 14, "name of a community, grid or workplace")                                                      \
  X(IDENTITY_NEED, 15, "name of a need")                                                                               \
  X(IDENTITY_DESK, 16, "name of a desk")                                                                               \
  X(IDENTITY_FOLLOWER, 17, "name of a relative who follows")                                                           \
  X(IDENTITY_STUDENT, 18, "name of somebody who comes to study")                                                       \
  X(ROLL_CALL, 20, "a resident's month: whether anything happens, which needs may arise")                              \
  X(BIRTH, 21, "day and sex of a birth")                                                                               \
  X(DEATH, 22, "day of a death")                                                                                       \
  X(OUT_MIGRATION, 23, "day of leaving the district")                                                                  \
  X(IN_MIGRATION, 24, "number and traits of newcomers")                                                                \
  X(MOVE, 25, "day and destination of a move within the district")                                                     \
  X(HOUSING, 26, "allotment of vacancies")                                                                             \
  X(BIRTHDAY, 27, "a resident's year: what changes with a birthday")                                                   \
  X(GRADUATION, 28, "coming to study, finishing, and what comes then")                                                 \
  X(FOLLOWING, 29, "relatives who follow to a household")                                                              \
  X(PLACE_NEEDS, 30, "needs of a grid or workplace in a month")                                                        \
  X(NEED_LIFE, 31, "report, discovery, work, difficulty and patience of a need")                                       \
  X(TRANSFER, 32, "fraction of a day that a hand-off takes; whether it goes astray")                                   \
  X(VERIFICATION, 33, "whether a handled case passes verification; the work of doing it again")                        \
  X(ROUNDS, 35, "the grid to which a desk's random round of the day goes")                                             \
  X(REPORTS, 36, "how many people report a nuisance, and when the first one passes it later")                          \
  X(ENROLMENT, 110, "eligibility for a continuing service, and how long the need goes on")                             \
  X(ENROLMENT_AT_START, 111, "whether a resident is enrolled at run.start, turn and review")                           \
  X(IDENTITY_ENROLMENT, 112, "name of an enrolment of run.start")                                                      \
  X(TRUST_BASELINE, 40, "a resident's own level of trust")                                                             \
  X(IDENTITY_REPEAT, 45, "name of a need that comes back")                                                             \
  X(REPEAT, 46, "whether and when a need comes back after it ended")                                                   \
  X(SATISFACTION, 47, "whether a resident is asked about a case, and satisfied")                                       \
  X(POLICY_SHARE, 50, "whether a community is in the share that a policy's scope chooses")                             \
  X(POLICY_ORDER, 51, "a community's turn in a policy's roll-out")                                                     \
  X(BIRTHDAY_ACTIVITY, 60, "a resident's year: school, study, work and retirement")                                    \
  X(BIRTHDAY_CARE, 61, "a resident's year: onset of and recovery from a need of care")                                 \
  X(BIRTHDAY_CIVIC, 62, "a resident's year: joining the Party, volunteering")                                          \
  X(REGISTRATION, 63, "day and ground of a change of registration")                                                    \
  X(SYNTHESIS_STATUS, 64, "activity, education, care and the like of a census person")                                 \
  X(NEWCOMER_STATUS, 65, "the same of a newcomer")                                                                     \
  X(SEEK_PARTNER, 70, "day on which somebody begins to look for a partner; where a couple lives")                      \
  X(SEPARATION, 71, "day of a separation; who goes, and where to")                                                     \
  X(PARTNER, 72, "a partner from outside the district")                                                                \
  X(IDENTITY_PARTNER, 73, "name of a partner from outside the district")                                               \
  X(LEAVE_PARENTS, 74, "day of leaving the parents; where to")                                                         \
  X(LEAVE_ROOM, 75, "day of leaving a collective household; where to")                                                 \
  X(LEAVE_FOR_CARE, 76, "day on which somebody who needs care goes; where to")                                         \
  X(CONSTRUCTION, 77, "rounding of the dwellings completed in a community")                                            \
  X(SYNTHESIS_COST, 78, "cost class of a community")                                                                   \
  X(RELIEF_TURN, 80, "turn of a household or resident to go where dwellings or beds close")                            \
  X(RELIEF_WORKPLACE, 81, "turn of a workplace to close")                                                              \
  X(FOLLOW, 82, "day of leaving the district after the functions")                                                     \
  X(SYNTHESIS_FACILITY, 100, "facilities of a community at the start")                                                 \
  X(IDENTITY_FACILITY, 101, "name of a facility")                                                                      \
  X(TURNOVER, 102, "whether the holder of a post leaves; the fraction of a month of vacancy")                          \
  X(TENURE, 103, "a post at the start: vacant, or since when its holder serves")                                       \
  X(DESIGN, 130, "where in its range a study's draw takes a parameter")                                                \
  X(STUDY_BOOTSTRAP, 131, "which replicates a resample of a comparison takes")                                         \
  X(STUDY_SHUFFLE, 132, "which draw's effect a shuffle of a comparison gives to which parameters")                     \
  X(STORAGE_ORDER, 90, "another order of rows in memory, which no result may show")

typedef enum wg_purpose {
#define WG_PURPOSE_MEMBER(name, number, doc) WG_PURPOSE_##name = (number),
  WG_PURPOSES(WG_PURPOSE_MEMBER)
#undef WG_PURPOSE_MEMBER
} wg_purpose;

// English description; "unknown" for a number that is none.
const char *wg_purpose_doc(wg_purpose purpose);

#endif
