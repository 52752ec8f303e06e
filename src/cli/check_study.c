// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/check_study.h"

#include <stdio.h>
#include <string.h>

#include "report/table.h"
#include "schema/number.h"
#include "study/plan.h"
#include "study/study_load.h"

enum { RANGES_SHOWN = 20 };

static void print_counts(const wg_plan *plan, bool chinese) {
  char runs[32];
  wg_count_print((int64_t)wg_plan_cells(plan), runs);
  const bool until = plan->spec->until.variable != NULL;
  const char *const most = !until ? "" : chinese ? "至多" : "up to ";
  if (plan->design.draw_count)
    printf(chinese ? "%s: 无误（方案 %zu 个 × 抽样 %zu 次 × 重复 %s%zu 次：%s%s 次运行）\n"
                   : "%s: good (%zu variants x %zu draws x %s%zu replicates: %s%s runs)\n",
           plan->spec->path, plan->entry_count, plan->draw_count, most, plan->replicate_count, most, runs);
  else
    printf(chinese ? "%s: 无误（方案 %zu 个 × 重复 %s%zu 次：%s%s 次运行；不抽样）\n"
                   : "%s: good (%zu variants x %s%zu replicates: %s%s runs; nothing is drawn)\n",
           plan->spec->path, plan->entry_count, most, plan->replicate_count, most, runs);
}

static void print_entries(const wg_plan *plan, bool chinese) {
  for (size_t e = 0; e < plan->entry_count; e++) {
    const wg_plan_entry *const entry = plan->entries + e;
    printf("  %s", entry->name);
    if (*entry->label)
      printf(" %s", entry->label);
    if (entry->compared_with != e)
      printf(chinese ? "，与 %s 比较" : ", compared with %s", plan->entries[entry->compared_with].name);
    putchar('\n');
  }
}

// The range in the first entry that has the parameter.
static const wg_drawn *first_drawn(const wg_plan *plan, size_t parameter) {
  for (size_t e = 0; e < plan->entry_count; e++)
    if (plan->entries[e].drawn[parameter].instance)
      return plan->entries[e].drawn + parameter;
  return NULL;
}

static void print_range(const wg_drawn *drawn, bool chinese) {
  char low[32], high[32];
  wg_real_print_short(wg_param_range_round(drawn->low), low);
  wg_real_print_short(wg_param_range_round(drawn->high), high);
  const bool list = drawn->row->type == WG_PARAM_REALS, odds = drawn->scale == WG_SCALE_ODDS;
  const char *const of_list = !list ? "" : odds ? (chinese ? "×机会比 " : "odds times ") : (chinese ? "×" : "times ");
  if (drawn->row->type == WG_PARAM_INT) {
    wg_integer_print(
        (int64_t)wg_param_range_value(drawn->row, &(wg_param_range){drawn->low, drawn->high, drawn->scale}, 0.0), low);
    wg_integer_print(
        (int64_t)wg_param_range_value(drawn->row, &(wg_param_range){drawn->low, drawn->high, drawn->scale}, 1.0), high);
  }
  const char *const to = chinese ? "至" : "to";
  printf("  %s: %s%s %s %s", drawn->path, of_list, low, to, high);
  if (drawn->row->unit[0] && strcmp(drawn->row->unit, "1") != 0 && !list)
    printf(" %s", drawn->row->unit);
  printf(" (%s)\n", wg_evidence_name(drawn->row->evidence));
}

static void print_ranges(const wg_plan *plan, bool all, bool chinese) {
  size_t of[WG_SETTING + 1] = {0};
  const size_t count = plan->design.parameter_count;
  if (count == 0)
    return;
  for (size_t p = 0; p < count; p++)
    of[plan->design.rows[p]->evidence]++;
  printf(chinese ? "抽样参数 %zu 个" : "%zu parameters drawn", count);
  const char *separator = chinese ? "（" : " (";
  for (wg_evidence e = WG_MEASURED; e <= WG_SETTING; e++)
    if (of[e]) {
      printf("%s%s %zu", separator, wg_evidence_name(e), of[e]);
      separator = chinese ? "、" : ", ";
    }
  puts(chinese ? "）：" : "):");
  const size_t shown = all || count <= RANGES_SHOWN ? count : RANGES_SHOWN;
  for (size_t p = 0; p < shown; p++)
    print_range(first_drawn(plan, p), chinese);
  if (shown < count)
    printf(chinese ? "  另有 %zu 个，--ranges 全部列出\n" : "  and %zu more (--ranges lists all)\n", count - shown);
}

static int check_options(const wg_scenario_options *o) {
  if (o->run.set_count)
    return wg_command_usage(
        &wg_command_check,
        "%s is a study: --set, --seed and --replicate do not go with it (allowed: set = ( \"path=value\" ) in it)",
        o->run.scenario);
  return 0;
}

int wg_check_study(const wg_scenario_options *o) {
  const int usage = check_options(o);
  if (usage)
    return usage;
  wg_error error = {0};
  wg_study_spec spec = {0};
  wg_plan plan = {0};
  int code = wg_study_load(o->run.scenario, o->run.allow_outside, &spec, &error);
  if (!code)
    code = wg_plan_make(&spec, o->run.allow_outside, &plan, &error);
  if (!code)
    code = wg_plan_check(&plan, 0, &error);
  if (!code) {
    print_counts(&plan, o->chinese);
    print_entries(&plan, o->chinese);
    print_ranges(&plan, o->ranges, o->chinese);
  }
  wg_plan_free(&plan);
  wg_study_spec_free(&spec);
  return code ? wg_command_fail(&error) : WG_EXIT_DONE;
}
