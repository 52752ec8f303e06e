// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/axes.h"

#include "model/group.h"
#include "model/lever.h"
#include "model/reporting.h"

typedef struct fixed_axis {
  const char *name, *long_name;
  size_t length; // 0: given by the configuration
  const char *const *codes, *const *labels;
} fixed_axis;

static const char *const sexes[] = {"male", "female"}, *const sex_labels[] = {"男", "女"};
static const char *const registrations[] = {"here", "elsewhere_in_city", "outside"};
static const char *const registration_labels[] = {"户籍在本区", "本市其他区", "外省市"};
static const char *const reasons[] = {"not_found", "lapsed",       "misdirected",    "queued_too_long",
                                      "returned",  "not_eligible", "moved_by_policy"};
static const char *const reason_labels[] = {"未被发现", "自行消失",   "误派",    "排队过久",
                                            "返工",     "不符合条件", "政策迁离"};
static const char *const sizes[WG_HOUSEHOLD_SIZES] = {"1", "2", "3", "4", "5", "6+"};
static const char *const cost_kinds[] = {"wages", "programmes"}, *const cost_labels[] = {"人员经费", "政策支出"};

static const fixed_axis axes[WG_AXIS_COUNT] = {
    [WG_AXIS_NONE] = {"", "", 1, NULL, NULL},
    [WG_AXIS_SERVICE] = {"service", "Service", 0, NULL, NULL},
    [WG_AXIS_AGE_BAND] = {"age_band", "Age in completed years", WG_AGE_BAND_COUNT, wg_age_band_names, NULL},
    [WG_AXIS_SEX] = {"sex", "Sex", WG_SEX_COUNT, sexes, sex_labels},
    [WG_AXIS_REGISTRATION] = {"registration", "Household registration", WG_REGISTRATION_COUNT, registrations,
                              registration_labels},
    [WG_AXIS_DESK_KIND] = {"desk_kind", "Kind of desk", 0, NULL, NULL},
    [WG_AXIS_DELAY_BIN] = {"delay_bin", "Least number of days from filing to closing in the bin", WG_DELAY_BIN_COUNT,
                           NULL, NULL},
    [WG_AXIS_REASON] = {"reason", "Why a need was not met in time", 7, reasons, reason_labels},
    [WG_AXIS_COST_KIND] = {"cost_kind", "Kind of cost", 2, cost_kinds, cost_labels},
    [WG_AXIS_HOUSEHOLD_SIZE] = {"household_size", "Members; the last stands for more too", WG_HOUSEHOLD_SIZES, sizes,
                                NULL},
    [WG_AXIS_ACTIVITY] = {"activity", "What residents do", WG_ACTIVITY_COUNT, wg_activity_names, wg_activity_labels},
    [WG_AXIS_EDUCATION] = {"education", "Education attained", WG_EDUCATION_COUNT, wg_education_names,
                           wg_education_labels},
    [WG_AXIS_CARE] = {"care", "Need of care", WG_CARE_COUNT, wg_care_names, wg_care_labels},
    [WG_AXIS_MOVE_DIRECTION] = {"move_direction", "Direction of a move", WG_MOVE_DIRECTION_COUNT,
                                wg_move_direction_names, wg_move_direction_labels},
    [WG_AXIS_MOVE_REASON] = {"move_reason", "Reason of a move", WG_MOVE_REASON_COUNT, wg_move_reason_names,
                             wg_move_reason_labels},
    [WG_AXIS_FACILITY] = {"facility", "Kind of service facility", 0, NULL, NULL},
    [WG_AXIS_LOSS] = {"loss", "What hours are lost to", WG_LOSS_COUNT, wg_loss_names, wg_loss_labels},
    [WG_AXIS_CHANNEL] = {"channel", "Channel of self-report", WG_CHANNEL_COUNT, wg_channel_names, wg_channel_labels},
    [WG_AXIS_GROUP] = {"group", "Whose needs, or where", WG_GROUP_COUNT, wg_group_names, wg_group_labels},
    [WG_AXIS_CARE_END] = {"care_end", "Why an enrolment ended", WG_CARE_END_COUNT, wg_care_end_names,
                          wg_care_end_labels},
    [WG_AXIS_LEVER] = {"lever_id", "Lever, with the role or network it is for", WG_SLOT_COUNT, NULL, NULL},
};

const char *wg_axis_name(wg_axis axis) {
  return axes[axis].name;
}

const char *wg_axis_long_name(wg_axis axis) {
  return axes[axis].long_name;
}

size_t wg_axis_length(const wg_world *world, wg_axis axis) {
  if (axis == WG_AXIS_SERVICE)
    return world->catalogue.service_count;
  if (axis == WG_AXIS_DESK_KIND)
    return world->catalogue.desk_kind_count;
  if (axis == WG_AXIS_FACILITY)
    return world->catalogue.facility_kind_count;
  return axes[axis].length;
}

const char *wg_axis_code(const wg_world *world, wg_axis axis, size_t i) {
  if (axis == WG_AXIS_SERVICE)
    return world->catalogue.services[i].id;
  if (axis == WG_AXIS_DESK_KIND)
    return world->catalogue.desk_kinds[i].id;
  if (axis == WG_AXIS_FACILITY)
    return world->catalogue.facility_kinds[i].id;
  return axes[axis].codes ? axes[axis].codes[i] : NULL;
}

const char *wg_axis_label(const wg_world *world, wg_axis axis, size_t i) {
  if (axis == WG_AXIS_SERVICE)
    return world->catalogue.services[i].params->label;
  if (axis == WG_AXIS_DESK_KIND)
    return world->catalogue.desk_kinds[i].params->label;
  if (axis == WG_AXIS_FACILITY)
    return world->catalogue.facility_kinds[i].params->label;
  return axes[axis].labels ? axes[axis].labels[i] : NULL;
}
