#include "simcore/crypto/keys.h"

#include <sodium.h>

#include <string_view>
#include <vector>

#include "simcore/crypto/hash.h"

namespace orrery {

KeyPair key_pair_from_seed(const KeySeed& seed) {
  KeyPair pair;
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(pair.public_key.data()),
                           reinterpret_cast<unsigned char*>(pair.secret_key.data()),
                           reinterpret_cast<const unsigned char*>(seed.data()));
  return pair;
}

KeyPair key_pair_of(uint64_t run_seed, NodeKey node) {
  constexpr std::string_view kDomain = "orrery simulated node key";
  const ByteView domain = std::as_bytes(std::span(kDomain));
  std::vector<std::byte> bytes(domain.begin(), domain.end());
  for (const uint64_t word : {run_seed, node.value}) {
    for (int i = 0; i < 8; ++i) bytes.push_back(std::byte(word >> (8 * i)));
  }
  return key_pair_from_seed(sha256(bytes));
}

}  // namespace orrery
