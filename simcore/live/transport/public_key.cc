#include "simcore/live/transport/public_key.h"

#include <algorithm>

namespace orrery::transport {
namespace {
constexpr size_t kMultihash = 2;  // identity code and length, before the key
static_assert(kMultihash + kPublicKeyBytes == PeerId::kBytes);
}  // namespace

ByteView public_key_of(const PeerId& peer) {
  CHECK(peer.ed25519());
  return ByteView(peer.bytes).subspan(kMultihash);
}

std::optional<PeerId> peer_of_public_key(ByteView bytes) {
  if (bytes.size() != kPublicKeyBytes) return std::nullopt;
  PeerId peer = PeerId::from_ed25519({});
  std::copy(bytes.begin(), bytes.end(), peer.bytes.begin() + kMultihash);
  if (!peer.ed25519()) return std::nullopt;
  return peer;
}

}  // namespace orrery::transport
