// SPDX-License-Identifier: GPL-3.0-or-later
// The descriptors of all row types.
#include "model/service.h"
#include "model/subdistrict.h"

WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_community_table, "community", wg_community, WG_COMMUNITY_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_grid_table, "grid", wg_grid, WG_GRID_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_search_table, "search", wg_search, WG_SEARCH_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_step_table, "step", wg_step, WG_STEP_COLUMNS);
WG_TABLE_TYPE(wg_facility_table, "facility", wg_facility, WG_FACILITY_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_workplace_table, "workplace", wg_workplace, WG_WORKPLACE_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_population_row_table, "population", wg_population_row, WG_POPULATION_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_status_row_table, "status", wg_status_row, WG_STATUS_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_household_size_row_table, "household_size", wg_household_size_row,
                 WG_HOUSEHOLD_SIZE_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_move_table, "move", wg_move, WG_MOVE_COLUMNS);
WG_TABLE_TYPE(wg_household_table, "household", wg_household, WG_HOUSEHOLD_COLUMNS);
WG_TABLE_TYPE(wg_resident_table, "resident", wg_resident, WG_RESIDENT_COLUMNS);
WG_TABLE_TYPE(wg_departed_row_table, "departed", wg_departed_row, WG_DEPARTED_COLUMNS);
WG_TABLE_TYPE(wg_mover_table, "mover", wg_mover, WG_MOVER_COLUMNS);
WG_TABLE_TYPE(wg_suitor_table, "suitor", wg_suitor, WG_SUITOR_COLUMNS);
WG_TABLE_TYPE(wg_leaver_table, "leaver", wg_leaver, WG_LEAVER_COLUMNS);
WG_TABLE_TYPE(wg_graduate_table, "graduate", wg_graduate, WG_GRADUATE_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_desk_table, "desk", wg_desk, WG_DESK_COLUMNS);
WG_TABLE_TYPE(wg_post_table, "post", wg_post, WG_POST_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_lost_row_table, "lost", wg_lost_row, WG_LOST_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_SCRATCH, wg_lever_value_table, "lever", wg_lever_value, WG_LEVER_VALUE_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_adoption_table, "adoption", wg_adoption, WG_ADOPTION_COLUMNS);
WG_TABLE_TYPE(wg_need_table, "need", wg_need, WG_NEED_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_SCRATCH, wg_agenda_entry_table, "agenda", wg_agenda_entry, WG_AGENDA_COLUMNS);
WG_TABLE_TYPE(wg_event_table, "event", wg_event, WG_EVENT_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_stock_table, "stock", wg_stock, WG_STOCK_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_group_tally_table, "group_tally", wg_group_tally, WG_GROUP_TALLY_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_tally_table, "tally", wg_tally, WG_TALLY_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_delay_table, "delay", wg_delay, WG_DELAY_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_due_row_table, "due", wg_due_row, WG_DUE_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_ahead_row_table, "ahead", wg_ahead_row, WG_AHEAD_COLUMNS);
WG_TABLE_TYPE(wg_enrolment_table, "enrolment", wg_enrolment, WG_ENROLMENT_COLUMNS);
WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_care_tally_table, "care_tally", wg_care_tally, WG_CARE_TALLY_COLUMNS);

WG_TABLE_TYPE_OF(WG_ROWS_FIXED, wg_subdistrict_type, "subdistrict", wg_subdistrict, WG_SUBDISTRICT_COLUMNS);

#define TABLE_NAME(ID, T, name) #name,
const char *const wg_table_names[WG_TABLE_COUNT] = {WG_TABLES(TABLE_NAME)};
#undef TABLE_NAME

const uint16_t wg_delay_bin_days[WG_DELAY_BIN_COUNT] = {
    0,  1,  2,  3,   4,   5,   6,   7,   8,   9,   10,  11,  12,  13,  14,  15,  16,  17,
    18, 19, 20, 22,  24,  26,  28,  30,  33,  36,  39,  42,  46,  50,  55,  60,  66,  72,
    79, 86, 94, 103, 113, 124, 136, 149, 163, 179, 196, 215, 236, 259, 284, 312, 343, 377};

const char *const wg_community_kind_names[WG_COMMUNITY_KIND_COUNT] = {"ordinary", "compound", "campus", "village"};
const char *const wg_community_kind_labels[WG_COMMUNITY_KIND_COUNT] = {"普通社区", "单位大院", "高校", "村"};

const char *const wg_role_names[WG_ROLE_COUNT] = {"other",          "officers", "committee", "station",
                                                  "social_workers", "team",     "department"};
const char *const wg_role_labels[WG_ROLE_COUNT] = {"其他", "网格员",   "居(村)委会", "服务站",
                                                   "社工", "专业力量", "区级部门"};
const char *const wg_loss_names[WG_LOSS_COUNT] = {"vacancy", "leave", "training", "office_work", "duty", "travel"};
const char *const wg_loss_labels[WG_LOSS_COUNT] = {"空岗", "休假", "培训", "行政负担", "抽调", "路途"};
const char *const wg_network_names[WG_NETWORK_COUNT] = {"city", "social", "order"};
const char *const wg_network_labels[WG_NETWORK_COUNT] = {"城市管理网", "社会服务网", "社会治安网"};

const char *const wg_activity_names[WG_ACTIVITY_COUNT] = {"child",      "pupil", "student", "employed",
                                                          "unemployed", "home",  "retired", "unable"};
const char *const wg_activity_labels[WG_ACTIVITY_COUNT] = {"学龄前", "中小学生", "大学生", "就业",
                                                           "失业",   "料理家务", "退休",   "丧失工作能力"};
const char *const wg_education_names[WG_EDUCATION_COUNT] = {
    "none", "primary", "junior_secondary", "senior_secondary", "college", "university"};
const char *const wg_education_labels[WG_EDUCATION_COUNT] = {"未上过学", "小学", "初中", "高中", "大专", "本科及以上"};
const char *const wg_care_names[WG_CARE_COUNT] = {"none", "chronic", "disabled"};
const char *const wg_care_end_names[WG_CARE_END_COUNT] = {"need_over", "died_or_left", "review"};
const char *const wg_care_end_labels[WG_CARE_END_COUNT] = {"需求结束", "死亡或迁离", "复核不符"};
const char *const wg_care_labels[WG_CARE_COUNT] = {"无", "慢性病", "失能"};

const char *const wg_move_direction_names[WG_MOVE_DIRECTION_COUNT] = {"in", "out", "within", "within_here"};
const char *const wg_move_direction_labels[WG_MOVE_DIRECTION_COUNT] = {"迁入", "迁出", "区内迁出", "区内迁入"};
const char *const wg_move_reason_names[WG_MOVE_REASON_COUNT] = {"study",  "work",       "family", "housing",
                                                                "return", "retirement", "relief"};
const char *const wg_move_reason_labels[WG_MOVE_REASON_COUNT] = {"学习", "务工经商", "随迁家属", "住房",
                                                                 "返乡", "退休",     "疏解"};

const char *const wg_age_band_names[WG_AGE_BAND_COUNT] = {"0",     "1-4",   "5-9",   "10-14", "15-19", "20-24", "25-29",
                                                          "30-34", "35-39", "40-44", "45-49", "50-54", "55-59", "60-64",
                                                          "65-69", "70-74", "75-79", "80-84", "85+"};

uint32_t wg_age_band_first(uint32_t band) {
  return band == 0 ? 0 : band == 1 ? 1 : (band - 1) * 5;
}

uint32_t wg_age_band_beyond(uint32_t band) {
  return band + 1 < WG_AGE_BAND_COUNT ? wg_age_band_first(band + 1) : WG_AGE_MAX + 1;
}
