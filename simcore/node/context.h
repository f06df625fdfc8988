// Context: the only door to the world that a module sees. Typed by the module, not by the host.
#pragma once
#include <cstring>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "simcore/base/rng.h"
#include "simcore/node/link.h"
#include "simcore/node/outbox.h"
#include "simcore/trace/record.h"

namespace orrery {

template <class... Ts>
struct TypeList {};

template <class T, class List>
inline constexpr bool kListed = false;
template <class T, class... Ts>
inline constexpr bool kListed<T, TypeList<Ts...>> = (std::is_same_v<T, Ts> || ...);
template <class T, class List>
concept ListedIn = kListed<T, List>;

/// What a node's draws are keyed by, beside the module and the purpose.
struct NodeSeed {
  uint64_t run_seed = 0;
  NodeKey key;
  uint32_t incarnation = 0;
  RandomSource* source = nullptr;  // of a live host: then it feeds every stream, and the rest counts for nothing
};

/// A module's own streams of randomness, one a purpose. They belong to the module: modules never share draws.
class Streams {
 public:
  Streams(const NodeSeed& seed, std::string_view module) : seed_(seed), module_(module) {}
  Rng& stream(uint32_t purpose) {
    for (auto& [known, rng] : streams_) {
      if (known == purpose) return rng;
    }
    return streams_.emplace_back(purpose, fresh(purpose)).second;
  }

 private:
  Rng fresh(uint32_t purpose) const {
    if (seed_.source) return Rng(*seed_.source);
    return Rng(stream_key(seed_.run_seed, seed_.key, seed_.incarnation, module_, purpose));
  }

  NodeSeed seed_;
  std::string_view module_;
  std::vector<std::pair<uint32_t, Rng>> streams_;
};

template <class Module>
class Context {
 public:
  Context(Outbox& out, Streams& streams, Instance instance) : out_(out), streams_(streams), instance_(instance) {}

  // What a step may know.
  Time now() const { return out_.now; }        ///< monotonic
  WallTime wall() const { return out_.wall; }  ///< this node's wall clock: skewed, drifting, may jump
  NodeId self() const { return out_.self; }
  Instance instance() const { return instance_; }
  const PeerId& peer_of(NodeId node) const { return out_.directory->peer_of(node); }
  const PeerId& self_peer() const { return peer_of(self()); }
  std::optional<NodeId> handle_of(const PeerId& peer) const { return out_.directory->handle_of(peer); }
  Rng& rng(uint32_t purpose = 0) { return streams_.stream(purpose); }

  /// The same module, another instance of it: another shard, topic or group.
  Context in(Instance instance) const { return Context(out_, streams_, instance); }

  // Messages.
  template <ListedIn<typename Module::Messages> M>
  void send(NodeId to, const M& message) {
    push_message(Effect::Kind::kSend, to.value, 1, message);
  }
  template <ListedIn<typename Module::Messages> M>
  void send(NodeId to, const Pin<M>& pinned) {
    push_pinned(Effect::Kind::kSend, to.value, 1, pinned);
  }
  /// One effect and one frame for all of `to`, but for `except`.
  template <ListedIn<typename Module::Messages> M>
  void multicast(std::span<const NodeId> to, const M& message, std::optional<NodeId> except = {}) {
    const uint32_t first = uint32_t(out_.targets.size());
    if (const uint32_t count = push_targets(to, except)) push_message(Effect::Kind::kMulticast, first, count, message);
  }
  template <ListedIn<typename Module::Messages> M>
  void multicast(std::span<const NodeId> to, const Pin<M>& pinned, std::optional<NodeId> except = {}) {
    const uint32_t first = uint32_t(out_.targets.size());
    if (const uint32_t count = push_targets(to, except)) push_pinned(Effect::Kind::kMulticast, first, count, pinned);
  }
  /// Keeps a message beyond this step: the one being received without a copy, any other as a new frame.
  template <ListedIn<typename Module::Messages> M>
  Pin<M> pin(const M& message) {
    return Pin<M>(frame_of(message));
  }

  // The siblings on this node.
  template <ListedIn<typename Module::Events> E>
  void emit(const E& event) {
    out_.local.push_back(LocalEvent::of(event, {Module::kModule, 0, instance_}));
  }

  // Timers. Arming an armed (timer, key) moves it. Requires after >= 0.
  template <class M = Module>
  void arm(typename M::Timer timer, Duration after, uint64_t key = 0) {
    CHECK(after.ns >= 0);
    push(Effect::Kind::kArm, uint8_t(timer), 0, 0, key, (out_.now + after).ns);
  }
  template <class M = Module>
  void disarm(typename M::Timer timer, uint64_t key = 0) {
    push(Effect::Kind::kDisarm, uint8_t(timer), 0, 0, key, 0);
  }

  // Storage. Keys are this module's and this instance's own, at most 64 bytes; one step's writes are one atomic batch.
  void put(ByteView key, ByteView value) { push_stored(Effect::Kind::kPut, key, value, 0); }
  void erase(ByteView key) { push_stored(Effect::Kind::kErase, key, {}, 0); }
  void get(ByteView key) { push_stored(Effect::Kind::kGet, key, {}, 0); }  ///< answered by on_stored
  void scan(ByteView from, ByteView to, uint32_t limit) {                  ///< answered by on_scanned
    push_stored(Effect::Kind::kScan, from, to, limit);
  }

  // Links.
  void dial(NodeId peer) { push(Effect::Kind::kDial, 0, peer.value, 0, 0, 0); }
  void hang_up(NodeId peer) { push(Effect::Kind::kHangUp, 0, peer.value, 0, 0, 0); }

  // The cost and the story of a step.
  /// `units` pieces of work, over `bytes` altogether: what the step asks for happens when it is done. Hosts charge
  /// the decoding of what is received by themselves.
  void charge(Work work, uint32_t units = 1, Bytes bytes = {}) {
    push(Effect::Kind::kCharge, uint8_t(work), 0, units, 0, bytes.count);
  }
  template <class R>
  void trace(const R& record) {
    const size_t offset = out_.bytes.size();
    encode(record, out_.bytes);
    push(Effect::Kind::kTrace, 0, uint32_t(offset), uint32_t(out_.bytes.size() - offset),
         reinterpret_cast<uint64_t>(&kRecordType<R>), 0);
  }

 private:
  static constexpr size_t kKeyBytesMax = 64;

  Effect& push(Effect::Kind kind, uint8_t type, uint32_t to, uint32_t count, uint64_t body, int64_t at) {
    const Tag tag{Module::kModule, type, instance_};
    return out_.effects.emplace_back(Effect{kind, false, tag, to, count, 0, body, {at}});
  }
  Effect& push_send(Effect::Kind kind, const MessageType& type, uint32_t to, uint32_t count, uint64_t body,
                    uint32_t wire_bytes) {
    Effect& effect = push(kind, type.tag, to, count, body, 0);
    effect.wire_bytes = wire_bytes;
    effect.type = &type;
    return effect;
  }

  uint32_t push_targets(std::span<const NodeId> to, std::optional<NodeId> except) {
    const size_t before = out_.targets.size();
    for (const NodeId node : to) {
      if (node != except) out_.targets.push_back(node);
    }
    return uint32_t(out_.targets.size() - before);
  }

  template <class M>
  FrameRef frame_of(const M& message) {
    const Incoming* incoming = out_.incoming;
    if (incoming && incoming->frame && incoming->body == &message && incoming->tag.instance == instance_ &&
        incoming->frame->type == &kMessageType<M>) {
      return FrameRef(incoming->frame);  // relayed as received: no copy
    }
    const Tag tag{Module::kModule, M::kTag, instance_};
    Frame* frame = out_.pool->take(kMessageType<M>, tag, uint32_t(kMessageType<M>.wire_bytes(&message, instance_)));
    new (frame->body()) M(message);
    return FrameRef::adopt(frame);
  }

  void push_frame(Effect::Kind kind, uint32_t to, uint32_t count, FrameRef frame) {
    Frame* shared = frame.release();
    push_send(kind, *shared->type, to, count, reinterpret_cast<uint64_t>(shared), shared->wire_bytes);
  }

  template <class M>
  void push_message(Effect::Kind kind, uint32_t to, uint32_t count, const M& message) {
    if constexpr (kInEvent<M>) {
      uint64_t body = 0;
      std::memcpy(&body, &message, sizeof message);
      const auto wire_bytes = uint32_t(kMessageType<M>.wire_bytes(&message, instance_));
      push_send(kind, kMessageType<M>, to, count, body, wire_bytes).in_event = true;
    } else {
      push_frame(kind, to, count, frame_of(message));
    }
  }

  template <class M>
  void push_pinned(Effect::Kind kind, uint32_t to, uint32_t count, const Pin<M>& pinned) {
    if constexpr (kInEvent<M>) {
      push_message(kind, to, count, *pinned);
    } else if (pinned.frame().get()->tag.instance == instance_) {
      push_frame(kind, to, count, pinned.frame());
    } else {
      push_message(kind, to, count, *pinned);
    }
  }

  void push_stored(Effect::Kind kind, ByteView key, ByteView second, int64_t at) {
    CHECK(key.size() <= kKeyBytesMax);
    const size_t offset = out_.bytes.size();
    out_.bytes.insert(out_.bytes.end(), key.begin(), key.end());
    out_.bytes.insert(out_.bytes.end(), second.begin(), second.end());
    push(kind, 0, uint32_t(key.size()), uint32_t(second.size()), offset, at);
  }

  Outbox& out_;
  Streams& streams_;
  Instance instance_;
};

}  // namespace orrery
