#include "simcore/crypto/crypto.h"

#include "simcore/crypto/ideal/mac.h"
#include "simcore/crypto/real/ed25519.h"

namespace orrery {

std::unique_ptr<Crypto> make_crypto(CryptoKind kind, uint64_t run_seed) {
  if (kind == CryptoKind::kReal) return std::make_unique<Ed25519Crypto>();
  return std::make_unique<MacCrypto>(run_seed);
}

}  // namespace orrery
