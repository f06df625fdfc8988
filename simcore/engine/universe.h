// Universe: all that exists in one run. The kernels of all threads share it: what surrounds the nodes never changes,
// and a node's state is touched by the thread that owns the node alone.
#pragma once
#include <deque>
#include <map>
#include <vector>

#include "simcore/engine/node_state.h"

namespace orrery {

/// What one thread keeps for itself.
struct alignas(64) Lane {
  explicit Lane(bool concurrent) : frames(concurrent) {}
  FramePool frames;
  TrafficByType traffic;
};

class Universe final : public Directory {
 public:
  Universe(EngineConfig config, std::vector<NodeSpec> nodes, Network& network, const CommandSource* commands,
           uint32_t lanes);

  const PeerId& peer_of(NodeId node) const override { return specs[node.value].peer; }
  std::optional<NodeId> handle_of(const PeerId& peer) const override;

  const EngineConfig config;
  const std::vector<NodeSpec> specs;
  const std::vector<NodeKey> keys;
  Network& network;
  const CommandSource* const commands;
  const bool has_downlinks;
  Fingerprint fingerprint;
  std::deque<Lane> lanes;
  std::vector<NodeState> nodes;  // last, so that they die before the frames that they pin

 private:
  const std::map<PeerId, NodeId> handles_;
};

}  // namespace orrery
