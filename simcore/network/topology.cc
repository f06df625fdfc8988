#include "simcore/network/topology.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "simcore/network/generators.h"
#include "simcore/network/text_file.h"

namespace orrery {
namespace {

// Total, since no pair is joined twice.
bool by_ends(const Edge& left, const Edge& right) {
  return std::pair(std::min(left.a, left.b), std::max(left.a, left.b)) <
         std::pair(std::min(right.a, right.b), std::max(right.a, right.b));
}

// Sorted first, so that the coins do not depend on the order in which a generator works.
void orient(std::vector<Edge>& edges, Rng& rng) {
  std::sort(edges.begin(), edges.end(), by_ends);
  for (Edge& edge : edges) {
    const auto [low, high] = std::minmax({edge.a, edge.b});
    edge = rng.below(2) == 0 ? Edge{low, high} : Edge{high, low};
  }
}

template <class Config>
Topology generated(const Config& config, uint32_t nodes, uint64_t run_seed) {
  Rng rng(stream_key(run_seed, NodeKey{}, 0, "topology", 0));
  Topology topology{nodes, generate(config, nodes, rng)};
  orient(topology.edges, rng);
  return topology;
}

}  // namespace

NodeResolver by_index(uint32_t nodes) {
  return [nodes](std::string_view name) -> std::optional<uint32_t> {
    uint32_t index = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    if (error != std::errc() || end != name.data() + name.size() || index >= nodes) return std::nullopt;
    return index;
  };
}

Topology make_topology(const TopologyConfig& config, uint32_t nodes, uint64_t run_seed, const NodeResolver& resolver) {
  return std::visit(
      [&]<class Config>(const Config& chosen) {
        if constexpr (std::is_same_v<Config, FileTopology>) {
          return parse_topology_csv(read_text_file(chosen.file), chosen.file, nodes, resolver);
        } else {
          return generated(chosen, nodes, run_seed);
        }
      },
      config);
}

Topology make_topology(const TopologyConfig& config, uint32_t nodes, uint64_t run_seed) {
  return make_topology(config, nodes, run_seed, by_index(nodes));
}

bool is_connected(const Topology& topology) {
  std::vector<uint32_t> parent(topology.nodes);  // a forest: nodes with one root are joined
  std::iota(parent.begin(), parent.end(), 0u);
  const auto root = [&parent](uint32_t node) {
    while (parent[node] != node) node = parent[node] = parent[parent[node]];
    return node;
  };
  uint32_t parts = topology.nodes;
  for (const Edge& edge : topology.edges) {
    const uint32_t a = root(edge.a), b = root(edge.b);
    if (a == b) continue;
    parent[a] = b;
    --parts;
  }
  return parts <= 1;
}

std::vector<std::vector<uint32_t>> dial_lists(const Topology& topology) {
  std::vector<std::vector<uint32_t>> lists(topology.nodes);
  for (const Edge& edge : topology.edges) lists[edge.a].push_back(edge.b);
  for (auto& list : lists) std::sort(list.begin(), list.end());
  return lists;
}

}  // namespace orrery
