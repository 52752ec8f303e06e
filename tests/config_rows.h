// SPDX-License-Identifier: GPL-3.0-or-later
// Parameter groups of the tests alone: one at the top level, one of every type, one keyed.
#ifndef WG_TESTS_CONFIG_ROWS_H
#define WG_TESTS_CONFIG_ROWS_H

#include <math.h>

#include "schema/config.h"
#include "schema/param.h"

#define TOP_ROWS(X, T)                                                                                                 \
  X(T, TEXT, name, NULL, 0, 0, NULL, SETTING, "名", "Name.", NULL)                                                     \
  X(T, TEXT, label, "\"\"", 0, 0, NULL, SETTING, "题", "Label.", NULL)
WG_PARAM_STRUCT(top_params, TOP_ROWS)
WG_PARAM_GROUP(top_group, "", false, top_params, TOP_ROWS, "顶", "Top level.");

#define RUN_ROWS(X, T)                                                                                                 \
  X(T, BOOL, quick, "false", 0, 0, NULL, SETTING, "快", "Whether.", NULL)                                              \
  X(T, INT, seed, "1", 0, INFINITY, "1", SETTING, "种", "Seed.", NULL)                                                 \
  X(T, INT, months, "12", 1, 120, "month", SETTING, "月", "Months.", NULL)                                             \
  X(T, REAL, share, "0.54", 0, 1, "1", ASSUMED, "占比", "Share.", "none")                                              \
  X(T, REAL, offset, "-2", -INFINITY, INFINITY, "1", ASSUMED, "偏", "Offset.", "none")                                 \
  X(T, TEXT, note, "\"abc\"", 0, 0, NULL, SETTING, "注", "Note.", NULL)                                                \
  X(T, CHOICE, place, "subdistrict", 0, 0, "district|subdistrict|community", SETTING, "地", "Place.", NULL)            \
  X(T, DATE, start, "2010-11-01", 0, 0, NULL, SETTING, "始", "Start.", NULL)                                           \
  X(T, DATE, end, "\"\"", 0, 0, NULL, SETTING, "终", "End.", NULL)                                                     \
  X(T, REALS, weights, "[0.1, 2]", 0, 10, "1", ASSUMED, "权", "Weights.", "none")                                      \
  X(T, TEXTS, codes, "[]", 0, 0, NULL, SETTING, "码", "Codes.", NULL)
WG_PARAM_STRUCT(run_params, RUN_ROWS)
WG_PARAM_GROUP(run_group, "run", false, run_params, RUN_ROWS, "运行", "A run.");

#define SERVICE_ROWS(X, T)                                                                                             \
  X(T, REAL, mix, NULL, 0, 1, "1", ASSUMED, "份", "Required.", "none")                                                 \
  X(T, TEXT, label, "\"\"", 0, 0, NULL, SETTING, "题", "Label.", NULL)                                                 \
  X(T, TEXTS, words, "[\"a\", \"b\"]", 0, 0, NULL, SETTING, "词", "Words.", NULL)
WG_PARAM_STRUCT(service_params, SERVICE_ROWS)
WG_PARAM_GROUP(services_group, "services", true, service_params, SERVICE_ROWS, "服务", "Services.");

static const wg_param_group *const test_groups[] = {&top_group, &run_group, &services_group};

static inline const top_params *top_of(const wg_config *config) {
  return wg_config_get(config, &top_group);
}

static inline const run_params *run_of(const wg_config *config) {
  return wg_config_get(config, &run_group);
}

#endif
