// SPDX-License-Identifier: GPL-3.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/checkpoint_format.h"

enum { BUFFER = 1 << 20 };

static int damaged(const char *path, const char *what, wg_error *error) {
  return wg_error_set(error, WG_FAIL_CONFIG, "%s: is damaged: %s", path, what);
}

int wg_checkpoint_pread(int descriptor, const char *path, uint64_t at, void *bytes, size_t count, wg_error *error) {
  unsigned char *to = bytes;
  while (count > 0) {
    const ssize_t got = pread(descriptor, to, count, (off_t)at);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return wg_error_set(error, WG_FAIL_CONFIG, "%s: cannot be read: %s", path, strerror(errno));
    if (got == 0)
      return damaged(path, "it ends too early", error);
    to += got;
    at += (uint64_t)got;
    count -= (size_t)got;
  }
  return WG_OK;
}

// ---- the whole file ----

typedef struct checking {
  int descriptor;
  const char *path;
  uint64_t at, beyond; // of what is between head and end
  XXH3_state_t *block, *whole;
  unsigned char *buffer;
} checking;

static int check_head(int descriptor, const char *path, wg_file_head *head, wg_error *error) {
  struct stat status;
  if (fstat(descriptor, &status))
    return wg_error_set(error, WG_FAIL_RUN, "%s: %s", path, strerror(errno));
  if (!S_ISREG(status.st_mode))
    return damaged(path, "it is not a regular file", error);
  const int code = wg_checkpoint_pread(descriptor, path, 0, head, sizeof *head, error);
  if (code)
    return code;
  if (memcmp(head->magic, WG_CHECKPOINT_MAGIC, sizeof head->magic) != 0)
    return damaged(path, "it does not begin like a checkpoint", error);
  if (head->checksum != XXH3_64bits(head, offsetof(wg_file_head, checksum)))
    return damaged(path, "the checksum of its head", error);
  if (head->order != WG_CHECKPOINT_ORDER || head->format != WG_CHECKPOINT_FORMAT)
    return wg_error_set(error, WG_FAIL_CONFIG, "%s: is of format %" PRIu32 " (allowed: %d)", path, head->format,
                        WG_CHECKPOINT_FORMAT);
  if ((uint64_t)status.st_size != head->bytes || head->bytes < sizeof *head + sizeof(wg_file_end))
    return damaged(path, "its length", error);
  return WG_OK;
}

static int take(checking *c, void *bytes, size_t count, wg_error *error) {
  if (count > c->beyond - c->at)
    return damaged(c->path, "a block does not fit into it", error);
  const int code = wg_checkpoint_pread(c->descriptor, c->path, c->at, bytes, count, error);
  if (code)
    return code;
  XXH3_128bits_update(c->whole, bytes, count);
  c->at += count;
  return WG_OK;
}

static bool is_sound(const wg_file_block *block, uint64_t room, uint64_t *bytes) {
  return block->name[0] && memchr(block->name, 0, sizeof block->name) && block->size > 0 &&
         block->size <= WG_CHECKPOINT_ELEMENT_MAX && !__builtin_mul_overflow(block->size, block->count, bytes) &&
         *bytes <= room;
}

static int check_block(checking *c, wg_error *error) {
  wg_file_block block;
  uint64_t bytes, checksum;
  int code = take(c, &block, sizeof block, error);
  if (!code && !is_sound(&block, c->beyond - c->at, &bytes))
    code = damaged(c->path, "the head of a block", error);
  if (code)
    return code;
  XXH3_64bits_reset(c->block);
  XXH3_64bits_update(c->block, &block, sizeof block);
  for (size_t now; bytes > 0 && !code; bytes -= now) {
    now = bytes < BUFFER ? bytes : BUFFER;
    code = take(c, c->buffer, now, error);
    if (!code)
      XXH3_64bits_update(c->block, c->buffer, now);
  }
  if (!code)
    code = take(c, &checksum, sizeof checksum, error);
  if (!code && checksum != XXH3_64bits_digest(c->block)) {
    block.name[sizeof block.name - 1] = '\0';
    code = wg_error_set(error, WG_FAIL_CONFIG, "%s: is damaged: the checksum of %s", c->path, block.name);
  }
  return code;
}

static int check_end(checking *c, const wg_file_head *head, wg_error *error) {
  wg_file_end end;
  const int code = wg_checkpoint_pread(c->descriptor, c->path, c->at, &end, sizeof end, error);
  if (code)
    return code;
  XXH3_128bits_update(c->whole, head, sizeof *head);
  const XXH128_hash_t hash = XXH3_128bits_digest(c->whole);
  if (c->at != c->beyond || memcmp(end.magic, WG_CHECKPOINT_END, sizeof end.magic) != 0 ||
      end.checksum[0] != hash.low64 || end.checksum[1] != hash.high64)
    return damaged(c->path, "its end", error);
  return WG_OK;
}

int wg_checkpoint_check(int descriptor, const char *path, wg_file_head *head, wg_error *error) {
  int code = check_head(descriptor, path, head, error);
  if (code)
    return code;
  checking c = {.descriptor = descriptor,
                .path = path,
                .at = sizeof *head,
                .beyond = head->bytes - sizeof(wg_file_end),
                .block = XXH3_createState(),
                .whole = XXH3_createState(),
                .buffer = malloc(BUFFER)};
  if (!c.block || !c.whole || !c.buffer)
    code = wg_error_set(error, WG_FAIL_RUN, "%s: no memory to read it", path);
  if (!code)
    XXH3_128bits_reset(c.whole);
  for (uint32_t i = 0; i < head->block_count && !code; i++)
    code = check_block(&c, error);
  if (!code)
    code = check_end(&c, head, error);
  XXH3_freeState(c.block);
  XXH3_freeState(c.whole);
  free(c.buffer);
  return code;
}

// ---- block by block ----

struct wg_checkpoint_reader {
  int descriptor;
  char *path;
  wg_file_head file;
  wg_checkpoint_head head;
  uint64_t at, beyond;
  bool is_next_known;
  wg_file_block next;
  unsigned char *buffer;
};

int wg_checkpoint_open(const char *path, wg_checkpoint_reader **opened, wg_error *error) {
  *opened = NULL;
  wg_checkpoint_reader *reader = calloc(1, sizeof *reader);
  if (!reader)
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory", path);
  reader->path = strdup(path);
  reader->buffer = malloc(BUFFER);
  // A pipe of that name must not hold the program up.
  reader->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  int code = WG_OK;
  if (!reader->path || !reader->buffer)
    code = wg_error_set(error, WG_FAIL_RUN, "%s: no memory", path);
  else if (reader->descriptor < 0)
    code = wg_error_set(error, WG_FAIL_CONFIG, "%s: cannot be opened: %s", path, strerror(errno));
  if (!code)
    code = wg_checkpoint_check(reader->descriptor, path, &reader->file, error);
  if (code) {
    wg_checkpoint_close(reader);
    return code;
  }
  const wg_file_head *const f = &reader->file;
  reader->head = (wg_checkpoint_head){.kind = f->kind,
                                      .answers = f->answers,
                                      .months = f->months,
                                      .configuration = {f->configuration[0], f->configuration[1]},
                                      .data = {f->data[0], f->data[1]}};
  reader->at = sizeof *f;
  reader->beyond = f->bytes - sizeof(wg_file_end);
  *opened = reader;
  return WG_OK;
}

void wg_checkpoint_close(wg_checkpoint_reader *reader) {
  if (!reader)
    return;
  if (reader->descriptor >= 0)
    close(reader->descriptor);
  free(reader->path);
  free(reader->buffer);
  free(reader);
}

const wg_checkpoint_head *wg_checkpoint_head_of(const wg_checkpoint_reader *reader) {
  return &reader->head;
}

uint64_t wg_checkpoint_left(const wg_checkpoint_reader *reader) {
  return reader->beyond - reader->at;
}

// The file may have changed since it was checked, so that all is checked once more.
static int read_next(wg_checkpoint_reader *reader, wg_error *error) {
  uint64_t bytes;
  const uint64_t left = wg_checkpoint_left(reader), around = sizeof reader->next + sizeof(uint64_t);
  if (reader->is_next_known)
    return WG_OK;
  if (left < around)
    return damaged(reader->path, "it has fewer blocks than are needed", error);
  const int code =
      wg_checkpoint_pread(reader->descriptor, reader->path, reader->at, &reader->next, sizeof reader->next, error);
  if (!code && !is_sound(&reader->next, left - around, &bytes))
    return damaged(reader->path, "the head of a block", error);
  reader->is_next_known = !code;
  return code;
}

bool wg_checkpoint_next(wg_checkpoint_reader *reader, wg_block *block) {
  wg_error ignored = {0};
  if (read_next(reader, &ignored))
    return false;
  *block = (wg_block){
      .name = reader->next.name, .size = reader->next.size, .count = reader->next.count, .stride = reader->next.size};
  return true;
}

static void scatter(const unsigned char *packed, size_t size, size_t stride, size_t count, unsigned char *to) {
#define SCATTER(SIZE)                                                                                                  \
  case SIZE:                                                                                                           \
    for (size_t i = 0; i < count; i++)                                                                                 \
      memcpy(to + i * stride, packed + i * (SIZE), SIZE);                                                              \
    break
  switch (size) {
    SCATTER(1);
    SCATTER(2);
    SCATTER(4);
    SCATTER(8);
  default:
    for (size_t i = 0; i < count; i++)
      memcpy(to + i * stride, packed + i * size, size);
  }
#undef SCATTER
}

static int read_elements(wg_checkpoint_reader *reader, const wg_block *block, XXH3_state_t *hash, wg_error *error) {
  const uint64_t most = BUFFER / block->size;
  uint64_t at = reader->at + sizeof reader->next, checksum;
  int code = WG_OK;
  XXH3_64bits_reset(hash);
  XXH3_64bits_update(hash, &reader->next, sizeof reader->next);
  for (uint64_t done = 0, now; done < block->count && !code; done += now) {
    now = block->count - done < most ? block->count - done : most;
    code = wg_checkpoint_pread(reader->descriptor, reader->path, at, reader->buffer, now * block->size, error);
    if (code)
      break;
    XXH3_64bits_update(hash, reader->buffer, now * block->size);
    scatter(reader->buffer, block->size, block->stride, now, (unsigned char *)block->data + done * block->stride);
    at += now * block->size;
  }
  if (!code)
    code = wg_checkpoint_pread(reader->descriptor, reader->path, at, &checksum, sizeof checksum, error);
  if (!code && checksum != XXH3_64bits_digest(hash))
    code = wg_error_set(error, WG_FAIL_CONFIG, "%s: is damaged: the checksum of %s", reader->path, block->name);
  reader->at = at + sizeof checksum;
  reader->is_next_known = false;
  return code;
}

int wg_checkpoint_get(void *self, const wg_block *block, wg_error *error) {
  wg_checkpoint_reader *reader = self;
  const int code = read_next(reader, error);
  if (code)
    return code;
  const wg_file_block *const next = &reader->next;
  if (strcmp(next->name, block->name) != 0)
    return wg_error_set(error, WG_FAIL_CONFIG, "%s: has %s where %s belongs", reader->path, next->name, block->name);
  if (next->size != block->size || next->count != block->count)
    return wg_error_set(error, WG_FAIL_CONFIG,
                        "%s: %s has %" PRIu64 " elements of %" PRIu64 " bytes (allowed: %" PRIu64 " of %zu)",
                        reader->path, block->name, next->count, next->size, block->count, block->size);
  XXH3_state_t *hash = XXH3_createState();
  if (!hash)
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory to read it", reader->path);
  const int done = read_elements(reader, block, hash, error);
  XXH3_freeState(hash);
  return done;
}
