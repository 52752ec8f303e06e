// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>

#include "cli/check_study.h"
#include "cli/scenario_options.h"
#include "model/disorder.h"
#include "report/table.h"
#include "study/study_load.h"

static void print_good(const char *scenario, const wg_run *run, bool chinese) {
  const wg_world *const world = &run->world;
  int64_t residents = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    residents += wg_residents_count(world->subdistricts + i);
  char start[11], end[11], count[32];
  wg_date_print(world->run->start, start);
  wg_date_print(world->run->end, end);
  wg_count_print(residents, count);
  printf(chinese ? "%s: 无误（%u 个街镇，%s 至 %s，人口 %s，%u 项服务事项，%u 类服务力量）\n"
                 : "%s: good (%u subdistricts, %s to %s, %s residents, %u services, %u kinds of desks)\n",
         scenario, world->subdistrict_count, start, end, count, world->catalogue.service_count,
         world->catalogue.desk_kind_count);
  printf(chinese ? "失序反馈：一项未了需求至多再引发 %.2f 项需求（须小于 1）\n"
                 : "disorder: one open need brings about at most %.2f further ones (allowed: below 1)\n",
         wg_disorder_loop(world));
}

static int check(int count, char **arguments) {
  wg_scenario_options o = {0};
  const int usage = wg_scenario_options_parse(&wg_command_check, false, count, arguments, &o);
  if (usage)
    return usage;
  if (wg_study_is(o.run.scenario, o.run.allow_outside))
    return wg_check_study(&o);
  wg_error error = {0};
  wg_run run = {0};
  wg_run_open(&o.run, &run, &error);
  const int code = wg_run_prepare(&run, &error);
  if (!code)
    print_good(o.run.scenario, &run, o.chinese);
  wg_run_free(&run);
  return code ? wg_command_fail(&error) : WG_EXIT_DONE;
}

const wg_command wg_command_check = {
    "check", "SCENARIO.cfg|STUDY.cfg [--ranges] " WG_SCENARIO_USAGE,
    "tell every problem of a scenario or study, with file and line, and run nothing; --ranges: "
    "all that a study draws",
    check};
