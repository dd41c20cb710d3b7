/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The two libraries that find QR codes in a picture of grey bytes (rows packed). Each gives the number of bytes of the longest text among
 * the codes it finds (a screen may show a small one beside the one that counts), at most max of them in text; 0 when there is none.
 * Plain C types: one side is C++. */
size_t lk_qr_read_zxing (const unsigned char *grey, int width, int height, char *text, size_t max);
size_t lk_qr_read_zbar  (const unsigned char *grey, int width, int height, char *text, size_t max);

/* Loads what ZBar would load from files and ask the system for when it reads its first code. */
void lk_qr_prepare (void);

#ifdef __cplusplus
}
#endif
