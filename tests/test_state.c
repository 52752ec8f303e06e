// SPDX-License-Identifier: GPL-3.0-or-later
// The state of a run: nothing is missing from it, and a run that goes on from it is, to the bit, the run that was never
// interrupted; at every month, with several threads.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "run/run.h"

enum { MONTHS = 12, RUNS = 3 };
static int64_t threads_of[RUNS] = {1, 2, 4};

// Months that begin and end in their middle; turns by need, relief, a log, snapshots at the start, on the way and at the end.
static const char scenario[] =
    "name = \"state\";\n"
    "run: { start = \"2010-11-15\"; end = \"2011-10-20\";\n"
    "  subdistricts = [\"110108014000\", \"110108015000\", \"110108016000\", \"110108030000\"]; };\n"
    "output: { place = \"community\"; levers = true; events = [\"110108016000\"];\n"
    "  snapshot = [\"2010-11-15\", \"2011-01-01\", \"2011-06-01\", \"2011-10-20\"]; };\n"
    "policies = (\n"
    "  { policy = \"sanshe_linkage\"; from = \"2011-01-20\"; ramp_months = 4;\n"
    "    rollout: { communities_per_month = 4; order = \"need\"; }; },\n"
    "  { policy = \"population_relief\"; from = \"2010-12-01\"; ramp_months = 6; params: { follow_days = 548; }; },\n"
    "  { policy = \"network_fusion\"; from = \"2011-03-01\"; ramp_months = 3; });\n";

// ---- what a run comes to ----

typedef struct blob {
  unsigned char *bytes;
  size_t size, capacity, at;
} blob;

static void append(blob *b, const void *bytes, size_t size) {
  if (b->size + size > b->capacity) {
    b->capacity = (b->size + size) * 2;
    b->bytes = realloc(b->bytes, b->capacity);
    assert_non_null(b->bytes);
  }
  memcpy(b->bytes + b->size, bytes, size);
  b->size += size;
}

// Name, size and count, so that a difference is told where it begins; then the elements.
static int write_block(void *self, const wg_block *block, wg_error *error) {
  (void)error;
  char head[WG_BLOCK_NAME_SIZE + 48] = {0};
  snprintf(head, sizeof head, "%s %zu %llu", block->name, block->size, (unsigned long long)block->count);
  append(self, head, sizeof head);
  for (uint64_t i = 0; i < block->count; i++)
    append(self, (const char *)block->data + i * block->stride, block->size);
  return WG_OK;
}

static int read_block(void *self, const wg_block *block, wg_error *error) {
  blob *b = self;
  char head[WG_BLOCK_NAME_SIZE + 48] = {0};
  snprintf(head, sizeof head, "%s %zu %llu", block->name, block->size, (unsigned long long)block->count);
  if (b->at + sizeof head > b->size || memcmp(b->bytes + b->at, head, sizeof head) != 0)
    return wg_error_set(error, WG_FAIL_CONFIG, "%s where %s belongs", (const char *)b->bytes + b->at, head);
  b->at += sizeof head;
  for (uint64_t i = 0; i < block->count; i++, b->at += block->size)
    memcpy((char *)block->data + i * block->stride, b->bytes + b->at, block->size);
  return WG_OK;
}

static void store(wg_engine *engine, blob *b) {
  wg_error error = {0};
  const wg_block_stream stream = {.self = b, .pass = write_block};
  b->size = 0;
  assert_int_equal(wg_engine_pass(engine, &stream, &error), WG_OK);
}

static void restore(wg_engine *engine, blob *b) {
  wg_error error = {0};
  b->at = 0;
  const wg_block_stream stream = {.self = b, .reading = true, .bytes = b->size, .pass = read_block};
  if (wg_engine_pass(engine, &stream, &error))
    fail_msg("%s", error.text);
  assert_int_equal(b->at, b->size);
}

static void assert_same_state(const blob *a, const blob *b, const char *what, uint32_t month) {
  if (a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0)
    return;
  size_t at = 0;
  while (at < a->size && at < b->size && a->bytes[at] == b->bytes[at])
    at++;
  fail_msg("%s: the states of month %u differ at byte %zu of %zu", what, month, at, a->size);
}

// The groups that a run puts, one hash each.
typedef struct results {
  XXH64_hash_t groups[32];
  char names[32][40];
  size_t count;
} results;

static int hash_group(void *self, const wg_group *group, wg_error *error) {
  results *r = self;
  XXH3_state_t *state = XXH3_createState();
  XXH3_64bits_reset(state);
  for (size_t v = 0; v < group->variable_count; v++) {
    const wg_variable *variable = group->variables + v;
    size_t count = 1, first = 1;
    for (size_t i = 0; i < variable->rank; i++)
      for (size_t d = 0; d < group->dimension_count; d++)
        if (strcmp(group->dimensions[d].name, variable->dimensions[i]) == 0) {
          count *= group->dimensions[d].length;
          first = i == 0 ? group->dimensions[d].length : first;
        }
    XXH3_64bits_update(state, variable->name, strlen(variable->name));
    if (variable->type == WG_STRING)
      continue;
    void *buffer = variable->data ? NULL : malloc(count * wg_type_size(variable->type));
    if (buffer)
      assert_int_equal(variable->read(variable->read_context, 0, first, buffer, error), WG_OK);
    XXH3_64bits_update(state, buffer ? buffer : variable->data, count * wg_type_size(variable->type));
    free(buffer);
  }
  assert_true(r->count < 32);
  snprintf(r->names[r->count], sizeof r->names[0], "%s", group->name);
  r->groups[r->count++] = XXH3_64bits_digest(state);
  XXH3_freeState(state);
  return WG_OK;
}

// ---- runs ----

// Keeps every month's state, and stops after `stop` months.
typedef struct watcher {
  blob *states; // [MONTHS + 1], or NULL
  uint32_t stop;
  bool poison;
  wg_world *world;
} watcher;

static int note_month(void *self, wg_engine *engine, wg_error *error) {
  watcher *w = self;
  const uint32_t month = wg_engine_state_of(engine)->month;
  if (w->states)
    store(engine, w->states + month);
  return month == w->stop ? wg_error_set(error, WG_STOPPED, "stopped") : WG_OK;
}

// Everything that is said to be of one month only: what is read of it before it has been set shows.
static void poison(wg_world *world) {
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    wg_subdistrict *s = world->subdistricts + i;
    memset((char *)s + WG_SUBDISTRICT_LASTS, 0xA5, sizeof *s - WG_SUBDISTRICT_LASTS);
    s->log_failed = true;
    for (int t = 0; t < WG_TABLE_COUNT; t++)
      if (s->tables[t].type->life == WG_ROWS_SCRATCH && s->tables[t].rows) {
        memset(s->tables[t].rows, 0xA5, s->tables[t].capacity * s->tables[t].type->row_size);
        s->tables[t].count = s->tables[t].capacity;
      }
  }
}

static void note_progress(void *self, const wg_engine_state *state) {
  (void)state;
  watcher *w = self;
  if (w->poison)
    poison(w->world);
}

static char folder[] = "/tmp/wangge-state-XXXXXX", scenario_path[64];

static wg_run *open_run(int64_t threads) {
  wg_run *run = calloc(1, sizeof *run);
  wg_error error = {0};
  char output[64];
  snprintf(output, sizeof output, "%s/x.h5", folder);
  const wg_run_options options = {.scenario = scenario_path, .output = output, .threads = threads};
  if (wg_run_open(&options, run, &error) || wg_run_prepare(run, &error))
    fail_msg("%s", error.text);
  return run;
}

static void close_run(wg_run *run) {
  wg_run_free(run);
  free(run);
}

static int live(wg_run *run, watcher *w, results *r) {
  wg_error error = {0};
  w->world = &run->world;
  const wg_sink sink = {.self = r, .put = hash_group};
  const wg_keeper keeper = {.self = w, .month = note_month};
  const wg_observer observer = {.self = w, .month = note_progress};
  const int code = wg_engine_run(run->engine, NULL, 0, &sink, &observer, &keeper, &error);
  if (code && code != WG_STOPPED)
    fail_msg("%s", error.text);
  return code;
}

// The run that is never interrupted, on one thread.
static blob whole[MONTHS + 1];
static results whole_results;

// Groups of the whole run from number `first` on.
static void assert_results_end(const results *r, size_t first, const char *what) {
  assert_int_equal(first + r->count, whole_results.count);
  for (size_t i = 0; i < r->count; i++) {
    assert_string_equal(r->names[i], whole_results.names[first + i]);
    if (r->groups[i] != whole_results.groups[first + i])
      fail_msg("%s: the group \"%s\" differs", what, r->names[i]);
  }
}

// Groups that had been put before the state of so many months was stored: of snapshots before its date.
// There are no needs at the start.
static size_t groups_before(uint32_t months) {
  return (size_t)(months > 0) + (size_t)(months > 2) * 2 + (size_t)(months > 7) * 2;
}

static int live_whole(void **state) {
  (void)state;
  assert_non_null(mkdtemp(folder));
  snprintf(scenario_path, sizeof scenario_path, "%s/state.cfg", folder);
  FILE *stream = fopen(scenario_path, "w");
  assert_non_null(stream);
  fputs(scenario, stream);
  fclose(stream);
  wg_run *run = open_run(1);
  watcher w = {.states = whole, .stop = UINT32_MAX};
  assert_int_equal(live(run, &w, &whole_results), WG_OK);
  assert_int_equal(wg_engine_state_of(run->engine)->month, MONTHS);
  close_run(run);
  return 0;
}

static int tidy(void **state) {
  (void)state;
  for (int m = 0; m <= MONTHS; m++)
    free(whole[m].bytes);
  unlink(scenario_path);
  rmdir(folder);
  return 0;
}

// ---- what is in it ----

typedef struct listing {
  char names[40000][WG_BLOCK_NAME_SIZE];
  uint64_t counts[40000];
  size_t count;
} listing;

static int list_block(void *self, const wg_block *block, wg_error *error) {
  (void)error;
  listing *l = self;
  assert_true(l->count < 40000);
  strcpy(l->names[l->count], block->name);
  l->counts[l->count++] = block->count;
  return WG_OK;
}

// Takes the block off the list.
static void assert_listed(listing *l, uint64_t count, const char *format, ...) {
  char name[WG_BLOCK_NAME_SIZE];
  va_list list;
  va_start(list, format);
  vsnprintf(name, sizeof name, format, list);
  va_end(list);
  for (size_t i = 0; i < l->count; i++)
    if (strcmp(l->names[i], name) == 0) {
      assert_int_equal(l->counts[i], count);
      l->names[i][0] = '\0';
      return;
    }
  fail_msg("%s is not in the state", name);
}

// One block for every declared column, and nothing else.
static void every_column_is_stored(void **state) {
  (void)state;
  static listing l;
  wg_error error = {0};
  wg_run *run = open_run(1);
  const wg_block_stream stream = {.self = &l, .pass = list_block};
  assert_int_equal(wg_engine_pass(run->engine, &stream, &error), WG_OK);
  for (size_t c = 0; c < wg_engine_state_type.column_count; c++)
    assert_listed(&l, 1, "run.%s", wg_engine_state_type.columns[c].name);
  for (uint32_t i = 0; i < run->world.subdistrict_count; i++) {
    const wg_subdistrict *s = run->world.subdistricts + i;
    for (size_t c = 0; c < wg_subdistrict_type.column_count; c++)
      assert_listed(&l, 1, "%lld.%s", (long long)s->code, wg_subdistrict_type.columns[c].name);
    for (int t = 0; t < WG_TABLE_COUNT; t++) {
      const wg_table_type *type = s->tables[t].type;
      if (type->life == WG_ROWS_SCRATCH)
        continue;
      assert_listed(&l, 1, "%lld.%s", (long long)s->code, wg_table_names[t]);
      for (size_t c = 0; c < type->column_count; c++)
        assert_listed(&l, s->tables[t].count, "%lld.%s.%s", (long long)s->code, wg_table_names[t],
                      type->columns[c].name);
    }
  }
  const wg_record *record = wg_engine_record(run->engine);
  assert_listed(&l, record->time_count, "record.time");
  for (size_t o = 0; o < record->output_count; o++)
    assert_listed(&l, wg_record_at(record, o, record->time_count, 0), "record.%s", record->outputs[o]->name);
  for (size_t i = 0; i < l.count; i++)
    assert_string_equal(l.names[i], "");
  close_run(run);
}

// Between the tables and what is of the month only nothing lies but declared columns, and less than a word of padding.
static void a_subdistrict_has_nothing_undeclared_that_lasts(void **state) {
  (void)state;
  const size_t from = offsetof(wg_subdistrict, tables) + sizeof((wg_subdistrict *)0)->tables;
  size_t declared = 0;
  for (size_t c = 0; c < wg_subdistrict_type.column_count; c++) {
    assert_true(wg_subdistrict_type.columns[c].offset >= from);
    assert_true(wg_subdistrict_type.columns[c].offset < WG_SUBDISTRICT_LASTS);
    declared += wg_type_size(wg_subdistrict_type.columns[c].type);
  }
  assert_true(WG_SUBDISTRICT_LASTS - from - declared < 8);
}

// What is before the tables is never changed by living, nor is the district beside its month: a new run has it again.
static void constants_stay(void **state) {
  (void)state;
  wg_run *run = open_run(2);
  const size_t size = offsetof(wg_subdistrict, tables);
  unsigned char *before = malloc(run->world.subdistrict_count * size);
  wg_world world = run->world;
  for (uint32_t i = 0; i < run->world.subdistrict_count; i++)
    memcpy(before + i * size, run->world.subdistricts + i, size);
  results r = {0};
  watcher w = {.stop = 4};
  assert_int_equal(live(run, &w, &r), WG_STOPPED);
  for (uint32_t i = 0; i < run->world.subdistrict_count; i++)
    assert_memory_equal(before + i * size, run->world.subdistricts + i, size);
  world.month = run->world.month;
  assert_memory_equal(&world, &run->world, sizeof world);
  free(before);
  close_run(run);
}

static void nothing_leaks_through_what_is_of_the_month(void **state) {
  (void)state;
  static blob states[MONTHS + 1];
  wg_run *run = open_run(2);
  results r = {0};
  watcher w = {.states = states, .stop = UINT32_MAX, .poison = true};
  assert_int_equal(live(run, &w, &r), WG_OK);
  for (uint32_t m = 0; m <= MONTHS; m++) {
    assert_same_state(states + m, whole + m, "poisoned", m);
    free(states[m].bytes);
  }
  assert_results_end(&r, 0, "poisoned");
  close_run(run);
}

// ---- going on ----

// As if nothing of the world were known: what a state does not set shows. Room is cut to what the rows need, so that whoever counts
// on room left over from an earlier month is told by the sanitizer.
static void scribble(wg_world *world) {
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    wg_subdistrict *s = world->subdistricts + i;
    const size_t from = offsetof(wg_subdistrict, tables) + sizeof s->tables;
    memset((char *)s + from, 0x5A, sizeof *s - from);
    for (int t = 0; t < WG_TABLE_COUNT; t++) {
      wg_table *table = &s->tables[t];
      if (table->type->life == WG_ROWS_FIXED && table->count)
        memset(table->rows, 0x5A, table->count * table->type->row_size);
      else if (table->type->life != WG_ROWS_FIXED)
        wg_table_free(table);
    }
  }
}

// From every month's state on a world that knows nothing, one month at a time: each state is that of the whole run; then
// from some months to the end.
static void a_run_goes_on_from_any_month(void **state) {
  const int64_t threads = *(const int64_t *)*state;
  static const uint32_t from[] = {0, 1, 6, MONTHS - 1, MONTHS};
  char what[64];
  wg_run *run = open_run(threads);
  for (uint32_t m = 0; m < MONTHS; m++) {
    static blob states[MONTHS + 1];
    results r = {0};
    watcher w = {.states = states, .stop = m + 1};
    scribble(&run->world);
    restore(run->engine, whole + m);
    assert_int_equal(live(run, &w, &r), WG_STOPPED);
    snprintf(what, sizeof what, "%lld threads, resumed at month %u", (long long)threads, m);
    assert_same_state(states + m, whole + m, what, m);
    assert_same_state(states + m + 1, whole + m + 1, what, m + 1);
  }
  for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
    results r = {0};
    watcher w = {.stop = UINT32_MAX};
    scribble(&run->world);
    restore(run->engine, whole + from[i]);
    assert_int_equal(live(run, &w, &r), WG_OK);
    snprintf(what, sizeof what, "%lld threads, from month %u to the end", (long long)threads, from[i]);
    assert_results_end(&r, groups_before(from[i]), what);
  }
  close_run(run);
}

// ---- states that cannot be ----

// Changes the element of a block in the blob.
static void change(blob *b, const char *name, uint64_t value) {
  char head[WG_BLOCK_NAME_SIZE] = {0};
  snprintf(head, sizeof head, "%s ", name);
  for (size_t at = 0; at + strlen(head) < b->size; at++)
    if (memcmp(b->bytes + at, head, strlen(head)) == 0) {
      memcpy(b->bytes + at + WG_BLOCK_NAME_SIZE + 48, &value, 4);
      return;
    }
  fail_msg("no block %s", name);
}

static void counts_and_dates_are_checked_before_memory_is_taken(void **state) {
  (void)state;
  static const struct {
    const char *block;
    uint64_t value;
    const char *told;
  } cases[] = {
      {"run.month", MONTHS + 1, "months lived"},
      {"run.months", MONTHS + 1, "months lived"},
      {"run.date", 0, "months lived"},
      {"110108015000.grids", 3, "rows (allowed: "},
      {"110108015000.residents", UINT32_MAX, "rows (allowed: as many as are stored)"},
      {"110108015000.movers", UINT32_MAX, "rows (allowed: as many as are stored)"},
      {"110108015000.movers", 7, "belongs"},
  };
  wg_run *run = open_run(1);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    blob bad = {0};
    wg_error error = {0};
    append(&bad, whole[5].bytes, whole[5].size);
    change(&bad, cases[i].block, cases[i].value);
    const wg_block_stream stream = {.self = &bad, .reading = true, .bytes = bad.size, .pass = read_block};
    assert_int_equal(wg_engine_pass(run->engine, &stream, &error), WG_FAIL_CONFIG);
    if (!strstr(error.text, cases[i].told))
      fail_msg("%s: %s", cases[i].block, error.text);
    free(bad.bytes);
  }
  results r = {0};
  watcher w = {.stop = UINT32_MAX};
  restore(run->engine, whole + 5); // another one can still be read
  assert_int_equal(live(run, &w, &r), WG_OK);
  assert_results_end(&r, groups_before(5), "after bad states");
  close_run(run);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_column_is_stored),
      cmocka_unit_test(a_subdistrict_has_nothing_undeclared_that_lasts),
      cmocka_unit_test(constants_stay),
      cmocka_unit_test(nothing_leaks_through_what_is_of_the_month),
      {"a_run_goes_on_from_any_month_on_one_thread", a_run_goes_on_from_any_month, NULL, NULL, &threads_of[0]},
      {"a_run_goes_on_from_any_month_on_two_threads", a_run_goes_on_from_any_month, NULL, NULL, &threads_of[1]},
      {"a_run_goes_on_from_any_month_on_four_threads", a_run_goes_on_from_any_month, NULL, NULL, &threads_of[2]},
      cmocka_unit_test(counts_and_dates_are_checked_before_memory_is_taken),
  };
  return cmocka_run_group_tests_name("state", tests, live_whole, tidy);
}
