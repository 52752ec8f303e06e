// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/draw.h"

wg_luck wg_luck_make(uint64_t seed, uint64_t replicate) {
  const uint64_t key[2] = {seed, replicate};
  return (wg_luck){XXH3_64bits(key, sizeof key)};
}
