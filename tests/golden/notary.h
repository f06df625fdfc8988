// Signatures for scripts: those whose every byte is 1 are good. Scripts are about protocols, not about Ed25519.
#pragma once
#include "simcore/crypto/signature.h"

namespace orrery::golden {

class Notary final : public Signer, public Verifier {
 public:
  explicit Notary(PeerId peer = {}) : peer_(peer) {}
  static Signature good() {
    Signature signature;
    signature.fill(std::byte{1});
    return signature;
  }
  Signature sign(ByteView) const override { return good(); }
  const PeerId& peer() const override { return peer_; }
  bool verify(const PeerId&, ByteView, const Signature& signature) const override { return signature == good(); }

 private:
  PeerId peer_;
};

}  // namespace orrery::golden
