// Fragmentation: an RPC that is too large for one frame goes as several (go-libp2p-pubsub, RPC.split).
#pragma once
#include <vector>

#include "protocols/relay/gossipsub/rpc.h"

namespace orrery::gossipsub {

/// Cuts `rpc` into RPCs of at most `bytes_max` bytes each, lists of ids too. Together they say what it said, in its
/// order. An item that is too large by itself is left out: nobody would take it.
std::vector<Rpc> fragments(Rpc rpc, size_t bytes_max);

}  // namespace orrery::gossipsub
