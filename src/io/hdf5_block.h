// SPDX-License-Identifier: GPL-3.0-or-later
// Ranges of entries along several dimensions, taken block by block.
#ifndef WG_IO_HDF5_BLOCK_H
#define WG_IO_HDF5_BLOCK_H

#include <hdf5.h>
#include <stdint.h>

// The longest block of an array that starts with entry `first` along its flattened first `lead` dimensions (1 to rank) and holds
// `count` entries at most; both must be there. Fills start and extent [rank] and returns how many entries it has, at least 1.
uint64_t wg_hdf5_block_choose(size_t rank, const hsize_t *shape, size_t lead, uint64_t first, uint64_t count,
                              hsize_t *start, hsize_t *extent);

#endif
