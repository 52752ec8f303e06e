// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/param.h"

const char *wg_evidence_name(wg_evidence evidence) {
  switch (evidence) {
  case WG_MEASURED:
    return "measured";
  case WG_SIGN:
    return "sign";
  case WG_ASSUMED:
    return "assumed";
  case WG_SETTING:
    return "setting";
  }
  return "unknown";
}

const char *wg_param_type_name(wg_param_type type) {
  switch (type) {
  case WG_PARAM_BOOL:
    return "bool";
  case WG_PARAM_INT:
    return "int";
  case WG_PARAM_REAL:
    return "real";
  case WG_PARAM_TEXT:
    return "text";
  case WG_PARAM_CHOICE:
    return "choice";
  case WG_PARAM_DATE:
    return "date";
  case WG_PARAM_REALS:
    return "reals";
  case WG_PARAM_TEXTS:
    return "texts";
  }
  return "unknown";
}
