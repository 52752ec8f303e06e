// SPDX-License-Identifier: GPL-3.0-or-later
// The C face of the PCG library, which is C++. A generator travels as two plain words; the copies below vanish when
// link-time optimisation inlines the calls.
#include <cstring>
#include <type_traits>

#include <pcg_random.hpp>

#include "base/draw.h"

static_assert(sizeof(pcg32) == sizeof(wg_draw), "a draw holds exactly a generator");
static_assert(alignof(pcg32) <= alignof(wg_draw), "a draw can stand where a generator stands");
static_assert(std::is_trivially_copyable<pcg32>::value, "a generator can be copied as bytes");

void wg_pcg_seed(wg_draw *draw, uint64_t state, uint64_t sequence) {
  const pcg32 generator(state, sequence);
  std::memcpy(draw, &generator, sizeof generator);
}

uint32_t wg_pcg_next(wg_draw *draw) {
  // Through void *, because the class has constructors; the assertion above allows the copy.
  pcg32 generator;
  std::memcpy(static_cast<void *>(&generator), draw, sizeof generator);
  const uint32_t value = generator();
  std::memcpy(draw, &generator, sizeof generator);
  return value;
}
