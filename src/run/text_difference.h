// SPDX-License-Identifier: GPL-3.0-or-later
// In what two resolved configurations differ, for messages.
#ifndef WG_RUN_TEXT_DIFFERENCE_H
#define WG_RUN_TEXT_DIFFERENCE_H

#include "schema/message.h"

// Adds the first few differences between two texts that wg_config_text has made: "run.seed = 2 there, 1 here; …". Adds nothing
// to say that the texts are equal.
void wg_text_difference(const char *there, const char *here, wg_message *message);

#endif
