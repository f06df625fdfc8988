#include <stdexcept>
#include <string>

#include "simcore/network/adjacency.h"
#include "simcore/network/generators.h"

namespace orrery {

// Watts and Strogatz, "Collective dynamics of small-world networks", Nature 393 (1998): lap after lap around the ring,
// the first over the nearest neighbours, each link keeps its near end and may get a new far end.
std::vector<Edge> generate(const SmallWorldTopology& config, uint32_t nodes, Rng& rng) {
  const uint32_t degree = config.degree;
  if (degree < 2 || degree % 2 != 0 || degree >= nodes) {
    throw std::invalid_argument("small_world with " + std::to_string(nodes) + " nodes cannot have degree = " +
                                std::to_string(degree) + "; give an even one from 2 to nodes - 1");
  }
  if (config.rewiring < Share{0} || config.rewiring > 100_percent) {
    throw std::invalid_argument("rewiring goes from 0 % to 100 %; give one in that range");
  }
  check_edge_count(uint64_t{nodes} * (degree / 2));
  const auto ahead = [nodes](uint32_t node, uint32_t step) { return uint32_t((uint64_t{node} + step) % nodes); };

  Adjacency graph(nodes);
  for (uint32_t step = 1; step <= degree / 2; ++step) {
    for (uint32_t node = 0; node < nodes; ++node) graph.join(node, ahead(node, step));
  }
  for (uint32_t step = 1; step <= degree / 2; ++step) {
    for (uint32_t node = 0; node < nodes; ++node) {
      const bool rewires = int64_t(rng.below(Share::kWhole)) < config.rewiring.parts_per_billion;
      if (!rewires || graph.degree(node) == nodes - 1) continue;
      uint32_t end = uint32_t(rng.below(nodes));
      while (end == node || graph.joined(node, end)) end = uint32_t(rng.below(nodes));
      graph.part(node, ahead(node, step));
      graph.join(node, end);
    }
  }
  return graph.edges();
}

}  // namespace orrery
