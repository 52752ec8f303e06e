#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The generated references are what the program prints now (make docs writes them).
set -u
root=${WG_ROOT:-$(cd "$(dirname "$0")/../.." && pwd)}
program=${WG_BINARY:-$root/build/wangge}
status=0

same() {
  file=$1
  shift
  if "$program" "$@" | cmp -s - "$root/docs/$file"; then
    echo "ok docs_$file"
  else
    echo "not ok docs_$file: run make docs"
    status=1
  fi
}

same parameters.md params
same policies.md policies
same outputs.md outputs
same synthesis-table.md synthesis "$root/scenarios/baseline.cfg"
exit $status
