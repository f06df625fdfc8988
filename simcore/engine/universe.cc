#include "simcore/engine/universe.h"

namespace orrery {
namespace {

std::vector<NodeKey> keys_of(const std::vector<NodeSpec>& specs) {
  std::vector<NodeKey> keys;
  for (const NodeSpec& spec : specs) keys.push_back(spec.key);
  return keys;
}

// Twins share a PeerId: others hold the first one's handle.
std::map<PeerId, NodeId> handles_of(const std::vector<NodeSpec>& specs) {
  std::map<PeerId, NodeId> handles;
  for (uint32_t i = 0; i < specs.size(); ++i) handles.try_emplace(specs[i].peer, NodeId{i});
  return handles;
}

}  // namespace

Universe::Universe(EngineConfig config_, std::vector<NodeSpec> nodes_, Network& network_,
                   const CommandSource* commands_, uint32_t lanes_)
    : config(std::move(config_)),
      specs(std::move(nodes_)),
      keys(keys_of(specs)),
      network(network_),
      commands(commands_),
      has_downlinks(network.has_downlinks()),
      fingerprint(uint32_t(specs.size()), config.start, config.fingerprint_slice, lanes_),
      nodes(specs.size()),
      handles_(handles_of(specs)) {
  for (uint32_t i = 0; i < lanes_; ++i) lanes.emplace_back(lanes_ > 1);
  for (uint32_t i = 0; i < specs.size(); ++i) {
    NodeState& node = nodes[i];
    node.id = NodeId{i};
    node.key = specs[i].key;
    node.spec = &specs[i];
    node.wall_errs = !specs[i].clock.is_exact();
    if (specs[i].cpu) node.cpu = std::make_unique<Cpu>(*specs[i].cpu);
    if (specs[i].down_at_start) node.begin_outage(*specs[i].down_at_start);
  }
}

std::optional<NodeId> Universe::handle_of(const PeerId& peer) const {
  const auto found = handles_.find(peer);
  return found == handles_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace orrery
