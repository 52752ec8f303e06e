// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/apportion.h"

// Part `i` is full: it holds its cap and takes no further share.
static bool is_full(const int64_t *caps, const int64_t *parts, size_t i) {
  return caps && parts[i] >= caps[i];
}

static double open_weight(const double *weights, const int64_t *caps, const int64_t *parts, size_t count) {
  double sum = 0.0;
  for (size_t i = 0; i < count; i++)
    if (!is_full(caps, parts, i))
      sum += weights[i];
  return sum;
}

// Fills the parts whose share would reach their cap. Their leaving raises the others' shares, hence the rounds.
static int64_t fill_to_caps(int64_t left, const double *weights, const int64_t *caps, int64_t *parts, size_t count) {
  for (bool changed = true; changed && left > 0;) {
    changed = false;
    const double sum = open_weight(weights, caps, parts, count);
    const double unit = sum > 0.0 ? (double)left / sum : 0.0;
    for (size_t i = 0; i < count; i++)
      if (weights[i] > 0.0 && !is_full(caps, parts, i) && unit * weights[i] >= (double)caps[i] && caps[i] <= left) {
        parts[i] = caps[i];
        left -= caps[i];
        changed = true;
      }
  }
  return left;
}

// The open part with the largest remainder, or `count`.
static size_t most_short(double unit, const double *weights, const int64_t *caps, const int64_t *parts,
                         const bool *fixed, size_t count) {
  size_t best = count;
  double most = 0.0;
  for (size_t i = 0; i < count; i++) {
    if (fixed[i] || weights[i] <= 0.0 || is_full(caps, parts, i))
      continue;
    const double remainder = unit * weights[i] - (double)parts[i];
    if (best == count || remainder > most) {
      best = i;
      most = remainder;
    }
  }
  return best;
}

static bool apportion(int64_t total, const double *weights, const int64_t *caps, size_t count, int64_t *parts) {
  for (size_t i = 0; i < count; i++)
    parts[i] = 0;
  if (total <= 0 || count == 0)
    return total == 0;
  int64_t left = caps ? fill_to_caps(total, weights, caps, parts, count) : total;
  if (left == 0)
    return true;
  const double sum = open_weight(weights, caps, parts, count);
  if (!(sum > 0.0))
    return false;
  bool fixed[count];
  const double unit = (double)left / sum;
  for (size_t i = 0; i < count; i++) {
    fixed[i] = is_full(caps, parts, i);
    if (fixed[i])
      continue;
    int64_t share = (int64_t)(unit * weights[i]);
    // Rounding of the product could give out one too many.
    if (share > left)
      share = left;
    if (caps && share > caps[i])
      share = caps[i];
    parts[i] = share;
    left -= share;
  }
  for (; left > 0; left--) {
    const size_t i = most_short(unit, weights, caps, parts, fixed, count);
    if (i == count)
      return false;
    parts[i]++;
  }
  return true;
}

bool wg_apportion(int64_t total, const double *weights, size_t count, int64_t *parts) {
  return apportion(total, weights, NULL, count, parts);
}

bool wg_apportion_capped(int64_t total, const double *weights, const int64_t *caps, size_t count, int64_t *parts) {
  return apportion(total, weights, caps, count, parts);
}
