// SPDX-License-Identifier: GPL-3.0-or-later
// Parameter rows: the one source of a parameter's struct member, default, range, reader, reference and provenance.
//
// An owner writes a list macro of rows
//
//   #define WG_X_PARAMS(X, T) …
//     X(T, REAL, share, "0.3", 0.0, 1.0, "1", ASSUMED, "占比", "What it is.", "where the number comes from") …
//     ...
//   WG_PARAM_STRUCT(wg_x_params, WG_X_PARAMS)                                   in its header
//   WG_PARAM_GROUP(wg_x_group, "x", false, wg_x_params, WG_X_PARAMS, "label", "doc");   in its source
//
// Row: (T, TYPE, name, default, min, max, unit, evidence, Chinese label, English doc, source). The default is libconfig
// text ("0.3", "[1, 2]", "\"abc\""); NULL means that a value must be given. For CHOICE, `unit` lists the allowed words as
// "a|b|c" and the member holds the position. For lists, min and max bound each element.
#ifndef WG_SCHEMA_PARAM_H
#define WG_SCHEMA_PARAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/error.h"

typedef enum wg_evidence {
  WG_MEASURED, // a source with a size
  WG_SIGN,     // a source with a direction only
  WG_ASSUMED,  // no source: an assumption
  WG_SETTING,  // not a claim about the world: a choice of the user (seed, dates, file)
} wg_evidence;

const char *wg_evidence_name(wg_evidence evidence); // "measured", "sign", "assumed", "setting"

typedef enum wg_param_type {
  WG_PARAM_BOOL,
  WG_PARAM_INT,
  WG_PARAM_REAL,
  WG_PARAM_TEXT,
  WG_PARAM_CHOICE,
  WG_PARAM_DATE,  // "YYYY-MM-DD", or "" for none
  WG_PARAM_REALS, // list of numbers
  WG_PARAM_TEXTS, // list of strings
} wg_param_type;

const char *wg_param_type_name(wg_param_type type);

typedef struct wg_reals {
  size_t count;
  const double *items;
} wg_reals;

typedef struct wg_texts {
  size_t count;
  const char *const *items;
} wg_texts;

typedef struct wg_param {
  const char *name;
  wg_param_type type;
  size_t offset;
  const char *fallback; // the default, libconfig text; NULL: required
  double min, max;      // numbers only
  const char *unit;
  wg_evidence evidence;
  const char *label, *doc, *source;
} wg_param;

// A group of parameters under one path. A keyed group holds any number of named instances:
// "services" is keyed, so `services.elder_care.mix` is row `mix` of instance `elder_care`.
//
// A listed group is keyed too, but written as a list whose entries name their type under the key `listed`: the second
// entry of `policies = ( { policy = "x"; … }, { policy = "x"; … } )` is the instance `policies.x#2`. Its instances may
// have parts, which are groups of the same path: `policies.x#2.scope.share` is row `share` of the part "scope". A part
// with a type belongs to instances of that type alone; a type is known when a part is of it.
typedef struct wg_param_group {
  const char *path;
  bool keyed;
  size_t size; // bytes of one instance's struct
  const wg_param *rows;
  size_t count;
  const char *label, *doc;
  const char *listed;      // NULL: not listed
  const char *part, *type; // NULL: the group itself; of all types
} wg_param_group;

#define WG_PARAM_CTYPE_BOOL bool
#define WG_PARAM_CTYPE_INT int64_t
#define WG_PARAM_CTYPE_REAL double
#define WG_PARAM_CTYPE_TEXT const char *
#define WG_PARAM_CTYPE_CHOICE int32_t
#define WG_PARAM_CTYPE_DATE wg_date
#define WG_PARAM_CTYPE_REALS wg_reals
#define WG_PARAM_CTYPE_TEXTS wg_texts

#define WG_PARAM_MEMBER(T, TYPE, name, fallback, min, max, unit, evidence, label, doc, source)                         \
  WG_PARAM_CTYPE_##TYPE name;
#define WG_PARAM_STRUCT(T, LIST)                                                                                       \
  typedef struct T {                                                                                                   \
    LIST(WG_PARAM_MEMBER, T)                                                                                           \
  } T;
#define WG_PARAM_ROW(T, TYPE, name, fallback, min, max, unit, evidence, label, doc, source)                            \
  {#name, WG_PARAM_##TYPE, offsetof(T, name), fallback, min, max, unit, WG_##evidence, label, doc, source},
#define WG_PARAM_GROUP(variable, path, keyed, T, LIST, label, doc)                                                     \
  static const wg_param variable##_rows[] = {LIST(WG_PARAM_ROW, T)};                                                   \
  const wg_param_group variable = {                                                                                    \
      path, keyed, sizeof(T), variable##_rows, sizeof variable##_rows / sizeof *variable##_rows, label, doc,           \
      NULL, NULL,  NULL}
#define WG_LISTED_GROUP(variable, path, key, T, LIST, label, doc)                                                      \
  static const wg_param variable##_rows[] = {LIST(WG_PARAM_ROW, T)};                                                   \
  const wg_param_group variable = {                                                                                    \
      path, true, sizeof(T), variable##_rows, sizeof variable##_rows / sizeof *variable##_rows, label, doc,            \
      key,  NULL, NULL}
#define WG_PART_GROUP(variable, path, part, type, T, LIST, label, doc)                                                 \
  static const wg_param variable##_rows[] = {LIST(WG_PARAM_ROW, T)};                                                   \
  const wg_param_group variable = {                                                                                    \
      path, true, sizeof(T), variable##_rows, sizeof variable##_rows / sizeof *variable##_rows, label, doc,            \
      NULL, part, type}

#endif
