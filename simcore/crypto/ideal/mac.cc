#include "simcore/crypto/ideal/mac.h"

#include <sodium.h>

#include <algorithm>

#include "simcore/base/hash.h"

namespace orrery {
namespace {

class MacSigner final : public Signer {
 public:
  MacSigner(const MacCrypto& crypto, const PeerId& peer) : crypto_(crypto), peer_(peer) {}
  Signature sign(ByteView message) const override { return crypto_.mac(peer_, message); }
  const PeerId& peer() const override { return peer_; }

 private:
  const MacCrypto& crypto_;
  PeerId peer_;
};

}  // namespace

MacCrypto::MacCrypto(uint64_t run_seed) {
  for (size_t i = 0; i < key_.size(); ++i) {
    key_[i] = static_cast<unsigned char>(chain64(run_seed, i / 8) >> (8 * (i % 8)));
  }
}

std::unique_ptr<Signer> MacCrypto::signer(const KeyPair& keys) {
  return std::make_unique<MacSigner>(*this, keys.peer_id());
}

Signature MacCrypto::mac(const PeerId& peer, ByteView message) const {
  const auto siphash = [&](const unsigned char* key, const std::byte* bytes, size_t size, unsigned char* out) {
    crypto_shorthash_siphashx24(out, reinterpret_cast<const unsigned char*>(bytes), size, key);
  };
  // Two steps bind the peer without copying the message: the first makes the peer's own key.
  unsigned char own[crypto_shorthash_siphashx24_BYTES];
  siphash(key_.data(), peer.bytes.data(), peer.bytes.size(), own);
  Signature signature{};
  siphash(own, message.data(), message.size(), reinterpret_cast<unsigned char*>(signature.data()));
  return signature;
}

bool MacCrypto::verify(const PeerId& peer, ByteView message, const Signature& signature) const {
  return peer.ed25519() && mac(peer, message) == signature;
}

}  // namespace orrery
