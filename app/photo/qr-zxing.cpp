/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZXing-C++ has no C interface in the versions we build with: 1.4 (Debian 12) and 2.3 (Debian 13). Only this file is C++. */
#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <string>

#include "photo/qr-readers.h"

#if __has_include(<ZXing/ReaderOptions.h>)
using Options = ZXing::ReaderOptions;
#else
using Options = ZXing::DecodeHints;
#endif

enum { CODES_MAX = 8 };

static std::string
read_longest (const unsigned char *grey, int width, int height)
{
  Options options;
  std::string longest;

  options.setFormats (ZXing::BarcodeFormat::QRCode);
  options.setTryHarder (true);
  options.setMaxNumberOfSymbols (CODES_MAX);
  for (const auto &code : ZXing::ReadBarcodes ({ grey, width, height, ZXing::ImageFormat::Lum }, options))
    if (code.isValid () && code.text ().size () > longest.size ())
      longest = code.text ();
  return longest;
}

extern "C" size_t
lk_qr_read_zxing (const unsigned char *grey, int width, int height, char *text, size_t max)
{
  try
    {
      const std::string found = read_longest (grey, width, height);
      const size_t n = std::min (found.size (), max);

      std::memcpy (text, found.data (), n);
      return n;
    }
  catch (const std::exception &)        /* what it cannot make sense of, or memory: nothing is read */
    {
      return 0;
    }
}
