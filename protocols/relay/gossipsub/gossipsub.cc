#include "protocols/relay/gossipsub/gossipsub.h"

#include "protocols/events/records.h"
#include "protocols/relay/gossipsub/mesh.h"

namespace orrery::gossipsub {

Gossipsub::Gossipsub(const Config& config, const Signer& signer, const Verifier& verifier, const TopicNames& names)
    : config_(&config),
      signer_(&signer),
      verifier_(&verifier),
      names_(&names),
      backoffs_(config.backoff_slack),
      seen_(config.seen_ttl),
      cache_(config.mcache_len, config.mcache_gossip) {}

const NodeList* Gossipsub::mesh(Topic topic) const {
  const auto found = mesh_.find(topic);
  return found == mesh_.end() ? nullptr : &found->second;
}

const NodeList* Gossipsub::fanout(Topic topic) const {
  const auto found = fanout_.find(topic);
  return found == fanout_.end() ? nullptr : &found->second.peers;
}

// v1.0, "Protocol Id"; v1.1; Waku RFC 11, "Protocol Identifier".
std::vector<std::string> Gossipsub::protocols() const {
  if (config_->profile == Profile::kWaku) return {"/vac/waku/relay/2.0.0"};
  return {"/meshsub/1.1.0", "/meshsub/1.0.0"};
}

void Gossipsub::start(Step& ctx) {
  TableKey key;
  for (std::byte& byte : key) byte = std::byte(ctx.rng(kTableDraw).below(256));
  seen_ = SeenCache(config_->seen_ttl, SeenCache::kMost, key);
  seqno_ = uint64_t(ctx.wall().unix_ns);  // grows over restarts, which nothing else here survives
  ctx.arm(Timer::kHeartbeat,
          config_->heartbeat_initial_delay + ctx.rng(kBeatDraw).between(0_s, config_->heartbeat + 1_ns));
}

void Gossipsub::on_timer(Step& ctx, Timer timer, uint64_t key) {
  if (timer == Timer::kHeartbeat) return heartbeat(ctx);
  const auto found = in_validation_.find(key);
  const Pending pending = std::move(found->second);
  in_validation_.erase(found);
  accept(ctx, pending);
}

// Links.

void Gossipsub::on(Step& ctx, const Link& link) {
  switch (link.state) {
    case Link::State::kUp: peers_.add(link.peer, link.outbound); return hello(ctx, link.peer);
    case Link::State::kDown:
      peers_.remove(link.peer);
      for (auto& [topic, members] : mesh_) drop(ctx, topic, members, link.peer);
      for (auto& [topic, fanout] : fanout_) fanout.peers.remove(link.peer);
      return;
    case Link::State::kCongested:
      if (Peer* peer = peers_.find(link.peer)) peer->congested = true;
      return;
    case Link::State::kDrained:
      if (Peer* peer = peers_.find(link.peer)) {
        peer->congested = false;
        send(ctx, *peer, {});
      }
      return;
  }
}

void Gossipsub::hello(Step& ctx, NodeId to) {
  Rpc rpc;
  for (const auto& [topic, members] : mesh_) rpc.subscriptions.items.push_back({true, {names_->name(topic)}});
  send(ctx, *peers_.find(to), std::move(rpc));
}

// Topics of this node.

void Gossipsub::on(Step& ctx, const Subscribe& subscribe) {
  if (mesh_.contains(subscribe.topic)) return;
  announce(ctx, subscribe.topic, true);
  join(ctx, subscribe.topic);
}

void Gossipsub::on(Step& ctx, const Unsubscribe& unsubscribe) {
  if (!mesh_.contains(unsubscribe.topic)) return;
  announce(ctx, unsubscribe.topic, false);
  leave(ctx, unsubscribe.topic);
}

void Gossipsub::announce(Step& ctx, Topic topic, bool wanted) {
  Rpc rpc;
  rpc.subscriptions.items.push_back({wanted, {names_->name(topic)}});
  std::vector<NodeId> plain;  // get one frame together
  for (Peer& peer : peers_) {
    if (peer.congested || !peer.waiting.empty()) {
      send(ctx, peer, rpc);
    } else {
      plain.push_back(peer.node);
    }
  }
  ctx.multicast(plain, rpc);
}

// The fanout comes first; v1.0, "Topic Membership".
void Gossipsub::join(Step& ctx, Topic topic) {
  NodeList& members = mesh_[topic];
  const auto may_graft = [&](NodeId node) {
    return !members.contains(node) && !backoffs_.forbids_us(topic, node, ctx.now());
  };
  if (const auto fanout = fanout_.find(topic); fanout != fanout_.end()) {
    for (const NodeId node : fanout->second.peers.all()) {
      if (may_graft(node)) enter(ctx, topic, members, node);
    }
    fanout_.erase(fanout);
  }
  if (members.size() < config_->d) {
    std::vector<NodeId> others = peers_.in(topic, [&](const Peer& peer) { return may_graft(peer.node); });
    for (const NodeId node : draw(std::move(others), config_->d - members.size(), ctx.rng(kMeshDraw))) {
      enter(ctx, topic, members, node);
    }
  }
  for (const NodeId node : members.all()) graft(*peers_.find(node), topic);
  flush(ctx);
}

void Gossipsub::leave(Step& ctx, Topic topic) {
  const NodeList members = std::move(mesh_.at(topic));
  mesh_.erase(topic);
  for (const NodeId node : members.all()) {
    ctx.trace(PrunedRecord{topic, node});
    prune(ctx, *peers_.find(node), topic, config_->unsubscribe_backoff);
  }
  flush(ctx);
}

// Every change of a mesh is traced, so that checkers know its links.

void Gossipsub::enter(Step& ctx, Topic topic, NodeList& members, NodeId peer) {
  if (members.add(peer)) ctx.trace(GraftedRecord{topic, peer});
}

void Gossipsub::drop(Step& ctx, Topic topic, NodeList& members, NodeId peer) {
  if (members.remove(peer)) ctx.trace(PrunedRecord{topic, peer});
}

// What peers say. Subscriptions first, then messages, then control: as go-libp2p-pubsub does.
void Gossipsub::on(Step& ctx, NodeId from, const Rpc& rpc) {
  Peer* peer = peers_.find(from);
  if (!peer) return;
  handle_subscriptions(ctx, *peer, rpc);
  for (const PubsubMessage& message : rpc.publish) handle_message(ctx, from, rpc, message);
  if (rpc.control) handle_control(ctx, *peer, *rpc.control);
}

// Topics that this host does not know are not remembered: a stranger cannot make us hold names.
void Gossipsub::handle_subscriptions(Step& ctx, Peer& peer, const Rpc& rpc) {
  for (const SubOpts& sub : rpc.subscriptions) {
    const auto topic = names_->find(sub.topic.text);
    if (!topic) continue;
    std::erase(peer.topics, *topic);
    if (sub.subscribe.value_or(false)) {
      peer.topics.push_back(*topic);
      continue;
    }
    if (const auto found = mesh_.find(*topic); found != mesh_.end()) drop(ctx, *topic, found->second, peer.node);
    if (const auto found = fanout_.find(*topic); found != fanout_.end()) found->second.peers.remove(peer.node);
  }
}

}  // namespace orrery::gossipsub
