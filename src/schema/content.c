// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/content.h"

#include <string.h>

const char *wg_content_attribute_text(const wg_content *content, const char *name) {
  for (size_t i = 0; i < content->attribute_count; i++)
    if (strcmp(content->attributes[i].name, name) == 0)
      return content->attributes[i].text;
  return NULL;
}

const wg_content_variable *wg_content_find(const wg_content *content, const char *group, const char *name) {
  for (size_t i = 0; i < content->variable_count; i++) {
    const wg_content_variable *const variable = &content->variables[i];
    if (strcmp(variable->name, name) == 0 && strcmp(content->groups[variable->group], group) == 0)
      return variable;
  }
  return NULL;
}
