// Control messages: IHAVE and IWANT, GRAFT and PRUNE. Each list of a peer costs bounded work and at most one answer.
#include <set>

#include "protocols/relay/gossipsub/gossipsub.h"

namespace orrery::gossipsub {

void Gossipsub::handle_control(Step& ctx, Peer& peer, const Control& control) {
  Rpc reply;
  handle_ihave(ctx, peer, control, reply);
  handle_iwant(peer, control, reply);
  handle_graft(ctx, peer, control);
  handle_prune(ctx, peer, control);
  send(ctx, peer, std::move(reply));
}

void Gossipsub::handle_ihave(Step& ctx, Peer& peer, const Control& control, Rpc& reply) {
  if (control.ihave.items.empty()) return;
  if (++peer.ihaves > config_->max_ihave_messages || peer.asked >= config_->max_ihave_length) return;
  std::set<MessageId> unseen;
  for (const IHave& ihave : control.ihave) {
    const auto topic = names_->find(ihave.topic.text);
    if (!topic || !mesh_.contains(*topic)) continue;
    const size_t heeded = std::min<size_t>(ihave.ids.size(), config_->max_ihave_length);
    for (size_t i = 0; i < heeded; ++i) {
      const auto id = MessageId::from(ihave.ids.items[i]);
      if (id && !seen_.contains(*id)) unseen.insert(*id);
    }
  }
  if (unseen.empty()) return;
  std::vector<MessageId> wanted(unseen.begin(), unseen.end());
  ctx.rng(kAskDraw).shuffle(wanted);  // so that several peers that are asked in part are asked for different parts
  wanted.resize(std::min<size_t>(wanted.size(), config_->max_ihave_length - peer.asked));
  peer.asked += uint32_t(wanted.size());
  IWant& iwant = reply.ctl().iwant.items.emplace_back();
  for (const MessageId& id : wanted) {
    iwant.ids.items.emplace_back(id.bytes());
    asked_[id] = {peer.node, ctx.now() + config_->iwant_followup};
  }
}

void Gossipsub::handle_iwant(Peer& peer, const Control& control, Rpc& reply) {
  if (control.iwant.items.empty()) return;
  if (config_->max_iwant_messages > 0 && ++peer.iwants > config_->max_iwant_messages) return;
  std::set<MessageId> answered;  // twice in one RPC is once
  for (const IWant& iwant : control.iwant) {
    for (const IdBytes& bytes : iwant.ids) {
      const auto id = MessageId::from(bytes);
      if (!id || !cache_.contains(*id) || !answered.insert(*id).second) continue;
      if (reply.publish.items.size() == kListMax) return;
      const MessageCache::Asked asked = cache_.get_for(*id, peer.node);
      if (asked.times > config_->gossip_retransmission) continue;
      reply.publish.items.push_back((*asked.message)->publish.items.front());
    }
  }
}

void Gossipsub::handle_graft(Step& ctx, Peer& peer, const Control& control) {
  for (const Graft& asked : control.graft) {
    const auto topic = names_->find(asked.topic.text);
    const auto found = topic ? mesh_.find(*topic) : mesh_.end();
    if (found == mesh_.end()) continue;  // unknown topic: silence, so that a stranger cannot make us answer (v1.1)
    NodeList& members = found->second;
    if (members.contains(peer.node)) continue;
    const bool in_backoff = backoffs_.forbids_them(*topic, peer.node, ctx.now());
    const bool is_full = members.size() >= config_->d_high && !peer.outbound;
    if (in_backoff || is_full) {
      prune(ctx, peer, *topic, config_->prune_backoff);
    } else {
      enter(ctx, *topic, members, peer.node);
    }
  }
}

void Gossipsub::handle_prune(Step& ctx, Peer& peer, const Control& control) {
  constexpr uint64_t kBackoffMax = 24 * 3600;  // seconds: nobody can be kept away for longer, nor time overflow
  for (const Prune& told : control.prune) {
    const auto topic = names_->find(told.topic.text);
    const auto found = topic ? mesh_.find(*topic) : mesh_.end();
    if (found == mesh_.end()) continue;
    drop(ctx, *topic, found->second, peer.node);
    Duration backoff = config_->prune_backoff;
    if (told.backoff_s.value_or(0) > 0) backoff = 1_s * int64_t(std::min(*told.backoff_s, kBackoffMax));
    backoffs_.add(*topic, peer.node, ctx.now() + backoff);
  }
}

}  // namespace orrery::gossipsub
