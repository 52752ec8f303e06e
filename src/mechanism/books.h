// SPDX-License-Identifier: GPL-3.0-or-later
// The books of needs (台账): every need that ends is entered, by the place where it arose.
#ifndef WG_MECHANISM_BOOKS_H
#define WG_MECHANISM_BOOKS_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_books;

#endif
