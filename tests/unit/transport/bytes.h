// Bytes as tests write and read them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "simcore/base/units.h"

namespace orrery::transport {

inline std::vector<std::byte> bytes_of(std::string_view text) {
  const ByteView view = std::as_bytes(std::span(text));
  return {view.begin(), view.end()};
}

inline std::string text_of(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

}  // namespace orrery::transport
