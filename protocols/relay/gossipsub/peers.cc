#include "protocols/relay/gossipsub/peers.h"

namespace orrery::gossipsub {

bool NodeList::add(NodeId node) {
  if (contains(node)) return false;
  nodes_.push_back(node);
  return true;
}

void Waiting::add_graft(Topic topic) {
  if (std::find(grafts.begin(), grafts.end(), topic) == grafts.end()) grafts.push_back(topic);
}

void Waiting::add_prune(Topic topic, uint64_t backoff_s) {
  std::erase_if(prunes, [&](const auto& entry) { return entry.first == topic; });
  prunes.emplace_back(topic, backoff_s);
}

void Waiting::add_subscription(Topic topic, bool wanted) {
  std::erase_if(subscriptions, [&](const auto& entry) { return entry.first == topic; });
  subscriptions.emplace_back(topic, wanted);
}

void Waiting::add_again(const Waiting& other) {
  for (const Topic topic : other.grafts) add_graft(topic);
  for (const auto& [topic, backoff_s] : other.prunes) add_prune(topic, backoff_s);
  for (const auto& [topic, wanted] : other.subscriptions) add_subscription(topic, wanted);
}

Waiting& Peer::sent_now(Time now) {
  if (sent_at != now) sent = {};
  sent_at = now;
  return sent;
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
