// SPDX-License-Identifier: GPL-3.0-or-later
// University students in dormitories (高校在校生): universities fill their places in September and let go in July.
#ifndef WG_MECHANISM_STUDY_H
#define WG_MECHANISM_STUDY_H

#include "mechanism/mechanism.h"

#define WG_STUDY_PARAMS(X, T)                                                                                          \
  X(T, REALS, years, "[2010.83]", 1900.0, 2200.0, "year", SETTING, "基准年",                                           \
    "Calendar years for which places and undergraduates are given; straight lines between them.", "")                  \
  X(T, REALS, places, "[1.0]", 0.0, 10.0, "1", ASSUMED, "在校生床位",                                                  \
    "Places for students in dormitories, relative to the students there at the start.", "")                            \
  X(T, REALS, undergraduates, "[0.7]", 0.0, 1.0, "1", ASSUMED, "本专科新生占比",                                       \
    "Undergraduates among those who come to study; the others are graduates (研究生).", "")                            \
  X(T, REALS, undergraduate_ages, "[0.1, 0.55, 0.35]", 0.0, 1.0, "1", ASSUMED, "本专科新生年龄",                       \
    "Shares of the ages 17, 18 and 19 among undergraduates who come.", "")                                             \
  X(T, REALS, graduate_ages, "[0.15, 0.4, 0.25, 0.2]", 0.0, 1.0, "1", ASSUMED, "研究生新生年龄",                       \
    "Shares of the ages 21, 22, 23 and 24 among graduates who come.", "")                                              \
  X(T, REALS, finish, "[]", 0.0, 0.9, "1", ASSUMED, "毕业率",                                                          \
    "Students who finish in July, by age from 20 to 35 (sixteen numbers).", "")                                        \
  X(T, REAL, stay, "0.25", 0.0, 1.0, "1", ASSUMED, "毕业留区比例",                                                     \
    "Of those who finish: take up work and stay in the district, as long as there is a bed for them.", "")             \
  X(T, REAL, female, "0.48", 0.0, 1.0, "1", ASSUMED, "女生比例", "Women among those who come.", "")                    \
  X(T, REALS, registration, "[0.5, 0.05, 0.45]", 0.0, 1.0, "1", ASSUMED, "学生户籍",                                   \
    "Shares of here (the university's collective registration), elsewhere in the city, outside.",                      \
    "students may move their registration to the university; size assumed")

WG_PARAM_STRUCT(wg_study_params, WG_STUDY_PARAMS)
extern const wg_param_group wg_study_group;
extern const wg_mechanism wg_study;

#endif
