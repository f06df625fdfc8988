// Peers: the random 8-regular overlay of the loads that have one.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "simcore/base/ids.h"

namespace orrery::bench {

using Peers = std::array<NodeId, 8>;

/// Four random rings through all nodes; a node's peers are its neighbours in each. Two may be the same node.
/// Requires 3 nodes or more: nobody is its own peer.
std::vector<Peers> random_peers(uint32_t nodes, uint64_t seed);

}  // namespace orrery::bench
