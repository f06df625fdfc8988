#include "protocols/relay/flood/flood.h"

#include <algorithm>

#include "protocols/events/records.h"

namespace orrery::flood {
namespace {

/// All of a message but the signature, behind a name that no other protocol signs.
struct Signed {
  Text<16> domain{"/orrery/flood"};
  PeerId publisher;
  uint64_t sequence = 0;
  Topic topic = 0;
  Blob<1 << 20> payload;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "domain", &Signed::domain), wire_field(2, "publisher", &Signed::publisher),
                      wire_field(3, "sequence", &Signed::sequence), wire_field(4, "topic", &Signed::topic),
                      wire_field(5, "payload", &Signed::payload)};
  }
};

std::vector<std::byte> signed_bytes(const Message& message, Topic topic) {
  std::vector<std::byte> bytes;
  encode(
      Signed{.publisher = message.publisher, .sequence = message.sequence, .topic = topic, .payload = message.payload},
      bytes);
  return bytes;
}

}  // namespace

// A restarted publisher must not use a number again, and the wall clock is what survives a restart.
void Flood::start(Context<Flood>& ctx) { sequence_ = uint64_t(ctx.wall().unix_ns); }

void Flood::on(Context<Flood>&, const Link& link) {
  if (link.state == Link::State::kUp) links_.push_back(link.peer);
  if (link.state == Link::State::kDown) std::erase(links_, link.peer);
}

void Flood::on(Context<Flood>& ctx, const Publish& publish) {
  if (publish.payload.size() > decltype(Message::payload)::kMax) return;
  auto topic = ctx.in(publish.topic);
  Message message{ctx.self_peer(), ++sequence_, Blob<1 << 20>(publish.payload), {}};
  if (config_->sign) {
    topic.charge(Work::kSign, 1, Bytes{int64_t(publish.payload.size())});
    message.signature = signer_->sign(signed_bytes(message, publish.topic));
  }
  remember(topic, message);
  topic.emit(Delivered{publish.payload, publish.topic});
  topic.multicast(links_, message);
}

void Flood::on(Context<Flood>& ctx, NodeId from, const Message& message) {
  if (has_seen(message)) return ctx.emit(Duplicate{message.payload, ctx.instance()});
  if (config_->sign) {
    ctx.charge(Work::kVerify, 1, Bytes{int64_t(message.payload.size())});
    if (!verifier_->verify(message.publisher, signed_bytes(message, ctx.instance()), message.signature)) {
      return ctx.trace(RejectedRecord{message.publisher});
    }
  }
  remember(ctx, message);
  const ByteView author = config_->sign ? ByteView(message.publisher.bytes) : ByteView{};
  ctx.emit(Delivered{message.payload, ctx.instance(), from, Arrival::kPushed, author});
  ctx.multicast(links_, message, from);
}

// Ids are kept for one to two spans of seen_ttl: forgetting a whole set at a time needs no time stamp a message.
void Flood::on_timer(Context<Flood>& ctx, Timer, uint64_t) {
  old_ = std::exchange(young_, {});
  if (!old_.empty()) ctx.arm(Timer::kForget, config_->seen_ttl);
}

StateValues Flood::describe_state() const {
  return {{"links", state::nodes(links_)},
          {"sequence", std::to_string(sequence_)},
          {"seen", std::to_string(young_.size() + old_.size())}};
}

bool Flood::has_seen(const Message& message) const {
  const Id id{message.publisher, message.sequence};
  return young_.contains(id) || old_.contains(id);
}

void Flood::remember(Context<Flood>& ctx, const Message& message) {
  if (young_.empty() && old_.empty()) ctx.in(0).arm(Timer::kForget, config_->seen_ttl);
  if (young_.size() >= kSeenMax) old_ = std::exchange(young_, {});  // whatever peers send
  young_.emplace(message.publisher, message.sequence);
}

}  // namespace orrery::flood
