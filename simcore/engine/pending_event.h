// PendingEvent: an event that waits for its window, in 32 bytes: two a cache line.
#pragma once
#include "simcore/engine/event.h"
#include "simcore/node/frame.h"

namespace orrery {

/// Its time counts from the start of its window, which lasts at most 2^kOffsetBits ns.
class PendingEvent {
 public:
  static constexpr int kOffsetBits = 26;

  PendingEvent() = default;
  PendingEvent(const Event& event, uint32_t offset)
      : when_(offset << kClassBits | uint32_t(event.event_class)),
        to_(event.to),
        from_(event.from),
        link_(packed_link(event)),
        body_(event.body) {
    if (event.event_class != EventClass::kMessage) {
      what_.other = {event.kind, event.tag.instance};
    } else if (event.in_event) {
      CHECK(event.wire_bytes <= UINT16_MAX);
      what_.small = {event.tag.module, event.tag.type, uint16_t(event.wire_bytes), event.tag.instance};
    } else {
      what_.wire_bytes = event.wire_bytes;
    }
  }

  /// The event, in a window that starts at `base`.
  Event event(Time base) const {
    const EventClass event_class = EventClass(when_ & ((1u << kClassBits) - 1));
    Event event{Time{base.ns + int64_t(offset())}, to_, event_class, EventKind::kMessage};
    event.from = from_;
    event.reaching = reaching();
    event.body = body_;
    if (event_class != EventClass::kMessage) {
      event.kind = what_.other.kind;
      event.tag.instance = what_.other.instance;
    } else if (link_ & kInEvent) {
      event.in_event = true;
      event.wire_bytes = what_.small.wire_bytes;
      event.tag = {what_.small.module, what_.small.type, what_.small.instance};
    } else {
      event.wire_bytes = what_.wire_bytes;
      event.tag = reinterpret_cast<const Frame*>(body_)->tag;
    }
    event.link = unpacked_link(event);
    return event;
  }

  NodeId to() const { return to_; }
  NodeId from() const { return from_; }
  uint32_t offset() const { return when_ >> kClassBits; }
  bool reaching() const { return link_ & kReaching; }
  /// Time and class in a window: of two events at one node, the one with less comes first.
  uint32_t when() const { return when_; }
  static constexpr int kWhenBits = kOffsetBits + 3;

 private:
  static constexpr int kClassBits = kWhenBits - kOffsetBits;
  static_assert(uint32_t(EventClass::kCpu) < 1u << kClassBits);

  // Who dialled is one of the two nodes of the link, so the serial fits into a word: the number of the dial, and a bit.
  static constexpr uint32_t kInEvent = 1u << 31, kReaching = 1u << 30, kPeerDialled = 1u << 29,
                            kDial = kPeerDialled - 1;
  static uint32_t packed_link(const Event& event) {
    CHECK(event.link.dial() <= kDial);
    return event.link.dial() | (event.in_event ? kInEvent : 0) | (event.reaching ? kReaching : 0) |
           (event.link.value != 0 && event.link.dialler() != event.from ? kPeerDialled : 0);
  }
  static NodeId peer_of(const Event& event) {
    return event.from == event.to ? NodeId{event.tag.instance} : event.to;  // what is at oneself names the peer
  }
  LinkSerial unpacked_link(const Event& event) const {
    const bool is_loopback = event.event_class == EventClass::kMessage && event.from == event.to;
    if (is_loopback || !(link_ & (kDial | kPeerDialled))) return {link_ & kDial};
    return LinkSerial::of(link_ & kPeerDialled ? peer_of(event) : event.from, link_ & kDial);
  }

  uint32_t when_;
  NodeId to_, from_;
  uint32_t link_;
  uint64_t body_;
  union {
    struct {
      EventKind kind;
      Instance instance;
    } other;
    struct {
      ModuleId module;
      uint8_t type;
      uint16_t wire_bytes;
      Instance instance;
    } small;
    uint32_t wire_bytes;
  } what_;
};
static_assert(sizeof(PendingEvent) == 32);

}  // namespace orrery
