// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/post.h"

#include "base/maths.h"
#include "schema/purpose.h"

int wg_posts_open(wg_subdistrict *s, uint32_t desk_row, uint32_t count, wg_error *error) {
  wg_desk *desk = wg_desks(s) + desk_row;
  wg_table *table = &s->tables[WG_TABLE_POST];
  if (count <= desk->post_count)
    return WG_OK;
  const int code = wg_table_reserve(table, (uint64_t)table->count + count - desk->post_count, error);
  if (code)
    return code;
  while (desk->post_count < count) {
    const uint32_t row = table->count++;
    wg_posts(s)[row] = (wg_post){.next = WG_NO_ROW, .number = desk->post_count++};
    if (desk->first_post == WG_NO_ROW)
      desk->first_post = row;
    else
      wg_posts(s)[desk->last_post].next = row;
    desk->last_post = row;
  }
  return WG_OK;
}

void wg_post_hire(wg_desk *desk, wg_post *post, wg_month month) {
  post->since = (uint32_t)month;
  post->vacant_until = 0;
  post->hires++;
  desk->hired++;
}

void wg_posts_set(wg_subdistrict *s, wg_desk *desk, wg_month month) {
  desk->filled_centi = 0;
  for (uint32_t row = desk->first_post; row != WG_NO_ROW; row = wg_posts(s)[row].next) {
    wg_post *post = wg_posts(s) + row;
    const uint32_t share = wg_post_share(desk->staff_centi, post->number), before = post->share;
    desk->left += share == 0 && wg_post_filled(post);
    post->share = (uint8_t)share;
    if (share > 0 && before == 0)
      wg_post_hire(desk, post, month);
    desk->filled_centi += wg_post_filled(post) ? share : 0;
  }
}

void wg_posts_turn_over(wg_subdistrict *s, wg_desk *desk, wg_luck luck, wg_month month, double leave,
                        double vacancy_months) {
  for (uint32_t row = desk->first_post; row != WG_NO_ROW; row = wg_posts(s)[row].next) {
    wg_post *post = wg_posts(s) + row;
    if (post->share == 0)
      continue;
    if (post->vacant_until > 0) {
      if ((uint32_t)month >= post->vacant_until)
        wg_post_hire(desk, post, month);
      continue;
    }
    wg_draw draw = wg_draw_open(luck, WG_PURPOSE_TURNOVER, (uint32_t)month, desk->identity, post->number);
    const double goes = wg_draw_unit(&draw), fraction = wg_draw_unit(&draw);
    if (goes >= leave)
      continue;
    desk->left++;
    const uint32_t vacant = (uint32_t)(vacancy_months + fraction);
    if (vacant == 0)
      wg_post_hire(desk, post, month);
    else
      post->vacant_until = (uint32_t)month + vacant;
  }
}

// Months served and vacant months alternate: those served are geometric with mean 1 / leave, so that a present holder's past is
// geometric too; of the vacant ones each is as likely to be the present.
void wg_posts_settle(wg_subdistrict *s, wg_desk *desk, wg_luck luck, wg_month month, double leave,
                     double vacancy_months) {
  desk->filled_centi = 0;
  const double vacancy = leave * vacancy_months;
  for (uint32_t row = desk->first_post; row != WG_NO_ROW; row = wg_posts(s)[row].next) {
    wg_post *post = wg_posts(s) + row;
    if (post->share == 0)
      continue;
    post->hires = 0;
    wg_draw draw = wg_draw_open(luck, WG_PURPOSE_TENURE, 0, desk->identity, post->number);
    const double vacant = wg_draw_unit(&draw), length = wg_draw_unit(&draw);
    if (vacant * (1.0 + vacancy) < vacancy) {
      post->vacant_until = (uint32_t)month + 1 + (uint32_t)(length * vacancy_months);
      continue;
    }
    const double stays = 1.0 - leave;
    const double served = stays >= 1.0 ? WG_TENURE_MAX : stays > 0.0 ? wg_log(length) / wg_log(stays) : 0.0;
    post->since = (uint32_t)month - (uint32_t)(served < WG_TENURE_MAX ? served : WG_TENURE_MAX);
    post->vacant_until = 0;
    desk->filled_centi += post->share;
  }
}

uint32_t wg_posts_experience(const wg_subdistrict *s, const wg_desk *desk, wg_month month, double novice_loss,
                             double learning_months) {
  uint64_t sum = 0, persons = 0;
  for (uint32_t row = desk->first_post; row != WG_NO_ROW; row = wg_posts(s)[row].next) {
    const wg_post *post = wg_posts(s) + row;
    if (!wg_post_filled(post))
      continue;
    const double months = (double)((uint32_t)month - post->since);
    const double can = 1.0 - novice_loss * wg_exp(-months / learning_months);
    sum += (uint64_t)(can * 65536.0 + 0.5) * post->share;
    persons += post->share;
  }
  return persons ? (uint32_t)(sum / persons) : 65536;
}
