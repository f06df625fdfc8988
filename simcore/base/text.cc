#include "simcore/base/text.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>

namespace orrery {
namespace {

// Bytes of the character that `text` starts with; 0 if they are none. Requires that there is a byte.
size_t character_bytes(std::string_view text) {
  const auto lead = uint8_t(text[0]);
  const size_t length = lead < 0x80                   ? 1
                        : lead >= 0xc2 && lead < 0xe0 ? 2
                        : (lead & 0xf0) == 0xe0       ? 3
                        : lead >= 0xf0 && lead < 0xf5 ? 4
                                                      : 0;
  if (text.size() < length) return 0;
  for (size_t k = 1; k < length; ++k) {
    if ((uint8_t(text[k]) & 0xc0) != 0x80) return 0;
  }
  const auto second = length > 1 ? uint8_t(text[1]) : uint8_t{0x80};
  if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f)) return 0;
  if ((lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f)) return 0;
  return length;
}

std::string hexadecimal(uint8_t byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  return {kDigits[byte >> 4], kDigits[byte & 15]};
}

// Marks that turn the direction of what follows: a line would show other words than it holds (UAX 9, section 2).
bool turns_direction(std::string_view character) {
  if (character.size() != 3 || uint8_t(character[0]) != 0xe2) return false;
  const auto second = uint8_t(character[1]), third = uint8_t(character[2]);
  const bool is_embedding = second == 0x80 && third >= 0xaa && third <= 0xae;  // U+202A to U+202E
  const bool is_isolate = second == 0x81 && third >= 0xa6 && third <= 0xa9;    // U+2066 to U+2069
  return is_embedding || is_isolate;
}

// U+FFFE and U+FFFF are no characters, and XML 1.0 has no way to write them.
bool is_noncharacter(std::string_view character) { return character == "\uFFFE" || character == "\uFFFF"; }

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = character_bytes(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t length = character_bytes(text);
    const auto byte = uint8_t(text[0]);
    const bool is_c1 = length == 2 && byte == 0xc2 && uint8_t(text[1]) < 0xa0;  // terminals obey these too
    if (length == 0) {
      out += "\\x" + hexadecimal(byte);
    } else if (byte < 0x20 || byte == 0x7f || is_c1) {
      out += "\\u00" + hexadecimal(is_c1 ? uint8_t(text[1]) : byte);
    } else if (turns_direction(text.substr(0, length))) {
      out += "\\u20" + hexadecimal(uint8_t((uint8_t(text[1]) & 0x3f) << 6 | (uint8_t(text[2]) & 0x3f)));
    } else if (is_noncharacter(text.substr(0, length))) {
      out += "\\uFF" + hexadecimal(uint8_t(0xc0 | (uint8_t(text[2]) & 0x3f)));
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string shell_word(std::string_view word) {
  const auto is_plain = [](char c) {
    return isalnum(static_cast<unsigned char>(c)) || std::string_view("_-./=,:+%").find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return std::string(word);
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace orrery
