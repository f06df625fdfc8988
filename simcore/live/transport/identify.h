// Identify: what each peer tells the other of itself on `/ipfs/id/1.0.0`, and again on `/ipfs/id/push/1.0.0` when it
// has changed (libp2p specs, identify/README.md).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simcore/base/result.h"
#include "simcore/codec/wire.h"
#include "simcore/crypto/keys.h"
#include "simcore/live/transport/fault.h"
#include "simcore/live/transport/multiaddr.h"

namespace orrery::transport {

inline constexpr std::string_view kIdentify = "/ipfs/id/1.0.0";
inline constexpr std::string_view kIdentifyPush = "/ipfs/id/push/1.0.0";
inline constexpr std::string_view kPing = "/ipfs/ping/1.0.0";

/// One message, as it stands on the wire behind a uvarint length. Field numbers as in the specification;
/// signedPeerRecord = 8 is skipped. What is empty was not sent: a push says only what has changed.
struct Identify {
  static constexpr std::string_view kName = "identify";
  static constexpr size_t kBytesMax = 8192;  // of the encoding: a longer one is not read (as js-libp2p and go-libp2p)

  Blob<1024> public_key;               // protobuf PublicKey, of any kind of key
  List<Blob<1024>, 128> listen_addrs;  // binary multiaddresses, of any kind
  List<Text<1023>, 512> protocols;     // each as long as multistream-select allows
  Blob<1024> observed_addr;            // where the sender sees the receiver: a claim
  Text<256> protocol_version;
  Text<256> agent_version;
  bool operator==(const Identify&) const = default;

  static constexpr auto wire() {
    using M = Identify;
    return std::tuple{wire_field(1, "public_key", &M::public_key),
                      wire_field(2, "listen_addrs", &M::listen_addrs),
                      wire_field(3, "protocols", &M::protocols),
                      wire_field(4, "observed_addr", &M::observed_addr),
                      wire_field(5, "protocol_version", &M::protocol_version),
                      wire_field(6, "agent_version", &M::agent_version)};
  }

  /// Whose key `public_key` is; nothing without one, or for another kind than Ed25519. Noise has proved who the peer
  /// is: this must be the same.
  std::optional<PeerId> peer() const;
  /// Those of `listen_addrs` that a node on TCP can dial.
  std::vector<Multiaddr> dialable() const;
};

/// What a node says of itself. Requires the PeerId of an Ed25519 key, and what keeps the bounds above.
Identify identify(const PeerId& self, const std::vector<Multiaddr>& listen, const std::vector<std::string>& protocols,
                  const Multiaddr& observed, std::string agent_version);

/// The message in `bytes`, without its length. Faults: kTooLong, kMalformed.
Result<Identify, Fault> decode_identify(ByteView bytes);

}  // namespace orrery::transport
