// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of the reader of HDF5 files have in common.
#ifndef WG_IO_HDF5_READ_INSIDE_H
#define WG_IO_HDF5_READ_INSIDE_H

#include <hdf5.h>
#include <stdbool.h>

#include "io/hdf5_read.h"
#include "schema/arena.h"
#include "schema/message.h"

enum {
  WG_HDF5_GROUPS_MAX = 256,
  WG_HDF5_VARIABLES_MAX = 4096,
  WG_HDF5_ATTRIBUTES_MAX = 256,
};

struct wg_hdf5_reader {
  wg_content content;
  wg_arena arena;
  const char *path; // of the file
  hid_t file;
  const char **groups; // as wg_content has them, cleaned
  wg_content_attribute *attributes;
  wg_content_variable *variables;
  const char **paths; // of the variables within the file, as it has them
  size_t text_bytes;
  uint64_t elements; // summed so far
  bool no_memory;
  wg_message damage;
};

// Cleans and keeps a text, of one line or several; "" where there is no room for it.
const char *wg_hdf5_keep_text(wg_hdf5_reader *reader, const char *text, size_t length, bool lines);

// The object's attribute as text and number; "" for lists, for what is neither and where there is none. The name is borrowed.
wg_content_attribute wg_hdf5_read_attribute(wg_hdf5_reader *reader, hid_t object, const char *name, bool lines);

// Fills `attributes` [WG_HDF5_ATTRIBUTES_MAX] with all of the object's in the order of their creation. On failure nothing is told: the
// library's reason is still at hand.
int wg_hdf5_list_attributes(wg_hdf5_reader *reader, hid_t object, wg_content_attribute *attributes, size_t *count);

// Fills the reader's lists of groups, variables and attributes of the root group.
void wg_hdf5_read_list(wg_hdf5_reader *reader);

// A variable that is open for reading.
typedef struct wg_hdf5_reading {
  wg_hdf5_reader *reader;
  const wg_content_variable *variable;
  hid_t dataset, space;
  wg_error *error;
} wg_hdf5_reading;

// Refuses what lies in other files or needs too much memory. To be closed in any case.
int wg_hdf5_reading_open(wg_hdf5_reader *reader, const wg_content_variable *variable, wg_hdf5_reading *reading,
                         wg_error *error);
void wg_hdf5_reading_close(const wg_hdf5_reading *reading);

// "FILE: variable `NAME` why".
int wg_hdf5_reading_refuse(const wg_hdf5_reading *reading, const char *why);
// The same, with the library's reason, which must still be at hand.
int wg_hdf5_reading_fail(const wg_hdf5_reading *reading);

// As wg_content has them, which they are.
int wg_hdf5_read_row_sums(void *self, const wg_content_variable *variable, double *sums, wg_error *error);
int wg_hdf5_read_numbers(void *self, const wg_content_variable *variable, size_t lead, uint64_t first, uint64_t count,
                         double *values, wg_error *error);
int wg_hdf5_read_attributes(void *self, const wg_content_variable *variable, const wg_content_attribute **attributes,
                            size_t *count, wg_error *error);
int wg_hdf5_read_texts(void *self, const wg_content_variable *variable, size_t count, const char **texts,
                       wg_error *error);
int wg_hdf5_read_long_text(void *self, const wg_content_variable *variable, uint64_t entry, const char **text,
                           wg_error *error);

#endif
