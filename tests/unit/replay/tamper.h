// An adversary at the effect boundary: flips one byte of one message that its node sends, and tells nobody.
#pragma once
#include <memory>

#include "protocols/relay/flood/flood.h"
#include "protocols/relay/gossipsub/gossipsub.h"
#include "scenarios/run/world.h"
#include "simcore/node/node.h"

namespace orrery {

/// The last byte of the payload, so that the message keeps its number. False if there is none.
inline bool flip(flood::Message& message) {
  if (message.payload.bytes.empty()) return false;
  message.payload.bytes.back() ^= std::byte{1};
  return true;
}
inline bool flip(gossipsub::Rpc& rpc) {
  if (rpc.publish.items.empty() || rpc.publish.items.front().payload().empty()) return false;
  rpc.publish.items.front().data->bytes.back() ^= std::byte{1};
  return true;
}

/// Honest but for the first message that it publishes from `from` on: what leaves is not what was published.
template <class M>
class Tamper final : public Node {
 public:
  Tamper(std::unique_ptr<Node> honest, Time from) : honest_(std::move(honest)), from_(from) {}

  void start(Outbox& out) override { honest_->start(out); }
  void receive(Outbox& out, const Incoming& message) override { honest_->receive(out, message); }
  void fire(Outbox& out, Tag timer, uint64_t key) override { honest_->fire(out, timer, key); }
  void link(Outbox& out, const Link& link) override { honest_->link(out, link); }
  void link_of(Outbox& out, ModuleId module, const Link& link) override { honest_->link_of(out, module, link); }
  void stored(Outbox& out, Tag tag, ByteView key, std::optional<ByteView> value) override {
    honest_->stored(out, tag, key, value);
  }
  void scanned(Outbox& out, Tag tag, ByteView from, StoredPairs found) override {
    honest_->scanned(out, tag, from, found);
  }
  void command(Outbox& out, const LocalEvent& event) override {
    honest_->command(out, event);
    if (!done_ && out.now >= from_) look(out);
  }
  const MessageType* message_type(ModuleId module, uint8_t type) const override {
    return honest_->message_type(module, type);
  }
  std::vector<Speech> speeches() const override { return honest_->speeches(); }
  std::unique_ptr<Node> clone() const override { return std::make_unique<Tamper>(honest_->clone(), from_); }

 private:
  void look(Outbox& out) {
    for (Effect& effect : out.effects) {
      const bool sends = effect.kind == Effect::Kind::kSend || effect.kind == Effect::Kind::kMulticast;
      if (done_ || !sends || effect.in_event || effect.frame()->type != &kMessageType<M>) continue;
      M changed = *static_cast<const M*>(effect.frame()->body());
      if (!flip(changed)) continue;
      const FrameRef old = FrameRef::adopt(effect.frame());
      Frame* frame = out.pool->take(kMessageType<M>, effect.tag, old.get()->wire_bytes);
      new (frame->body()) M(std::move(changed));
      effect.body = reinterpret_cast<uint64_t>(frame);
      done_ = true;
    }
  }

  std::unique_ptr<Node> honest_;
  Time from_;
  bool done_ = false;
};

/// For WorldOptions::wrap: one node of the world is an adversary.
template <class M>
WrapNode tamper(NodeId who, Time from) {
  return [=](NodeId node, std::unique_ptr<Node> stack) -> std::unique_ptr<Node> {
    if (node != who) return stack;
    return std::make_unique<Tamper<M>>(std::move(stack), from);
  };
}

}  // namespace orrery
