// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_load.h"

#include <stdlib.h>
#include <string.h>

#include "io/study_file.h"
#include "run/locate.h"

// What files may include lies below configs/ and scenarios/, wherever those are.
typedef struct own_folders {
  char *folders[2];
  wg_include_roots roots;
} own_folders;

static void find_folders(own_folders *own, bool allow_outside) {
  size_t count = 0;
  static const char *const names[] = {"configs", "scenarios"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    own->folders[count] = wg_locate_folder(names[i]);
    count += own->folders[count] != NULL;
  }
  own->roots = (wg_include_roots){(const char *const *)own->folders, count, allow_outside};
}

static void free_folders(own_folders *own) {
  for (size_t i = 0; i < own->roots.count; i++)
    free(own->folders[i]);
}

bool wg_study_is(const char *path, bool allow_outside) {
  own_folders own;
  find_folders(&own, allow_outside);
  const bool is = wg_study_file_is(path, &own.roots);
  free_folders(&own);
  return is;
}

int wg_study_load(const char *path, bool allow_outside, wg_study_spec *spec, wg_error *error) {
  own_folders own;
  find_folders(&own, allow_outside);
  const int code = wg_study_file_read(path, &own.roots, spec, error);
  free_folders(&own);
  return code;
}
