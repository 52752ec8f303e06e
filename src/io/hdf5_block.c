// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/hdf5_block.h"

uint64_t wg_hdf5_block_choose(size_t rank, const hsize_t *shape, size_t lead, uint64_t first, uint64_t count,
                              hsize_t *start, hsize_t *extent) {
  size_t along = lead - 1; // the dimension that is taken in part
  uint64_t inner = 1;      // entries for each step along it
  while (along > 0 && first % (inner * shape[along]) == 0 && count >= inner * shape[along])
    inner *= shape[along--];
  for (size_t i = 0; i < rank; i++) {
    start[i] = 0;
    extent[i] = i < along ? 1 : shape[i];
  }
  uint64_t rest = first / inner;
  for (size_t i = along + 1; i-- > 0; rest /= shape[i])
    start[i] = rest % shape[i];
  const uint64_t left = shape[along] - start[along];
  extent[along] = count / inner < left ? count / inner : left;
  return extent[along] * inner;
}
