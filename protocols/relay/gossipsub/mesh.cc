#include "protocols/relay/gossipsub/mesh.h"

#include <algorithm>

namespace orrery::gossipsub {
namespace {

size_t outbound_in(const std::vector<MeshPeer>& nodes) {
  return size_t(std::count_if(nodes.begin(), nodes.end(), [](const MeshPeer& node) { return node.outbound; }));
}

std::vector<NodeId> nodes_of(const std::vector<MeshPeer>& all) {
  std::vector<NodeId> nodes;
  for (const MeshPeer& each : all) nodes.push_back(each.node);
  return nodes;
}

// Who stays is drawn, but D_out outbound peers come first if there are as many.
std::vector<MeshPeer> excess(const Config& config, std::vector<MeshPeer> members, Rng& rng) {
  rng.shuffle(members);
  const size_t quota = std::min<size_t>(config.d_out, outbound_in(members));
  size_t first = 0;
  for (size_t i = 0; i < members.size() && first < quota; ++i) {
    if (members[i].outbound) std::swap(members[first++], members[i]);
  }
  return {members.begin() + std::ptrdiff_t(config.d), members.end()};
}

}  // namespace

std::vector<NodeId> draw(std::vector<NodeId> nodes, size_t count, Rng& rng) {
  rng.shuffle(nodes);
  nodes.resize(std::min(nodes.size(), count));
  return nodes;
}

MeshChange maintain(const Config& config, const std::vector<MeshPeer>& members, const std::vector<MeshPeer>& others,
                    Rng& rng) {
  MeshChange change;
  const size_t size = members.size();
  size_t outbound = outbound_in(members);
  if (config.prune_at_d_high ? size >= config.d_high && size > config.d : size > config.d_high) {
    const std::vector<MeshPeer> pruned = excess(config, members, rng);
    change.prunes = nodes_of(pruned);
    outbound -= outbound_in(pruned);
  }
  std::vector<MeshPeer> left = others;
  const auto take = [&](std::vector<NodeId> drawn) {
    for (const NodeId node : drawn) {
      const auto at = std::find_if(left.begin(), left.end(), [&](const MeshPeer& each) { return each.node == node; });
      outbound += at->outbound;
      left.erase(at);
      change.grafts.push_back(node);
    }
  };
  if (size < config.d_low) take(draw(nodes_of(left), config.d - size, rng));
  // v1.1 asks for the quota of any mesh that is large enough not to be filled up anyway, one just pruned included.
  if (size + change.grafts.size() >= config.d_low && outbound < config.d_out) {
    std::vector<NodeId> outbound_left;
    for (const MeshPeer& each : left) {
      if (each.outbound) outbound_left.push_back(each.node);
    }
    take(draw(std::move(outbound_left), config.d_out - outbound, rng));
  }
  return change;
}

}  // namespace orrery::gossipsub
