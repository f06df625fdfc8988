// One node's side of its links: who is up, what waits to leave, and the order that each stream must keep.
#pragma once
#include <vector>

#include "simcore/base/fifo.h"
#include "simcore/base/units.h"
#include "simcore/engine/event.h"

namespace orrery {

/// Bytes that were handed to a link and have not left the node yet.
class SendQueue {
 public:
  /// Requires that `leaves` never runs backwards: a queue is first in, first out.
  void add(Time leaves, Bytes size);
  /// What is still waiting at `now`.
  Bytes waiting(Time now);
  /// When no more than `size` will be waiting, if nothing is added; kNever if never.
  Time falls_to(Bytes size) const;
  bool congested = false;

 private:
  struct Entry {
    Time leaves;
    Bytes size;
  };
  Fifo<Entry> entries_;
  Bytes waiting_;
};

struct LinkSide {
  enum class Phase : uint8_t { kDialling, kUp };
  /// One direction of one module's stream: ordered, whatever the jitter.
  struct Stream {
    ModuleId module;
    Time last_reach;
    uint32_t sent;  // numbers the network draws
  };

  NodeId peer;
  LinkSerial serial;
  Phase phase = Phase::kDialling;
  bool outbound = false;
  bool stalled = false;     // something sent will not get through: nothing behind it does, and the link will be closed
  uint32_t peer_dials = 0;  // how often the peer had dialled us when the link came up: an earlier dial is stale
  uint64_t draw_key = 0;    // of this direction's network draws
  Time last_reach;          // of all streams: a reset arrives behind everything sent
  SendQueue queue;
  std::vector<Stream> streams;

  Stream& stream(ModuleId module);
};

/// Sorted by peer. Peers stand apart from their sides, which are large: a search reads a line or two.
class LinkTable {
 public:
  LinkSide* find(NodeId peer);
  LinkSide& add(NodeId peer);
  void remove(NodeId peer);
  void clear() { peers_.clear(), sides_.clear(); }
  const std::vector<NodeId>& peers() const { return peers_; }
  auto begin() { return sides_.begin(); }
  auto end() { return sides_.end(); }

 private:
  size_t place_of(NodeId peer) const;
  bool holds(size_t place, NodeId peer) const { return place < peers_.size() && peers_[place] == peer; }

  std::vector<NodeId> peers_;
  std::vector<LinkSide> sides_;
};

}  // namespace orrery
