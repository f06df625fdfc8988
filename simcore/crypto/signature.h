// Signatures as protocols see them: a signer of its own, and a verifier for everybody's. Given at construction.
#pragma once
#include <array>

#include "simcore/base/ids.h"
#include "simcore/base/units.h"

namespace orrery {

using Signature = std::array<std::byte, 64>;

class Signer {
 public:
  virtual ~Signer() = default;
  virtual Signature sign(ByteView message) const = 0;
  virtual const PeerId& peer() const = 0;
};

class Verifier {
 public:
  virtual ~Verifier() = default;
  /// Is `signature` one of `peer`'s over `message`? False for a PeerId that is no Ed25519 key.
  virtual bool verify(const PeerId& peer, ByteView message, const Signature& signature) const = 0;
};

}  // namespace orrery
