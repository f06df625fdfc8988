// Yamux's frames: a header of twelve bytes, big-endian, and the bytes behind it if it is a data frame (HashiCorp's
// specification, "Framing"; libp2p specs, yamux/README.md).
#pragma once
#include <cstdint>
#include <vector>

#include "simcore/base/units.h"

namespace orrery::transport::yamux {

enum class Type : uint8_t { kData = 0, kWindowUpdate = 1, kPing = 2, kGoAway = 3 };

enum Flag : uint16_t {
  kSyn = 1,  // a stream begins; on a ping: a question
  kAck = 2,  // it is accepted; on a ping: the answer
  kFin = 4,  // the sender will send no more on it
  kRst = 8,  // it ends now, in both directions
};

// What a GoAway frame says in its length.
inline constexpr uint32_t kNormalTermination = 0;
inline constexpr uint32_t kProtocolError = 1;

/// The window of either direction when a stream begins.
inline constexpr uint32_t kInitialWindow = 256 * 1024;

struct Header {
  static constexpr size_t kSize = 12;

  Type type = Type::kData;
  uint16_t flags = 0;   // others than Flag's are skipped
  uint32_t stream = 0;  // 0: the session
  uint32_t length = 0;  // of the data; the delta of a window; a ping's value; a GoAway's reason
  bool operator==(const Header&) const = default;

  bool has(Flag flag) const { return (flags & flag) != 0; }

  /// What stands at the front of at least kSize bytes; false if it has another version, or a type that there is not.
  bool read(ByteView bytes) {
    const auto number = [&](size_t at, size_t size) {
      uint32_t value = 0;
      for (const std::byte byte : bytes.subspan(at, size)) value = value << 8 | std::to_integer<uint32_t>(byte);
      return value;
    };
    if (number(0, 1) != kVersion || number(1, 1) > uint32_t(Type::kGoAway)) return false;
    *this = {Type(number(1, 1)), uint16_t(number(2, 2)), number(4, 4), number(8, 4)};
    return true;
  }

  void put(std::vector<std::byte>& out) const {
    out.insert(out.end(), {std::byte(kVersion), std::byte(type), std::byte(flags >> 8), std::byte(flags)});
    for (const uint32_t value : {stream, length}) {
      for (int shift = 24; shift >= 0; shift -= 8) out.push_back(std::byte(value >> shift));
    }
  }

 private:
  static constexpr uint8_t kVersion = 0;
};

}  // namespace orrery::transport::yamux
