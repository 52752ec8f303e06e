// SPDX-License-Identifier: GPL-3.0-or-later
// A folder for each test that reads configuration files; to be included after cmocka.h.
#ifndef WG_TESTS_CONFIG_FOLDER_H
#define WG_TESTS_CONFIG_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Every test has a folder of its own as the working folder, so that paths in messages are short.
static char made_path[64];

static inline int enter_folder(void **state) {
  (void)state;
  strcpy(made_path, "/tmp/wg_config_XXXXXX");
  return mkdtemp(made_path) && chdir(made_path) == 0 ? 0 : -1;
}

static inline int leave_folder(void **state) {
  (void)state;
  char command[96];
  snprintf(command, sizeof command, "rm -r '%s'", made_path);
  return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static inline void write_bytes(const char *path, const char *bytes, size_t length) {
  FILE *const file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, length, file), length);
  assert_int_equal(fclose(file), 0);
}

static inline void write_text(const char *path, const char *text) {
  write_bytes(path, text, strlen(text));
}

static inline void write_configs(const char *name, const char *text) {
  char path[64];
  mkdir("configs", 0777);
  snprintf(path, sizeof path, "configs/%s", name);
  write_text(path, text);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

#endif
