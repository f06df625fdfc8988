// The key of a live node, on disk: a libp2p PrivateKey in its protobuf form (libp2p specs, peer-ids/peer-ids.md, "Keys"
// and "Ed25519"), so that other software reads it too. For its owner alone: mode 0600.
#pragma once
#include <stdexcept>
#include <string>

#include "simcore/crypto/keys.h"

namespace orrery::live {

/// What the operator has to mend: "node.key: others may read it; chmod 600 node.key".
struct KeyFileError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The key in the file at `path`. If there is no such file, makes one with a new key, from the system's randomness.
/// Throws KeyFileError if it is no such key, if others than its owner may read it, or if it cannot be made.
KeyPair load_or_make_key(const std::string& path);

}  // namespace orrery::live
