/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/portrait/roster.h"

#include "tools/portrait/rng.h"

static const char *const surnames[] = {
  "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "马", "朱", "胡", "林", "郭", "何", "高", "罗",
  "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田", "董", "潘", "袁", "蔡", "蒋", "余",
};
static const char *const long_surnames[] = { "欧阳", "司马", "诸葛", "上官", "皇甫", "令狐" };
static const char *const men[] = {
  "伟", "强", "磊", "军", "洋", "勇", "杰", "涛", "明", "超", "刚", "平", "辉", "鹏", "华", "飞", "鑫", "波", "斌", "宇",
  "浩", "凯", "俊", "帆", "旭", "宁", "龙", "林", "阳", "晨",
};
static const char *const women[] = {
  "芳", "娜", "敏", "静", "丽", "艳", "娟", "霞", "秀", "燕", "玲", "丹", "萍", "红", "玉", "兰", "雪", "梅", "琳", "倩",
  "颖", "洁", "慧", "婷", "雅", "欣", "怡", "佳", "琪", "月",
};
static const char *const dotted_women[] = { "阿依古丽·买买提", "古丽娜尔·艾合买提", "卓玛·扎西" };
static const char *const dotted_men[] = { "艾力·吐尔逊", "买买提江·阿不都", "巴特尔·那顺" };

#define PICK(list) (list)[lk_rng_pick (&rng, (int) G_N_ELEMENTS (list))]

char *
lk_made_up_name (guint64 seed, gboolean female)
{
  LkRng rng = lk_rng (seed, 201);
  const char *surname = PICK (surnames);
  const char *first = female ? PICK (women) : PICK (men), *second = female ? PICK (women) : PICK (men);
  double kind = lk_rng_range (&rng, 0, 1);

  if (kind < 0.05)
    return g_strdup (female ? PICK (dotted_women) : PICK (dotted_men));
  if (kind < 0.13)
    return g_strconcat (PICK (long_surnames), first, second, NULL);
  if (kind < 0.38)
    return g_strconcat (surname, first, NULL);
  return g_strconcat (surname, first, second, NULL);
}

char
lk_id_number_check_digit (const char *digits)
{
  static const int weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  int sum = 0;

  for (int i = 0; i < 17; i++)
    sum += (digits[i] - '0') * weights[i];
  return "10X98765432"[sum % 11];
}

char *
lk_made_up_id_number (guint64 seed, gboolean female, int birth_year)
{
  LkRng rng = lk_rng (seed, 202);
  int order = lk_rng_pick (&rng, 499) * 2 + (female ? 2 : 1);
  g_autofree char *digits = g_strdup_printf ("99%04d%04d%02d%02d%03d", lk_rng_pick (&rng, 10000), birth_year,
                                             1 + lk_rng_pick (&rng, 12), 1 + lk_rng_pick (&rng, 28), order);

  return g_strdup_printf ("%s%c", digits, lk_id_number_check_digit (digits));
}
