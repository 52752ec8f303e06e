// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as configuration text spells them. LC_NUMERIC is expected to be "C", as the program leaves it.
#ifndef WG_SCHEMA_NUMBER_H
#define WG_SCHEMA_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "schema/config.h"

typedef enum wg_number_form {
  WG_NUMBER_NONE, // not spelled like a number
  WG_NUMBER_GOOD,
  WG_NUMBER_BAD, // spelled like a number but beyond what can be held, or easily misread
} wg_number_form;

// Reads the `length` bytes at `text` as a number of libconfig's grammar. Fills `value` if good (WG_VALUE_INT or
// WG_VALUE_REAL) and `wide` with whether an integer has the suffix L; `problem` with what is wrong if bad.
wg_number_form wg_number_parse(const char *text, size_t length, wg_value *value, bool *wide, const char **problem);

// The shorter of 15 and 17 significant digits that reads back as the same number, as "0.1", "2.0" or "1e+300".
void wg_real_print(double value, char text[32]);

// The same without the ".0", for messages.
void wg_real_print_short(double value, char text[32]);

// With the suffix L beyond 32 bits.
void wg_integer_print(int64_t value, char text[32]);

#endif
