// Message ids: how a message is known, in caches and in IHAVE and IWANT (libp2p specs, pubsub/README.md, "Message
// Identification").
#pragma once
#include <array>
#include <compare>
#include <optional>

#include "protocols/relay/gossipsub/config.h"
#include "protocols/relay/gossipsub/rpc.h"

namespace orrery::gossipsub {

/// At most 64 bytes, in place. Ordered by their hash first: ids of one publisher differ in their last bytes only.
class MessageId {
 public:
  static constexpr size_t kMax = 64;

  /// Nothing if `bytes` are more than any of our id functions makes.
  static std::optional<MessageId> from(ByteView bytes);
  ByteView bytes() const { return ByteView(bytes_).first(size_); }
  auto operator<=>(const MessageId&) const = default;

 private:
  uint64_t hash_ = 0;
  uint8_t size_ = 0;
  std::array<std::byte, kMax> bytes_{};  // zero behind `size_`
};

/// The id of a message, or nothing if it lacks the fields that the function needs, or has them too long.
std::optional<MessageId> id_of(IdOf function, const PubsubMessage& message);

}  // namespace orrery::gossipsub
