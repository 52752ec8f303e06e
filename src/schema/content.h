// SPDX-License-Identifier: GPL-3.0-or-later
// What a file of labelled arrays holds, as a reader found it: names, shapes and units; numbers come on demand. The file may
// be anybody's: nothing in it is taken for granted. All texts are clean (wg_utf8_clean) and live as long as the reader.
#ifndef WG_SCHEMA_CONTENT_H
#define WG_SCHEMA_CONTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum { WG_CONTENT_RANK_MAX = 8, WG_CONTENT_ROWS_MAX = 1 << 20 };

typedef struct wg_content_attribute {
  const char *name;
  const char *text; // lines; a number is written out; "" where it is neither
  bool is_number;
  double number;
} wg_content_attribute;

typedef struct wg_content_variable {
  const char *name;
  size_t group;                                // index
  size_t rank;                                 // may exceed what follows
  uint64_t shape[WG_CONTENT_RANK_MAX];         // first varies slowest
  const char *dimensions[WG_CONTENT_RANK_MAX]; // names, "" where there is none
  const char *unit, *long_name, *label;        // "" where there is none
  bool is_number, is_text;
  bool is_whole; // numbers of an integer type
} wg_content_variable;

typedef struct wg_content {
  const wg_content_attribute *attributes; // of the root group
  size_t attribute_count;
  const char *const *groups; // paths, "" for the root group, which comes first
  size_t group_count;
  const wg_content_variable *variables; // group by group
  size_t variable_count;
  bool is_cut;         // there is more than is listed
  const char *damaged; // what could not be read and why, or NULL

  void *self;
  // Sums each entry along the first dimension over all the others into sums[shape[0]]. A variable that is no array of
  // numbers, has more rows than WG_CONTENT_ROWS_MAX, is too large to be read for a summary or is damaged is an error.
  int (*row_sums)(void *self, const wg_content_variable *variable, double *sums, wg_error *error);
  // Reads elements as reals: `count` entries along the flattened first `lead` dimensions (1 to rank), from entry `first` on; whole
  // entries, in the file's order. Missing values (what equals the attribute _FillValue) are NaN. Entries that the variable does not
  // have, more than 2^28 elements in one call and numbers packed by scale_factor or add_offset are errors; else as above, but for
  // the number of rows.
  int (*numbers)(void *self, const wg_content_variable *variable, size_t lead, uint64_t first, uint64_t count,
                 double *values, wg_error *error);
  // The variable's attributes in their order, but for those that the fields above hold and those of the format itself: scales, fill
  // values.
  int (*variable_attributes)(void *self, const wg_content_variable *variable, const wg_content_attribute **attributes,
                             size_t *count, wg_error *error);
  // The first `count` entries of a list of texts; not more than there are.
  int (*texts)(void *self, const wg_content_variable *variable, size_t count, const char **texts, wg_error *error);
  // One entry of a list of texts of variable length, with its lines, up to 4 MiB; "" where it cannot be read.
  int (*long_text)(void *self, const wg_content_variable *variable, uint64_t entry, const char **text, wg_error *error);
} wg_content;

// The text of the attribute, NULL where there is none of that name.
const char *wg_content_attribute_text(const wg_content *content, const char *name);

// The variable of that name in the group, NULL where there is none.
const wg_content_variable *wg_content_find(const wg_content *content, const char *group, const char *name);

#endif
