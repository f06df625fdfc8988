// Ed25519 key pairs (RFC 8032). Public keys are always real, so PeerIds are the same with real and ideal signatures.
#pragma once
#include <array>
#include <cstdint>

#include "simcore/base/ids.h"

namespace orrery {

using KeySeed = std::array<std::byte, 32>;

struct KeyPair {
  PublicKey public_key;
  std::array<std::byte, 64> secret_key;  // seed and public key, as libsodium keeps it
  PeerId peer_id() const { return PeerId::from_ed25519(public_key); }
};

KeyPair key_pair_from_seed(const KeySeed& seed);

/// The key pair of a simulated node: it follows from the run's seed and the node's key, by SHA-256.
KeyPair key_pair_of(uint64_t run_seed, NodeKey node);

}  // namespace orrery
