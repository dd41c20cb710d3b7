/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station.h"

#include <math.h>
#include <stdlib.h>

static gboolean
shows (LkScreen *screen, int code)
{
  return lk_screen_find_marks (screen) && lk_screen_read_code (screen) == code;
}

gboolean
lk_station_wait_photo (LkScreen *screen, int code)
{
  for (int i = 0; i < 300; i++)
    {
      if (shows (screen, code))
        {
          g_usleep (300000);    /* a window that has just got its size paints once more, elsewhere */
          if (lk_screen_read_code (screen) == code && shows (screen, code))
            return TRUE;
        }
      g_usleep (100000);
    }
  return FALSE;
}

GSubprocess *
lk_station_start (LkCampusStage *stage, LkScreen *screen, int width, int height, GError **error)
{
  g_autoptr (GSubprocess) workstation = lk_campus_stage_start_workstation (stage, "workstation", error);

  if (workstation == NULL)
    return NULL;
  if (!lk_screen_take_window (screen, atoi (g_subprocess_get_identifier (workstation)), width, height, 30))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the workstation has shown no window");
  else if (!lk_station_wait_photo (screen, lk_marked_photos_code (0)))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the first photo was not seen on the screen");
  else
    return g_steal_pointer (&workstation);
  lk_campus_stage_end (workstation);
  return NULL;
}

gboolean
lk_station_pass_over (LkScreen *screen, int next_code)
{
  lk_screen_press (screen, "Escape");
  return !isnan (lk_screen_switch (screen, "j", next_code, LK_GIVE_UP_SECONDS, NULL));
}
