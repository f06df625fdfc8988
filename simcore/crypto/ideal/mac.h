// Ideal signatures: a keyed hash whose key only the simulation has. Of the size of Ed25519's, verified by computing it
// again. Nothing a protocol can see yields the key, so no adversary inside the simulation can forge one.
#pragma once
#include "simcore/crypto/crypto.h"

namespace orrery {

class MacCrypto final : public Crypto, private Verifier {
 public:
  explicit MacCrypto(uint64_t run_seed);
  std::unique_ptr<Signer> signer(const KeyPair& keys) override;
  const Verifier& verifier() const override { return *this; }
  /// SipHash-2-4 with 128 bits (Aumasson, Bernstein, 2012) over the peer and the message; the rest is zero.
  Signature mac(const PeerId& peer, ByteView message) const;

 private:
  bool verify(const PeerId& peer, ByteView message, const Signature& signature) const override;
  std::array<unsigned char, 16> key_;
};

}  // namespace orrery
