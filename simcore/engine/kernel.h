// Kernel: what happens at one node when one event reaches it. Knows nothing of how events are kept or ordered, so every
// event set runs the same kernel.
#pragma once
#include <vector>

#include "simcore/engine/link_life.h"
#include "simcore/engine/node_state.h"

namespace orrery {

/// Where the kernel puts the events it causes.
class EventSet {
 public:
  virtual ~EventSet() = default;
  virtual void insert(const Event& event) = 0;
};

class Kernel final : public Services, public Directory {
 public:
  Kernel(EngineConfig config, std::vector<NodeSpec> nodes, Network& network, const CommandSource* commands,
         EventSet& events);
  ~Kernel() override;

  /// Runs one event: the step it causes, then the step's effects. Returns false if the event was stale.
  bool handle(const Event& event);
  /// Lets go of an event that will never run.
  void discard(const Event& event);
  void listen(RecordSink& sink) { sinks_.push_back(&sink); }
  void listen(EventSink& sink) { event_sinks_.push_back(&sink); }

  const EngineConfig& config() const { return config_; }
  const std::vector<NodeSpec>& specs() const { return specs_; }
  const NodeState& state(NodeId node) const { return states_[node.value]; }
  const Fingerprint& fingerprint() const { return fingerprint_; }
  const TrafficByType& traffic() const { return traffic_; }

  const PeerId& peer_of(NodeId node) const override { return specs_[node.value].peer; }
  std::optional<NodeId> handle_of(const PeerId& peer) const override;

 private:
  void post(NodeState& source, Event event) override;
  void number(NodeState& source, Event& event);
  void trace(NodeState& node, Layer layer, const RecordType& type, ByteView fields) override;

  // One handler a class; false if stale.
  bool control(NodeState& node, const Event& event);
  bool message(NodeState& node, const Event& event);
  bool reached(NodeState& node, Event event);  // its downlink
  bool leave(NodeState& node, const Event& event);
  bool storage(NodeState& node, const Event& event);
  bool wake(NodeState& node, const Event& event);
  bool worked(NodeState& node, const Event& event);
  void wake_for_timers(NodeState& node);
  void begin_outage(NodeState& node, Death death);
  void end_outage(NodeState& node, Death death);
  void start(NodeState& node);
  void crash(NodeState& node, Time now, Death death);
  void note(const Event& event);  // into the fingerprint, and to who listens

  // Steps (kernel_steps.cc).
  void offer(NodeState& node, Cause cause);  // begins a step, now or when a core is free
  void begin(NodeState& node, Cause& cause, Duration waited);
  void fire_due(NodeState& node);
  // One step: prepare the outbox, let the node act, and take what it asks for, now or when its work is done.
  template <class Act>
  void step(NodeState& node, Duration work, Act act);
  void conclude(NodeState& node, Duration work);
  void settle(NodeState& node);  // drains, and tells news of links until there is none
  void drain(NodeState& node);
  void perform(NodeState& node, Effect& effect);
  void check_wire(NodeState& node, Effect& effect);
  void outgoing(NodeState& node, NodeId to, const Effect& effect, const MessageType& type);
  void transmit(NodeState& node, NodeId to, const Effect& effect, const MessageType& type);
  void account(const Effect& effect, const MessageType& type, Bytes size);
  void await_leave(NodeState& node);
  void ask(NodeState& node, const Effect& effect);
  const DiskConfig& disk_config(const NodeState& node) const {
    return node.spec->disk ? *node.spec->disk : config_.disk;
  }
  void begin_sync(NodeState& node);
  void synced(NodeState& node, uint64_t batch);
  ByteView bytes(uint64_t offset, uint32_t size) const { return ByteView(out_.bytes).subspan(offset, size); }

  EngineConfig config_;
  std::vector<NodeSpec> specs_;
  std::map<PeerId, NodeId> handles_;
  const CommandSource* commands_;
  EventSet& events_;
  Network& network_;
  const bool has_downlinks_;
  FramePool frames_;
  Outbox out_;
  std::vector<std::byte> scratch_;
  Fingerprint fingerprint_;
  TrafficByType traffic_;
  std::vector<Part> parts_;  // of the frame being sent
  std::vector<RecordSink*> sinks_;
  std::vector<EventSink*> event_sinks_;
  Time now_;
  LinkLife links_;
  std::vector<NodeState> states_;  // last, so that nodes die before the frames that they pin
};

}  // namespace orrery
