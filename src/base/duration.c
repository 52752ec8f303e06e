// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/duration.h"

#include <stdio.h>

const char *wg_duration_print(double seconds, bool chinese, char text[WG_DURATION_SIZE]) {
  enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };
  const double most = 1e15;
  const double known = seconds > 0.0 ? seconds < most ? seconds : most : 0.0;
  const long long whole = (long long)(known + 0.5);
  if (whole / 2 < MINUTE)
    snprintf(text, WG_DURATION_SIZE, chinese ? "%lld 秒" : "%lld s", whole);
  else if (whole / 2 < HOUR)
    snprintf(text, WG_DURATION_SIZE, chinese ? "%lld 分钟" : "%lld min", whole / MINUTE);
  else if (whole / 2 < DAY)
    snprintf(text, WG_DURATION_SIZE, chinese ? "%lld 小时 %lld 分钟" : "%lld h %02lld min", whole / HOUR,
             whole % HOUR / MINUTE);
  else
    snprintf(text, WG_DURATION_SIZE, chinese ? "%lld 天 %lld 小时" : "%lld d %lld h", whole / DAY, whole % DAY / HOUR);
  return text;
}
