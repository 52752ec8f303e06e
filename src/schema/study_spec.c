// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/study_spec.h"

void wg_study_spec_free(wg_study_spec *spec) {
  wg_arena_free(&spec->arena);
  *spec = (wg_study_spec){0};
}
