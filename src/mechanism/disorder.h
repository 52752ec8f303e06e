// SPDX-License-Identifier: GPL-3.0-or-later
// Disorder (失序): open needs of city management and public order that nobody has resolved bring further ones.
#ifndef WG_MECHANISM_DISORDER_H
#define WG_MECHANISM_DISORDER_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_disorder_mechanism;

#endif
