#include "protocols/relay/gossipsub/peers.h"

namespace orrery::gossipsub {

bool NodeList::add(NodeId node) {
  if (contains(node)) return false;
  nodes_.push_back(node);
  return true;
}

Peer* Peers::find(NodeId node) {
  const auto at = std::find_if(peers_.begin(), peers_.end(), [&](const Peer& peer) { return peer.node == node; });
  return at == peers_.end() ? nullptr : &*at;
}

const Peer* Peers::find(NodeId node) const { return const_cast<Peers*>(this)->find(node); }

Peer& Peers::add(NodeId node, bool outbound) {
  remove(node);
  Peer& peer = peers_.emplace_back();
  peer.node = node;
  peer.outbound = outbound;
  return peer;
}

void Peers::remove(NodeId node) {
  std::erase_if(peers_, [&](const Peer& peer) { return peer.node == node; });
}

std::vector<NodeId> Peers::all() const {
  std::vector<NodeId> nodes;
  for (const Peer& peer : peers_) nodes.push_back(peer.node);
  return nodes;
}

}  // namespace orrery::gossipsub
