// Real signatures: Ed25519 (RFC 8032), by libsodium.
#pragma once
#include "simcore/crypto/crypto.h"

namespace orrery {

class Ed25519Crypto final : public Crypto, private Verifier {
 public:
  std::unique_ptr<Signer> signer(const KeyPair& keys) override;
  const Verifier& verifier() const override { return *this; }

 private:
  bool verify(const PeerId& peer, ByteView message, const Signature& signature) const override;
};

}  // namespace orrery
