// The generators of topologies, one function a kind. Edges come in any order and direction: make_topology sorts them
// and tosses the coins.
#pragma once
#include <cstdint>
#include <vector>

#include "simcore/network/topology.h"

namespace orrery {

/// Throws std::invalid_argument if `edges` is more than kEdgesMax.
void check_edge_count(uint64_t edges);

std::vector<Edge> generate(const CompleteTopology& config, uint32_t nodes, Rng& rng);
std::vector<Edge> generate(const RingTopology& config, uint32_t nodes, Rng& rng);
std::vector<Edge> generate(const RandomRegularTopology& config, uint32_t nodes, Rng& rng);
std::vector<Edge> generate(const ErdosRenyiTopology& config, uint32_t nodes, Rng& rng);
std::vector<Edge> generate(const BarabasiAlbertTopology& config, uint32_t nodes, Rng& rng);
std::vector<Edge> generate(const SmallWorldTopology& config, uint32_t nodes, Rng& rng);

}  // namespace orrery
