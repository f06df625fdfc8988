#include "scenarios/bench/crowd.h"

#include <algorithm>

#include "scenarios/run/threads.h"
#include "simcore/base/hash.h"

namespace orrery::bench {
namespace {

// Eight regions, as a model of the world has; all as far from each other, so that latency is uniform on 20 to 120 ms.
MatrixNetwork make_network(uint32_t nodes) {
  constexpr uint32_t kRegions = 8;
  constexpr Duration kLatency = 70_ms;
  constexpr Share kJitter{Share::kWhole * 5 / 7};
  LatencyTable table;
  for (uint32_t region = 0; region < kRegions; ++region) table.places.push_back("region " + std::to_string(region));
  table.one_way.assign(size_t{kRegions} * kRegions, kLatency);
  std::vector<uint32_t> place_of_node(nodes);
  for (uint32_t i = 0; i < nodes; ++i) place_of_node[i] = uint32_t(uint64_t{i} * kRegions / nodes);
  return {std::move(table), std::move(place_of_node), kJitter};
}

// Nobody signs here, so a key is any 32 bytes: a million real ones take half a minute.
PeerId peer_of(NodeKey node) {
  PublicKey key;
  for (size_t i = 0; i < key.size(); ++i) key[i] = std::byte(mix64(node.value + i / 8) >> i % 8 * 8);
  return PeerId::from_ed25519(key);
}

}  // namespace

Crowd::Crowd(const Load& load, Build build, const CommandSource* commands)
    : build_(std::move(build)),
      network_(make_network(load.nodes)),
      threads_(load.heap ? 1 : choose_threads(load.threads, load.nodes).count) {
  EngineConfig config;
  config.seed = load.seed;
  config.open = true;
  std::vector<NodeSpec> specs(load.nodes);
  for (uint32_t i = 0; i < load.nodes; ++i) {
    NodeSpec& spec = specs[i];
    spec.key = node_key("node", i);
    spec.peer = peer_of(spec.key);
    spec.name = "node";
    spec.make = [this, self = NodeId{i}](const NodeSeed& seed) {
      auto stack = std::make_unique<Stack>(seed);
      build_(*stack, self);
      return stack;
    };
  }
  WindowOptions window;
  window.threads = threads_;
  engine_ = load.heap ? make_heap_engine(std::move(config), std::move(specs), network_, commands)
                      : make_window_engine(std::move(config), std::move(specs), network_, commands, window);
}

}  // namespace orrery::bench
