// The promise of every message and record: what decodes is encoded in one way, which decodes to the same.
#pragma once
#include <concepts>
#include <optional>
#include <vector>

#include "simcore/codec/wire.h"
#include "tests/fuzz/target.h"

namespace orrery {

/// What `bytes` decode to, after encoding and decoding it again; nothing if they are refused.
template <WireMessage M>
std::optional<M> round_trip(ByteView bytes) {
  const auto message = decode<M>(bytes);
  if (!message) {
    CHECK(!name(message.error()).empty());
    return std::nullopt;
  }
  std::vector<std::byte> once, twice;
  encode(*message, once);
  CHECK(encoded_size(*message) == once.size());
  DecodeStats stats;
  const auto again = decode<M>(once, stats);
  CHECK(bool(again));
  CHECK(stats.unknown_fields == 0);
  encode(*again, twice);
  CHECK(once == twice);
  CHECK(describe(*again) == describe(*message));
  CHECK(is_one_line(describe(*message)));
  if constexpr (std::equality_comparable<M>) CHECK(*again == *message);
  return *again;
}

}  // namespace orrery
