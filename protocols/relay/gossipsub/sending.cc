// Sending: control gathers at each peer and rides on the next RPC to it (v1.0, "Control Message Piggybacking").
#include "protocols/relay/gossipsub/fragment.h"
#include "protocols/relay/gossipsub/gossipsub.h"

namespace orrery::gossipsub {

/// The peer is in the mesh, and is to be told.
void Gossipsub::graft(Peer& peer, Topic topic) { peer.waiting.add_graft(topic); }

/// The peer is not in the mesh, and is to be told how long it stays out.
void Gossipsub::prune(Step& ctx, Peer& peer, Topic topic, Duration backoff) {
  backoffs_.add(topic, peer.node, ctx.now() + backoff);
  peer.waiting.add_prune(topic, uint64_t(backoff / 1_s));
}

/// Sends all that waits.
void Gossipsub::flush(Step& ctx) {
  for (Peer& peer : peers_) {
    if (!peer.waiting.empty()) send(ctx, peer, {});
  }
}

void Gossipsub::send(Step& ctx, Peer& peer, Rpc rpc) {
  if (peer.congested) {
    hold_back(peer, rpc);
  } else {
    piggyback(ctx.now(), peer, rpc);
  }
  if (rpc.empty()) return;
  for (const Rpc& fragment : fragments(std::move(rpc), size_t(config_->max_rpc.count))) ctx.send(peer.node, fragment);
}

/// Adds what waits for the peer. What has been overtaken since is left out.
void Gossipsub::piggyback(Time now, Peer& peer, Rpc& rpc) {
  const Waiting waiting = std::exchange(peer.waiting, {});
  const auto in_mesh = [&](Topic topic) {
    const NodeList* members = mesh(topic);
    return members && members->contains(peer.node);
  };
  for (const auto& [topic, wanted] : waiting.subscriptions) {
    if (wanted == mesh_.contains(topic)) rpc.subscriptions.items.push_back({wanted, {names_->name(topic)}});
  }
  for (const Topic topic : waiting.grafts) {
    if (in_mesh(topic)) rpc.ctl().graft.items.push_back({{names_->name(topic)}});
  }
  for (const auto& [topic, backoff_s] : waiting.prunes) {
    if (!in_mesh(topic)) rpc.ctl().prune.items.push_back({{names_->name(topic)}, backoff_s});
  }
  for (const IHave& ihave : waiting.gossip) rpc.ctl().ihave.items.push_back(ihave);
  peer.sent_now(now).add_again(waiting);
}

// A congested link drops what it cannot take. Payload may get through or not, as everywhere; gossip is not worth it;
// what keeps two nodes of one mind waits until the link has drained. The host tells of congestion after the step that
// caused it: what was said at that time may be lost already, and is said again.
void Gossipsub::on_congested(Step& ctx, Peer& peer) {
  peer.congested = true;
  if (peer.sent_at == ctx.now()) peer.waiting.add_again(std::exchange(peer.sent, {}));
}

void Gossipsub::hold_back(Peer& peer, Rpc& rpc) {
  peer.waiting.gossip.clear();
  for (const SubOpts& sub : rpc.subscriptions) {
    peer.waiting.add_subscription(*names_->find(sub.topic.text), *sub.subscribe);
  }
  rpc.subscriptions = {};
  rpc.control.reset();
}

void Gossipsub::spread(Step& ctx, const std::vector<NodeId>& to, const PinnedMessage& message) {
  std::vector<NodeId> plain;
  for (const NodeId node : to) {
    Peer& peer = *peers_.find(node);
    if (peer.waiting.empty() || peer.congested) {
      plain.push_back(node);
    } else {
      send(ctx, peer, *message);
    }
  }
  ctx.multicast(plain, message);
}

}  // namespace orrery::gossipsub
