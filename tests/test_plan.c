// SPDX-License-Identifier: GPL-3.0-or-later
// A study's plan: entries, their settings, identities and places.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "study/plan.h"
#include "study/study_load.h"

int main(int argc, char **argv) {
  wg_error error = {0};
  wg_study_spec spec = {0};
  wg_plan plan = {0};
  wg_run run = {0};
  if (wg_study_load(argv[1], false, &spec, &error) || wg_plan_make(&spec, false, &plan, &error)) {
    fprintf(stderr, "%s\n", error.text);
    return 2;
  }
  for (size_t e = 0; e < plan.entry_count; e++)
    printf("%s | %s | vs %s\n", plan.entries[e].name, plan.entries[e].label, plan.entries[plan.entries[e].compared_with].name);
  printf("%zu parameters\n", plan.design.parameter_count);
  wg_cell cell = {plan.entry_count - 1, plan.draw_count - 1, plan.replicate_count - 1};
  wg_run_options options = {.planned = true};
  wg_arena arena = {0};
  wg_plan_cell_options(&plan, cell, &arena, &options, &error);
  int code = wg_run_open(&options, &run, &error);
  char a[33] = "", b[33] = "";
  if (!code)
    wg_run_identity(&run, a);
  wg_identities ids = {0};
  wg_identities_find(&ids, &plan, cell, b, &error);
  printf("%s %s %s\n", a, b, error.text);
  for (size_t i = 0; argc > 2 && i < options.set_count; i++)
    printf("%s\n", options.sets[i]);
  return 0;
}
