#include "simcore/crypto/real/ed25519.h"

#include <sodium.h>

namespace orrery {
namespace {

const unsigned char* raw(const std::byte* bytes) { return reinterpret_cast<const unsigned char*>(bytes); }

class Ed25519Signer final : public Signer {
 public:
  explicit Ed25519Signer(const KeyPair& keys) : keys_(keys), peer_(keys.peer_id()) {}
  Signature sign(ByteView message) const override {
    Signature signature;
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, raw(message.data()),
                         message.size(), raw(keys_.secret_key.data()));
    return signature;
  }
  const PeerId& peer() const override { return peer_; }

 private:
  KeyPair keys_;
  PeerId peer_;
};

}  // namespace

std::unique_ptr<Signer> Ed25519Crypto::signer(const KeyPair& keys) { return std::make_unique<Ed25519Signer>(keys); }

bool Ed25519Crypto::verify(const PeerId& peer, ByteView message, const Signature& signature) const {
  const auto key = peer.ed25519();
  return key &&
         crypto_sign_verify_detached(raw(signature.data()), raw(message.data()), message.size(), raw(key->data())) == 0;
}

}  // namespace orrery
