// Noise: the secure channel of libp2p, Noise_XX_25519_ChaChaPoly_SHA256 (libp2p specs, noise/README.md; the Noise
// Protocol Framework, revision 34). Sans-IO: bytes in, bytes out.
//
// Three messages, each behind a 16-bit length: -> e; <- e, ee, s, es with the listener's payload; -> s, se with the
// dialler's. A payload names the identity key, and signs with it the Noise static key; then both sides seal what they
// send in pieces of at most 65535 bytes.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "simcore/base/result.h"
#include "simcore/base/units.h"
#include "simcore/crypto/keys.h"
#include "simcore/live/transport/fault.h"

namespace orrery::transport {

using NoiseSecret = std::array<std::byte, 32>;  // of X25519

/// The two directions of a channel, after the handshake.
class NoiseChannel {
 public:
  static constexpr size_t kTag = 16;                  // bytes of an authentication tag
  static constexpr size_t kPlainMax = 65535 - kTag;   // bytes in one sealed piece

  /// Appends `plain`, sealed, in as many pieces as it needs.
  void seal(ByteView plain, std::vector<std::byte>& out);
  /// Takes every whole piece from the front of `in` and appends what was in it to `plain`.
  Result<bool, Fault> open(ByteView& in, std::vector<std::byte>& plain);

 private:
  // ...
};

class NoiseHandshake {
 public:
  struct Config {
    Role role;
    KeyPair identity;
    NoiseSecret static_secret;     // fresh for each process at least; tests give constants
    NoiseSecret ephemeral_secret;  // fresh for each handshake
    std::vector<std::string> muxers;  // offered early, in the payload's extensions; empty: none are
  };
  explicit NoiseHandshake(const Config& config);

  /// The dialler speaks first. Once, before any receive().
  void start(std::vector<std::byte>& out);
  /// Takes whole handshake messages from the front of `in` and appends the answers to `out`. True once finished.
  Result<bool, Fault> receive(ByteView& in, std::vector<std::byte>& out);

  // After the handshake.
  const PeerId& peer() const;
  const std::vector<std::string>& peer_muxers() const;
  NoiseChannel channel() const;

 private:
  // ...
};

}  // namespace orrery::transport
