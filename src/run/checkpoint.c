// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/checkpoint.h"

#define XXH_INLINE_ALL
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/clock.h"
#include "io/group_file.h"
#include "run/checkpoint_folder.h"
#include "run/text_difference.h"
#include "schema/message.h"

enum { GROUPS_MAX = 8192 };

struct wg_checkpoints {
  char *folder;
  const char *configuration; // text
  wg_checkpoint_head head;
  wg_checkpoint_names groups;   // put by now
  int64_t last;                 // months; -1: none
  wg_checkpoint_reader *reader; // of the one to go on from
  wg_checkpoint_costs costs;
  // One that has been written and is on its way to the disk.
  wg_checkpoint_writer *pending;
  int64_t pending_months;
  bool has_thread;
  pthread_t thread;
  int code;
  uint64_t bytes;
  wg_error error;
};

static int no_memory(const wg_checkpoints *c, wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "%s: no memory for checkpoints", c ? c->folder : "checkpoints");
}

// ---- identity ----

static void hash_text(XXH3_state_t *state, const char *text) {
  XXH3_128bits_update(state, text, strlen(text) + 1);
}

static int hash_tables(const wg_inputs *inputs, uint64_t hash[2], wg_error *error) {
  const wg_input_table *const tables[] = {&inputs->subdistricts, &inputs->communities, &inputs->age_sex,
                                          &inputs->census, &inputs->holidays};
  XXH3_state_t *state = XXH3_createState();
  if (!state)
    return no_memory(NULL, error);
  XXH3_128bits_reset(state);
  for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
    const uint64_t shape[2] = {tables[t]->columns, tables[t]->rows};
    XXH3_128bits_update(state, shape, sizeof shape);
    for (size_t i = 0; i < tables[t]->columns; i++)
      hash_text(state, tables[t]->names[i]);
    for (size_t i = 0; i < tables[t]->columns * tables[t]->rows; i++)
      hash_text(state, tables[t]->cells[i]);
  }
  const XXH128_hash_t digest = XXH3_128bits_digest(state);
  XXH3_freeState(state);
  hash[0] = digest.low64;
  hash[1] = digest.high64;
  return WG_OK;
}

int wg_checkpoints_create(const char *output, const wg_provenance *provenance, const wg_inputs *inputs,
                          wg_checkpoints **created, wg_error *error) {
  wg_checkpoints *c = *created = calloc(1, sizeof *c);
  if (!c)
    return no_memory(c, error);
  c->last = -1;
  c->configuration = provenance->configuration;
  c->groups.items = calloc(GROUPS_MAX, sizeof *c->groups.items);
  if (asprintf(&c->folder, "%s.checkpoint", output) < 0)
    c->folder = NULL;
  if (!c->folder || !c->groups.items)
    return no_memory(NULL, error);
  const XXH128_hash_t hash = XXH3_128bits(c->configuration, strlen(c->configuration));
  c->head = (wg_checkpoint_head){
      .kind = WG_CHECKPOINT_STATE, .answers = WG_ANSWERS_VERSION, .configuration = {hash.low64, hash.high64}};
  return hash_tables(inputs, c->head.data, error);
}

void wg_checkpoints_free(wg_checkpoints *c) {
  if (!c)
    return;
  wg_error ignored = {0};
  wg_checkpoints_settle(c, &ignored);
  wg_checkpoint_close(c->reader);
  free(c->groups.items);
  free(c->folder);
  free(c);
}

// The run that a group belongs to, in its file's name.
static uint64_t run_name(const wg_checkpoints *c) {
  const uint64_t parts[] = {c->head.configuration[0], c->head.configuration[1], c->head.data[0], c->head.data[1],
                            c->head.answers};
  return XXH3_64bits(parts, sizeof parts);
}

static char *path_of(const wg_checkpoints *c, const char *name) {
  char *path = NULL;
  return asprintf(&path, "%s/%s", c->folder, name) < 0 ? NULL : path;
}

const wg_checkpoint_head *wg_checkpoints_identity(const wg_checkpoints *c) {
  return &c->head;
}

// ---- choosing ----

static int refuse(const char *path, wg_message *why, wg_error *error) {
  return wg_error_set(error, WG_FAIL_CONFIG, "%s: belongs to another run: %s", path, why->text);
}

// Text of the next block, which must be called `name`.
static char *read_text(wg_checkpoint_reader *reader, const char *path, const char *name, wg_error *error) {
  wg_block block;
  if (!wg_checkpoint_next(reader, &block) || block.size != 1 || strcmp(block.name, name) != 0) {
    wg_error_set(error, WG_FAIL_CONFIG, "%s: is damaged: it has no %s", path, name);
    return NULL;
  }
  char *text = calloc(1, (size_t)block.count + 1);
  if (!text) {
    wg_error_set(error, WG_FAIL_RUN, "%s: no memory to read it", path);
    return NULL;
  }
  block.name = name;
  block.data = text;
  if (wg_checkpoint_get(reader, &block, error) == WG_OK)
    return text;
  free(text);
  return NULL;
}

// Whether the file is of this very run; WG_FAIL_CONFIG with *foreign set if it is of another one.
static int check_identity(const wg_checkpoints *c, const char *path, const wg_checkpoint_head *head,
                          const char *configuration, bool *foreign, wg_error *error) {
  wg_message why = {0};
  *foreign = true;
  if (head->answers != c->head.answers) {
    wg_message_add(&why,
                   "a program of other answers has made it (their version is %" PRIu32 " there, %" PRIu32 " here)",
                   head->answers, c->head.answers);
    return refuse(path, &why, error);
  }
  if (memcmp(head->configuration, c->head.configuration, sizeof head->configuration) != 0) {
    wg_text_difference(configuration, c->configuration, &why);
    return refuse(path, &why, error);
  }
  if (memcmp(head->data, c->head.data, sizeof head->data) != 0) {
    wg_message_add(&why, "the tables of the district have changed");
    return refuse(path, &why, error);
  }
  *foreign = false;
  return WG_OK;
}

// Opens a group's file and checks that it is this run's.
static int open_group(const wg_checkpoints *c, const char *name, char **path, wg_checkpoint_reader **reader,
                      wg_error *error) {
  *reader = NULL;
  *path = path_of(c, name);
  int code = *path ? wg_checkpoint_open(*path, reader, error) : no_memory(c, error);
  if (code)
    return code;
  const wg_checkpoint_head *const head = wg_checkpoint_head_of(*reader);
  if (head->kind != WG_CHECKPOINT_GROUP || head->answers != c->head.answers ||
      memcmp(head->configuration, c->head.configuration, sizeof head->configuration) != 0 ||
      memcmp(head->data, c->head.data, sizeof head->data) != 0)
    code = wg_error_set(error, WG_FAIL_CONFIG, "%s: is no group of this run", *path);
  return code;
}

// Takes the names of the groups, one a line, and checks their files.
static int take_groups(wg_checkpoints *c, const char *path, char *lines, wg_error *error) {
  int code = WG_OK;
  c->groups.count = 0;
  for (char *line = strtok_r(lines, "\n", &lines); line && !code; line = strtok_r(NULL, "\n", &lines)) {
    if (c->groups.count == GROUPS_MAX || strlen(line) >= WG_CHECKPOINT_NAME_SIZE || strchr(line, '/') ||
        strncmp(line, WG_CHECKPOINT_GROUP_PREFIX, strlen(WG_CHECKPOINT_GROUP_PREFIX)) != 0)
      return wg_error_set(error, WG_FAIL_CONFIG, "%s: is damaged: the names of its groups", path);
    strcpy(c->groups.items[c->groups.count++], line);
    char *group_path;
    wg_checkpoint_reader *reader;
    code = open_group(c, line, &group_path, &reader, error);
    wg_checkpoint_close(reader);
    free(group_path);
  }
  return code;
}

// Opens the state of so many months; reads what stands before the engine's blocks.
static int open_state(wg_checkpoints *c, int64_t months, bool *foreign, wg_error *error) {
  char name[WG_CHECKPOINT_NAME_SIZE], *configuration = NULL, *groups = NULL;
  wg_checkpoint_state_name(months, name);
  char *const path = path_of(c, name);
  wg_checkpoint_reader *reader = NULL;
  *foreign = false;
  int code = path ? wg_checkpoint_open(path, &reader, error) : no_memory(c, error);
  if (code)
    goto out;
  const wg_checkpoint_head *const head = wg_checkpoint_head_of(reader);
  configuration = read_text(reader, path, "configuration", error);
  groups = configuration ? read_text(reader, path, "groups", error) : NULL;
  if (!groups)
    code = error->code;
  else if (head->kind != WG_CHECKPOINT_STATE || head->months != (uint64_t)months)
    code = wg_error_set(error, WG_FAIL_CONFIG, "%s: is not what its name says", path);
  if (!code)
    code = check_identity(c, path, head, configuration, foreign, error);
  if (!code)
    code = take_groups(c, path, groups, error);
out:
  free(configuration);
  free(groups);
  free(path);
  if (code) {
    wg_checkpoint_close(reader);
    return code;
  }
  c->reader = reader;
  c->last = months;
  return WG_OK;
}

// The newest of fewer months than `below` that can be used.
static int find_below(wg_checkpoints *c, int64_t below, bool *found, wg_error *notices, wg_error *error) {
  wg_error strangers = {0};
  *found = false;
  wg_checkpoint_close(c->reader);
  c->reader = NULL;
  c->last = -1;
  bool is_any = below != INT64_MAX;
  for (int64_t months; (months = wg_checkpoint_folder_newest(c->folder, below)) >= 0; below = months) {
    wg_error told = {0};
    bool foreign;
    is_any = true;
    const int code = open_state(c, months, &foreign, &told);
    *found = code == WG_OK;
    if (!code || code == WG_FAIL_RUN)
      return code ? wg_error_set(error, code, "%s", told.text) : WG_OK;
    wg_error_merge(foreign ? &strangers : notices, &told);
  }
  c->groups.count = 0;
  if (!is_any)
    return WG_OK;
  if (!strangers.code)
    wg_error_merge(error, notices);
  wg_error_merge(error, &strangers);
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: no checkpoint in it can be used (without --resume: starts anew)",
                      c->folder);
}

int wg_checkpoints_find(wg_checkpoints *c, bool *found, wg_error *notices, wg_error *error) {
  *found = false;
  DIR *folder = opendir(c->folder);
  if (!folder && errno != ENOENT)
    return wg_error_set(error, WG_FAIL_CONFIG, "%s: the folder of checkpoints: %s", c->folder, strerror(errno));
  if (folder)
    closedir(folder);
  return find_below(c, INT64_MAX, found, notices, error);
}

int wg_checkpoints_restore(wg_checkpoints *c, wg_engine *engine, wg_error *notices, wg_error *error) {
  for (bool found = true; found;) {
    wg_error told = {0};
    const wg_block_stream stream = {
        .self = c->reader, .reading = true, .bytes = wg_checkpoint_left(c->reader), .pass = wg_checkpoint_get};
    wg_block more;
    int code = wg_engine_pass(engine, &stream, &told);
    if (!code && (wg_checkpoint_next(c->reader, &more) || wg_engine_state_of(engine)->month != (uint64_t)c->last))
      code = wg_error_set(&told, WG_FAIL_CONFIG, "%s: the state of month %" PRId64 " is not what its name says",
                          c->folder, c->last);
    if (!code) {
      wg_checkpoint_close(c->reader);
      c->reader = NULL;
      return WG_OK;
    }
    if (code == WG_FAIL_RUN)
      return wg_error_set(error, code, "%s", told.text);
    wg_error_merge(notices, &told);
    code = find_below(c, c->last, &found, notices, error);
    if (code)
      return code;
  }
  return WG_OK;
}

int wg_checkpoints_put_groups(const wg_checkpoints *c, const wg_sink *sink, wg_error *error) {
  int code = WG_OK;
  for (size_t i = 0; i < c->groups.count && !code; i++) {
    char *path;
    wg_checkpoint_reader *reader;
    wg_arena arena = {0};
    wg_group group;
    code = open_group(c, c->groups.items[i], &path, &reader, error);
    if (!code)
      code = wg_group_file_read(reader, path, &arena, &group, error);
    if (!code)
      code = sink->put(sink->self, &group, error);
    wg_arena_free(&arena);
    wg_checkpoint_close(reader);
    free(path);
  }
  return code;
}

// ---- keeping ----

void wg_checkpoints_remove(const wg_checkpoints *c) {
  wg_checkpoint_folder_clear(c->folder, -1, -1, &(wg_checkpoint_names){0});
  rmdir(c->folder);
}

static int put_text(wg_checkpoint_writer *writer, const char *name, const char *text, wg_error *error) {
  int code = wg_checkpoint_begin(writer, name, 1, strlen(text), error);
  return code || !*text ? code : wg_checkpoint_append(writer, text, strlen(text), error);
}

static char *group_lines(const wg_checkpoints *c) {
  char *const lines = calloc(c->groups.count + 1, WG_CHECKPOINT_NAME_SIZE), *at = lines;
  for (size_t i = 0; lines && i < c->groups.count; i++)
    at += sprintf(at, "%s\n", c->groups.items[i]);
  return lines;
}

// All of it but the end.
static int write_state(wg_checkpoints *c, const char *path, wg_engine *engine, wg_checkpoint_writer **writer,
                       wg_error *error) {
  c->head.months = wg_engine_state_of(engine)->month;
  int code = wg_checkpoint_create(path, &c->head, writer, error);
  if (code)
    return code;
  char *const groups = group_lines(c);
  if (!groups)
    code = no_memory(c, error);
  if (!code)
    code = put_text(*writer, "configuration", c->configuration, error);
  if (!code && groups)
    code = put_text(*writer, "groups", groups, error);
  if (!code) {
    const wg_block_stream stream = {.self = *writer, .pass = wg_checkpoint_put};
    code = wg_engine_pass(engine, &stream, error);
  }
  free(groups);
  if (code)
    wg_checkpoint_abandon(*writer);
  return code;
}

static void *publish(void *self) {
  wg_checkpoints *c = self;
  c->code = wg_checkpoint_publish(c->pending, &c->bytes, &c->error);
  if (!c->code) // the groups are the run's, which may be adding to them
    wg_checkpoint_folder_clear(c->folder, c->pending_months, c->last, NULL);
  return NULL;
}

int wg_checkpoints_settle(wg_checkpoints *c, wg_error *error) {
  if (!c->pending)
    return WG_OK;
  const int64_t from = wg_clock_read(CLOCK_MONOTONIC);
  if (c->has_thread)
    pthread_join(c->thread, NULL);
  c->pending = NULL;
  if (c->code)
    return wg_error_set(error, c->code, "%s", c->error.text);
  wg_checkpoint_folder_clear(c->folder, c->pending_months, c->last, &c->groups);
  c->last = c->pending_months;
  c->costs.count++;
  c->costs.bytes = c->bytes;
  c->costs.time += wg_clock_read(CLOCK_MONOTONIC) - from;
  return WG_OK;
}

int wg_checkpoints_keep(wg_checkpoints *c, wg_engine *engine, wg_error *error) {
  const int64_t from = wg_clock_read(CLOCK_MONOTONIC), months = wg_engine_state_of(engine)->month;
  char name[WG_CHECKPOINT_NAME_SIZE];
  wg_checkpoint_writer *writer = NULL;
  int code = wg_checkpoints_settle(c, error);
  if (code)
    return code;
  wg_checkpoint_state_name(months, name);
  char *const path = path_of(c, name);
  code = path ? wg_checkpoint_folder_make(c->folder, error) : no_memory(c, error);
  if (!code)
    code = write_state(c, path, engine, &writer, error);
  free(path);
  if (code)
    return code;
  c->pending = writer;
  c->pending_months = months;
  c->has_thread = pthread_create(&c->thread, NULL, publish, c) == 0;
  if (!c->has_thread)
    publish(c);
  c->costs.time += wg_clock_read(CLOCK_MONOTONIC) - from;
  return WG_OK;
}

int wg_checkpoints_keep_group(wg_checkpoints *c, const wg_group *group, wg_error *error) {
  const int64_t from = wg_clock_read(CLOCK_MONOTONIC);
  if (c->groups.count == GROUPS_MAX)
    return wg_error_set(error, WG_FAIL_RUN, "%s: more than %d groups", c->folder, GROUPS_MAX);
  char *const name = c->groups.items[c->groups.count];
  const int length =
      snprintf(name, WG_CHECKPOINT_NAME_SIZE, WG_CHECKPOINT_GROUP_PREFIX "%016" PRIx64 "-%s", run_name(c), group->name);
  if (length >= WG_CHECKPOINT_NAME_SIZE)
    return wg_error_set(error, WG_FAIL_RUN, "%s: the name of the group %s is too long", c->folder, group->name);
  char *const path = path_of(c, name);
  int code = path ? wg_checkpoint_folder_make(c->folder, error) : no_memory(c, error);
  if (!code)
    code = wg_group_file_write(path, &c->head, group, error);
  free(path);
  c->groups.count += !code;
  c->costs.time += wg_clock_read(CLOCK_MONOTONIC) - from;
  return code;
}

int64_t wg_checkpoints_last(const wg_checkpoints *c) {
  return c->last;
}

wg_checkpoint_costs wg_checkpoints_costs(const wg_checkpoints *c) {
  return c->costs;
}
