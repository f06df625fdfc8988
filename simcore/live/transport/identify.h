// Identify: what each peer tells the other of itself on `/ipfs/id/1.0.0`, and again on `/ipfs/id/push/1.0.0` when it has
// changed (libp2p specs, identify/README.md).
#pragma once
#include <optional>
#include <string>
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

/// One message, as it stands on the wire. Field numbers as in the specification: publicKey = 1, listenAddrs = 2,
/// protocols = 3, observedAddr = 4, protocolVersion = 5, agentVersion = 6; signedPeerRecord = 8 is skipped.
struct Identify {
  // members and wire() as in simcore/codec/wire.h, with bounds
};

}  // namespace orrery::transport
