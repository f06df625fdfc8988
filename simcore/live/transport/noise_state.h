// The objects of the Noise Protocol Framework, revision 34, sections 5.1 and 5.2, for 25519, ChaChaPoly and SHA256.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "simcore/base/units.h"
#include "simcore/crypto/hash.h"
#include "simcore/live/transport/secret.h"

namespace orrery::transport {

using NoiseKey = Secret<32>;

/// X25519 (RFC 7748): the public key of a secret.
std::array<std::byte, 32> noise_public(const NoiseKey& secret);
/// What both sides can compute; nothing for a point of low order, with which it would be the same for every secret.
/// Requires 32 bytes.
std::optional<NoiseKey> noise_agree(const NoiseKey& secret, ByteView public_key);

/// A key, and how often it was used: the specification's CipherState.
class NoiseCipher {
 public:
  static constexpr size_t kTag = 16;  // bytes of an authentication tag
  /// A nonce that is never used: whoever has reached it ends the connection.
  static constexpr uint64_t kNonceEnd = UINT64_MAX;

  explicit NoiseCipher(const NoiseKey& key, uint64_t nonce = 0) : key_(key), nonce_(nonce) {}

  /// Appends `plain` sealed, kTag bytes longer, with `bound` under the same seal. False once the nonces are used up.
  bool seal(ByteView bound, ByteView plain, std::vector<std::byte>& out);
  /// Appends what is in `sealed`, or nothing: false if it does not open, or the nonces are used up.
  bool open(ByteView bound, ByteView sealed, std::vector<std::byte>& out);
  bool spent() const { return nonce_ == kNonceEnd; }

 private:
  std::array<unsigned char, 12> next_nonce();

  NoiseKey key_;
  uint64_t nonce_;
};

/// The transcript so far and the key that follows from it: the specification's SymmetricState.
class NoiseSymmetric {
 public:
  /// Requires a name of at most 32 bytes.
  explicit NoiseSymmetric(std::string_view protocol_name);

  void mix_hash(ByteView bytes);
  void mix_key(const NoiseKey& agreed);
  /// EncryptAndHash and DecryptAndHash; without a key yet, bytes stay as they are. Both append; false does not.
  void seal_and_hash(ByteView plain, std::vector<std::byte>& out);
  bool open_and_hash(ByteView sealed, std::vector<std::byte>& out);
  /// The ciphers of what the initiator sends, and of what it receives.
  std::pair<NoiseCipher, NoiseCipher> split() const;

 private:
  Digest hash_{};
  NoiseKey chaining_;
  std::optional<NoiseCipher> cipher_;
};

}  // namespace orrery::transport
