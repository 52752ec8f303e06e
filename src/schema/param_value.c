// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/param_value.h"

#include <inttypes.h>
#include <string.h>

#include "base/maths.h"
#include "schema/number.h"
#include "schema/utf8.h"

static void *member(const wg_param *row, void *instance) {
  return (char *)instance + row->offset;
}

static const char *expected(wg_param_type type) {
  switch (type) {
  case WG_PARAM_BOOL:
    return "true or false";
  case WG_PARAM_INT:
    return "a whole number";
  case WG_PARAM_REAL:
    return "a number";
  case WG_PARAM_TEXT:
    return "text in quotes";
  case WG_PARAM_CHOICE:
    return "a word in quotes";
  case WG_PARAM_DATE:
    return "a date in quotes";
  case WG_PARAM_REALS:
    return "a list of numbers";
  case WG_PARAM_TEXTS:
    return "a list of texts in quotes";
  }
  return "a value";
}

static void show(wg_message *problem, const wg_value *value) {
  char text[32];
  switch (value->kind) {
  case WG_VALUE_BOOL:
    wg_message_add(problem, "%s", value->boolean ? "true" : "false");
    break;
  case WG_VALUE_INT:
    wg_message_add(problem, "%" PRId64, value->integer);
    break;
  case WG_VALUE_REAL:
    wg_real_print(value->real, text);
    wg_message_add(problem, "%s", text);
    break;
  case WG_VALUE_TEXT:
    wg_message_quote(problem, value->text, strlen(value->text));
    break;
  case WG_VALUE_LIST:
    wg_message_add(problem, "a list");
    break;
  }
}

// " (allowed: …)", or nothing where everything of the type is.
static void show_allowed(wg_message *problem, const wg_param *row) {
  char low[32], high[32];
  wg_real_print_short(row->min, low);
  wg_real_print_short(row->max, high);
  switch (row->type) {
  case WG_PARAM_INT:
  case WG_PARAM_REAL:
  case WG_PARAM_REALS:
    if (!wg_is_finite(row->min) && !wg_is_finite(row->max))
      return;
    if (!wg_is_finite(row->max)) {
      wg_message_add(problem, " (allowed: %s or more)", low);
    } else if (!wg_is_finite(row->min)) {
      wg_message_add(problem, " (allowed: %s or less)", high);
    } else {
      wg_message_add(problem, " (allowed: %s to %s)", low, high);
    }
    break;
  case WG_PARAM_CHOICE:
    wg_message_add(problem, " (allowed: ");
    for (const char *at = row->unit; *at; at++)
      wg_message_add(problem, *at == '|' ? ", " : "%c", *at);
    wg_message_add(problem, ")");
    break;
  case WG_PARAM_DATE:
    wg_message_add(problem, " (allowed: YYYY-MM-DD in 1900 to 2199, or \"\")");
    break;
  case WG_PARAM_BOOL:
  case WG_PARAM_TEXT:
  case WG_PARAM_TEXTS:
    break;
  }
}

static int refuse(wg_message *problem, const wg_param *row, const wg_value *value, const char *what) {
  show(problem, value);
  wg_message_add(problem, " %s", what);
  show_allowed(problem, row);
  return WG_FAIL_CONFIG;
}

static int refuse_type(wg_message *problem, const wg_param *row, const wg_value *value) {
  wg_message_add(problem, "expected %s, got ", expected(row->type));
  show(problem, value);
  show_allowed(problem, row);
  return WG_FAIL_CONFIG;
}

static int check_real(const wg_param *row, const wg_value *value, double *real, wg_message *problem) {
  if (value->kind != WG_VALUE_REAL && value->kind != WG_VALUE_INT)
    return refuse_type(problem, row, value);
  const double number = value->kind == WG_VALUE_INT ? (double)value->integer : value->real;
  if (!wg_is_finite(number))
    return refuse(problem, row, value, "is not finite");
  if (number < row->min || number > row->max)
    return refuse(problem, row, value, "is out of range");
  *real = number;
  return WG_OK;
}

static int check_text(const wg_param *row, const wg_value *value, wg_message *problem) {
  if (value->kind != WG_VALUE_TEXT)
    return refuse_type(problem, row, value);
  const size_t length = strlen(value->text);
  if (length > WG_PARAM_TEXT_MAX) {
    wg_message_add(problem, "text of %zu bytes is too long (allowed: %d)", length, WG_PARAM_TEXT_MAX);
    return WG_FAIL_CONFIG;
  }
  if (wg_utf8_check(value->text, length) < length)
    return refuse(problem, row, value, "is not valid UTF-8");
  return WG_OK;
}

static int assign_bool(const wg_param *row, const wg_value *value, void *instance, wg_message *problem) {
  if (value->kind != WG_VALUE_BOOL)
    return refuse_type(problem, row, value);
  *(bool *)member(row, instance) = value->boolean;
  return WG_OK;
}

static int assign_int(const wg_param *row, const wg_value *value, void *instance, wg_message *problem) {
  if (value->kind != WG_VALUE_INT)
    return refuse_type(problem, row, value);
  const double number = (double)value->integer;
  // Beyond 2^53 the number that follows the limit is rounded to the limit.
  const bool above = row->max < 0x1p63 && value->integer > (int64_t)row->max;
  if (number < row->min || number > row->max || above)
    return refuse(problem, row, value, "is out of range");
  *(int64_t *)member(row, instance) = value->integer;
  return WG_OK;
}

static int assign_text(const wg_param *row, const wg_value *value, wg_arena *arena, void *instance,
                       wg_message *problem) {
  const int code = check_text(row, value, problem);
  if (code)
    return code;
  const char *const copy = wg_arena_text(arena, value->text, strlen(value->text));
  if (!copy)
    return WG_FAIL_RUN;
  *(const char **)member(row, instance) = copy;
  return WG_OK;
}

const char *wg_choice_word(const char *words, int position, size_t *length) {
  for (; position > 0; position--) {
    words = strchr(words, '|');
    if (!words)
      return NULL;
    words++;
  }
  *length = strcspn(words, "|");
  return words;
}

int wg_choice_find(const char *words, const char *word) {
  size_t length;
  const char *found;
  for (int i = 0; (found = wg_choice_word(words, i, &length)); i++) {
    if (strlen(word) == length && strncmp(found, word, length) == 0)
      return i;
  }
  return -1;
}

static int assign_choice(const wg_param *row, const wg_value *value, void *instance, wg_message *problem) {
  if (value->kind != WG_VALUE_TEXT)
    return refuse_type(problem, row, value);
  const int position = wg_choice_find(row->unit, value->text);
  if (position < 0)
    return refuse(problem, row, value, "is not one of the choices");
  *(int32_t *)member(row, instance) = position;
  return WG_OK;
}

static int assign_date(const wg_param *row, const wg_value *value, void *instance, wg_message *problem) {
  if (value->kind != WG_VALUE_TEXT)
    return refuse_type(problem, row, value);
  wg_date date = WG_DATE_NONE;
  if (*value->text && !wg_date_parse(value->text, &date))
    return refuse(problem, row, value, "is not a date");
  *(wg_date *)member(row, instance) = date;
  return WG_OK;
}

// Items are counted from 1 in messages.
static int refuse_item(wg_message *problem, size_t index, const wg_message *item) {
  wg_message_add(problem, "item %zu: %s", index + 1, item->text);
  return WG_FAIL_CONFIG;
}

static int assign_reals(const wg_param *row, const wg_value *value, wg_arena *arena, void *instance,
                        wg_message *problem) {
  if (value->kind != WG_VALUE_LIST)
    return refuse_type(problem, row, value);
  wg_param item_row = *row;
  item_row.type = WG_PARAM_REAL;
  double *const items = wg_arena_alloc(arena, value->count, sizeof *items);
  if (!items)
    return WG_FAIL_RUN;
  for (size_t i = 0; i < value->count; i++) {
    wg_message item = {0};
    if (check_real(&item_row, &value->items[i], &items[i], &item))
      return refuse_item(problem, i, &item);
  }
  *(wg_reals *)member(row, instance) = (wg_reals){value->count, items};
  return WG_OK;
}

static int assign_texts(const wg_param *row, const wg_value *value, wg_arena *arena, void *instance,
                        wg_message *problem) {
  if (value->kind != WG_VALUE_LIST)
    return refuse_type(problem, row, value);
  wg_param item_row = *row;
  item_row.type = WG_PARAM_TEXT;
  const char **const items = wg_arena_alloc(arena, value->count, sizeof *items);
  if (!items)
    return WG_FAIL_RUN;
  for (size_t i = 0; i < value->count; i++) {
    wg_message item = {0};
    if (check_text(&item_row, &value->items[i], &item))
      return refuse_item(problem, i, &item);
    items[i] = wg_arena_text(arena, value->items[i].text, strlen(value->items[i].text));
    if (!items[i])
      return WG_FAIL_RUN;
  }
  *(wg_texts *)member(row, instance) = (wg_texts){value->count, items};
  return WG_OK;
}

int wg_param_assign(const wg_param *row, const wg_value *value, wg_arena *arena, void *instance, wg_message *problem) {
  switch (row->type) {
  case WG_PARAM_BOOL:
    return assign_bool(row, value, instance, problem);
  case WG_PARAM_INT:
    return assign_int(row, value, instance, problem);
  case WG_PARAM_REAL:
    return check_real(row, value, member(row, instance), problem);
  case WG_PARAM_TEXT:
    return assign_text(row, value, arena, instance, problem);
  case WG_PARAM_CHOICE:
    return assign_choice(row, value, instance, problem);
  case WG_PARAM_DATE:
    return assign_date(row, value, instance, problem);
  case WG_PARAM_REALS:
    return assign_reals(row, value, arena, instance, problem);
  case WG_PARAM_TEXTS:
    return assign_texts(row, value, arena, instance, problem);
  }
  wg_message_add(problem, "the row has an unknown type");
  return WG_FAIL_CONFIG;
}
