// The outbox: what a step may know of the outside, and what it asks of it. Plain data in a reused buffer; a host sets
// the inputs, runs one step of a node, then drains the effects in program order.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simcore/base/ids.h"
#include "simcore/base/time.h"
#include "simcore/base/units.h"
#include "simcore/node/frame.h"
#include "simcore/node/tag.h"

namespace orrery {

/// CPU work, priced by a calibrated table.
enum class Work : uint8_t { kHash, kSign, kVerify, kProve, kDecode };

/// One wish of a step.
struct Effect {
  enum class Kind : uint8_t {
    kSend,       // to: destination; body: message or frame; type, wire_bytes: of the message
    kMulticast,  // to, count: range of Outbox::targets; the rest as for kSend
    kArm,        // body: timer key; at: when (ns)
    kDisarm,     // body: timer key
    kPut,        // to: size of the key; body: offset into Outbox::bytes; count: size of the value, behind the key
    kErase,      // to, body: as for kPut
    kGet,        // to, body: as for kPut
    kScan,       // body: offset of the lower key, whose size is `to`, then the upper key of size `count`; at: limit
    kDial,       // to: peer
    kHangUp,     // to: peer
    kCharge,     // tag.type: Work; count: units; at: bytes worked on, altogether
    kTrace,      // body: RecordType; to: offset into Outbox::bytes; count: size of the fields
  };
  Kind kind;
  bool in_event;  // the message is in `body` itself
  Tag tag;
  uint32_t to, count;
  uint32_t wire_bytes;
  uint64_t body;
  union {
    int64_t at;
    const MessageType* type;
  };

  bool sends() const { return kind == Kind::kSend || kind == Kind::kMulticast; }
  Frame* frame() const { return reinterpret_cast<Frame*>(body); }
};
static_assert(sizeof(Effect) == 40);
static_assert(std::is_trivially_copyable_v<Effect>);

/// A kind of local event: an address that stands for the struct, and how to print it.
struct EventType {
  std::string_view name;
  std::string (*describe)(const void* event);
};

template <class E>
std::string describe_event(const void* event) {
  if constexpr (requires(const E& e) { e.describe(); }) {
    return static_cast<const E*>(event)->describe();
  } else {
    return describe(*static_cast<const E*>(event));
  }
}
template <class E>
inline constexpr EventType kEventType{E::kName, &describe_event<E>};

/// What modules of one node tell each other, and what the application above tells them: small plain data. Views in it
/// are valid during the step only.
struct LocalEvent {
  static constexpr size_t kBytes = 48;
  Tag source;  // module 0: the application above the stack
  const EventType* type = nullptr;
  alignas(8) std::array<std::byte, kBytes> data{};

  template <class E>
  static LocalEvent of(const E& event, Tag source = {}) {
    static_assert(sizeof(E) <= kBytes && std::is_trivially_copyable_v<E>, "local events are small plain data");
    LocalEvent local{source, &kEventType<E>, {}};
    __builtin_memcpy(local.data.data(), &event, sizeof event);
    return local;
  }
};

/// A message as it reaches a node. `frame` is null if the message travelled inside the event.
struct Incoming {
  NodeId from;
  Tag tag;
  const void* body;
  Frame* frame;
};

/// Who is who on this host.
class Directory {
 public:
  virtual ~Directory() = default;
  virtual const PeerId& peer_of(NodeId node) const = 0;
  virtual std::optional<NodeId> handle_of(const PeerId& peer) const = 0;
};

/// One a thread, cleared and reused: no allocation when warm.
struct Outbox {
  // Inputs, set by the host before each step.
  Time now;
  WallTime wall;
  NodeId self;
  const Directory* directory = nullptr;
  FramePool* pool = nullptr;
  const Incoming* incoming = nullptr;  // so that relaying what was just received reuses its frame

  // Outputs, in program order.
  std::vector<Effect> effects;    // a frame in an effect is one reference
  std::vector<NodeId> targets;    // of multicasts
  std::vector<std::byte> bytes;   // keys and values of storage effects, fields of records
  std::vector<LocalEvent> local;  // first in, first out, same instant
  uint32_t unknown_messages = 0;  // of a module or type that this node does not have: counted, then ignored

  /// Ready for the next step; lets go of the effects' frames.
  void clear();
  ~Outbox() { clear(); }
};

}  // namespace orrery
