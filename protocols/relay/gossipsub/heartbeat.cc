// The heartbeat (v1.0, "Heartbeat"): looks after meshes and fanouts, gossips, and sends what has gathered.
#include "protocols/events/records.h"
#include "protocols/relay/gossipsub/gossip.h"
#include "protocols/relay/gossipsub/gossipsub.h"
#include "protocols/relay/gossipsub/mesh.h"

namespace orrery::gossipsub {

void Gossipsub::heartbeat(Step& ctx) {
  backoffs_.expire(ctx.now());
  seen_.expire(ctx.now());
  std::erase_if(asked_, [&](const auto& entry) { return entry.second.second <= ctx.now(); });
  for (Peer& peer : peers_) peer.ihaves = peer.iwants = peer.asked = 0;

  for (auto& [topic, members] : mesh_) {
    maintain_mesh(ctx, topic, members);
    emit_gossip(ctx, topic, members);
    ctx.trace(MeshRecord{topic, uint32_t(members.size())});
  }
  maintain_fanout(ctx);
  flush(ctx);
  cache_.shift();
  ctx.arm(Timer::kHeartbeat, config_->heartbeat);
}

void Gossipsub::maintain_mesh(Step& ctx, Topic topic, NodeList& members) {
  std::vector<MeshPeer> inside, outside;
  for (const NodeId node : members.all()) inside.push_back({node, peers_.find(node)->outbound});
  for (const Peer& peer : peers_) {
    if (!peer.subscribes(topic) || members.contains(peer.node)) continue;
    if (!backoffs_.forbids_us(topic, peer.node, ctx.now())) outside.push_back({peer.node, peer.outbound});
  }
  const MeshChange change = maintain(*config_, inside, outside, ctx.rng(kMeshDraw));
  for (const NodeId node : change.prunes) {
    drop(ctx, topic, members, node);
    prune(ctx, *peers_.find(node), topic, config_->prune_backoff);
  }
  for (const NodeId node : change.grafts) {
    enter(ctx, topic, members, node);
    graft(*peers_.find(node), topic);
  }
}

void Gossipsub::maintain_fanout(Step& ctx) {
  std::erase_if(fanout_,
                [&](const auto& entry) { return entry.second.last_published + config_->fanout_ttl < ctx.now(); });
  for (auto& [topic, fanout] : fanout_) {
    if (fanout.peers.size() < config_->d) {
      std::vector<NodeId> others =
          peers_.in(topic, [&](const Peer& peer) { return !fanout.peers.contains(peer.node); });
      const size_t missing = config_->d - fanout.peers.size();
      for (const NodeId node : draw(std::move(others), missing, ctx.rng(kMeshDraw))) fanout.peers.add(node);
    }
    emit_gossip(ctx, topic, fanout.peers);
  }
}

/// `exclude`: the mesh or the fanout, which have the messages themselves.
void Gossipsub::emit_gossip(Step& ctx, Topic topic, const NodeList& exclude) {
  const std::vector<MessageId> ids = cache_.gossip_ids(topic);
  if (ids.empty()) return;
  std::vector<NodeId> eligible = peers_.in(topic, [&](const Peer& peer) { return !exclude.contains(peer.node); });
  const size_t degree = gossip_degree(*config_, eligible.size());
  for (const NodeId node : draw(std::move(eligible), degree, ctx.rng(kGossipDraw))) {
    IHave ihave = make_ihave(*config_, names_->name(topic), ids, ctx.rng(kGossipDraw));
    peers_.find(node)->waiting.gossip.push_back(std::move(ihave));
  }
}

}  // namespace orrery::gossipsub
