#include "simcore/codec/describe.h"

#include <algorithm>

namespace orrery::wire {

std::string describe_bytes(ByteView bytes) {
  constexpr size_t kShown = 8;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (size_t i = 0; i < std::min(bytes.size(), kShown); ++i) {
    out += kDigits[std::to_integer<size_t>(bytes[i] >> 4)];
    out += kDigits[std::to_integer<size_t>(bytes[i] & std::byte{15})];
  }
  if (bytes.size() <= kShown) return bytes.empty() ? "empty" : out;
  return out + ".. (" + std::to_string(bytes.size()) + " bytes)";
}

std::string describe_time(int64_t ns) {
  constexpr std::pair<int64_t, std::string_view> kUnits[] = {{1'000'000'000, " s"}, {1'000'000, " ms"}, {1'000, " us"}};
  for (const auto& [unit, name] : kUnits) {
    if (ns % unit == 0) return std::to_string(ns / unit).append(name);
  }
  return std::to_string(ns) + " ns";
}

}  // namespace orrery::wire
