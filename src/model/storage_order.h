// SPDX-License-Identifier: GPL-3.0-or-later
// Another order of rows. Where a row lies must never show in a result: runs under different orders are compared to hold
// the model to that.
#ifndef WG_MODEL_STORAGE_ORDER_H
#define WG_MODEL_STORAGE_ORDER_H

#include "model/subdistrict.h"

// Lays the rows of residents and households, of workplaces inside their grids and of facilities, in an order made from the number `order`,
// with free slots between them; household rings and the lists of free slots follow suit, and the pool of needs gets room
// whose slots are handed out in such an order too. At run.start: no needs are open, nobody is leaving or moving. On
// failure the subdistrict can only be freed.
int wg_storage_reorder(wg_subdistrict *s, uint64_t order, wg_error *error);

#endif
