// The crypto of a run: real Ed25519, or ideal signatures that nobody can forge and that cost next to nothing.
#pragma once
#include <memory>

#include "simcore/crypto/keys.h"
#include "simcore/crypto/signature.h"

namespace orrery {

enum class CryptoKind : uint8_t { kIdeal, kReal };

/// Makes signers; its verifier knows all of them. Must outlive both.
class Crypto {
 public:
  virtual ~Crypto() = default;
  virtual std::unique_ptr<Signer> signer(const KeyPair& keys) = 0;
  virtual const Verifier& verifier() const = 0;
};

/// `run_seed` keys the ideal signatures.
std::unique_ptr<Crypto> make_crypto(CryptoKind kind, uint64_t run_seed);

}  // namespace orrery
