// SPDX-License-Identifier: GPL-3.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "run/provenance.h"
#include "schema/config.h"

static const wg_command *const commands[] = {&wg_command_run,      &wg_command_check,    &wg_command_params,
                                             &wg_command_policies, &wg_command_outputs,  &wg_command_info,
                                             &wg_command_batch,    &wg_command_status,   &wg_command_expand,
                                             &wg_command_compare,  &wg_command_synthesis};

static void print_help(FILE *stream) {
  fprintf(stream, "wangge %s — how a city district is governed, simulated (网格)\n\n", wg_version());
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
    fprintf(stream, "  wangge %s %s\n      %s\n", commands[i]->name, commands[i]->usage, commands[i]->doc);
}

static int refuse_command(const char *name) {
  enum { COUNT = sizeof commands / sizeof *commands };
  const char *names[COUNT];
  for (size_t i = 0; i < COUNT; i++)
    names[i] = commands[i]->name;
  const char *const near = wg_name_nearest(name, names, COUNT);
  const int status = near ? wg_command_usage(NULL, "unknown command \"%s\"; did you mean \"%s\"?", name, near)
                          : wg_command_usage(NULL, "unknown command \"%s\"", name);
  print_help(stderr);
  return status;
}

static int run_command(const wg_command *command, int count, char **arguments) {
  for (int i = 0; i < count; i++)
    if (strcmp(arguments[i], "--help") == 0) {
      printf("usage: wangge %s %s\n%s\n", command->name, command->usage, command->doc);
      return WG_EXIT_DONE;
    }
  return command->run(count, arguments);
}

static int run(int count, char **arguments) {
  if (count < 2) {
    const int status = wg_command_usage(NULL, "a command is missing");
    print_help(stderr);
    return status;
  }
  if (strcmp(arguments[1], "--help") == 0 || strcmp(arguments[1], "help") == 0) {
    print_help(stdout);
    return WG_EXIT_DONE;
  }
  if (strcmp(arguments[1], "--version") == 0) {
    printf("wangge %s %s\n", wg_version(), wg_revision());
    return WG_EXIT_DONE;
  }
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
    if (strcmp(arguments[1], commands[i]->name) == 0)
      return run_command(commands[i], count - 2, arguments + 2);
  return refuse_command(arguments[1]);
}

// Where a standard stream is closed, the next file to be opened would get its number, and what is printed.
static void fill_standard_streams(void) {
  int descriptor;
  do
    descriptor = open("/dev/null", O_RDWR);
  while (descriptor >= 0 && descriptor <= STDERR_FILENO);
  if (descriptor > STDERR_FILENO)
    close(descriptor);
}

int main(int count, char **arguments) {
  fill_standard_streams();
  // A file that grows beyond the limit is a failed write, to be told like a full disk.
  signal(SIGXFSZ, SIG_IGN);
  // Tables keep pages of their own, so that one that grows is moved by the system, not copied: a copy would touch all the room
  // that no row has used yet. By itself malloc gives that up after the first large block has been freed.
  mallopt(M_MMAP_THRESHOLD, 128 * 1024);
  const int status = run(count, arguments);
  // What was printed may have found a full disk, too.
  errno = 0;
  if ((fflush(stdout) || ferror(stdout)) && status == WG_EXIT_DONE) {
    fprintf(stderr, "wangge: standard output: %s\n", errno ? strerror(errno) : "cannot be written");
    return WG_EXIT_FAILED;
  }
  return status;
}
