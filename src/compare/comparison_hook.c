// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/comparison_hook.h"

int wg_comparison_hook_read(void *context, const char *path, wg_error *error) {
  wg_comparison_hook *const hook = context;
  const wg_samples_options options = {.from = WG_DATE_NONE, .to = WG_DATE_NONE};
  wg_error untold = {0};
  int code = wg_samples_read_study(path, &options, &hook->samples, &untold);
  if (!code)
    code = wg_comparison_make(&hook->samples, &hook->comparison, &untold);
  hook->is_made = code == WG_OK;
  if (code == WG_FAIL_CONFIG)
    return WG_OK;
  wg_error_merge(error, &untold);
  return code;
}

int wg_comparison_hook_write(void *context, const wg_sink *sink, wg_error *error) {
  const wg_comparison_hook *const hook = context;
  return hook->is_made ? wg_comparison_put(&hook->comparison, "comparison", sink, error) : WG_OK;
}

void wg_comparison_hook_free(wg_comparison_hook *hook) {
  wg_comparison_free(&hook->comparison);
  wg_samples_free(&hook->samples);
  hook->is_made = false;
}
