// SPDX-License-Identifier: GPL-3.0-or-later
// Element types that columns and output variables share.
#ifndef WG_SCHEMA_TYPE_H
#define WG_SCHEMA_TYPE_H

#include <stddef.h>
#include <stdint.h>

typedef enum wg_type {
  WG_I8,
  WG_U8,
  WG_I16,
  WG_U16,
  WG_I32,
  WG_U32,
  WG_I64,
  WG_U64,
  WG_F64,
  WG_STRING, // const char *, UTF-8
} wg_type;

// Bytes of one element; a WG_STRING is a pointer.
size_t wg_type_size(wg_type type);

#endif
