// SPDX-License-Identifier: GPL-3.0-or-later
// Where a result comes from: attributes that are equal for equal inputs, whatever the machine, threads or paths.
#ifndef WG_RUN_PROVENANCE_H
#define WG_RUN_PROVENANCE_H

#include "model/world.h"
#include "schema/dataset.h"

enum { WG_PROVENANCE_COUNT = 15 };

// 32 hexadecimal digits.
enum { WG_IDENTITY_SIZE = 33 };

// Raised with every change of the program after which equal configurations may give other results: a run is the same only
// where this is, too, and only such runs are compared, stacked or resumed. tests/py/test_answers.py holds the results of the present one.
enum { WG_ANSWERS_VERSION = 6 };

typedef struct wg_provenance {
  wg_attribute attributes[WG_PROVENANCE_COUNT];
  char title[256], hash[33], identity[WG_IDENTITY_SIZE];
  char *configuration, *evidence;
} wg_provenance;

// The identity of a run: hash of the resolved configuration (seed and replicate among it) and of the version of the answers.
void wg_configuration_identity(const char *configuration, char identity[WG_IDENTITY_SIZE]);

const char *wg_version(void);  // "0.1.0"
const char *wg_revision(void); // of the source tree, "" where it is unknown

// Fills the attributes of a run's root group. Owned by the caller.
int wg_provenance_make(const wg_config *config, wg_provenance *provenance, wg_error *error);
void wg_provenance_free(wg_provenance *provenance);

#endif
