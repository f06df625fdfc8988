// All that the engine keeps of one node. Only events at this node touch it.
#pragma once
#include <map>
#include <memory>

#include "simcore/base/fifo.h"
#include "simcore/engine/cpu.h"
#include "simcore/engine/engine.h"
#include "simcore/engine/event.h"
#include "simcore/engine/link_table.h"
#include "simcore/host/commit_line.h"
#include "simcore/host/disk.h"
#include "simcore/host/held_frames.h"
#include "simcore/host/timer_set.h"

namespace orrery {

/// In place of the time of a wake-up: it has come, and the timers that are due wait for a core.
inline constexpr Time kBeingServed{std::numeric_limits<int64_t>::min()};

struct NodeState {
  /// A frame whose last byte has not left the uplink. Until then it is the node's, and dies with it.
  struct Leaving {
    Time leaves;
    Time link_reach;  // when the last frame before it on its link reaches the peer
    Event event;      // at the peer, without its frame
    FrameRef frame;
  };

  NodeId id;
  const NodeSpec* spec = nullptr;

  // Lost in a crash.
  std::unique_ptr<Node> node;  // null while down
  TimerSet timers;
  Time wake = kNever;  // of the one wake-up event that counts, or kBeingServed
  LinkTable links;
  HeldFrames held;
  Fifo<Leaving> leaving;               // in the order in which they leave
  Time next_leave = kNever;            // of the one kLeave that counts
  std::map<uint64_t, Answer> answers;  // on their way back
  Fifo<Link> news;                     // changes of links that the node has not been told yet
  Cpu cpu;
  CommitLine commits;  // of the disk

  // Outlives crashes.
  Disk disk;
  bool machine_up = true;
  bool wall_errs = false;        // its wall clock is not exact
  uint32_t outages = 0;          // crashes that no restart has ended yet: they may overlap
  uint32_t machine_outages = 0;  // those of them in which the whole machine died
  uint32_t incarnation = 0;
  uint64_t questions = 0;
  uint64_t datagrams = 0;            // sent: numbers their network draws
  std::map<NodeId, uint32_t> dials;  // by peer: a dial's number must not depend on dials of others
  NodeCounters counters;

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
