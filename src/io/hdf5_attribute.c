// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/hdf5_attribute.h"

#include <string.h>

#include "io/hdf5_error.h"

static hid_t text_type(size_t size) {
  hid_t type = H5Tcopy(H5T_C_S1);
  if (type >= 0 && (H5Tset_size(type, size) < 0 || H5Tset_cset(type, H5T_CSET_UTF8) < 0)) {
    H5Tclose(type);
    return H5I_INVALID_HID;
  }
  return type;
}

hid_t wg_hdf5_file_type(wg_type type) {
  switch (type) {
  case WG_I8:
    return H5Tcopy(H5T_STD_I8LE);
  case WG_U8:
    return H5Tcopy(H5T_STD_U8LE);
  case WG_I16:
    return H5Tcopy(H5T_STD_I16LE);
  case WG_U16:
    return H5Tcopy(H5T_STD_U16LE);
  case WG_I32:
    return H5Tcopy(H5T_STD_I32LE);
  case WG_U32:
    return H5Tcopy(H5T_STD_U32LE);
  case WG_I64:
    return H5Tcopy(H5T_STD_I64LE);
  case WG_U64:
    return H5Tcopy(H5T_STD_U64LE);
  case WG_F64:
    return H5Tcopy(H5T_IEEE_F64LE);
  case WG_STRING:
    return text_type(H5T_VARIABLE);
  }
  return H5I_INVALID_HID;
}

hid_t wg_hdf5_memory_type(wg_type type) {
  switch (type) {
  case WG_I8:
    return H5Tcopy(H5T_NATIVE_INT8);
  case WG_U8:
    return H5Tcopy(H5T_NATIVE_UINT8);
  case WG_I16:
    return H5Tcopy(H5T_NATIVE_INT16);
  case WG_U16:
    return H5Tcopy(H5T_NATIVE_UINT16);
  case WG_I32:
    return H5Tcopy(H5T_NATIVE_INT32);
  case WG_U32:
    return H5Tcopy(H5T_NATIVE_UINT32);
  case WG_I64:
    return H5Tcopy(H5T_NATIVE_INT64);
  case WG_U64:
    return H5Tcopy(H5T_NATIVE_UINT64);
  case WG_F64:
    return H5Tcopy(H5T_NATIVE_DOUBLE);
  case WG_STRING:
    return text_type(H5T_VARIABLE);
  }
  return H5I_INVALID_HID;
}

static int write_value(hid_t object, const char *where, const char *name, hid_t file_type, hid_t memory_type,
                       hid_t space, const void *value, wg_error *error) {
  int code = WG_OK;
  hid_t attribute = H5I_INVALID_HID;
  if (file_type < 0 || memory_type < 0 || space < 0 ||
      (attribute = H5Acreate2(object, name, file_type, space, H5P_DEFAULT, H5P_DEFAULT)) < 0 ||
      H5Awrite(attribute, memory_type, value) < 0) {
    code = wg_hdf5_fail(error, "%s: attribute `%s`", where, name);
  }
  if (attribute >= 0 && H5Aclose(attribute) < 0 && code == WG_OK) {
    code = wg_hdf5_fail(error, "%s: attribute `%s`", where, name);
  }
  return code;
}

// Of fixed length, as netCDF writes text: a variable-length one turns up as an array of strings in netCDF programs.
int wg_hdf5_text_write(hid_t object, const char *where, const char *name, const char *text, wg_error *error) {
  size_t length = strlen(text);
  hid_t type = text_type(length > 0 ? length : 1);
  hid_t space = H5Screate(H5S_SCALAR);
  int code = write_value(object, where, name, type, type, space, text, error);
  H5Sclose(space);
  H5Tclose(type);
  return code;
}

int wg_hdf5_attribute_write(hid_t object, const char *where, const wg_attribute *attribute, wg_error *error) {
  if (attribute->value == NULL || (attribute->type != WG_STRING && attribute->count == 0)) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: attribute `%s` has no value", where, attribute->name);
  }
  if (attribute->type == WG_STRING) {
    return wg_hdf5_text_write(object, where, attribute->name, attribute->value, error);
  }
  hsize_t count = attribute->count;
  hid_t file_type = wg_hdf5_file_type(attribute->type);
  hid_t memory_type = wg_hdf5_memory_type(attribute->type);
  hid_t space = count == 1 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, NULL);
  int code = write_value(object, where, attribute->name, file_type, memory_type, space, attribute->value, error);
  H5Sclose(space);
  H5Tclose(memory_type);
  H5Tclose(file_type);
  return code;
}

int wg_hdf5_attributes_write(hid_t object, const char *where, const wg_attribute *attributes, size_t count,
                             wg_error *error) {
  for (size_t i = 0; i < count; i++) {
    int code = wg_hdf5_attribute_write(object, where, &attributes[i], error);
    if (code != WG_OK) {
      return code;
    }
  }
  return WG_OK;
}
