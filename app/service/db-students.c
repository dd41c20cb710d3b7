/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-student-private.h"

const LkStudentOps lk_sqlite_students = {
  .add_round = lk_db_add_round,
  .list_rounds = lk_db_list_rounds,
  .current_round = lk_db_current_round,
  .keep_calendar_change = lk_db_keep_calendar_change,
  .close_round = lk_db_close_round,
  .sign_in = lk_db_student_sign_in,
  .find_session = lk_db_student_find_session,
  .end_session = lk_db_student_end_session,
  .find_record = lk_db_find_record,
  .find_by_number = lk_db_find_record_by_number,
  .add_draft = lk_db_add_draft,
  .find_draft = lk_db_find_draft,
  .read_draft = lk_db_read_draft,
  .put_look = lk_db_put_look,
  .ask_check = lk_db_ask_check,
  .start_check = lk_db_start_check,
  .finish_check = lk_db_finish_check,
  .fail_check = lk_db_fail_check,
  .resume = lk_db_resume,
  .redo = lk_db_redo,
  .submit = lk_db_final_submit,
  .find_photo = lk_db_find_student_photo,
  .find_approved = lk_db_find_approved,
  .grant_tries = lk_db_grant_tries,
};
