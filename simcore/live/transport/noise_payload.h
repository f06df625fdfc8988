// What a Noise handshake says inside its seals: who speaks, proof that the static key is theirs, and their muxers
// (libp2p specs, noise/README.md, "The libp2p Handshake Payload").
#pragma once
#include <string>
#include <vector>

#include "simcore/base/result.h"
#include "simcore/codec/wire.h"
#include "simcore/crypto/keys.h"
#include "simcore/live/transport/fault.h"

namespace orrery::transport {

/// Code point 1, webtransport_certhashes, is skipped.
struct NoiseExtensions {
  static constexpr std::string_view kName = "extensions";
  List<Text<64>, 16> stream_muxers;
  bool operator==(const NoiseExtensions&) const = default;
  static constexpr auto wire() { return std::tuple{wire_field(2, "stream_muxers", &NoiseExtensions::stream_muxers)}; }
};

struct NoisePayload {
  static constexpr std::string_view kName = "payload";
  static constexpr size_t kBytesMax = 4096;  // of the encoding; ours take some 130
  Blob<1024> identity_key;                   // room for RSA, so that a stranger's kind of key is told from nonsense
  Blob<1024> identity_sig;
  std::optional<NoiseExtensions> extensions;
  bool operator==(const NoisePayload&) const = default;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "identity_key", &NoisePayload::identity_key),
                      wire_field(2, "identity_sig", &NoisePayload::identity_sig),
                      wire_field(4, "extensions", &NoisePayload::extensions)};
  }
};

/// The encoded payload of `identity`, who signs `static_key`. Requires that the muxers keep their bounds.
std::vector<std::byte> noise_payload(const KeyPair& identity, ByteView static_key,
                                     const std::vector<std::string>& muxers);

struct NoiseIntroduction {
  PeerId peer;
  std::vector<std::string> muxers;
};
/// Who sent `payload`, and what muxers they have. Errors: kMalformed; kTooLong; kBadSignature, also for every identity
/// that is not an Ed25519 key: libp2p has others (RSA, Secp256k1, ECDSA), and Orrery does not.
Result<NoiseIntroduction, Fault> noise_introduction(ByteView payload, ByteView static_key);

}  // namespace orrery::transport
