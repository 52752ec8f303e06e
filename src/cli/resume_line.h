// SPDX-License-Identifier: GPL-3.0-or-later
// The line that goes on with a run that was stopped.
#ifndef WG_CLI_RESUME_LINE_H
#define WG_CLI_RESUME_LINE_H

#include <stdio.h>

// Prints the command as it was given, with --resume, so that a shell (bash, zsh, ksh) takes it as it stands; no newline.
void wg_resume_line_print(const char *command, int count, char *const *arguments, FILE *stream);

#endif
