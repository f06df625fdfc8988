// The protobuf form of a public key, PublicKey{Type = 1: Ed25519, Data = 32 bytes}: 36 bytes, `08 01 12 20` and the key
// (libp2p specs, peer-ids/peer-ids.md, "Keys": the encoding is deterministic, so any other bytes are no Ed25519 key).
#pragma once
#include <optional>

#include "simcore/base/ids.h"
#include "simcore/base/units.h"

namespace orrery::transport {

inline constexpr size_t kPublicKeyBytes = 36;

/// A view into `peer`. Requires the PeerId of an Ed25519 key.
ByteView public_key_of(const PeerId& peer);
/// Whose key it is; nothing unless it is an Ed25519 key.
std::optional<PeerId> peer_of_public_key(ByteView bytes);

}  // namespace orrery::transport
