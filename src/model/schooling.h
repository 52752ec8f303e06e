// SPDX-License-Identifier: GPL-3.0-or-later
// School ages (学龄), who goes on, and education by age. Education (受教育程度) is counted as the census does: the level that
// somebody attends or has attended.
#ifndef WG_MODEL_SCHOOLING_H
#define WG_MODEL_SCHOOLING_H

#include "model/resident.h"
#include "schema/param.h"

enum {
  WG_SCHOOL_AGE = 6,  // 学龄: Compulsory Education Law, art. 11
  WG_JUNIOR_AGE = 12, // six years of primary school, then three and three
  WG_SENIOR_AGE = 15,
  WG_WORKING_AGE = 16, // 就业年龄: Labour Law, art. 15
  WG_STUDENT_AGE = 18,
  WG_COLLEGE_END = 21, // three years of 大专
  WG_UNIVERSITY_END = 22,
  WG_STUDENT_LAST = 35,                  // who still lives on a campus as a student then takes up work
  WG_WORK_BANDS = WG_AGE_BAND_COUNT - 4, // 15-19, 20-24, …, 85+
};

#define WG_SCHOOLING_LEVEL(X, T, name, label, text)                                                                    \
  X(T, REALS, name, "[]", 0.0, 1.0, "1", ASSUMED, label, text, "census 2010: totals by sex; ages assumed")

#define WG_SCHOOLING_PARAMS(X, T)                                                                                      \
  X(T, REAL, senior_share, "0.96", 0.0, 1.0, "1", ASSUMED, "升高中比例",                                               \
    "Pupils who go on to senior secondary school at 15, registered in the city.", "recalled, unverified")              \
  X(T, REAL, senior_share_outside, "0.75", 0.0, 1.0, "1", SIGN, "外来人口升高中比例",                                  \
    "The same, registered outside the city.",                                                                          \
    "direction: senior secondary schools and the examination are where one is registered; size assumed")               \
  X(T, REAL, late_share, "0.3", 0.0, 1.0, "1", ASSUMED, "晚一年毕业比例",                                              \
    "Pupils who leave senior secondary school at 19 rather than 18.", "no published size")                             \
  X(T, REAL, student_share, "0.6", 0.0, 1.0, "1", ASSUMED, "在家大学生比例",                                           \
    "Of those who leave senior secondary school at home: become students and go on living there.",                     \
    "no published size")                                                                                               \
  X(T, REAL, college_share, "0.35", 0.0, 1.0, "1", ASSUMED, "在家大专比例",                                            \
    "Of students at home: three years of college; the others four of university.", "no published size")                \
  X(T, REAL, finish_share, "0.8", 0.0, 1.0, "1", ASSUMED, "按期毕业比例",                                              \
    "Students at home who are done at 21 (college) or 22 (university); the others a year later.", "no published size") \
  X(T, REAL, students_of_adults, "0.1679", 0.0, 1.0, "1", MEASURED, "十六岁以上学生占比",                              \
    "At the start: students and pupils among residents of 16 and over; what campuses and families leave are in other " \
    "collective households.",                                                                                          \
    "census 2010, long form: 45,739 of 272,407")                                                                       \
  X(T, REAL, student_on_campus, "0.96", 0.0, 1.0, "1", ASSUMED, "校内集体户学生比例",                                  \
    "At the start: students among those of 17 to 28 in collective households on campuses; fewer where these would be " \
    "too many.",                                                                                                       \
    "no published size")                                                                                               \
  X(T, REAL, college_on_campus, "0.08", 0.0, 1.0, "1", ASSUMED, "集体户大专生比例",                                    \
    "Of students in collective households: college; the others university.", "no published size")                      \
  X(T, REALS, outside_odds, "[]", 0.0, 100.0, "1", SIGN, "外来人口学历倾向",                                           \
    "For those registered outside the city: factor on the weights of the six levels, from none to university.",        \
    "direction: migrants have fewer years of school; size assumed")                                                    \
  WG_SCHOOLING_LEVEL(X, T, no_school_male, "未上学男",                                                                 \
                     "Men who are no longer at school, by band 15-19 ... 85+: weight of none.")                        \
  WG_SCHOOLING_LEVEL(X, T, primary_male, "小学男", "The same: primary school.")                                        \
  WG_SCHOOLING_LEVEL(X, T, junior_male, "初中男", "The same: junior secondary.")                                       \
  WG_SCHOOLING_LEVEL(X, T, senior_male, "高中男", "The same: senior secondary.")                                       \
  WG_SCHOOLING_LEVEL(X, T, college_male, "大专男", "The same: college.")                                               \
  WG_SCHOOLING_LEVEL(X, T, university_male, "本科男", "The same: university and above.")                               \
  WG_SCHOOLING_LEVEL(X, T, no_school_female, "未上学女", "Women: weight of none.")                                     \
  WG_SCHOOLING_LEVEL(X, T, primary_female, "小学女", "The same: primary school.")                                      \
  WG_SCHOOLING_LEVEL(X, T, junior_female, "初中女", "The same: junior secondary.")                                     \
  WG_SCHOOLING_LEVEL(X, T, senior_female, "高中女", "The same: senior secondary.")                                     \
  WG_SCHOOLING_LEVEL(X, T, college_female, "大专女", "The same: college.")                                             \
  WG_SCHOOLING_LEVEL(X, T, university_female, "本科女", "The same: university and above.")

WG_PARAM_STRUCT(wg_schooling_params, WG_SCHOOLING_PARAMS)
extern const wg_param_group wg_schooling_group;

// The level that a pupil below WG_SENIOR_AGE attends at that age in years.
static inline wg_education wg_school_stage(uint32_t years) {
  return years < WG_SCHOOL_AGE ? WG_NO_SCHOOL : years < WG_JUNIOR_AGE ? WG_PRIMARY : WG_JUNIOR;
}

// Share that goes on at 15, by registration in the traits.
static inline double wg_senior_share(const wg_schooling_params *p, uint32_t traits) {
  return wg_trait_registration(traits) == WG_REGISTERED_OUTSIDE ? p->senior_share_outside : p->senior_share;
}

#endif
