// What every event set has in common: the schedule before the run, and what is told of it afterwards.
#pragma once
#include <algorithm>

#include "simcore/engine/engine.h"
#include "simcore/engine/universe.h"

namespace orrery {

class EngineBase : public Engine {
 public:
  void schedule_command(Time at, NodeId node, uint64_t index) final { schedule(at, node, EventKind::kCommand, index); }
  void schedule_crash(Time at, NodeId node, Death death) final {
    schedule(at, node, EventKind::kCrash, death == Death::kMachine);
  }
  void schedule_restart(Time at, NodeId node, Death ended) final {
    schedule(at, node, EventKind::kStart, ended == Death::kMachine);
  }

  void run_until(Time end) final {
    advance(end);
    reached_ = std::max(reached_, end);
  }

  Time start() const final { return universe_.config.start; }
  const Fingerprint& fingerprint() const final { return universe_.fingerprint; }
  const NodeCounters& counters(NodeId node) const final { return universe_.nodes[node.value].counters; }
  const Disk& disk(NodeId node) const final;
  TrafficByType traffic() const final;
  const Node* node(NodeId node) const final { return universe_.nodes[node.value].node.get(); }

 protected:
  EngineBase(EngineConfig config, std::vector<NodeSpec> nodes, Network& network, const CommandSource* commands,
             uint32_t lanes)
      : universe_(std::move(config), std::move(nodes), network, commands, lanes), reached_(universe_.config.start) {}

  /// Schedules the start of every node, and the cuts. For the constructors of event sets.
  void schedule_starts();
  /// Runs every event before `end`.
  virtual void advance(Time end) = 0;
  /// Every event before it has run.
  Time reached() const { return reached_; }
  /// An event of the schedule; those of one node in the order in which they were scheduled.
  virtual void add(const Event& event) = 0;

  Universe universe_;

 private:
  void schedule(Time at, NodeId node, EventKind kind, uint64_t body);

  Time reached_;
};

}  // namespace orrery
