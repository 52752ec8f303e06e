// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/group_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// One block "shape": everything but the variables' data, as numbers of 64 bits and texts. Then one block "data" a variable.
static const char shape_name[] = "shape", data_name[] = "data";

enum { PART_BYTES = 1 << 20 };

// ---- writing ----

static void put_number(FILE *stream, uint64_t number) {
  fwrite(&number, sizeof number, 1, stream);
}

// With its zero; NULL has length 0.
static void put_text(FILE *stream, const char *text) {
  const size_t length = text ? strlen(text) + 1 : 0;
  put_number(stream, length);
  fwrite(text ? text : "", 1, length, stream);
}

static void put_attribute(FILE *stream, const wg_attribute *attribute) {
  put_text(stream, attribute->name);
  put_number(stream, attribute->type);
  if (attribute->type == WG_STRING) {
    put_text(stream, attribute->value);
    return;
  }
  put_number(stream, attribute->count);
  fwrite(attribute->value, wg_type_size(attribute->type), attribute->count, stream);
}

static void put_attributes(FILE *stream, const wg_attribute *attributes, size_t count) {
  put_number(stream, count);
  for (size_t i = 0; i < count; i++)
    put_attribute(stream, attributes + i);
}

static void put_variable(FILE *stream, const wg_variable *variable) {
  put_text(stream, variable->name);
  put_number(stream, variable->type);
  put_number(stream, variable->rank);
  for (size_t i = 0; i < variable->rank; i++)
    put_text(stream, variable->dimensions[i]);
  put_text(stream, variable->unit);
  put_text(stream, variable->long_name);
  put_text(stream, variable->label);
  put_attributes(stream, variable->attributes, variable->attribute_count);
}

static void put_shape(FILE *stream, const wg_group *group) {
  put_text(stream, group->name);
  put_number(stream, group->dimension_count);
  for (size_t i = 0; i < group->dimension_count; i++) {
    put_text(stream, group->dimensions[i].name);
    put_number(stream, group->dimensions[i].length);
  }
  put_number(stream, group->variable_count);
  for (size_t i = 0; i < group->variable_count; i++)
    put_variable(stream, group->variables + i);
  put_attributes(stream, group->attributes, group->attribute_count);
}

static int write_shape(wg_checkpoint_writer *writer, const wg_group *group, wg_error *error) {
  char *text = NULL;
  size_t size = 0;
  FILE *const stream = open_memstream(&text, &size);
  if (stream)
    put_shape(stream, group);
  int code = WG_FAIL_RUN;
  if (!stream || fclose(stream))
    wg_error_set(error, code, "no memory for the group %s", group->name);
  else
    code = wg_checkpoint_put(writer, &(wg_block){shape_name, 1, size, text, 1}, error);
  free(text);
  return code;
}

static uint64_t dimension_length(const wg_group *group, const char *name) {
  for (size_t i = 0; i < group->dimension_count; i++)
    if (strcmp(group->dimensions[i].name, name) == 0)
      return group->dimensions[i].length;
  return 0;
}

// Elements of one entry of the first dimension, and entries. Returns false if there are too many, or none.
static bool measure(const wg_group *group, const wg_variable *variable, size_t *each, size_t *entries) {
  *each = 1;
  *entries = variable->rank ? dimension_length(group, variable->dimensions[0]) : 0;
  size_t all = *entries, bytes;
  for (size_t i = 1; i < variable->rank; i++) {
    const uint64_t length = dimension_length(group, variable->dimensions[i]);
    if (__builtin_mul_overflow(*each, length, each) || __builtin_mul_overflow(all, length, &all))
      return false;
  }
  return all > 0 && !__builtin_mul_overflow(all, wg_type_size(variable->type), &bytes) && bytes < PTRDIFF_MAX;
}

typedef struct writing {
  wg_checkpoint_writer *writer;
  uint64_t text_bytes; // counted; written in the second pass
  bool is_counting;
} writing;

static int write_part(writing *w, const wg_variable *variable, const void *elements, size_t count, wg_error *error) {
  if (variable->type != WG_STRING)
    return wg_checkpoint_append(w->writer, elements, count * wg_type_size(variable->type), error);
  const char *const *texts = elements;
  int code = WG_OK;
  for (size_t i = 0; i < count && !code; i++) {
    const size_t size = strlen(texts[i]) + 1;
    w->text_bytes += size;
    if (!w->is_counting)
      code = wg_checkpoint_append(w->writer, texts[i], size, error);
  }
  return code;
}

static int walk_data(writing *w, const wg_variable *variable, size_t each, size_t entries, wg_error *error) {
  if (variable->data)
    return write_part(w, variable, variable->data, each * entries, error);
  const size_t entry = each * wg_type_size(variable->type), most = entry && entry < PART_BYTES ? PART_BYTES / entry : 1;
  void *buffer = malloc(most * entry);
  int code = buffer ? WG_OK : wg_error_set(error, WG_FAIL_RUN, "no memory for the variable %s", variable->name);
  for (size_t first = 0, now; buffer && first < entries && !code; first += now) {
    now = entries - first < most ? entries - first : most;
    code = variable->read(variable->read_context, first, now, buffer, error);
    if (!code)
      code = write_part(w, variable, buffer, now * each, error);
  }
  free(buffer);
  return code;
}

static int write_data(wg_checkpoint_writer *writer, const wg_group *group, const wg_variable *variable,
                      wg_error *error) {
  writing w = {.writer = writer};
  size_t each, entries;
  if (!measure(group, variable, &each, &entries))
    return wg_error_set(error, WG_FAIL_RUN, "the variable %s has no size", variable->name);
  if (!variable->data && !variable->read)
    return wg_error_set(error, WG_FAIL_RUN, "the variable %s has no data to be kept", variable->name);
  if (variable->type != WG_STRING) {
    const int code =
        wg_checkpoint_begin(writer, data_name, wg_type_size(variable->type), (uint64_t)each * entries, error);
    return code ? code : walk_data(&w, variable, each, entries, error);
  }
  w.is_counting = true;
  int code = walk_data(&w, variable, each, entries, error);
  if (!code)
    code = wg_checkpoint_begin(writer, data_name, 1, w.text_bytes, error);
  w.is_counting = false;
  return code ? code : walk_data(&w, variable, each, entries, error);
}

int wg_group_file_write(const char *path, const wg_checkpoint_head *head, const wg_group *group, wg_error *error) {
  wg_checkpoint_head own = *head;
  own.kind = WG_CHECKPOINT_GROUP;
  wg_checkpoint_writer *writer;
  int code = wg_checkpoint_create(path, &own, &writer, error);
  if (!code)
    code = write_shape(writer, group, error);
  for (size_t i = 0; i < group->variable_count && !code; i++)
    code = write_data(writer, group, group->variables + i, error);
  if (!code)
    return wg_checkpoint_publish(writer, NULL, error);
  wg_checkpoint_abandon(writer);
  return code;
}

// ---- reading ----

// What is left of the shape. Once `bad` is set, everything that is taken is empty.
typedef struct shape {
  const char *at;
  size_t left;
  bool bad;
  wg_arena *arena;
} shape;

static const char *take(shape *s, size_t bytes) {
  if (s->bad || bytes > s->left) {
    s->bad = true;
    return NULL;
  }
  const char *const taken = s->at;
  s->at += bytes;
  s->left -= bytes;
  return taken;
}

static uint64_t take_number(shape *s, uint64_t most) {
  uint64_t number = 0;
  const char *const bytes = take(s, sizeof number);
  if (bytes)
    memcpy(&number, bytes, sizeof number);
  s->bad |= number > most;
  return s->bad ? 0 : number;
}

// How many there are of something that takes at least eight bytes each.
static size_t take_count(shape *s) {
  return (size_t)take_number(s, s->left / sizeof(uint64_t));
}

static const char *take_text(shape *s, bool may_miss) {
  const size_t size = (size_t)take_number(s, s->left);
  const char *const text = take(s, size);
  s->bad |= !s->bad && (size ? text[size - 1] != '\0' || strlen(text) + 1 != size : !may_miss);
  return s->bad ? "" : size ? text : NULL;
}

static wg_type take_type(shape *s) {
  return (wg_type)take_number(s, WG_STRING);
}

static void *take_room(shape *s, size_t count, size_t size) {
  void *const room = s->bad ? NULL : wg_arena_alloc(s->arena, count, size);
  s->bad |= !room;
  return room;
}

static void take_attribute(shape *s, wg_attribute *attribute) {
  attribute->name = take_text(s, false);
  attribute->type = take_type(s);
  attribute->count = 1;
  if (attribute->type == WG_STRING) {
    attribute->value = take_text(s, false);
    return;
  }
  const size_t size = wg_type_size(attribute->type);
  attribute->count = (size_t)take_number(s, s->left / size);
  const char *const bytes = take(s, attribute->count * size);
  void *const value = take_room(s, attribute->count, size); // where numbers may lie
  if (value)
    memcpy(value, bytes, attribute->count * size);
  attribute->value = value;
}

static size_t take_attributes(shape *s, const wg_attribute **attributes) {
  const size_t count = take_count(s);
  wg_attribute *const room = take_room(s, count, sizeof *room);
  for (size_t i = 0; i < count && !s->bad; i++)
    take_attribute(s, room + i);
  *attributes = room;
  return count;
}

static void take_variable(shape *s, wg_variable *variable) {
  variable->name = take_text(s, false);
  variable->type = take_type(s);
  variable->rank = (size_t)take_number(s, WG_DIMENSIONS_MAX);
  for (size_t i = 0; i < variable->rank; i++)
    variable->dimensions[i] = take_text(s, false);
  variable->unit = take_text(s, true);
  variable->long_name = take_text(s, true);
  variable->label = take_text(s, true);
  variable->attribute_count = take_attributes(s, &variable->attributes);
}

static wg_variable *take_group(shape *s, wg_group *group) {
  group->name = take_text(s, false);
  group->dimension_count = take_count(s);
  wg_dimension *const dimensions = take_room(s, group->dimension_count, sizeof *dimensions);
  for (size_t i = 0; i < group->dimension_count && !s->bad; i++) {
    dimensions[i].name = take_text(s, false);
    dimensions[i].length = (size_t)take_number(s, PTRDIFF_MAX);
  }
  group->dimensions = dimensions;
  group->variable_count = take_count(s);
  wg_variable *const variables = take_room(s, group->variable_count, sizeof *variables);
  for (size_t i = 0; i < group->variable_count && !s->bad; i++)
    take_variable(s, variables + i);
  group->variables = variables;
  group->attribute_count = take_attributes(s, &group->attributes);
  s->bad |= s->left > 0;
  return variables;
}

static int damaged(const char *path, const char *what, wg_error *error) {
  return wg_error_set(error, WG_FAIL_CONFIG, "%s: is damaged: %s", path, what);
}

// Room for the next block, and the block in it.
static int read_block(wg_checkpoint_reader *reader, const char *path, const char *name, wg_arena *arena,
                      wg_block *block, wg_error *error) {
  if (!wg_checkpoint_next(reader, block) || strcmp(block->name, name) != 0)
    return damaged(path, "its blocks are not those of a group", error);
  block->name = name;
  block->data = wg_arena_alloc(arena, (size_t)block->count, block->size);
  if (!block->data)
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory to read it", path);
  return wg_checkpoint_get(reader, block, error);
}

// `count` texts that lie one behind the other.
static const char **point_at_texts(const wg_block *block, size_t count, wg_arena *arena) {
  const char **const texts = wg_arena_alloc(arena, count, sizeof *texts);
  const char *at = block->data;
  size_t left = (size_t)block->count;
  for (size_t i = 0; i < count && texts; i++) {
    const char *const end = memchr(at, 0, left);
    if (!end)
      return NULL;
    texts[i] = at;
    left -= (size_t)(end - at) + 1;
    at = end + 1;
  }
  return left == 0 ? texts : NULL;
}

static int read_data(wg_checkpoint_reader *reader, const char *path, wg_arena *arena, const wg_group *group,
                     wg_variable *variable, wg_error *error) {
  size_t each, entries;
  wg_block block;
  const bool is_text = variable->type == WG_STRING;
  const int code = read_block(reader, path, data_name, arena, &block, error);
  if (code)
    return code;
  if (!measure(group, variable, &each, &entries) || block.size != (is_text ? 1 : wg_type_size(variable->type)) ||
      (is_text ? block.count < each * entries : block.count != each * entries))
    return damaged(path, "a variable's size", error);
  variable->data = is_text ? (const void *)point_at_texts(&block, each * entries, arena) : block.data;
  return variable->data ? WG_OK : damaged(path, "a variable's texts", error);
}

int wg_group_file_read(wg_checkpoint_reader *reader, const char *path, wg_arena *arena, wg_group *group,
                       wg_error *error) {
  wg_block block;
  *group = (wg_group){0};
  int code = read_block(reader, path, shape_name, arena, &block, error);
  if (code)
    return code;
  if (block.size != 1)
    return damaged(path, "what it says of its shape", error);
  shape s = {.at = block.data, .left = (size_t)block.count, .arena = arena};
  wg_variable *const variables = take_group(&s, group);
  if (s.bad)
    return damaged(path, "what it says of its shape", error);
  for (size_t i = 0; i < group->variable_count && !code; i++)
    code = read_data(reader, path, arena, group, variables + i, error);
  if (!code && wg_checkpoint_next(reader, &block))
    code = damaged(path, "it has more blocks than variables", error);
  return code;
}
