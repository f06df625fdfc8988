#include "simcore/live/live_node.h"

namespace orrery::live {

LiveNode::LiveNode(asio::io_context& io, const Clock& clock, NodeConfig config)
    : config_(std::move(config)),
      clock_(clock),
      bench_(io, clock),
      book_(config_.known, config_.identity.peer_id(), config_.limits.strangers_max),
      wake_timer_(bench_.strand),
      links_(bench_, config_, book_, counters_, *this) {
  if (config_.listen) {
    const auto at = endpoint_of(*config_.listen);
    if (!at) throw std::system_error(error_code(asio::error::invalid_argument), config_.listen->text());
    listener_.emplace(bench_.strand, *at, config_.limits.accept_backoff);
  }
  out_.directory = &book_;
  out_.pool = &frames_;
  out_.self = book_.self();
}

LiveNode::~LiveNode() {
  node_.reset();
  die();
}

std::optional<transport::Multiaddr> LiveNode::address() const {
  if (!listener_) return std::nullopt;
  transport::Multiaddr address = multiaddr_of(listener_->endpoint());
  address.peer = config_.identity.peer_id();
  return address;
}

// Life and death.

void LiveNode::start() {
  if (node_) return;
  if (listener_) {  // first: it may throw
    listener_->start([this](tcp::socket socket, const tcp::endpoint& from) { links_.accept(std::move(socket), from); });
  }
  const NodeSeed seed{.key = {}, .incarnation = incarnation_, .source = &random_};
  node_ = config_.make(seed);
  links_.start(node_->speeches(), listener_ ? std::optional(listener_->endpoint()) : std::nullopt);
  trace_own(Started{});
  step([&] { node_->start(out_); });
}

void LiveNode::kill() {
  if (!node_) return;
  trace_own(Crashed{false});
  node_.reset();
  die();
}

void LiveNode::stop() {
  if (!node_) return;
  links_.flush();
  links_.leave();
  node_.reset();
  die();
}

void LiveNode::die() {
  if (listener_) listener_->stop();
  links_.die();
  news_.clear();
  timers_.clear();
  wake_timer_.cancel();
  wake_at_ = kNever;
  held_.clear();
  own_.clear();
  disk_.crash();
  up_.clear();
  ++incarnation_;
}

// What an operator asks for.

void LiveNode::dial(const PeerId& peer) {
  const auto node = book_.handle_of(peer);
  if (!node_ || !node) return;
  links_.dial(*node);
  settle();
}

void LiveNode::ping(const PeerId& peer) {
  const auto node = book_.handle_of(peer);
  if (node_ && node && links_.ping(*node)) return settle();
  if (config_.observer) config_.observer->failed(peer, "there is no link to ping on");
}

void LiveNode::reset_streams(const PeerId& peer, bool outbound) {
  const auto node = book_.handle_of(peer);
  if (!node_ || !node) return;
  links_.reset_streams(*node, outbound);
  settle();
}

// What its observer is told.

void LiveNode::link_up(NodeId peer, bool outbound) {
  trace_own(LinkUp{peer, outbound});
  up_.insert(peer);
  if (config_.observer) config_.observer->link(book_.peer_of(peer), true, outbound);
}

void LiveNode::link_down(NodeId peer) {
  trace_own(LinkDown{peer});
  const bool was_up = up_.erase(peer) > 0;
  if (!config_.observer) return;
  if (was_up) {
    config_.observer->link(book_.peer_of(peer), false, false);
  } else {
    config_.observer->failed(book_.peer_of(peer), "it could not be dialled");
  }
}

void LiveNode::stream(NodeId peer, ModuleId module, bool outbound) {
  if (config_.observer) config_.observer->stream(book_.peer_of(peer), module, outbound);
}

void LiveNode::pong(NodeId peer, std::optional<Duration> round_trip) {
  if (!config_.observer) return;
  if (round_trip) {
    config_.observer->pong(book_.peer_of(peer), *round_trip);
  } else {
    config_.observer->failed(book_.peer_of(peer), "it does not answer pings");
  }
}

void LiveNode::command(const LocalEvent& event) {
  if (node_) step([&] { node_->command(out_, event); });
}

// Steps.

template <class Act>
void LiveNode::later(Act act) {
  asio::post(bench_.strand, [this, life = incarnation_, act] {
    if (node_ && life == incarnation_) act();
  });
}

template <class Act>
void LiveNode::step(Act act) {
  set_time();
  act_and_drain(act);
  tell_news();
}

void LiveNode::settle() {
  if (in_step_ || !node_) return;
  set_time();
  tell_news();
}

void LiveNode::set_time() {
  out_.now = clock_.now();
  out_.wall = Clock::wall();
}

template <class Act>
void LiveNode::act_and_drain(Act act) {
  CHECK(!in_step_);
  in_step_ = true;
  act();
  counters_.unknown_messages += std::exchange(out_.unknown_messages, 0);
  drain();
  in_step_ = false;
}

// Tells news of links until there is none, at the instant of what caused them, as in the engine; and hands on what was
// sent. Doing either may cause the other.
void LiveNode::tell_news() {
  do {
    while (!news_.empty()) {
      const News first = news_.front();
      news_.pop_front();
      act_and_drain(
          [&] { first.only ? node_->link_of(out_, *first.only, first.link) : node_->link(out_, first.link); });
    }
    links_.flush();
  } while (!news_.empty());
}

void LiveNode::drain() {
  for (const Effect& effect : out_.effects) perform(effect);
  out_.clear();
  if (const auto batch = disk_.end_batch()) {
    later([this, number = *batch] { synced(number); });
  }
  await_timers();
}

void LiveNode::perform(const Effect& effect) {
  const auto stored_key = [&] {
    const ByteView name = bytes(effect.body, effect.to);
    return DiskKey{effect.tag.module, effect.tag.instance, {name.begin(), name.end()}};
  };
  switch (effect.kind) {
    case Effect::Kind::kSend:
    case Effect::Kind::kMulticast: {
      const MessageType& type =
          effect.in_event ? *node_->message_type(effect.tag.module, effect.tag.type) : *effect.frame()->type;
      Parcel parcel;  // encoded when the first link wants it, and shared by all
      if (effect.kind == Effect::Kind::kSend) return outgoing(NodeId{effect.to}, effect, type, parcel);
      for (uint32_t i = 0; i < effect.count; ++i) outgoing(out_.targets[effect.to + i], effect, type, parcel);
      return;
    }
    case Effect::Kind::kArm: return timers_.arm({effect.tag, effect.body}, Time{effect.at});
    case Effect::Kind::kDisarm: return timers_.disarm({effect.tag, effect.body});
    case Effect::Kind::kPut: {
      const ByteView value = bytes(effect.body + effect.to, effect.count);
      return disk_.write(stored_key(), Disk::Value(value.begin(), value.end()));
    }
    case Effect::Kind::kErase: return disk_.write(stored_key(), std::nullopt);
    case Effect::Kind::kGet:
    case Effect::Kind::kScan: return ask(effect);
    case Effect::Kind::kDial: return links_.dial(NodeId{effect.to});
    case Effect::Kind::kHangUp: return links_.hang_up(NodeId{effect.to});
    case Effect::Kind::kCharge: counters_.work[effect.tag.type] += effect.count; return;
    case Effect::Kind::kTrace:
      return trace(effect.tag.module, *reinterpret_cast<const RecordType*>(effect.body),
                   bytes(effect.to, effect.count));
  }
}

// Sending.

void LiveNode::outgoing(NodeId to, const Effect& effect, const MessageType& type, Parcel& parcel) {
  std::optional<uint64_t> batch;
  if (type.after_durable && disk_.has_pending()) batch = disk_.last_batch();
  if (!held_.hold(to, effect, batch)) transmit(to, effect, type, parcel);
}

void LiveNode::transmit(NodeId to, const Effect& effect, const MessageType& type, Parcel& parcel) {
  if (to == book_.self()) {
    own_.push_back({effect.tag, effect.body, FrameRef(effect.in_event ? nullptr : effect.frame())});
    return later([this] { deliver_own(); });
  }
  if (!parcel) parcel = encode(effect, type);
  switch (links_.send(to, effect.tag.module, parcel, type.droppable)) {
    case LiveLink::Sent::kYes:
      ++counters_.frames_sent;
      counters_.bytes_sent += parcel->size();
      return;
    case LiveLink::Sent::kNoLink: ++counters_.no_link; return;
    case LiveLink::Sent::kDropped: ++counters_.queue_full; return;
    case LiveLink::Sent::kTooSlow: ++counters_.slow_peers; return links_.hang_up(to);
  }
}

Parcel LiveNode::encode(const Effect& effect, const MessageType& type) {
  const void* message = effect.in_event ? static_cast<const void*>(&effect.body) : effect.frame()->body();
  scratch_.clear();
  type.encode(message, scratch_);
  auto framed = std::make_shared<std::vector<std::byte>>();
  framed->reserve(effect.wire_bytes);
  if (type.foreign) {
    transport::put_length_prefix(scratch_.size(), *framed);
    framed->insert(framed->end(), scratch_.begin(), scratch_.end());
  } else {
    encode_envelope(effect.tag.instance, effect.tag.type, scratch_, *framed);
  }
  if (scratch_.capacity() > 64 * 1024) scratch_ = {};
  return framed;
}

// Receiving.

void LiveNode::deliver_own() {
  if (own_.empty()) return;
  const Own own = std::move(own_.front());
  own_.pop_front();
  const Incoming incoming{book_.self(), own.tag,
                          own.frame ? own.frame.get()->body() : static_cast<const void*>(&own.body), own.frame.get()};
  step([&] { node_->receive(out_, incoming); });
}

bool LiveNode::receive(NodeId from, const Speech& speech, ByteView message) {
  settle();  // the link is up before anything comes on it
  if (!node_) return true;
  if (speech.foreign) {
    const Tag tag{speech.module, speech.foreign->tag, 0};
    return deliver(from, tag, *speech.foreign, message, message.size());
  }
  DecodeStats stats;
  const auto envelope = decode_envelope(message, stats);
  if (!envelope) return false;
  const MessageType* type = node_->message_type(speech.module, envelope->tag);
  if (!type) {
    ++counters_.unknown_messages;
    return true;
  }
  return deliver(from, {speech.module, envelope->tag, envelope->instance}, *type, envelope->body, message.size());
}

bool LiveNode::deliver(NodeId from, Tag tag, const MessageType& type, ByteView body, size_t wire_bytes) {
  uint64_t in_event = 0;
  FrameRef frame;
  if (type.in_event) {
    if (!type.decode(body, &in_event)) return false;
  } else {
    Frame* fresh = frames_.take(type, tag, uint32_t(wire_bytes));
    if (!type.decode(body, fresh->body())) {
      frames_.discard(fresh);
      return false;
    }
    frame = FrameRef::adopt(fresh);
  }
  ++counters_.frames_received;
  counters_.bytes_received += wire_bytes;
  const Incoming incoming{from, tag, frame ? frame.get()->body() : static_cast<const void*>(&in_event), frame.get()};
  step([&] { node_->receive(out_, incoming); });
  return true;
}

// Storage.

void LiveNode::synced(uint64_t batch) {
  disk_.sync(batch);
  held_.release(batch, [this](NodeId to, const Effect& effect) {
    Parcel parcel;
    transmit(to, effect, *node_->message_type(effect.tag.module, effect.tag.type), parcel);
  });
  settle();
}

void LiveNode::ask(const Effect& effect) {
  const ByteView name = bytes(effect.body, effect.to);
  const DiskKey from{effect.tag.module, effect.tag.instance, {name.begin(), name.end()}};
  if (effect.kind == Effect::Kind::kGet) {
    return later([this, tag = effect.tag, key = from.bytes, value = disk_.get(from)] {
      step([&] { node_->stored(out_, tag, key, value ? std::optional(ByteView(*value)) : std::nullopt); });
    });
  }
  const ByteView to = bytes(effect.body + effect.to, effect.count);
  later([this, tag = effect.tag, key = from.bytes,
         found = disk_.scan(from, {to.begin(), to.end()}, uint32_t(effect.at))] {
    const std::vector<std::pair<ByteView, ByteView>> views(found.begin(), found.end());
    step([&] { node_->scanned(out_, tag, key, views); });
  });
}

// Timers: the strand holds one, for the earliest.

void LiveNode::await_timers() {
  const Time next = timers_.next();
  if (next >= wake_at_) return;
  wake_at_ = next;
  wake_timer_.expires_at(clock_.point(next));
  wake_timer_.async_wait([this, life = incarnation_](const error_code& error) {
    if (!error && node_ && life == incarnation_) wake();
  });
}

void LiveNode::wake() {
  // What is due now fires; what it arms comes with the next wake-up, so that connections have their turn.
  const Time now = clock_.now();
  size_t armed = timers_.size();
  while (armed-- > 0 && node_) {
    const auto timer = timers_.take_due(now);
    if (!timer) break;
    step([&] { node_->fire(out_, timer->tag, timer->key); });
  }
  wake_at_ = kNever;
  await_timers();
}

// Records.

void LiveNode::trace(Layer layer, const RecordType& type, ByteView fields) {
  if (config_.records) config_.records->take({clock_.now(), book_.self(), incarnation_, layer, &type, fields});
}

template <class R>
void LiveNode::trace_own(const R& record) {
  std::vector<std::byte> fields;
  orrery::encode(record, fields);
  trace(kHostLayer, kRecordType<R>, fields);
}

}  // namespace orrery::live
