// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"

#include <omp.h>
#include <stdlib.h>

#include "engine/adoption.h"
#include "engine/emit.h"
#include "engine/lever_plan.h"
#include "engine/logged.h"
#include "engine/month.h"
#include "engine/snapshots.h"

struct wg_engine {
  wg_world *world;
  int threads;
  void *constants[WG_MECHANISMS_MAX];
  wg_policy_plan *policies;
  wg_roll_plan *plan;
  wg_roll *rolls;    // [threads]
  uint32_t *by_size; // subdistricts, the largest first, so that threads end together
  wg_error *errors;  // [subdistricts]
  wg_phases *phases; // [threads]; what threads do together or what one does alone is with the first
  int64_t cpu_last;  // of all threads, at the last boundary of such phases
  wg_record record;
  wg_engine_state state;
  bool begun; // a state was read: the row of its date is there
};

static const wg_subdistrict *subdistrict(const wg_engine *engine, uint32_t i) {
  return engine->world->subdistricts + i;
}

static void order_by_size(wg_engine *engine) {
  const uint32_t count = engine->world->subdistrict_count;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t at = i;
    while (at > 0 && wg_residents_count(subdistrict(engine, engine->by_size[at - 1])) <
                         wg_residents_count(subdistrict(engine, i))) {
      engine->by_size[at] = engine->by_size[at - 1];
      at--;
    }
    engine->by_size[at] = i;
  }
}

static uint32_t count_months(const wg_run_params *run) {
  return (uint32_t)(wg_date_month(run->end - 1) - wg_date_month(run->start) + 1);
}

// The caps of every calendar month are asked for beforehand: a configuration that cannot be lived is told of at once.
static int check_caps(wg_engine *engine, wg_error *error) {
  const wg_month first = wg_date_month(engine->world->run->start);
  const uint32_t months = count_months(engine->world->run);
  int code = WG_OK;
  for (uint32_t i = 0; i < months && !code; i++)
    code = wg_roll_plan_month(engine->world, first + (wg_month)i, engine->plan, error);
  return code;
}

int wg_engine_create(wg_world *world, int64_t threads, wg_engine **created, wg_error *error) {
  wg_engine *engine = *created = calloc(1, sizeof *engine);
  if (!engine)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the engine");
  engine->world = world;
  engine->threads = threads > 0 ? (int)threads : omp_get_num_procs();
  const uint32_t count = world->subdistrict_count;
  if (engine->threads > (int)count)
    engine->threads = (int)count;
  engine->policies = calloc(1, sizeof *engine->policies);
  engine->plan = calloc(1, sizeof *engine->plan);
  engine->rolls = calloc((size_t)engine->threads, sizeof *engine->rolls);
  engine->by_size = calloc(count, sizeof *engine->by_size);
  engine->errors = calloc(count, sizeof *engine->errors);
  engine->phases = calloc((size_t)engine->threads, sizeof *engine->phases);
  if (!engine->policies || !engine->plan || !engine->rolls || !engine->by_size || !engine->errors || !engine->phases)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the engine");
  order_by_size(engine);
  wg_snapshots_check(world, error);
  wg_logged_choose(world, error);
  if (wg_policy_plan_make(world, engine->policies, error) == WG_OK)
    if (wg_adoption_create(world, engine->policies, error) == WG_OK)
      wg_levers_check(world, engine->policies, error);
  for (size_t m = 0; m < wg_mechanism_count; m++)
    if (wg_mechanisms[m]->prepare)
      wg_mechanisms[m]->prepare(world, &engine->constants[m], error);
  if (error->code)
    return error->code;
  wg_roll_plan_make(engine->constants, engine->plan);
  const int code = check_caps(engine, error);
  if (code)
    return code;
  return wg_record_create(world, count_months(world->run) + 1, &engine->record, error);
}

void wg_engine_free(wg_engine *engine) {
  if (!engine)
    return;
  for (size_t m = 0; m < wg_mechanism_count; m++)
    free(engine->constants[m]);
  for (int t = 0; engine->rolls && t < engine->threads; t++)
    wg_roll_free(engine->rolls + t);
  free(engine->policies);
  free(engine->plan);
  free(engine->rolls);
  free(engine->by_size);
  free(engine->errors);
  free(engine->phases);
  wg_record_free(&engine->record);
  free(engine);
}

int wg_engine_branch(const wg_engine *trunk, wg_world *world, int64_t threads, wg_engine **created, wg_error *error) {
  wg_adoption *remembered = NULL;
  *created = NULL;
  int code = wg_adoption_remember(world, &remembered, error);
  if (!code)
    code = wg_engine_create(world, threads, created, error);
  wg_engine *const engine = *created;
  if (!code && engine)
    code = wg_adoption_recall(world, trunk->policies, remembered, trunk->state.date, engine->policies, error);
  if (!code && engine) {
    wg_record_copy(&trunk->record, &engine->record);
    engine->state = trunk->state;
    engine->begun = true;
  }
  free(remembered);
  return code;
}

static uint64_t count_residents(const wg_world *world) {
  uint64_t residents = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    for (uint32_t g = 0; g < wg_grids_count(world->subdistricts + i); g++)
      residents += wg_grids(world->subdistricts + i)[g].residents;
  return residents;
}

static void note_state(wg_engine *engine, wg_date date) {
  const wg_world *world = engine->world;
  wg_engine_state *state = &engine->state;
  state->resident_days += state->residents * (uint64_t)(date - state->date);
  state->date = date;
  state->residents = count_residents(world);
  state->open_needs = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    const wg_subdistrict *s = world->subdistricts + i;
    state->open_needs += s->open_needs;
    for (uint32_t t = 0; t < s->tables[WG_TABLE_TALLY].count; t++) {
      state->needs_arisen += wg_tallies(s)[t].arisen;
      state->cases_filed += wg_tallies(s)[t].filed;
    }
  }
  if (state->open_needs > state->open_needs_peak)
    state->open_needs_peak = state->open_needs;
}

// The time since the last boundary belongs to no phase of these, or to `phase`.
static void skip_time(wg_engine *engine) {
  engine->cpu_last = wg_clock_read(CLOCK_PROCESS_CPUTIME_ID);
}

static void phase_ends(wg_engine *engine, size_t phase) {
  const int64_t from = engine->cpu_last;
  skip_time(engine);
  engine->phases[0].spent[phase] += engine->cpu_last - from;
}

static int live_month(wg_engine *engine, wg_error *error) {
  wg_world *world = engine->world;
  const int32_t count = (int32_t)world->subdistrict_count;
  const int unlivable = wg_roll_plan_month(world, world->month, engine->plan, error);
  if (unlivable)
    return unlivable;
#pragma omp parallel for schedule(dynamic, 1) num_threads(engine->threads)
  for (int32_t k = 0; k < count; k++) {
    const uint32_t i = engine->by_size[k];
    const int thread = omp_get_thread_num();
    wg_phase_watch watch;
    wg_phase_watch_start(&watch);
    wg_month_live(world, engine->constants, engine->policies, engine->plan, world->subdistricts + i,
                  engine->rolls + thread, &watch, engine->errors + i);
    wg_phase_watch_stop(&watch, engine->phases + thread);
  }
  for (int32_t i = 0; i < count; i++)
    if (engine->errors[i].code)
      return wg_error_set(error, engine->errors[i].code, "%s", engine->errors[i].text);
  skip_time(engine);
  for (size_t m = 0; m < wg_mechanism_count; m++) {
    if (!wg_mechanisms[m]->exchange)
      continue;
    const int code = wg_mechanisms[m]->exchange(world, engine->constants[m], error);
    if (code)
      return code;
    phase_ends(engine, wg_phase_of(m, WG_PHASE_EXCHANGE));
  }
  const int code = wg_adoption_advance(world, engine->policies, error);
  phase_ends(engine, WG_PHASE_LEVERS);
  return code;
}

// The output row of the date that has been reached, and the books of the run.
static int make_row(wg_engine *engine, wg_date date, wg_error *error) {
  skip_time(engine);
  note_state(engine, date);
  const int code = wg_record_append(engine->world, date, engine->threads, &engine->record, error);
  phase_ends(engine, WG_PHASE_OUTPUT_ROWS);
  return code;
}

// A snapshot, if one is wanted of the date that has been reached, and word to the observer.
static int take_stock(wg_engine *engine, const wg_sink *sink, const wg_observer *observer, wg_error *error) {
  const wg_date date = engine->state.date;
  int code = WG_OK;
  skip_time(engine);
  if (wg_snapshots_wanted(engine->world, date)) {
    code = wg_emit_residents(engine->world, date, sink, error);
    if (!code)
      code = wg_emit_needs(engine->world, date, sink, error);
  }
  phase_ends(engine, WG_PHASE_RESULTS);
  if (observer && !code)
    observer->month(observer->self, &engine->state);
  return code;
}

static int begin(wg_engine *engine, wg_error *error) {
  const wg_run_params *run = engine->world->run;
  engine->state = (wg_engine_state){.months = count_months(run), .date = run->start};
  engine->begun = true;
  return make_row(engine, run->start, error);
}

static int next_month(wg_engine *engine, wg_error *error) {
  wg_world *world = engine->world;
  world->month = wg_date_month(world->run->start) + (wg_month)engine->state.month;
  const wg_date next = wg_month_first_day(world->month + 1), end = world->run->end;
  const int code = live_month(engine, error);
  if (code)
    return code;
  engine->state.month++;
  return make_row(engine, next < end ? next : end, error);
}

static int put_results(wg_engine *engine, const wg_attribute *attributes, size_t attribute_count, const wg_sink *sink,
                       wg_error *error) {
  skip_time(engine);
  int code = wg_emit_communities(engine->world, sink, error);
  if (!code)
    code = wg_emit_events(engine->world, sink, error);
  if (!code)
    code = wg_emit_record(engine->world, engine->policies, &engine->record, attributes, attribute_count, sink, error);
  phase_ends(engine, WG_PHASE_RESULTS);
  return code;
}

int wg_engine_run(wg_engine *engine, const wg_attribute *attributes, size_t attribute_count, const wg_sink *sink,
                  const wg_observer *observer, const wg_keeper *keeper, wg_error *error) {
  int code = engine->begun ? WG_OK : begin(engine, error);
  for (;;) {
    if (!code && keeper)
      code = keeper->month(keeper->self, engine, error);
    if (!code)
      code = take_stock(engine, sink, observer, error);
    if (code || engine->state.month >= engine->state.months)
      break;
    code = next_month(engine, error);
  }
  return code ? code : put_results(engine, attributes, attribute_count, sink, error);
}

int wg_engine_live_until(wg_engine *engine, wg_date until, wg_error *error) {
  int code = engine->begun ? WG_OK : begin(engine, error);
  while (!code && engine->state.date < until && engine->state.month < engine->state.months)
    code = next_month(engine, error);
  return code;
}

int wg_engine_pass(wg_engine *engine, const wg_block_stream *stream, wg_error *error) {
  const int code = wg_state_pass(engine->world, &engine->record, &engine->state, stream, error);
  engine->begun |= stream->reading && !code;
  return code;
}

const wg_engine_state *wg_engine_state_of(const wg_engine *engine) {
  return &engine->state;
}

wg_phases wg_engine_phases(const wg_engine *engine) {
  wg_phases sum = {0};
  for (int t = 0; t < engine->threads; t++)
    wg_phases_add(&sum, engine->phases + t);
  return sum;
}

const wg_record *wg_engine_record(const wg_engine *engine) {
  return &engine->record;
}
