// SPDX-License-Identifier: GPL-3.0-or-later
// Keyed draws. A draw belongs to (seed, replicate, purpose, time, identity, index) and to nothing else: no global
// generator exists, so threads, storage order and policies cannot shift anybody's luck.
//
// The key is hashed (XXH3, 128 bits) into both the state and the sequence of a PCG generator (O'Neill 2014,
// XSH-RR 64/32): raw PCG sequences of neighbouring numbers are not independent, hashed ones are.
#ifndef WG_BASE_DRAW_H
#define WG_BASE_DRAW_H

#define XXH_INLINE_ALL
#include <stdint.h>
#include <xxhash.h>

// An open generator; lives on the stack.
typedef struct wg_draw {
  uint64_t word[2];
} wg_draw;

// Seed and replicate of a run, hashed. The variant is never part of it.
typedef struct wg_luck {
  uint64_t key;
} wg_luck;

wg_luck wg_luck_make(uint64_t seed, uint64_t replicate);

// The PCG face (pcg_face.cc); inlined at link time.
#ifdef __cplusplus
extern "C" {
#endif
void wg_pcg_seed(wg_draw *draw, uint64_t state, uint64_t sequence);
uint32_t wg_pcg_next(wg_draw *draw);
#ifdef __cplusplus
}
#endif

// Opens the stream of `identity` for `purpose` (schema/purpose.h) at `when` (a month or day number that fits 16 bits
// or is taken modulo 65536) and `index`.
static inline wg_draw wg_draw_open(wg_luck luck, uint16_t purpose, uint32_t when, uint64_t identity, uint32_t index) {
  const uint64_t key[2] = {identity, ((uint64_t)index << 32) | ((uint64_t)(when & 0xffffU) << 16) | purpose};
  const XXH128_hash_t hash = XXH3_128bits_withSeed(key, sizeof key, luck.key);
  wg_draw draw;
  wg_pcg_seed(&draw, hash.low64, hash.high64);
  return draw;
}

// A uniform 32-bit integer.
static inline uint32_t wg_draw_u32(wg_draw *draw) {
  return wg_pcg_next(draw);
}

static inline uint64_t wg_draw_u64(wg_draw *draw) {
  const uint64_t high = wg_pcg_next(draw);
  return (high << 32) | wg_pcg_next(draw);
}

// A uniform real in (0, 1): the midpoints of 2^32 cells, so that logarithms are finite.
static inline double wg_draw_unit(wg_draw *draw) {
  return ((double)wg_pcg_next(draw) + 0.5) * 0x1p-32;
}

// A uniform integer in [0, below), below >= 1; its bias is below `below` / 2^32.
static inline uint32_t wg_draw_below(wg_draw *draw, uint32_t below) {
  return (uint32_t)(((uint64_t)wg_pcg_next(draw) * below) >> 32);
}

// 64 uniform bits that belong to the key, without a stream: the hash itself. For what is asked of everybody and mostly comes
// to nothing.
static inline uint64_t wg_draw_bits(wg_luck luck, uint16_t purpose, uint32_t when, uint64_t identity) {
  const uint64_t key[2] = {identity, ((uint64_t)(when & 0xffffU) << 16) | purpose};
  return XXH3_64bits_withSeed(key, sizeof key, luck.key);
}

// 64 uniform bits for a purpose, derived from `luck`, itself 64 bits drawn for one entity and time: cheaper than asking for
// each of many purposes anew.
static inline uint64_t wg_draw_derive(uint64_t luck, uint16_t purpose) {
  const uint64_t key[2] = {luck, purpose};
  return XXH3_64bits(key, sizeof key);
}

// A name for a new entity, never 0: a hash of where it comes from. Independent of luck, so that the same origin has
// the same name in every replicate. Never used as a table index.
static inline uint64_t wg_identity_make(uint64_t origin, uint64_t number, uint32_t purpose) {
  // The purpose is hashed as data: as XXH3's seed it would only flip bits of so short a key, and each purpose would give
  // the names of another one again.
  const uint64_t key[3] = {origin, number, purpose};
  const uint64_t name = XXH3_64bits(key, sizeof key);
  return name ? name : 1;
}

// A number for what the configuration names, to make identities from: the same wherever it stands in a list.
static inline uint64_t wg_name_number(const char *name) {
  size_t length = 0;
  while (name[length])
    length++;
  return XXH3_64bits(name, length);
}

#endif
