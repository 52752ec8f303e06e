// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/type.h"

size_t wg_type_size(wg_type type) {
  switch (type) {
  case WG_I8:
  case WG_U8:
    return 1;
  case WG_I16:
  case WG_U16:
    return 2;
  case WG_I32:
  case WG_U32:
    return 4;
  case WG_I64:
  case WG_U64:
    return 8;
  case WG_F64:
    return sizeof(double);
  case WG_STRING:
    return sizeof(const char *);
  }
  return 0;
}
