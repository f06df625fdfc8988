#include "tests/contract/cluster.h"

#include "simcore/crypto/keys.h"

namespace orrery::trial {

Cluster::Cluster(Options options) {
  if (!options.network) {
    own_network_ = std::make_unique<ConstantNetwork>(ConstantConfig{.latency = 10_ms});
    options.network = own_network_.get();
  }
  std::vector<NodeId> all;
  for (uint32_t i = 0; i < options.nodes; ++i) all.push_back(NodeId{i});
  std::map<std::string, uint32_t> positions;
  std::vector<NodeSpec> specs;
  for (const NodeId self : all) {
    NodeSpec& spec = specs.emplace_back();
    const std::string group = options.groups.empty() ? "node" : options.groups[self.value];
    spec.key = node_key(group, positions[group]++);
    spec.peer = key_pair_of(options.engine.seed, spec.key).peer_id();
    spec.name = group;
    if (!options.down_at_start.empty()) spec.down_at_start = options.down_at_start[self.value];
    if (options.machine) options.machine(spec, self);
    spec.make = [=, build = options.build](const NodeSeed& seed) {
      auto stack = std::make_unique<Stack>(seed);
      build(*stack, self, all);
      const std::vector<NodeId> smaller(all.begin(), all.begin() + self.value);
      stack->add(Dialler(smaller));
      return stack;
    };
  }
  engine_ = options.window
                ? make_window_engine(options.engine, std::move(specs), *options.network, this, *options.window)
                : make_heap_engine(options.engine, std::move(specs), *options.network, this);
  engine_->listen(*this);
}

}  // namespace orrery::trial
