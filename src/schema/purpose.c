// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/purpose.h"

const char *wg_purpose_doc(wg_purpose purpose) {
  // Without a default: two purposes with one number are two equal cases, which the compiler refuses.
  switch (purpose) {
#define WG_PURPOSE_CASE(name, number, doc)                                                                             \
  case WG_PURPOSE_##name:                                                                                              \
    return doc;
    WG_PURPOSES(WG_PURPOSE_CASE)
#undef WG_PURPOSE_CASE
  }
  return "unknown";
}

// The key of a draw has 16 bits for the purpose.
#define WG_PURPOSE_FITS(name, number, doc)                                                                             \
  _Static_assert((number) > 0 && (number) <= 0xffff, "number of purpose " #name " must fit 16 bits");
WG_PURPOSES(WG_PURPOSE_FITS)
#undef WG_PURPOSE_FITS
