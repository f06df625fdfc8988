// Bytes as standards print them.
#pragma once
#include <cstddef>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace orrery {

inline std::vector<std::byte> hex_bytes(std::string_view digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::vector<std::byte> bytes;
  for (size_t i = 0; i + 1 < digits.size(); i += 2) {
    const size_t high = kDigits.find(digits[i]), low = kDigits.find(digits[i + 1]);
    if (high == kDigits.npos || low == kDigits.npos) throw std::invalid_argument("no hexadecimal digits");
    bytes.push_back(std::byte(high << 4 | low));
  }
  if (digits.size() % 2) throw std::invalid_argument("half a byte");
  return bytes;
}

/// Of a fixed length, which `digits` must have.
template <class Array>
Array hex_array(std::string_view digits) {
  const std::vector<std::byte> bytes = hex_bytes(digits);
  Array array{};
  if (bytes.size() != array.size()) throw std::invalid_argument("another length");
  for (size_t i = 0; i < array.size(); ++i) array[i] = bytes[i];
  return array;
}

}  // namespace orrery
