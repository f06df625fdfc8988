#include "protocols/relay/gossipsub/message_id.h"

#include <algorithm>
#include <vector>

#include "simcore/base/hash.h"
#include "simcore/crypto/hash.h"

namespace orrery::gossipsub {
namespace {

std::optional<MessageId> joined(ByteView first, ByteView second) {
  std::vector<std::byte> bytes(first.begin(), first.end());
  bytes.insert(bytes.end(), second.begin(), second.end());
  return MessageId::from(bytes);
}

}  // namespace

std::optional<MessageId> MessageId::from(ByteView bytes) {
  if (bytes.size() > kMax) return std::nullopt;
  MessageId id;
  std::copy(bytes.begin(), bytes.end(), id.bytes_.begin());
  id.size_ = uint8_t(bytes.size());
  id.hash_ = hash_bytes(bytes);
  return id;
}

std::optional<MessageId> id_of(IdOf function, const PubsubMessage& message) {
  if (function == IdOf::kDataSha256) return MessageId::from(sha256(message.payload()));
  if (!message.from || !message.seqno) return std::nullopt;
  // An Ed25519 PeerId is the identity multihash, two bytes, of the key in its protobuf form.
  constexpr size_t kMultihashHead = 2;
  ByteView author = *message.from;
  if (function == IdOf::kKeySeqno) author = author.subspan(std::min(author.size(), kMultihashHead));
  return joined(author, *message.seqno);
}

}  // namespace orrery::gossipsub
