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
#include "simcore/live/transport/noise_state.h"

namespace orrery::transport {

using NoiseSecret = std::array<std::byte, 32>;  // of X25519

/// The two directions of a channel, after the handshake. It ends with its first fault, and when the nonces of either
/// direction are used up, after 2^64 - 1 pieces: then nothing more is sealed, and open() is a fault.
class NoiseChannel {
 public:
  static constexpr size_t kTag = NoiseCipher::kTag;  // bytes of an authentication tag
  static constexpr size_t kPlainMax = 65535 - kTag;  // bytes in one sealed piece

  NoiseChannel(const NoiseCipher& sending, const NoiseCipher& receiving) : sending_(sending), receiving_(receiving) {}

  /// Appends `plain`, sealed, in as many pieces as it needs.
  void seal(ByteView plain, std::vector<std::byte>& out);
  /// Takes every whole piece from the front of `in` and appends what was in it to `plain`. True if there was one.
  /// Faults: kMalformed, for a piece without room for its tag; kBadSeal, for one that was changed or replayed, or that
  /// follows one that never came.
  Result<bool, Fault> open(ByteView& in, std::vector<std::byte>& plain);

 private:
  NoiseCipher sending_;
  NoiseCipher receiving_;
  std::optional<Fault> failed_;
};

/// One handshake. Keeps no copy of the identity's secret, and no secret at all once it has finished or failed but the
/// channel's own.
class NoiseHandshake {
 public:
  struct Config {
    Role role;
    KeyPair identity;
    NoiseSecret static_secret;        // fresh for each process at least; tests give constants
    NoiseSecret ephemeral_secret;     // fresh for each handshake
    std::vector<std::string> muxers;  // offered early, in the payload's extensions; empty: none are
  };
  explicit NoiseHandshake(const Config& config);

  /// The dialler speaks first; a listener says nothing. Once, before any receive().
  void start(std::vector<std::byte>& out);
  /// Takes whole handshake messages from the front of `in` and appends the answers to `out`. True once finished; what
  /// is left in `in` then is for the channel. Faults, each of them for good: kTooLong; kMalformed, also for a key that
  /// is a point of low order; kBadSeal; kBadSignature, also for an identity that is not an Ed25519 key.
  Result<bool, Fault> receive(ByteView& in, std::vector<std::byte>& out);

  // After the handshake.
  const PeerId& peer() const;
  /// What the peer offered early, in its order of preference; not yet chosen from.
  const std::vector<std::string>& peer_muxers() const;
  NoiseChannel channel() const;

 private:
  enum class Stage : uint8_t { kFirst, kSecond, kThird, kFinished };  // the message that is awaited

  std::optional<Fault> take(ByteView message, std::vector<std::byte>& out);
  std::optional<Fault> take_first(ByteView message, std::vector<std::byte>& out);
  std::optional<Fault> take_second(ByteView message, std::vector<std::byte>& out);
  std::optional<Fault> take_third(ByteView message);
  bool agree(const NoiseKey& secret, ByteView public_key);
  std::optional<Fault> take_static(ByteView& message);
  std::optional<Fault> take_payload(ByteView sealed);
  void finish();
  void forget();

  Role role_;
  Stage stage_;
  std::optional<Fault> failed_;
  NoiseKey static_secret_;
  NoiseKey ephemeral_secret_;
  std::array<std::byte, 32> static_key_;
  std::array<std::byte, 32> ephemeral_key_;
  std::array<std::byte, 32> peer_static_{};
  std::array<std::byte, 32> peer_ephemeral_{};
  std::vector<std::byte> payload_;  // ours
  std::optional<NoiseSymmetric> symmetric_;
  PeerId peer_;
  std::vector<std::string> peer_muxers_;
  std::optional<NoiseChannel> channel_;
};

}  // namespace orrery::transport
