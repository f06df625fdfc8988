// Events and their canonical order: (time, destination, class, tie, source, delivered before reaching, the source's own
// number). The sender alone computes the key, so it is the same for every engine, window width and thread count.
#pragma once
#include <cstdint>
#include <vector>

#include "simcore/base/hash.h"
#include "simcore/base/ids.h"
#include "simcore/base/time.h"
#include "simcore/node/tag.h"

namespace orrery {

/// What happens first at one node in one instant.
enum class EventClass : uint8_t { kControl, kLink, kMessage, kStorage, kTimer, kCpu };

enum class EventKind : uint8_t {
  // kControl, from the schedule
  kStart,    // body: 1 if an outage of the whole machine ends
  kCommand,  // body: index of the command
  kCrash,    // body: 1 if the whole machine dies
  kCutBegins,
  kCutEnds,
  kCutKills,  // links across a cut time out
  // kLink
  kDial,    // a dial reaches its target
  kAccept,  // body: how often the acceptor has dialled the dialler so far
  kRefuse,
  kReset,
  kDialTimeout,  // at the dialler itself
  kDrain,        // at the sender itself: the send queue has run low
  kStall,        // at the sender itself: what it sent has not got through for too long
  // kMessage
  kMessage,
  // kStorage, at the node itself
  kSynced,  // body: number of the batch that is durable now
  kAnswer,  // body: number of the question
  // kTimer, at the node itself
  kWake,
  // kLink, at the sender itself. Last, since numbers of kinds stand in fingerprints.
  kLeave,  // frames have left the uplink
  // kCpu, at the node itself
  kWorked,  // a step's work is done; body: the incarnation that began it
};

/// Identity of a link between two nodes: who dialled, and the how-manyeth time that it dialled the other.
struct LinkSerial {
  uint64_t value = 0;
  constexpr auto operator<=>(const LinkSerial&) const = default;
  static constexpr LinkSerial of(NodeId dialler, uint32_t dial) { return {uint64_t{dialler.value} << 32 | dial}; }
  constexpr NodeId dialler() const { return {uint32_t(value >> 32)}; }
  constexpr uint32_t dial() const { return uint32_t(value); }
};

struct Event {
  Time time;
  NodeId to;
  EventClass event_class;
  EventKind kind;
  bool in_event = false;  // kMessage: the message is in `body` itself, else `body` is a Frame with one reference
  bool reaching = false;  // it has reached the downlink of `to`, which has not admitted it yet
  NodeId from = kNobody;  // kNobody: the schedule
  uint64_t sequence = 0;  // the source's own count, given by an event set that needs it
  Tag tag{};
  uint32_t wire_bytes = 0;
  uint64_t body = 0;
  LinkSerial link{};
};

/// Decides between sources whose events reach one node in one instant: no node id wins every race. It does not depend
/// on the event, so that one source's events keep their order.
class TieBreak {
 public:
  TieBreak(uint64_t seed, const std::vector<NodeKey>& keys) : seed_(seed), keys_(keys) {}
  uint64_t operator()(Time time, NodeId to, NodeId from) const {
    const uint64_t source = from == kNobody ? 0 : keys_[from.value].value;
    return chain64(chain64(chain64(seed_, uint64_t(time.ns)), keys_[to.value].value), source);
  }

 private:
  uint64_t seed_;
  const std::vector<NodeKey>& keys_;
};

/// Which parts of the key count. All of them, but in tests that show that each is needed. The sequence is a number on
/// the heap alone; in windows it is the order of writing, which cannot be left out.
struct KeyParts {
  bool tie = true, source = true, sequence = true;
};

/// Between events of one class from two sources that reach one node in one instant.
class SourceOrder {
 public:
  SourceOrder(TieBreak tie, KeyParts parts) : tie_(tie), parts_(parts) {}
  bool comes_before(NodeId a, NodeId b, NodeId to, Time time) const {
    if (!parts_.source) return false;
    if (parts_.tie) {
      const uint64_t x = tie_(time, to, a), y = tie_(time, to, b);
      if (x != y) return x < y;
    }
    return a < b;
  }
  bool decides() const { return parts_.source; }

 private:
  TieBreak tie_;
  KeyParts parts_;
};

/// The canonical order.
class Before {
 public:
  explicit Before(TieBreak tie, KeyParts parts = {}) : sources_(tie, parts) {}
  bool operator()(const Event& a, const Event& b) const {
    if (a.time != b.time) return a.time < b.time;
    if (a.to != b.to) return a.to < b.to;
    if (a.event_class != b.event_class) return a.event_class < b.event_class;
    if (a.from != b.from && sources_.decides()) return sources_.comes_before(a.from, b.from, a.to, a.time);
    if (a.reaching != b.reaching) return b.reaching;
    return a.sequence < b.sequence;
  }

 private:
  SourceOrder sources_;
};

}  // namespace orrery
