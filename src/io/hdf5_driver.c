// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/hdf5_driver.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// What HDF5 copies with the property list.
typedef struct driver_info {
  wg_hdf5_disk *disk;
} driver_info;

typedef struct driver_file {
  H5FD_t base; // HDF5's share, to come first
  wg_hdf5_disk *disk;
  haddr_t allocated; // end of what HDF5 has handed out
  haddr_t written;   // end of what was written or dropped
} driver_file;

static H5FD_t *driver_open(const char *name, unsigned flags, hid_t access, haddr_t most) {
  (void)name;
  (void)flags;
  (void)most;
  const driver_info *info = H5Pget_driver_info(access);
  driver_file *file = info != NULL ? calloc(1, sizeof *file) : NULL;
  if (file == NULL) {
    return NULL;
  }
  file->disk = info->disk;
  struct stat status;
  if (fstat(file->disk->descriptor, &status) == 0) {
    file->written = (haddr_t)status.st_size; // of a file that is opened once more
  }
  return &file->base;
}

static herr_t driver_close(H5FD_t *base) {
  free(base);
  return 0;
}

static herr_t driver_query(const H5FD_t *base, unsigned long *features) {
  (void)base;
  *features = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
              H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  return 0;
}

static haddr_t driver_get_eoa(const H5FD_t *base, H5FD_mem_t type) {
  (void)type;
  return ((const driver_file *)base)->allocated;
}

static herr_t driver_set_eoa(H5FD_t *base, H5FD_mem_t type, haddr_t address) {
  (void)type;
  ((driver_file *)base)->allocated = address;
  return 0;
}

static haddr_t driver_get_eof(const H5FD_t *base, H5FD_mem_t type) {
  (void)type;
  return ((const driver_file *)base)->written;
}

static herr_t driver_read(H5FD_t *base, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t size, void *buffer) {
  (void)type;
  (void)transfer;
  wg_hdf5_disk *disk = ((driver_file *)base)->disk;
  char *rest = buffer;
  while (size > 0) {
    ssize_t count = pread(disk->descriptor, rest, size, (off_t)address);
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0 && disk->failure == 0) {
      disk->failure = errno;
    }
    // What was dropped cannot be read back: without this HDF5 would complain of garbage instead of the disk.
    if (count <= 0 && disk->failure != 0) {
      H5Epush2(H5E_DEFAULT, __FILE__, __func__, __LINE__, H5E_ERR_CLS, H5E_IO, H5E_READERROR, "%s",
               strerror(disk->failure));
      return -1;
    }
    if (count == 0) {
      memset(rest, 0, size); // allocated, not yet written
      break;
    }
    rest += count;
    address += (haddr_t)count;
    size -= (size_t)count;
  }
  return 0;
}

static herr_t driver_write(H5FD_t *base, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t size,
                           const void *buffer) {
  (void)type;
  (void)transfer;
  driver_file *file = (driver_file *)base;
  wg_hdf5_disk *disk = file->disk;
  if (address + size > file->written) {
    file->written = address + size;
  }
  const char *rest = buffer;
  while (size > 0 && disk->failure == 0) {
    ssize_t count = pwrite(disk->descriptor, rest, size, (off_t)address);
    if (count < 0) {
      disk->failure = errno == EINTR ? 0 : errno;
      continue;
    }
    rest += count;
    address += (haddr_t)count;
    size -= (size_t)count;
  }
  return 0;
}

static herr_t driver_truncate(H5FD_t *base, hid_t transfer, hbool_t closing) {
  (void)transfer;
  (void)closing;
  driver_file *file = (driver_file *)base;
  wg_hdf5_disk *disk = file->disk;
  if (file->allocated != file->written) {
    if (disk->failure == 0 && ftruncate(disk->descriptor, (off_t)file->allocated) != 0) {
      disk->failure = errno;
    }
    file->written = file->allocated;
  }
  return 0;
}

static const H5FD_class_t driver_class = {
    .name = "wangge",
    .maxaddr = INT64_MAX,
    .fc_degree = H5F_CLOSE_WEAK,
    .fapl_size = sizeof(driver_info),
    .open = driver_open,
    .close = driver_close,
    .query = driver_query,
    .get_eoa = driver_get_eoa,
    .set_eoa = driver_set_eoa,
    .get_eof = driver_get_eof,
    .read = driver_read,
    .write = driver_write,
    .truncate = driver_truncate,
    .fl_map = H5FD_FLMAP_DICHOTOMY,
};

herr_t wg_hdf5_driver_set(hid_t access, wg_hdf5_disk *disk) {
  disk->driver = H5FDregister(&driver_class);
  const driver_info info = {disk};
  return disk->driver < 0 ? -1 : H5Pset_driver(access, disk->driver, &info);
}

void wg_hdf5_driver_release(wg_hdf5_disk *disk) {
  if (disk->driver > 0) {
    H5FDunregister(disk->driver);
    disk->driver = H5I_INVALID_HID;
  }
}

int wg_hdf5_disk_check(const wg_hdf5_disk *disk, const char *where, wg_error *error) {
  return disk->failure == 0 ? WG_OK : wg_error_set(error, WG_FAIL_RUN, "%s: %s", where, strerror(disk->failure));
}
