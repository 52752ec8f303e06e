// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/record.h"

#include <stdlib.h>
#include <string.h>

#include "engine/axes.h"

static size_t count_places(const wg_world *world, wg_output_place kind) {
  if (kind == WG_PLACE_DISTRICT)
    return 1;
  size_t count = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    count += kind == WG_PLACE_SUBDISTRICT ? 1 : wg_communities_count(world->subdistricts + i);
  return count;
}

static void fill_places(const wg_world *world, wg_output_place kind, wg_place *places) {
  size_t n = 0;
  if (kind == WG_PLACE_DISTRICT)
    places[n++] = (wg_place){0, world->subdistrict_count, -1};
  else
    for (uint32_t i = 0; i < world->subdistrict_count; i++)
      if (kind == WG_PLACE_SUBDISTRICT)
        places[n++] = (wg_place){i, i + 1, -1};
      else
        for (uint32_t c = 0; c < wg_communities_count(world->subdistricts + i); c++)
          places[n++] = (wg_place){i, i + 1, (int32_t)c};
}

int wg_record_create(const wg_world *world, size_t times, wg_record *record, wg_error *error) {
  const wg_output_params *p = wg_config_get(world->config, &wg_output_group);
  *record = (wg_record){.time_capacity = times, .place_count = count_places(world, (wg_output_place)p->place)};
  record->output_count = wg_registry_outputs(world, record->outputs);
  record->places = calloc(record->place_count, sizeof *record->places);
  record->time = calloc(times, sizeof *record->time);
  if (!record->places || !record->time)
    goto out_of_memory;
  fill_places(world, (wg_output_place)p->place, record->places);
  for (size_t o = 0; o < record->output_count; o++) {
    record->block[o] = 1;
    for (size_t a = 0; a < WG_OUTPUT_AXES_MAX; a++)
      if (wg_axis_is_real(record->outputs[o]->axes[a]))
        record->block[o] *= wg_axis_length(world, record->outputs[o]->axes[a]);
    record->data[o] =
        malloc(times * wg_record_places(record, o) * record->block[o] * wg_type_size(record->outputs[o]->type));
    if (!record->data[o])
      goto out_of_memory;
  }
  return WG_OK;
out_of_memory:
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the output of %zu months and %zu places", times,
                      record->place_count);
}

void wg_record_free(wg_record *record) {
  for (size_t o = 0; o < record->output_count; o++)
    free(record->data[o]);
  free(record->places);
  free(record->time);
  *record = (wg_record){0};
}

void wg_record_copy(const wg_record *record, wg_record *copy) {
  for (size_t o = 0; o < record->output_count; o++)
    memcpy(copy->data[o], record->data[o],
           wg_record_at(record, o, record->time_count, 0) * wg_type_size(record->outputs[o]->type));
  memcpy(copy->time, record->time, record->time_count * sizeof *record->time);
  copy->time_count = record->time_count;
}

// Returns false if a count does not fit.
static bool store(const wg_output *output, size_t block, const int64_t *values, void *target) {
  if (output->type != WG_I32)
    return true; // was evaluated in place
  int32_t *counts = target;
  for (size_t i = 0; i < block; i++) {
    if (values[i] > INT32_MAX || values[i] < INT32_MIN)
      return false;
    counts[i] = (int32_t)values[i];
  }
  return true;
}

// The variables that have an axis of places at one of them, or at number place_count those that have none. Returns the one that failed.
static const wg_output *append_place(const wg_world *world, const wg_record *record, size_t place, int64_t *scratch) {
  const bool whole = place == record->place_count;
  const wg_place where = whole ? (wg_place){0, world->subdistrict_count, -1} : record->places[place];
  for (size_t o = 0; o < record->output_count; o++) {
    const wg_output *output = record->outputs[o];
    if (wg_output_has_place(output) == whole)
      continue;
    const size_t row = wg_record_at(record, o, record->time_count, whole ? 0 : place);
    char *target = (char *)record->data[o] + row * wg_type_size(output->type);
    output->evaluate(world, where, output->type == WG_I32 ? (void *)scratch : target);
    if (!store(output, record->block[o], scratch, target))
      return output;
  }
  return NULL;
}

int wg_record_append(const wg_world *world, wg_date date, int threads, wg_record *record, wg_error *error) {
  size_t largest = 1;
  for (size_t o = 0; o < record->output_count; o++)
    largest = record->block[o] > largest ? record->block[o] : largest;
  const wg_output *bad = NULL;
  bool no_memory = false;
#pragma omp parallel num_threads(threads)
  {
    int64_t *scratch = malloc(largest * sizeof *scratch);
#pragma omp for schedule(dynamic, 1)
    for (size_t i = 0; i <= record->place_count; i++) {
      const size_t place = record->place_count - i; // the whole district first: it takes longest
      const wg_output *failed = scratch ? append_place(world, record, place, scratch) : NULL;
      if (failed || !scratch) {
#pragma omp critical(wg_record_failure)
        {
          bad = failed ? failed : bad;
          no_memory = no_memory || !scratch;
        }
      }
    }
    free(scratch);
  }
  if (no_memory)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for a month's output");
  if (bad)
    return wg_error_set(error, WG_FAIL_RUN, "output %s: a count exceeds 32 bits", bad->name);
  record->time[record->time_count++] = (double)(date - world->run->start);
  return WG_OK;
}
