#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Dependencies point one way; and the check that says so can fail.
set -u
root=${WG_ROOT:-$(cd "$(dirname "$0")/../.." && pwd)}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

check() {
  /usr/bin/python3 -B "$root/tests/tools/check_includes.py" "$1"
}

if check "$root/src"; then
  echo "ok includes_point_one_way"
else
  echo "not ok includes_point_one_way"
fi

# said FILE LINE : is the LINE, planted as src/FILE, told of?
said() {
  mkdir -p "$(dirname "$work/src/$1")"
  printf '// SPDX-License-Identifier: GPL-3.0-or-later\n%s\n' "$2" >"$work/src/$1"
  check "$work/src" >"$work/told"
  local found=1
  grep -qF "$work/src/$1" "$work/told" && found=0
  rm "$work/src/$1"
  [ ! -f "$root/src/$1" ] || cp "$root/src/$1" "$work/src/$1"
  return "$found"
}

cp -R "$root/src" "$work/src"
result=ok
while IFS='|' read -r file line; do
  if ! said "$file" "$line"; then
    echo "not found: $line in $file"
    result='not ok'
  fi
done <<'END'
base/planted.c|#include "schema/type.h"
schema/planted.c|#include "model/world.h"
model/planted.h|#include "engine/run.h"
synthesis/planted.c|#include "mechanism/migration.h"
mechanism/planted.c|#include "policy/registry.h"
mechanism/planted.c|#include "io/csv_file.h"
mechanism/planted.c|#include "mechanism/housing.h"
mechanism/planted.h|#include "mechanism/housing.h"
policy/planted.c|#include "mechanism/housing.h"
engine/planted.c|#include "io/output_file.h"
io/planted.c|#include "model/world.h"
study/planted.c|#include "mechanism/housing.h"
report/planted.c|#include "io/output_file.h"
cli/planted.c|#include "policy/registry.h"
cli/planted.c|#include "synthesis/census.h"
cli/planted.c|  #  include  "synthesis/census.h" // why
cli/planted.c|/* so */ #include "synthesis/census.h"
engine/planted.c|#include "planted.h"
engine/planted.c|#include "../io/output_file.h"
engine/planted.c|#include HEADER
engine/planted.c|#include <model/world.h>
engine/planted.c|#include "model/world.c"
cellar/planted.c|int planted;
study/planted.c|#include <libconfig.h>
engine/planted.c|#include <hdf5.h>
study/planted.c|#include <hdf5_hl.h>
synthesis/planted.c|#include <csv.h>
base/planted.c|#include <math.h>
mechanism/planted.c|#include <math.h>
base/planted.cc|#include <pcg_random.hpp>
mechanism/planted.c|#include <omp.h>
study/planted.c|void f(void) { exit(1); }
base/planted.c|void f(void) { abort (); }
policy/planted.c|void f(void) { wg_draw_u32(0); }
policy/planted.c|void f(wg_luck luck);
policy/planted.c|int f(void) { return wg_tallies(0)->due; }
engine/adoption.c|int f(void) { return wg_residents(0)->trust; }
policy/planted.c|int f(void) { return k->trust_sum; }
model/rounds.c|int f(void) { return wg_tallies(0)->arisen; }
model/rounds.h|static inline int f(void) { return wg_needs_count(0); }
model/rounds.c|int f(void) { return wg_searches(0)->hazard; }
mechanism/quota.c|int f(void) { return wg_residents(0)->trust; }
mechanism/quota.c|int f(void) { return wg_tally_at(0, 0, 0)->lapsed_latent; }
END
echo "$result includes_check_finds_planted"

# What only looks like a breach is left alone.
result=ok
while IFS='|' read -r file line; do
  if said "$file" "$line"; then
    cat "$work/told"
    result='not ok'
  fi
done <<'END'
io/planted.c|#include <hdf5.h>
engine/planted.c|#include <omp.h>
engine/planted.c|#include "mechanism/housing.h"
mechanism/planted.c|#include "mechanism/planted.h"
policy/planted.c|#include "policy/registry.h"
policy/planted.c|// draws, wg_draw_u32() and trust are not for policies
engine/planted.c|void f(void) { wg_draw_u32(0); }
model/rounds.c|int f(void) { return wg_grids(0)->filed_year + wg_grids(0)->residents; }
mechanism/quota.c|int f(void) { return wg_desks(0)->queued_minutes; }
base/planted.c|// exit(1) is for main alone
base/planted.c|const char *planted = "exit(1) /* ";
study/planted.c|void f(void) { _exit(1); on_exit_of(2); }
base/planted.c|/* #include <math.h> */
END
echo "$result includes_check_leaves_good_alone"
