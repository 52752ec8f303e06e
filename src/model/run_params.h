// SPDX-License-Identifier: GPL-3.0-or-later
// What a run is: its dates, luck and extent, and what it writes.
#ifndef WG_MODEL_RUN_PARAMS_H
#define WG_MODEL_RUN_PARAMS_H

#include "schema/param.h"

#define WG_SCENARIO_PARAMS(X, T)                                                                                       \
  X(T, TEXT, name, NULL, 0, 0, "", SETTING, "方案", "Short name of the scenario.", "")                                 \
  X(T, TEXT, label, "", 0, 0, "", SETTING, "方案名称", "Chinese name of the scenario.", "")
WG_PARAM_STRUCT(wg_scenario_params, WG_SCENARIO_PARAMS)
extern const wg_param_group wg_scenario_group;

#define WG_RUN_PARAMS(X, T)                                                                                            \
  X(T, DATE, start, "2010-11-01", 0, 0, "", SETTING, "起始日", "First day lived.", "reference date of the census")     \
  X(T, DATE, end, "2020-11-01", 0, 0, "", SETTING, "终止日", "First day not lived.", "")                               \
  X(T, INT, seed, "1", 0, 9007199254740992.0, "", SETTING, "种子", "Master seed.", "")                                 \
  X(T, INT, replicate, "0", 0, 1000000, "", SETTING, "重复", "Number of the replicate: its luck.", "")                 \
  X(T, TEXTS, subdistricts, "[]", 0, 0, "", SETTING, "街道", "Codes of the subdistricts to simulate; empty: all.", "") \
  X(T, INT, threads, "0", 0, 1024, "thread", SETTING, "线程",                                                          \
    "Threads; 0: as many as processors. Never changes a bit of the result.", "")                                       \
  X(T, INT, checkpoint_every_months, "12", 0, 1200, "month", SETTING, "检查点间隔",                                    \
    "Months from one checkpoint of the state to the next; 0: only when the run is stopped by a signal. Never changes " \
    "a "                                                                                                               \
    "bit of the result.",                                                                                              \
    "")                                                                                                                \
  X(T, INT, storage, "0", 0, 1000000, "", SETTING, "存储顺序",                                                         \
    "Number of the order in which rows lie in memory; 0: as built. Never changes a bit of the result.", "")
WG_PARAM_STRUCT(wg_run_params, WG_RUN_PARAMS)
extern const wg_param_group wg_run_group;

#define WG_OUTPUT_PARAMS(X, T)                                                                                         \
  X(T, TEXT, file, "", 0, 0, "", SETTING, "输出文件", "HDF5 file; empty: output/NAME.h5.", "")                         \
  X(T, CHOICE, place, "subdistrict", 0, 0, "district|subdistrict|community", SETTING, "空间单元",                      \
    "What the place axis of every variable stands for.", "")                                                           \
  X(T, BOOL, levers, "false", 0, 0, "", SETTING, "输出杠杆", "Write what policies make of every lever.", "")           \
  X(T, TEXTS, snapshot, "[]", 0, 0, "", SETTING, "快照日期",                                                           \
    "Dates of tables of all residents and of all open needs: first days of months, or the first or last day of the "   \
    "run.",                                                                                                            \
    "")                                                                                                                \
  X(T, TEXTS, events, "[]", 0, 0, "", SETTING, "流转日志",                                                             \
    "Codes of the subdistricts of which every transition of every need is logged, in the group events; costs about "   \
    "half a "                                                                                                          \
    "microsecond, 16 bytes of memory and 9 of the file for each transition, some 6 a resident and year.",              \
    "")
WG_PARAM_STRUCT(wg_output_params, WG_OUTPUT_PARAMS)
extern const wg_param_group wg_output_group;

typedef enum wg_output_place { WG_PLACE_DISTRICT, WG_PLACE_SUBDISTRICT, WG_PLACE_COMMUNITY } wg_output_place;

#endif
