// Frames: immutable, shared messages in flight. A multicast makes one; relaying what was received makes none.
#pragma once
#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "simcore/base/result.h"
#include "simcore/codec/wire.h"
#include "simcore/node/tag.h"

namespace orrery {

/// One part of a message, for the accounts of hosts: how many of its items it carries, and their bytes.
struct Part {
  uint32_t items = 0, bytes = 0;
};

/// What a message struct is, seen from a host: how to size, encode, decode, compare and print it.
struct MessageType {
  std::string_view name;
  uint8_t tag;         // its field number in the module's envelope (kTag), never reused; listed in doc/wire.md
  bool after_durable;  // kAfterDurable: leaves only when every earlier write of the node is durable
  bool droppable;      // kDroppable: dropped, not fatal to the link, when the send queue is full
  uint32_t body_bytes;
  bool in_event;  // travels inside the event itself
  bool foreign;   // kForeign: stands on its stream in another protocol's own framing, without our envelope
  std::span<const std::string_view> part_names;  // kParts: what it may carry; empty if it is one thing

  size_t (*wire_bytes)(const void* message, Instance instance);
  void (*encode)(const void* message, std::vector<std::byte>& out);
  bool (*decode)(ByteView bytes, void* into);  // constructs at `into` if it returns true
  bool (*equal)(const void* a, const void* b);
  void (*destroy)(void* message);
  std::string (*describe)(const void* message);
  void (*parts)(const void* message, Part* parts);  // one a part name, in order; null without parts
};

/// At most 8 trivially copyable bytes travel inside the event; anything larger is a frame.
template <class M>
inline constexpr bool kInEvent = sizeof(M) <= 8 && std::is_trivially_copyable_v<M>;

template <class M>
constexpr MessageType make_message_type() {
  static_assert(WireMessage<M>, "a message declares its fields once, in wire()");
  static_assert(!kNamesHandles<M>, "a NodeId means nothing on the wire: send a PeerId");
  constexpr bool kForeign = requires { requires M::kForeign; };
  static_assert(kForeign || M::kTag >= 16, "field numbers below 16 belong to the envelope");
  static_assert(alignof(M) <= 16);
  MessageType type{};
  type.name = M::kName;
  type.tag = M::kTag;
  if constexpr (requires { M::kAfterDurable; }) type.after_durable = M::kAfterDurable;
  if constexpr (requires { M::kDroppable; }) type.droppable = M::kDroppable;
  type.body_bytes = sizeof(M);
  type.in_event = kInEvent<M>;
  type.foreign = kForeign;
  type.wire_bytes = [](const void* m, Instance instance) {
    const size_t size = encoded_size(*static_cast<const M*>(m));
    return kForeign ? wire::varint_size(size) + size : envelope_size(instance, M::kTag, size);
  };
  type.encode = [](const void* m, std::vector<std::byte>& out) { encode(*static_cast<const M*>(m), out); };
  type.decode = [](ByteView bytes, void* into) {
    auto message = decode<M>(bytes);
    if (message) new (into) M(*std::move(message));
    return bool(message);
  };
  type.equal = [](const void* a, const void* b) {
    std::vector<std::byte> x, y;  // one encoding a value, so equal bytes are equal messages
    encode(*static_cast<const M*>(a), x);
    encode(*static_cast<const M*>(b), y);
    return x == y;
  };
  type.destroy = [](void* m) { static_cast<M*>(m)->~M(); };
  type.describe = [](const void* m) { return describe(*static_cast<const M*>(m)); };
  if constexpr (requires { M::kParts; }) {
    type.part_names = M::kParts;
    type.parts = [](const void* m, Part* parts) { static_cast<const M*>(m)->measure(parts); };
  }
  return type;
}

/// The one MessageType of M.
template <class M>
inline constexpr MessageType kMessageType = make_message_type<M>();

class FramePool;

/// The head of a shared message; its body follows. Reference-counted by hosts.
struct alignas(16) Frame {
  const MessageType* type;
  FramePool* pool;
  Tag tag;
  uint32_t wire_bytes;
  uint32_t references;
  uint16_t size_class;
  bool concurrent;        // threads share it: count atomically
  bool checked = false;   // has been through encode, decode and compare (wire mode `checked`)
  Frame* next = nullptr;  // on its way back to its pool

  void* body() { return this + 1; }
  const void* body() const { return this + 1; }

  void retain() {
    if (concurrent) {
      Count(references).fetch_add(1, std::memory_order_relaxed);
    } else {
      ++references;
    }
  }
  /// Whether that was the last reference.
  bool drop() {
    if (concurrent) return Count(references).fetch_sub(1, std::memory_order_acq_rel) == 1;
    return --references == 0;
  }

 private:
  using Count = std::atomic_ref<uint32_t>;
};

/// Recycles frames by size. Owned by a host and outlived by none of its frames. One thread takes frames.
class FramePool {
 public:
  /// `concurrent`: other threads hold the frames too, and give them back.
  explicit FramePool(bool concurrent = false) : concurrent_(concurrent) {}
  FramePool(const FramePool&) = delete;
  FramePool& operator=(const FramePool&) = delete;
  ~FramePool();

  /// A frame with one reference and an unconstructed body of `type.body_bytes`.
  Frame* take(const MessageType& type, Tag tag, uint32_t wire_bytes);
  /// Takes back a frame whose body was never constructed.
  void discard(Frame* frame);
  /// How many are out; of a concurrent pool, how many have not come home yet.
  uint64_t live() const { return live_; }

 private:
  friend class FrameRef;
  void give_back(Frame* frame);
  void keep(Frame* frame);
  void collect();  // what other threads have given back

  static constexpr uint32_t kStep = 64;
  static constexpr uint32_t kClasses = 64;  // larger ones go to the heap
  const bool concurrent_;
  std::vector<void*> free_[kClasses];
  uint64_t live_ = 0;
  alignas(64) std::atomic<Frame*> returned_ = nullptr;  // the last one given back; each knows the one before
};

/// A counted reference to a frame.
class FrameRef {
 public:
  FrameRef() = default;
  /// Shares `frame`, which may be null.
  explicit FrameRef(Frame* frame) : frame_(frame) {
    if (frame_) frame_->retain();
  }
  /// Takes over one reference that somebody already holds.
  static FrameRef adopt(Frame* frame) {
    FrameRef ref;
    ref.frame_ = frame;
    return ref;
  }
  FrameRef(const FrameRef& other) : FrameRef(other.frame_) {}
  FrameRef(FrameRef&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  FrameRef& operator=(FrameRef other) noexcept {
    std::swap(frame_, other.frame_);
    return *this;
  }
  ~FrameRef() {
    if (frame_ && frame_->drop()) frame_->pool->give_back(frame_);
  }
  Frame* get() const { return frame_; }
  /// Gives up the reference without counting down: somebody else will adopt it.
  Frame* release() { return std::exchange(frame_, nullptr); }
  explicit operator bool() const { return frame_ != nullptr; }

 private:
  Frame* frame_ = nullptr;
};

/// A message kept alive beyond its step, in a message cache for instance. Sending a pinned message reuses its frame.
template <class M>
class Pin {
 public:
  explicit Pin(FrameRef frame) : frame_(std::move(frame)) { CHECK(frame_ && frame_.get()->type == &kMessageType<M>); }
  const M& operator*() const { return *static_cast<const M*>(frame_.get()->body()); }
  const M* operator->() const { return &**this; }
  const FrameRef& frame() const { return frame_; }

 private:
  FrameRef frame_;
};

}  // namespace orrery
