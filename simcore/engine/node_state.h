// All that the engine keeps of one node. Only events at this node touch it.
#pragma once
#include <map>
#include <memory>

#include "simcore/base/fifo.h"
#include "simcore/engine/cpu.h"
#include "simcore/engine/engine.h"
#include "simcore/engine/event.h"
#include "simcore/engine/link_table.h"
#include "simcore/engine/storage.h"
#include "simcore/host/timer_set.h"

namespace orrery {

/// In place of the time of a wake-up: it has come, and the timers that are due wait for a core.
inline constexpr Time kBeingServed{std::numeric_limits<int64_t>::min()};

struct alignas(64) NodeState {
  /// A frame whose last byte has not left the uplink. Until then it is the node's, and dies with it.
  struct Leaving {
    Time leaves;
    Time link_reach;  // when the last frame before it on its link reaches the peer
    Event event;      // at the peer, without its frame
    FrameRef frame;
  };

  // One cache line: what nearly every event touches.
  std::unique_ptr<Node> node;        // lost in a crash; null while down
  Time wake = kNever;                // of the one wake-up event that counts, or kBeingServed; lost in a crash
  uint64_t datagrams = 0;            // sent: numbers their network draws
  std::unique_ptr<Cpu> cpu;          // null: work takes no time
  std::unique_ptr<Storage> storage;  // null: neither written nor read yet
  NodeKey key;
  NodeId id;
  uint32_t incarnation = 0;
  bool machine_up = true;
  bool wall_errs = false;  // its wall clock is not exact
  bool has_news = false;   // `news` is not empty

  NodeCounters counters;
  const NodeSpec* spec = nullptr;

  // Lost in a crash.
  TimerSet timers;
  LinkTable links;
  Fifo<Link> news;           // changes of links that the node has not been told yet
  Fifo<Leaving> leaving;     // in the order in which they leave
  Time next_leave = kNever;  // of the one kLeave that counts

  // Outlives crashes.
  uint32_t outages = 0;              // crashes that no restart has ended yet: they may overlap
  uint32_t machine_outages = 0;      // those of them in which the whole machine died
  std::map<NodeId, uint32_t> dials;  // by peer: a dial's number must not depend on dials of others

  void begin_outage(Death death);
  void end_outage(Death death);
};

/// What the parts of the engine need of the whole.
class Services {
 public:
  virtual ~Services() = default;
  /// Puts an event caused by `source` into the event set. Requires event.time > the current time.
  virtual void post(NodeState& source, Event event) = 0;
  virtual void trace(NodeState& node, Layer layer, const RecordType& type, ByteView fields) = 0;

  template <class R>
  void trace(NodeState& node, const R& record) {
    std::vector<std::byte> fields;
    encode(record, fields);
    trace(node, kHostLayer, kRecordType<R>, fields);
  }
};

}  // namespace orrery
