// What every fuzz target defines: one decoder, and what must be true of it whatever the bytes. A broken promise is a
// failed CHECK, an exception that nobody caught, or a sanitizer's complaint; each of them ends the process.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "simcore/base/check.h"
#include "simcore/base/text.h"
#include "simcore/base/units.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace orrery {

/// What a message to people must be, whatever it quotes.
inline bool is_one_line(std::string_view text) {
  return is_utf8(text) &&
         std::none_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; });
}

/// Takes an input apart from its front. Beyond its end there are zeros and empty views, so every input means something.
class Input {
 public:
  Input(const uint8_t* data, size_t size) : rest_(reinterpret_cast<const std::byte*>(data), size) {}

  bool empty() const { return rest_.empty(); }
  uint8_t byte() {
    const ByteView one = bytes(1);
    return one.empty() ? uint8_t{0} : std::to_integer<uint8_t>(one[0]);
  }
  /// `count` bytes, or as many as there are.
  ByteView bytes(size_t count) {
    const ByteView taken = rest_.first(std::min(count, rest_.size()));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }
  ByteView rest() { return bytes(rest_.size()); }
  std::string_view text() {
    const ByteView all = rest();
    return {reinterpret_cast<const char*>(all.data()), all.size()};
  }

 private:
  ByteView rest_;
};

}  // namespace orrery
