// SPDX-License-Identifier: GPL-3.0-or-later
// Needs arise (需求产生): from residents in the roll call, from grids and workplaces at the month's start; each is
// reported or stays latent.
#ifndef WG_MECHANISM_NEEDS_H
#define WG_MECHANISM_NEEDS_H

#include "mechanism/mechanism.h"

extern const wg_mechanism wg_needs_mechanism;

#endif
