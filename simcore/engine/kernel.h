// Kernel: what happens at one node when one event reaches it. Knows nothing of how events are kept or ordered, so every
// event set runs the same kernel.
#pragma once
#include <algorithm>
#include <vector>

#include "simcore/engine/link_life.h"
#include "simcore/engine/universe.h"

namespace orrery {

/// Where the kernel puts the events it causes.
class EventSet {
 public:
  virtual ~EventSet() = default;
  virtual void insert(const Event& event) = 0;
};

class Kernel final : public Services {
 public:
  /// Works at the nodes of one lane of `universe`. Both must outlive it.
  Kernel(Universe& universe, uint32_t lane, EventSet& events);
  ~Kernel() override;

  /// Runs one event: the step it causes, then the step's effects. Returns false if the event was stale.
  bool handle(const Event& event);
  /// Soon there will be events at `node`, which may lie far from the caches.
  void prefetch(NodeId node) const {
    const auto* state = reinterpret_cast<const char*>(&universe_.nodes[node.value]);
    for (size_t line = 0; line < 128; line += 64) __builtin_prefetch(state + line, 1);
  }
  /// The same, a little later: what `prefetch` has brought says where the rest is.
  void prefetch_stack(NodeId node) const { __builtin_prefetch(universe_.nodes[node.value].node.get(), 1); }
  /// Lets go of an event that will never run.
  void discard(const Event& event);
  void listen(RecordSink& sink) { sinks_.push_back(&sink); }
  void listen(EventSink& sink) { event_sinks_.push_back(&sink); }

  const Universe& universe() const { return universe_; }
  /// When and where the last event was handled.
  Time now() const { return now_; }
  NodeId at() const { return at_; }

 private:
  void post(NodeState& source, Event event) override;
  void trace(NodeState& node, Layer layer, const RecordType& type, ByteView fields) override;

  // One handler a class; false if stale.
  bool control(NodeState& node, const Event& event);
  bool message(NodeState& node, const Event& event);
  bool reached(NodeState& node, Event event);  // its downlink
  bool leave(NodeState& node, const Event& event);
  bool stored(NodeState& node, const Event& event);
  bool wake(NodeState& node, const Event& event);
  bool worked(NodeState& node, const Event& event);
  void wake_for_timers(NodeState& node);
  void start(NodeState& node);
  void crash(NodeState& node, Time now, Death death);
  void note(const Event& event);  // into the fingerprint, and to who listens

  // Steps (kernel_steps.cc).
  template <class What>
  void offer(NodeState& node, What what);  // begins a step, now or when a core is free
  void begin(NodeState& node, Begun);
  void begin(NodeState& node, const Commanded& command);
  void begin(NodeState& node, const Received& message);
  void begin(NodeState& node, const Link& link);
  void begin(NodeState& node, const Answer& answer);
  void begin(NodeState& node, TimersDue);
  static void count_step(NodeState& node, Duration waited);  // where work takes time
  void fire_due(NodeState& node);
  // One step: prepare the outbox, let the node act, and take what it asks for, now or when its work is done.
  template <class Act>
  void step(NodeState& node, Duration work, Act act);
  void conclude(NodeState& node, Duration work);
  void settle(NodeState& node);  // drains, and tells news of links until there is none
  void drain(NodeState& node);
  void end_batch(NodeState& node);
  void perform(NodeState& node, Effect& effect);
  void check_wire(Effect& effect);
  void outgoing(NodeState& node, NodeId to, const Effect& effect);
  void transmit(NodeState& node, NodeId to, const Effect& effect);
  void account(const Effect& effect, Bytes size);
  void await_leave(NodeState& node);
  void ask(NodeState& node, const Effect& effect);
  const DiskConfig& disk_config(const NodeState& node) const {
    return node.spec->disk ? *node.spec->disk : universe_.config.disk;
  }
  Storage& storage_of(NodeState& node);
  void begin_sync(NodeState& node);
  void synced(NodeState& node, uint64_t batch);
  ByteView bytes(uint64_t offset, uint32_t size) const { return ByteView(out_.bytes).subspan(offset, size); }

  Universe& universe_;
  const uint32_t lane_;
  EventSet& events_;
  Outbox out_;
  std::vector<std::byte> scratch_;
  std::vector<Part> parts_;     // of the frame being sent
  Traffic* traffic_ = nullptr;  // of the type that was sent last: most often sent next
  ModuleId traffic_module_ = 0;
  std::vector<RecordSink*> sinks_;
  std::vector<EventSink*> event_sinks_;
  Time now_;
  NodeId at_ = kNobody;
  LinkLife links_;
};

template <class What>
void Kernel::offer(NodeState& node, What what) {
  if (!node.cpu) return begin(node, what);
  if (node.cpu->takes_now()) {
    count_step(node, {});
    return begin(node, what);
  }
  node.cpu->wait(now_, Cause(std::move(what)));
  node.counters.backlog_max = std::max<uint64_t>(node.counters.backlog_max, node.cpu->waiting());
}

}  // namespace orrery
