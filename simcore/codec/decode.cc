#include "simcore/codec/decode.h"

namespace orrery {

std::string_view name(WireError error) {
  constexpr std::string_view kNames[] = {"truncated", "bad varint", "bad tag",  "bad type",
                                         "bad value", "bad length", "too long", "missing"};
  return kNames[size_t(error)];
}

// RFC 3629, section 4: no overlong forms, no surrogates, nothing above U+10FFFF.
bool wire::is_utf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const auto lead = uint8_t(text[i]);
    const size_t length = lead < 0x80                   ? 1
                          : lead >= 0xc2 && lead < 0xe0 ? 2
                          : (lead & 0xf0) == 0xe0       ? 3
                          : lead >= 0xf0 && lead < 0xf5 ? 4
                                                        : 0;
    if (length == 0 || text.size() - i < length) return false;
    for (size_t k = 1; k < length; ++k) {
      if ((uint8_t(text[i + k]) & 0xc0) != 0x80) return false;
    }
    const auto second = length > 1 ? uint8_t(text[i + 1]) : uint8_t{0x80};
    if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f)) return false;
    if ((lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f)) return false;
    i += length;
  }
  return true;
}

}  // namespace orrery
