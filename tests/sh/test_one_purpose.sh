#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two purposes of draws with the same number do not compile.
set -u
root=${WG_ROOT:-$(cd "$(dirname "$0")/../.." && pwd)}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# compiles FOLDER : does the purpose.c in there compile with the purpose.h beside it?
read -ra compiler <<<"${CC:-cc}"
compiles() {
  "${compiler[@]}" -std=gnu11 -fsyntax-only -I"$1" -I"$root/src" "$1/schema/purpose.c" 2>"$work/told"
}

mkdir -p "$work/as_is/schema" "$work/twice/schema"
cp "$root/src/schema/purpose.c" "$root/src/schema/purpose.h" "$work/as_is/schema/"
cp "$root/src/schema/purpose.c" "$work/twice/schema/"

if compiles "$work/as_is"; then
  echo "ok purposes_compile"
else
  cat "$work/told"
  echo "not ok purposes_compile"
fi

# The last purpose gets the number of the first.
row='^  X\(([A-Z_]+), ([0-9]+), '
first=$(sed -nE "s/$row.*/\2/p" "$root/src/schema/purpose.h" | head -n 1)
last=$(grep -nE "$row" "$root/src/schema/purpose.h" | tail -n 1 | cut -d : -f 1)
sed -E "${last:-1}s/$row/  X(\1, ${first:-}, /" "$root/src/schema/purpose.h" >"$work/twice/schema/purpose.h"

if cmp -s "$root/src/schema/purpose.h" "$work/twice/schema/purpose.h"; then
  echo "no row of src/schema/purpose.h could be changed"
  echo "not ok same_number_twice_is_refused"
elif ! compiles "$work/twice" && grep -q 'duplicate case' "$work/told"; then
  echo "ok same_number_twice_is_refused"
else
  cat "$work/told"
  echo "not ok same_number_twice_is_refused"
fi
