// Messages: published, received, judged, delivered and passed on.
#include "protocols/events/records.h"
#include "protocols/relay/gossipsub/gossipsub.h"
#include "protocols/relay/gossipsub/mesh.h"
#include "protocols/relay/gossipsub/signing.h"

namespace orrery::gossipsub {

void Gossipsub::on(Step& ctx, const Publish& publish) {
  if (publish.payload.size() > kDataBytesMax) return;
  Rpc rpc;
  rpc.publish.items.push_back(make_message(*config_, *signer_, ++seqno_, names_->name(publish.topic), publish.payload));
  if (encoded_size(rpc) > size_t(config_->max_rpc.count)) return;
  const Bytes size{int64_t(publish.payload.size())};
  if (config_->signature_policy == SignaturePolicy::kStrictSign) ctx.charge(Work::kSign, 1, size);
  if (config_->message_id == IdOf::kDataSha256) ctx.charge(Work::kHash, 1, size);
  const MessageId id = *id_of(config_->message_id, rpc.publish.items.front());
  if (!seen_.insert(id, ctx.now())) return;  // its id is of its content, and somebody has said the same

  const PinnedMessage message = ctx.pin(rpc);
  cache_.put(id, publish.topic, message);
  const NodeList* members = mesh(publish.topic);
  if (members) deliver(ctx, message, publish.topic, kNobody, Arrival::kOwn);
  if (config_->flood_publish) {
    spread(ctx, peers_.in(publish.topic, [](const Peer&) { return true; }), message);
  } else {
    spread(ctx, members ? members->all() : fanout_for_publishing(ctx, publish.topic), message);
  }
}

std::vector<NodeId> Gossipsub::fanout_for_publishing(Step& ctx, Topic topic) {
  Fanout& fanout = fanout_[topic];
  fanout.last_published = ctx.now();
  if (fanout.peers.empty()) {
    std::vector<NodeId> all = peers_.in(topic, [](const Peer&) { return true; });
    fanout.peers = NodeList(draw(std::move(all), config_->d, ctx.rng(kMeshDraw)));
  }
  return fanout.peers.all();
}

void Gossipsub::handle_message(Step& ctx, NodeId from, const Rpc& rpc, const PubsubMessage& message) {
  const auto topic = names_->find(message.topic.text);
  if (!topic || !mesh_.contains(*topic)) return;  // nothing that we asked for
  const auto author = check_fields(config_->signature_policy, message);
  if (!author) return reject(ctx, {});
  if (*author && **author == ctx.self_peer()) return;
  const Bytes size{int64_t(message.payload().size())};
  if (config_->message_id == IdOf::kDataSha256) ctx.charge(Work::kHash, 1, size);
  const auto id = id_of(config_->message_id, message);
  if (!id || note_copy(ctx, from, *id, *topic, message)) return;
  if (in_validation_.size() >= kInValidationMax) return;
  if (*author) {
    ctx.charge(Work::kVerify, 1, size);
    if (!is_signed(*verifier_, **author, message)) return reject(ctx, *author);
  }
  seen_.insert(*id, ctx.now());

  std::optional<NodeId> author_node;
  if (*author) author_node = ctx.handle_of(**author);
  Rpc alone;  // an RPC that carries more is not passed on as it is
  if (!rpc.is_one_message()) alone.publish.items.push_back(message);
  const Pending pending{
      *id, *topic, ctx.pin(rpc.is_one_message() ? rpc : alone), author_node, from, arrival_of(*id, from), {}};
  if (config_->validation == 0_s) return accept(ctx, pending);
  in_validation_.emplace(++validations_, pending);
  validation_of_.emplace(*id, validations_);
  ctx.arm(Timer::kValidated, config_->validation, validations_);
}

void Gossipsub::reject(Step& ctx, const std::optional<PeerId>& author) {
  ctx.trace(RejectedRecord{author.value_or(PeerId{})});
}

/// Is it another copy of a message that was seen already?
bool Gossipsub::note_copy(Step& ctx, NodeId from, const MessageId& id, Topic topic, const PubsubMessage& message) {
  if (!seen_.contains(id)) return false;
  ctx.emit(Duplicate{message.payload(), topic});
  if (!config_->skip_senders) return true;
  const auto judged = validation_of_.find(id);
  if (judged == validation_of_.end()) return true;
  std::vector<NodeId>& senders = in_validation_.at(judged->second).senders;
  if (std::find(senders.begin(), senders.end(), from) == senders.end()) senders.push_back(from);
  return true;
}

Arrival Gossipsub::arrival_of(const MessageId& id, NodeId from) {
  const auto found = asked_.find(id);
  if (found == asked_.end()) return Arrival::kPushed;
  const bool answer = found->second.first == from;
  asked_.erase(found);
  return answer ? Arrival::kPulled : Arrival::kPushed;
}

void Gossipsub::deliver(Step& ctx, const PinnedMessage& pinned, Topic topic, NodeId from, Arrival arrival) {
  const PubsubMessage& message = pinned->publish.items.front();
  ctx.emit(Delivered{message.payload(), topic, from, arrival, message.from ? ByteView(*message.from) : ByteView{}});
}

void Gossipsub::accept(Step& ctx, const Pending& pending) {
  const NodeList* members = mesh(pending.topic);
  if (!members) return;  // left while it was judged
  cache_.put(pending.id, pending.topic, pending.message);
  deliver(ctx, pending.message, pending.topic, pending.from, pending.arrival);
  std::vector<NodeId> to = members->all();
  std::erase_if(to, [&](NodeId node) {
    return node == pending.from || node == pending.author ||
           std::find(pending.senders.begin(), pending.senders.end(), node) != pending.senders.end();
  });
  spread(ctx, to, pending.message);
}

}  // namespace orrery::gossipsub
