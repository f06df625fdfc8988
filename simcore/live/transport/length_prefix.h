// Length prefixes: messages on a stream stand behind their size, an unsigned varint (multiformats, unsigned-varint).
#pragma once
#include <optional>

#include "simcore/base/result.h"
#include "simcore/codec/encode.h"
#include "simcore/live/transport/fault.h"

namespace orrery::transport {

inline void put_length_prefix(size_t size, std::vector<std::byte>& out) { wire::put_varint(size, out); }

/// Takes the first message from the front of `in`, without its prefix; nothing if it is not all there. Faults:
/// kMalformed for a prefix of more than nine bytes or of more than it needs, kTooLong if it says more than `most`.
inline Result<std::optional<ByteView>, Fault> take_length_prefixed(ByteView& in, size_t most) {
  constexpr size_t kPrefixMax = 9;  // unsigned-varint, "Practical maximum of 9 bytes (for security)"
  uint64_t size = 0;
  size_t at = 0;
  for (bool more = true; more; ++at) {
    if (at == kPrefixMax) return Fault::kMalformed;
    if (at == in.size()) return std::optional<ByteView>();
    const auto byte = uint8_t(in[at]);
    size |= uint64_t{byte & 0x7fu} << (7 * at);
    if (size > most) return Fault::kTooLong;
    more = byte & 0x80;
    if (byte == 0 && at > 0) return Fault::kMalformed;
  }
  if (in.size() - at < size) return std::optional<ByteView>();
  const ByteView message = in.subspan(at, size);
  in = in.subspan(at + size);
  return std::optional(message);
}

}  // namespace orrery::transport
