// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/stack_shape.h"

#include <string.h>

static const char united_axis[] = "policy";

typedef struct taking {
  wg_stack_shape *shape;
  const wg_content *content;
  const char *name;   // of the file
  size_t axes_before; // of the shape
  bool is_first;
  wg_arena scratch; // for what is only compared
  wg_error *error;
} taking;

static int refuse(const taking *t, const char *what, const char *name, const char *why) {
  return wg_error_add(t->error, WG_FAIL_CONFIG, "%s: %s `%s` %s%s%s", t->name, what, name, why,
                      t->is_first ? "" : "; beside ", t->is_first ? "" : t->shape->first);
}

static int no_memory(const taking *t) {
  return wg_error_set(t->error, WG_FAIL_RUN, "%s: no memory", t->name);
}

static const char *keep(const taking *t, const char *text) {
  return wg_arena_text(&t->shape->arena, text, strlen(text));
}

static wg_stack_axis *find_axis(const wg_stack_shape *shape, const char *name) {
  for (size_t i = 0; i < shape->axis_count; i++)
    if (strcmp(shape->axes[i].name, name) == 0)
      return (wg_stack_axis *)shape->axes + i;
  return NULL;
}

static wg_stack_variable *find_variable(wg_stack_shape *shape, const char *name) {
  for (size_t i = 0; i < shape->variable_count; i++)
    if (strcmp(shape->variables[i].name, name) == 0)
      return shape->variables + i;
  return NULL;
}

static bool is_coordinate(const wg_content_variable *v) {
  return v->rank == 1 && strcmp(v->dimensions[0], v->name) == 0;
}

static int classify(const taking *t, const wg_content_variable *v, wg_stack_kind *kind) {
  if (!v->is_text && !v->is_number)
    return refuse(t, "variable", v->name, "holds neither numbers nor texts, which cannot be stacked");
  if (v->rank < 1 || v->rank + WG_STACK_AXES > WG_DIMENSIONS_MAX || (v->is_text && v->rank != 1))
    return refuse(t, "variable", v->name, "has no axes that can be stacked");
  *kind = is_coordinate(v) ? WG_STACK_COORDINATE : v->is_text ? WG_STACK_LABEL : WG_STACK_NUMBERS;
  if (*kind != WG_STACK_NUMBERS && v->shape[0] > WG_CONTENT_ROWS_MAX)
    return refuse(t, "variable", v->name, "is too long for an axis");
  return WG_OK;
}

// ---- what is new ----

static int add_attributes(const taking *t, const wg_content_variable *v, wg_stack_variable *own) {
  const wg_content_attribute *found;
  size_t count = 0;
  const int code = t->content->variable_attributes(t->content->self, v, &found, &count, t->error);
  if (code)
    return code;
  wg_attribute *const attributes = wg_arena_alloc(&t->shape->arena, count, sizeof *attributes);
  double *const numbers = wg_arena_alloc(&t->shape->arena, count, sizeof *numbers);
  if (!attributes || !numbers)
    return no_memory(t);
  own->attributes = attributes;
  for (size_t i = 0; i < count; i++) {
    wg_attribute *const a = attributes + own->attribute_count++;
    numbers[i] = found[i].number;
    *a = (wg_attribute){.name = keep(t, found[i].name),
                        .type = found[i].is_number ? WG_F64 : WG_STRING,
                        .count = 1,
                        .value = found[i].is_number ? (const void *)(numbers + i) : keep(t, found[i].text)};
    if (!a->name || !a->value)
      return no_memory(t);
  }
  return WG_OK;
}

static const char *keep_some(const taking *t, const char *text) {
  return *text ? keep(t, text) : NULL;
}

static int add_variable(const taking *t, const wg_content_variable *v, const wg_stack_variable *how) {
  wg_stack_shape *const shape = t->shape;
  if (shape->is_closed)
    return refuse(t, "variable", v->name, "is not in the others");
  if (shape->variable_count == WG_STACK_VARIABLES_MAX)
    return refuse(t, "variable", v->name, "is one too many");
  wg_stack_variable *const own = shape->variables + shape->variable_count++;
  *own = *how;
  own->name = keep(t, v->name);
  own->unit = keep_some(t, v->unit);
  own->long_name = keep_some(t, v->long_name);
  own->label = keep_some(t, v->label);
  if (!own->name || (*v->unit && !own->unit) || (*v->long_name && !own->long_name) || (*v->label && !own->label))
    return no_memory(t);
  return add_attributes(t, v, own);
}

// ---- coordinates and labels ----

// What stands in the file, for as long as that is being taken.
static int read_entries(taking *t, const wg_content_variable *v, wg_stack_variable *how) {
  const wg_content *const content = t->content;
  const size_t count = (size_t)v->shape[0];
  if (v->is_number) {
    double *const numbers = wg_arena_alloc(&t->scratch, count, sizeof *numbers);
    how->numbers = numbers;
    return numbers ? content->numbers(content->self, v, 1, 0, count, numbers, t->error) : no_memory(t);
  }
  how->texts = wg_arena_alloc(&t->scratch, count, sizeof *how->texts);
  return how->texts ? content->texts(content->self, v, count, how->texts, t->error) : no_memory(t);
}

// Takes what was read into the shape's memory; of a united axis only the room for it.
static int keep_entries(const taking *t, size_t count, bool is_united, wg_stack_variable *how) {
  wg_arena *const arena = &t->shape->arena;
  if (how->numbers) {
    double *const numbers = wg_arena_alloc(arena, count, sizeof *numbers);
    if (!numbers)
      return no_memory(t);
    memcpy(numbers, how->numbers, count * sizeof *numbers);
    how->numbers = numbers;
    return WG_OK;
  }
  const char **const texts = wg_arena_alloc(arena, is_united ? WG_STACK_UNITED_MAX : count, sizeof *texts);
  for (size_t i = 0; texts && how->texts && !is_united && i < count; i++)
    if (!(texts[i] = keep(t, how->texts[i])))
      return no_memory(t);
  how->texts = texts;
  return texts ? WG_OK : no_memory(t);
}

static bool equal_entries(const wg_stack_variable *a, const wg_stack_variable *b, size_t count) {
  if (!a->numbers != !b->numbers || a->is_whole != b->is_whole)
    return false;
  if (a->numbers)
    return memcmp(a->numbers, b->numbers, count * sizeof *a->numbers) == 0;
  for (size_t i = 0; i < count; i++)
    if (!a->texts || !b->texts || strcmp(a->texts[i], b->texts[i]) != 0)
      return false;
  return true;
}

static bool equal_text(const char *kept, const char *text) {
  return strcmp(kept ? kept : "", text) == 0;
}

static size_t position_of(const wg_stack_variable *coordinate, size_t count, const char *text) {
  size_t i = 0;
  while (i < count && strcmp(coordinate->texts[i], text) != 0)
    i++;
  return i;
}

// New entries go to the end.
static int unite(const taking *t, wg_stack_axis *axis, const wg_stack_variable *found, size_t count) {
  const wg_stack_variable *const own = t->shape->variables + axis->coordinate;
  for (size_t i = 0; i < count; i++) {
    if (position_of(found, i, found->texts[i]) < i)
      return refuse(t, "axis", axis->name, "has an entry twice");
    if (position_of(own, axis->length, found->texts[i]) < axis->length)
      continue;
    if (axis->length == WG_STACK_UNITED_MAX)
      return refuse(t, "axis", axis->name, "has too many entries");
    if (t->shape->is_closed)
      return refuse(t, "axis", axis->name, "has an entry that the others do not have");
    own->texts[axis->length] = keep(t, found->texts[i]);
    if (!own->texts[axis->length++])
      return no_memory(t);
  }
  return WG_OK;
}

static int take_coordinate(taking *t, const wg_content_variable *v) {
  wg_stack_shape *const shape = t->shape;
  wg_stack_variable found = {.kind = WG_STACK_COORDINATE, .rank = 1, .is_whole = v->is_whole};
  wg_stack_axis *axis = find_axis(shape, v->name);
  const size_t length = (size_t)v->shape[0];
  const bool is_united = strcmp(v->name, united_axis) == 0;
  if (length < 1 || (is_united && (!v->is_text || length > WG_STACK_UNITED_MAX)))
    return refuse(t, "axis", v->name, "is empty, too long or of a type that cannot be stacked");
  if (axis && !is_united && axis->length != length)
    return refuse(t, "axis", v->name, "has another length");
  int code = read_entries(t, v, &found);
  if (code)
    return code;
  if (axis && is_united)
    return unite(t, axis, &found, length);
  if (axis) {
    const wg_stack_variable *const own = shape->variables + axis->coordinate;
    return equal_entries(own, &found, length) && equal_text(own->unit, v->unit) ? WG_OK
                                                                                : refuse(t, "axis", v->name, "differs");
  }
  if (shape->axis_count == WG_STACK_AXES_MAX)
    return refuse(t, "axis", v->name, "is one too many");
  axis = shape->axes + shape->axis_count;
  wg_stack_variable own = found;
  own.axes[0] = shape->axis_count++;
  *axis = (wg_stack_axis){
      .name = "", .length = is_united ? 0 : length, .coordinate = shape->variable_count, .is_united = is_united};
  code = keep_entries(t, length, is_united, &own);
  if (!code)
    code = add_variable(t, v, &own);
  if (code)
    return code;
  axis->name = shape->variables[axis->coordinate].name;
  return is_united ? unite(t, axis, &found, length) : WG_OK;
}

int wg_stack_shape_positions(const wg_stack_shape *shape, const wg_content *content, const wg_stack_axis *axis,
                             size_t *positions, size_t *count, wg_error *error) {
  const wg_content_variable *const v = wg_content_find(content, "", axis->name);
  const char *texts[WG_STACK_UNITED_MAX];
  *count = v && v->rank == 1 && v->shape[0] <= WG_STACK_UNITED_MAX ? (size_t)v->shape[0] : 0;
  int code = *count ? content->texts(content->self, v, *count, texts, error) : WG_OK;
  for (size_t i = 0; i < *count && !code; i++) {
    positions[i] = position_of(shape->variables + axis->coordinate, axis->length, texts[i]);
    if (positions[i] == axis->length)
      code = wg_error_set(error, WG_FAIL_RUN, "axis `%s`: \"%s\" was not met before", axis->name, texts[i]);
  }
  return code;
}

// Labels of a united axis go where their entries have gone.
static int unite_labels(const taking *t, const wg_stack_axis *axis, const wg_stack_variable *own,
                        const wg_stack_variable *found) {
  size_t positions[WG_STACK_UNITED_MAX], count;
  int code = wg_stack_shape_positions(t->shape, t->content, axis, positions, &count, t->error);
  for (size_t i = 0; i < count && !code; i++) {
    const char **const label = own->texts + positions[i];
    if (*label && strcmp(*label, found->texts[i]) != 0)
      code = refuse(t, "variable", own->name, "calls an entry of its axis something else");
    else if (!*label && !(*label = keep(t, found->texts[i])))
      code = no_memory(t);
  }
  return code;
}

static int take_label(taking *t, const wg_content_variable *v) {
  const wg_stack_axis *const axis = find_axis(t->shape, v->dimensions[0]);
  const wg_content_variable *const coordinate = wg_content_find(t->content, "", v->dimensions[0]);
  if (!axis || !coordinate || coordinate->rank != 1 || coordinate->shape[0] != v->shape[0])
    return refuse(t, "variable", v->name, "is along an axis without a coordinate, or of another length");
  wg_stack_variable found = {.kind = WG_STACK_LABEL, .rank = 1, .axes = {(size_t)(axis - t->shape->axes)}};
  int code = read_entries(t, v, &found);
  wg_stack_variable *own = find_variable(t->shape, v->name);
  if (code)
    return code;
  if (own && (own->kind != WG_STACK_LABEL || own->axes[0] != found.axes[0] ||
              (!axis->is_united && !equal_entries(own, &found, axis->length))))
    return refuse(t, "variable", v->name, "differs");
  if (!own && !t->is_first && !axis->is_united && found.axes[0] < t->axes_before)
    return refuse(t, "variable", v->name, "is not in the others");
  if (!own) {
    wg_stack_variable kept = found;
    code = keep_entries(t, axis->length, axis->is_united, &kept);
    if (!code)
      code = add_variable(t, v, &kept);
    own = t->shape->variables + t->shape->variable_count - 1;
  }
  return code || !axis->is_united ? code : unite_labels(t, axis, own, &found);
}

// ---- what is stacked ----

static int find_axes(const taking *t, const wg_content_variable *v, wg_stack_variable *found) {
  for (size_t i = 0; i < v->rank; i++) {
    const wg_stack_axis *const axis = find_axis(t->shape, v->dimensions[i]);
    const wg_content_variable *const own = wg_content_find(t->content, "", v->dimensions[i]);
    if (!axis || !own || !is_coordinate(own) || own->shape[0] != v->shape[i])
      return refuse(t, "variable", v->name, "is along an axis without a coordinate, or of another length");
    if (axis->is_united && i + 1 < v->rank)
      return refuse(t, "variable", v->name, "has an axis that is united by name before another axis");
    found->axes[i] = (size_t)(axis - t->shape->axes);
    found->is_united = axis->is_united;
  }
  return WG_OK;
}

static int take_numbers(taking *t, const wg_content_variable *v) {
  wg_stack_variable found = {.kind = WG_STACK_NUMBERS, .rank = v->rank, .is_whole = v->is_whole};
  const wg_stack_variable *const own = find_variable(t->shape, v->name);
  const int code = find_axes(t, v, &found);
  if (code)
    return code;
  if (own)
    return own->kind == WG_STACK_NUMBERS && own->rank == found.rank && own->is_whole == found.is_whole &&
                   equal_text(own->unit, v->unit) && memcmp(own->axes, found.axes, sizeof own->axes) == 0
               ? WG_OK
               : refuse(t, "variable", v->name, "has other axes, another type or another unit");
  if (!t->is_first && !found.is_united)
    return refuse(t, "variable", v->name, "is not in the others");
  return add_variable(t, v, &found);
}

// ---- files ----

static int take_variables(taking *t, wg_stack_kind kind) {
  int code = WG_OK;
  for (size_t i = 0; i < t->content->variable_count && !code; i++) {
    const wg_content_variable *const v = t->content->variables + i;
    wg_stack_kind own = WG_STACK_NUMBERS;
    if (v->group != 0)
      continue;
    code = classify(t, v, &own);
    if (code || own != kind)
      continue;
    code = kind == WG_STACK_COORDINATE ? take_coordinate(t, v)
           : kind == WG_STACK_LABEL    ? take_label(t, v)
                                       : take_numbers(t, v);
  }
  return code;
}

static int take_groups(const taking *t) {
  wg_stack_shape *const shape = t->shape;
  for (size_t i = 1; i < t->content->group_count; i++) {
    const char *const name = t->content->groups[i];
    size_t known = 0;
    while (known < shape->group_count && strcmp(shape->groups[known], name) != 0)
      known++;
    if (known < shape->group_count || known == WG_STACK_VARIABLES_MAX)
      continue;
    shape->groups[known] = keep(t, name);
    if (!shape->groups[known])
      return no_memory(t);
    shape->group_count++;
  }
  return WG_OK;
}

// Variables may be missing only along axes that are united.
static int check_missing(const taking *t) {
  for (size_t i = 0; i < t->shape->variable_count; i++) {
    const wg_stack_variable *const own = t->shape->variables + i;
    if (own->kind == WG_STACK_NUMBERS && !own->is_united && !wg_content_find(t->content, "", own->name))
      return wg_error_add(t->error, WG_FAIL_CONFIG, "%s: does not have the variable `%s` of %s", t->name, own->name,
                          t->shape->first);
  }
  return WG_OK;
}

int wg_stack_shape_take(wg_stack_shape *shape, const wg_content *content, const char *name, wg_error *error) {
  taking t = {.shape = shape,
              .content = content,
              .name = name,
              .axes_before = shape->axis_count,
              .is_first = !shape->first,
              .error = error};
  if (content->damaged || content->is_cut)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s", name,
                        content->damaged ? content->damaged : "holds more than can be stacked");
  if (t.is_first && !(shape->first = keep(&t, name)))
    return no_memory(&t);
  int code = take_variables(&t, WG_STACK_COORDINATE);
  if (!code)
    code = take_variables(&t, WG_STACK_LABEL);
  if (!code)
    code = take_variables(&t, WG_STACK_NUMBERS);
  if (!code)
    code = check_missing(&t);
  wg_arena_free(&t.scratch);
  return code ? code : take_groups(&t);
}

void wg_stack_shape_free(wg_stack_shape *shape) {
  wg_arena_free(&shape->arena);
  *shape = (wg_stack_shape){0};
}
