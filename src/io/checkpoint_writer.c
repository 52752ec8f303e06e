// SPDX-License-Identifier: GPL-3.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/checkpoint_format.h"
#include "io/part_file.h"

enum { BUFFER = 1 << 20 };

struct wg_checkpoint_writer {
  wg_part_file part;
  wg_file_head head;
  XXH3_state_t *block, *whole;
  uint64_t missing; // bytes of the block that was begun
  size_t filled;
  unsigned char buffer[BUFFER];
};

static int fail(const wg_checkpoint_writer *writer, int number, wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "%s: cannot be written: %s", writer->part.path, strerror(number));
}

static int write_at(const wg_checkpoint_writer *writer, const void *bytes, size_t count, uint64_t at, wg_error *error) {
  const unsigned char *from = bytes;
  while (count > 0) {
    const ssize_t written = pwrite(writer->part.descriptor, from, count, (off_t)at);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return fail(writer, written < 0 ? errno : EIO, error);
    from += written;
    at += (uint64_t)written;
    count -= (size_t)written;
  }
  return WG_OK;
}

// Everything between head and end goes through here, once, in order.
static int flush(wg_checkpoint_writer *writer, wg_error *error) {
  XXH3_128bits_update(writer->whole, writer->buffer, writer->filled);
  const int code = write_at(writer, writer->buffer, writer->filled, writer->head.bytes, error);
  writer->head.bytes += writer->filled;
  writer->filled = 0;
  return code;
}

static int add(wg_checkpoint_writer *writer, const void *bytes, size_t count, wg_error *error) {
  const unsigned char *from = bytes;
  while (count > 0) {
    if (writer->filled == BUFFER) {
      const int code = flush(writer, error);
      if (code)
        return code;
    }
    const size_t room = BUFFER - writer->filled, now = count < room ? count : room;
    memcpy(writer->buffer + writer->filled, from, now);
    writer->filled += now;
    from += now;
    count -= now;
  }
  return WG_OK;
}

int wg_checkpoint_create(const char *path, const wg_checkpoint_head *head, wg_checkpoint_writer **created,
                         wg_error *error) {
  *created = NULL;
  wg_checkpoint_writer *writer = malloc(sizeof *writer);
  if (!writer)
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory", path);
  writer->head = (wg_file_head){.magic = WG_CHECKPOINT_MAGIC,
                                .format = WG_CHECKPOINT_FORMAT,
                                .order = WG_CHECKPOINT_ORDER,
                                .kind = head->kind,
                                .answers = head->answers,
                                .months = head->months,
                                .configuration = {head->configuration[0], head->configuration[1]},
                                .data = {head->data[0], head->data[1]},
                                .bytes = sizeof writer->head};
  writer->missing = writer->filled = 0;
  writer->block = XXH3_createState();
  writer->whole = XXH3_createState();
  writer->part = (wg_part_file){.descriptor = -1};
  int code = writer->block && writer->whole ? WG_OK : wg_error_set(error, WG_FAIL_RUN, "%s: no memory", path);
  // A path that cannot be is no wrong usage any more: the run is under way.
  if (!code && wg_part_file_create(&writer->part, path, error)) {
    code = WG_FAIL_RUN;
    if (error && error->code == WG_FAIL_CONFIG)
      error->code = WG_FAIL_RUN;
  }
  if (code) {
    wg_checkpoint_abandon(writer);
    return code;
  }
  XXH3_128bits_reset(writer->whole);
  *created = writer;
  return WG_OK;
}

int wg_checkpoint_begin(wg_checkpoint_writer *writer, const char *name, size_t size, uint64_t count, wg_error *error) {
  wg_file_block block = {.size = size, .count = count};
  if (writer->missing || strlen(name) >= sizeof block.name || size == 0 || size > WG_CHECKPOINT_ELEMENT_MAX ||
      __builtin_mul_overflow(size, count, &writer->missing))
    return wg_error_set(error, WG_FAIL_RUN, "%s: the block %.100s cannot be written", writer->part.path, name);
  strcpy(block.name, name);
  writer->head.block_count++;
  XXH3_64bits_reset(writer->block);
  XXH3_64bits_update(writer->block, &block, sizeof block);
  const int code = add(writer, &block, sizeof block, error);
  return code || writer->missing ? code : wg_checkpoint_append(writer, "", 0, error);
}

int wg_checkpoint_append(wg_checkpoint_writer *writer, const void *elements, size_t bytes, wg_error *error) {
  if (bytes > writer->missing)
    return wg_error_set(error, WG_FAIL_RUN, "%s: a block is longer than it was to be", writer->part.path);
  XXH3_64bits_update(writer->block, elements, bytes);
  const int code = add(writer, elements, bytes, error);
  writer->missing -= bytes;
  if (code || writer->missing)
    return code;
  const uint64_t checksum = XXH3_64bits_digest(writer->block);
  return add(writer, &checksum, sizeof checksum, error);
}

// Packs elements into `packed`: sizes known when compiled make it a loop of loads and stores.
static void gather(const unsigned char *from, size_t size, size_t stride, size_t count, unsigned char *packed) {
#define GATHER(SIZE)                                                                                                   \
  case SIZE:                                                                                                           \
    for (size_t i = 0; i < count; i++)                                                                                 \
      memcpy(packed + i * (SIZE), from + i * stride, SIZE);                                                            \
    break
  switch (size) {
    GATHER(1);
    GATHER(2);
    GATHER(4);
    GATHER(8);
  default:
    for (size_t i = 0; i < count; i++)
      memcpy(packed + i * size, from + i * stride, size);
  }
#undef GATHER
}

int wg_checkpoint_put(void *self, const wg_block *block, wg_error *error) {
  wg_checkpoint_writer *writer = self;
  unsigned char packed[1 << 15];
  int code = wg_checkpoint_begin(writer, block->name, block->size, block->count, error);
  const uint64_t most = sizeof packed / block->size;
  for (uint64_t done = 0, now; done < block->count && !code; done += now) {
    now = block->count - done < most ? block->count - done : most;
    gather((const unsigned char *)block->data + done * block->stride, block->size, block->stride, now, packed);
    code = wg_checkpoint_append(writer, packed, now * block->size, error);
  }
  return code;
}

// The end, and the head in front of everything.
static int finish(wg_checkpoint_writer *writer, wg_error *error) {
  wg_file_end end = {.magic = WG_CHECKPOINT_END};
  if (writer->missing)
    return wg_error_set(error, WG_FAIL_RUN, "%s: its last block is not whole", writer->part.path);
  int code = flush(writer, error);
  if (code)
    return code;
  const uint64_t at = writer->head.bytes;
  writer->head.bytes += sizeof end;
  writer->head.checksum = XXH3_64bits(&writer->head, offsetof(wg_file_head, checksum));
  XXH3_128bits_update(writer->whole, &writer->head, sizeof writer->head);
  const XXH128_hash_t hash = XXH3_128bits_digest(writer->whole);
  end.checksum[0] = hash.low64;
  end.checksum[1] = hash.high64;
  code = write_at(writer, &end, sizeof end, at, error);
  return code ? code : write_at(writer, &writer->head, sizeof writer->head, 0, error);
}

// From the disk, as far as the system lets go of what it remembers.
static int read_back(const wg_checkpoint_writer *writer, wg_error *error) {
  wg_file_head head;
  wg_error told = {0};
  if (fsync(writer->part.descriptor))
    return fail(writer, errno, error);
  posix_fadvise(writer->part.descriptor, 0, 0, POSIX_FADV_DONTNEED);
  if (wg_checkpoint_check(writer->part.descriptor, writer->part.path, &head, &told))
    return wg_error_set(error, WG_FAIL_RUN, "%s (read back after writing)", told.text);
  if (memcmp(&head, &writer->head, sizeof head) != 0)
    return wg_error_set(error, WG_FAIL_RUN, "%s: is not what was written", writer->part.path);
  return WG_OK;
}

int wg_checkpoint_publish(wg_checkpoint_writer *writer, uint64_t *bytes, wg_error *error) {
  int code = finish(writer, error);
  if (!code)
    code = read_back(writer, error);
  if (!code)
    code = wg_part_file_publish(&writer->part, error);
  if (!code && bytes)
    *bytes = writer->head.bytes;
  wg_checkpoint_abandon(writer);
  return code;
}

void wg_checkpoint_abandon(wg_checkpoint_writer *writer) {
  if (!writer)
    return;
  wg_part_file_release(&writer->part);
  XXH3_freeState(writer->block);
  XXH3_freeState(writer->whole);
  free(writer);
}
