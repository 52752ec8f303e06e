// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/group.h"

const char *const wg_group_names[WG_GROUP_COUNT] = {"age_0",
                                                    "age_1_4",
                                                    "age_5_9",
                                                    "age_10_14",
                                                    "age_15_19",
                                                    "age_20_24",
                                                    "age_25_29",
                                                    "age_30_34",
                                                    "age_35_39",
                                                    "age_40_44",
                                                    "age_45_49",
                                                    "age_50_54",
                                                    "age_55_59",
                                                    "age_60_64",
                                                    "age_65_69",
                                                    "age_70_74",
                                                    "age_75_79",
                                                    "age_80_84",
                                                    "age_85",
                                                    "registered_here",
                                                    "registered_in_city",
                                                    "registered_outside",
                                                    "urban",
                                                    "rural",
                                                    "came_later",
                                                    "cohort"};
const char *const wg_group_labels[WG_GROUP_COUNT] = {
    "0岁",          "1-4岁",   "5-9岁",   "10-14岁", "15-19岁",  "20-24岁",    "25-29岁",
    "30-34岁",      "35-39岁", "40-44岁", "45-49岁", "50-54岁",  "55-59岁",    "60-64岁",
    "65-69岁",      "70-74岁", "75-79岁", "80-84岁", "85岁以上", "户籍在本区", "户籍在本市其他区",
    "户籍在外省市", "城镇",    "乡村",    "后来者",  "起始人口"};
