// SPDX-License-Identifier: GPL-3.0-or-later
// The names within a study: they name folders and each other.
#include <stdlib.h>
#include <string.h>

#include "schema/message.h"
#include "schema/utf8.h"
#include "study/plan_parts.h"

enum { NAME_LENGTH_MAX = 120 }; // bytes; a point of the sweep comes behind it

// What keeps a variant from naming a folder and being told in lists, or NULL.
static const char *what_is_wrong(const char *name) {
  if (!*name)
    return "is empty";
  if (strlen(name) > NAME_LENGTH_MAX)
    return "is too long (allowed: up to 120 bytes)";
  if (name[0] == '.' || name[0] == '-')
    return "cannot name a folder (allowed: no . or - at its start)";
  if (wg_utf8_check(name, strlen(name)) < strlen(name))
    return "is not valid UTF-8";
  for (const char *at = name; *at; at++)
    if ((unsigned char)*at <= ' ' || *at == 0x7f || strchr("/,=\\\"'", *at))
      return "cannot name a folder (allowed: letters, digits, Chinese, _ - + . and the like)";
  return NULL;
}

static int refuse(const char *origin, const char *key, const char *name, const char *what, const char *near,
                  wg_error *error) {
  wg_message quoted = {0};
  wg_message_quote(&quoted, name, strlen(name));
  return wg_error_add(error, WG_FAIL_CONFIG, "%s%s%s: %s %s%s%s%s", origin, *key ? ": " : "", key, quoted.text, what,
                      near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

// Whether a variant is called so; refuses the name otherwise.
static int check_known(const wg_study_spec *spec, const char *origin, const char *key, const char *name,
                       wg_error *error) {
  const char **const names = calloc(spec->variant_count + 1, sizeof *names);
  if (!names)
    return wg_plan_no_memory(error);
  int code = WG_FAIL_CONFIG;
  for (size_t i = 0; i < spec->variant_count; i++) {
    names[i] = spec->variants[i].name;
    code = strcmp(names[i], name) == 0 ? WG_OK : code;
  }
  if (code)
    refuse(origin, key, name, "is no variant", wg_name_nearest(name, names, spec->variant_count), error);
  free(names);
  return code;
}

int wg_plan_check_names(const wg_study_spec *spec, wg_error *error) {
  int code = WG_OK;
  for (size_t i = 0; i < spec->variant_count; i++) {
    const wg_study_variant *const v = spec->variants + i;
    const char *const wrong = what_is_wrong(v->name);
    if (wrong)
      code = refuse(v->origin, "name", v->name, wrong, NULL, error);
    for (size_t k = 0; k < i; k++)
      if (strcmp(spec->variants[k].name, v->name) == 0) {
        code = refuse(v->origin, "name", v->name, "names an earlier variant, too", NULL, error);
        break;
      }
  }
  const int known = check_known(spec, spec->baseline_origin, "baseline", spec->baseline, error);
  code = known ? known : code;
  for (size_t s = 0; s < spec->sweep_count; s++) {
    const wg_study_sweep *const sweep = spec->sweeps + s;
    for (size_t i = 0; i < sweep->variants.count; i++) {
      const int one = check_known(spec, sweep->origin, "variants", sweep->variants.items[i], error);
      code = one ? one : code;
    }
    for (size_t k = 0; k < s; k++)
      if (strcmp(spec->sweeps[k].path, sweep->path) == 0)
        code = refuse(sweep->origin, "path", sweep->path, "is swept a second time", NULL, error);
    for (size_t i = 0; i < sweep->value_count; i++)
      for (size_t k = 0; k < i; k++)
        if (strcmp(sweep->values[k], sweep->values[i]) == 0) {
          code = refuse(sweep->origin, "values", sweep->values[i], "stands there a second time", NULL, error);
          break;
        }
  }
  return code;
}
