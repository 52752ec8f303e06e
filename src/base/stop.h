// SPDX-License-Identifier: GPL-3.0-or-later
// Being asked to stop: the first SIGINT or SIGTERM is only noted, so that what is being done comes to a good end; the second
// stops the process at once.
#ifndef WG_BASE_STOP_H
#define WG_BASE_STOP_H

// From now on these signals are noted. A signal that the process was started to ignore stays ignored.
void wg_stop_catch(void);

// The signal that has come, or 0. Reads one flag.
int wg_stop_signal(void);

#endif
