// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/number.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/maths.h"

enum { NUMBER_LENGTH = 63 };

static const char beyond_64_bits[] = "is beyond 64 bits";

static size_t digits(const char *text, bool hex) {
  return strspn(text, hex ? "0123456789abcdefABCDEF" : "0123456789");
}

// What follows an integer's digits: nothing, L or LL.
static bool suffix(const char *rest, bool *wide) {
  *wide = *rest != 0;
  return strcmp(rest, "") == 0 || strcmp(rest, "L") == 0 || strcmp(rest, "LL") == 0;
}

static wg_number_form integer(const char *text, size_t count, bool hex, bool negative, wg_value *value,
                              const char **problem) {
  *problem = beyond_64_bits;
  uint64_t number = 0;
  for (size_t i = 0; i < count; i++) {
    const char letter = text[i];
    const unsigned digit = (unsigned)(letter <= '9' ? letter - '0' : (letter | 0x20) - 'a' + 10);
    const unsigned base = hex ? 16 : 10;
    if (number > (UINT64_MAX - digit) / base)
      return WG_NUMBER_BAD;
    number = number * base + digit;
  }
  if (number > (uint64_t)INT64_MAX + negative)
    return WG_NUMBER_BAD;
  value->kind = WG_VALUE_INT;
  value->integer = negative && number ? -(int64_t)(number - 1) - 1 : (int64_t)number;
  return WG_NUMBER_GOOD;
}

static wg_number_form real(const char *text, const char *unsigned_text, wg_value *value, const char **problem) {
  const char *rest = unsigned_text;
  const size_t whole = digits(rest, false);
  rest += whole;
  size_t fraction = 0;
  const bool point = *rest == '.';
  if (point) {
    rest++;
    fraction = digits(rest, false);
    rest += fraction;
  }
  bool exponent = false;
  if (*rest == 'e' || *rest == 'E') {
    rest++;
    if (*rest == '+' || *rest == '-')
      rest++;
    exponent = digits(rest, false) > 0;
    if (!exponent)
      return WG_NUMBER_NONE;
    rest += digits(rest, false);
  }
  if (*rest || !(point || exponent))
    return WG_NUMBER_NONE;
  if (whole + fraction == 0) {
    *problem = "has no digits"; // libconfig would read a lone point as 0
    return WG_NUMBER_BAD;
  }
  value->kind = WG_VALUE_REAL;
  value->real = strtod(text, NULL);
  if (!wg_is_finite(value->real)) {
    *problem = "is too large for a number";
    return WG_NUMBER_BAD;
  }
  const size_t mantissa = strcspn(unsigned_text, "eE");
  if (value->real == 0 && strcspn(unsigned_text, "123456789") < mantissa) {
    *problem = "is too small to differ from 0";
    return WG_NUMBER_BAD;
  }
  return WG_NUMBER_GOOD;
}

wg_number_form wg_number_parse(const char *text, size_t length, wg_value *value, bool *wide, const char **problem) {
  *wide = false;
  if (length == 0 || !strchr("+-.0123456789", text[0]) || memchr(text, 0, length))
    return WG_NUMBER_NONE;
  char copy[NUMBER_LENGTH + 1] = "";
  if (length > NUMBER_LENGTH) {
    *problem = "is too long for a number";
    return WG_NUMBER_BAD;
  }
  memcpy(copy, text, length);
  const bool has_sign = copy[0] == '+' || copy[0] == '-';
  const char *const start = copy + has_sign;
  if (!has_sign && start[0] == '0' && (start[1] == 'x' || start[1] == 'X')) {
    const size_t count = digits(start + 2, true);
    if (count == 0 || !suffix(start + 2 + count, wide))
      return WG_NUMBER_NONE;
    return integer(start + 2, count, true, false, value, problem);
  }
  const size_t count = digits(start, false);
  if (count == 0 || !suffix(start + count, wide))
    return real(copy, start, value, problem);
  if (count > 1 && start[0] == '0') {
    *problem = "has a leading zero (is it octal? write it without)";
    return WG_NUMBER_BAD;
  }
  return integer(start, count, false, copy[0] == '-', value, problem);
}

void wg_real_print_short(double value, char text[32]) {
  snprintf(text, 32, "%.15g", value);
  if (strtod(text, NULL) != value)
    snprintf(text, 32, "%.17g", value);
}

void wg_real_print(double value, char text[32]) {
  wg_real_print_short(value, text);
  if (!strpbrk(text, ".en"))
    strcat(text, ".0"); // nan and inf occur in messages only
}

void wg_integer_print(int64_t value, char text[32]) {
  snprintf(text, 32, "%" PRId64 "%s", value, value < INT32_MIN || value > INT32_MAX ? "L" : "");
}
