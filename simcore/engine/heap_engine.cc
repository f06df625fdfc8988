// The reference engine: one thread, one heap in canonical order.
#include <cstdio>

#include "simcore/engine/engine.h"
#include "simcore/engine/event_heap.h"
#include "simcore/engine/kernel.h"
#include "simcore/trace/sinks.h"

namespace orrery {
namespace {

class HeapEngine final : public Engine, private EventSet {
 public:
  HeapEngine(EngineConfig config, std::vector<NodeSpec> nodes, Network& network, const CommandSource* commands)
      : keys_(keys_of(nodes)),
        heap_(Before(TieBreak(config.tie_seed, keys_))),
        recent_(kRecordsKept),
        kernel_(std::move(config), std::move(nodes), network, commands, *this) {
    kernel_.listen(recent_);
    for (uint32_t i = 0; i < keys_.size(); ++i) {
      if (!kernel_.specs()[i].down_at_start) schedule(kernel_.config().start, NodeId{i}, EventKind::kStart, 0);
    }
    schedule_cuts();
  }
  ~HeapEngine() override {
    while (!heap_.empty()) kernel_.discard(heap_.pop());
  }

  void schedule_command(Time at, NodeId node, uint64_t index) override {
    schedule(at, node, EventKind::kCommand, index);
  }
  void schedule_crash(Time at, NodeId node, Death death) override {
    schedule(at, node, EventKind::kCrash, death == Death::kMachine);
  }
  void schedule_restart(Time at, NodeId node, Death ended) override {
    schedule(at, node, EventKind::kStart, ended == Death::kMachine);
  }
  void listen(RecordSink& sink) override { kernel_.listen(sink); }
  void listen(EventSink& sink) override { kernel_.listen(sink); }

  void run_until(Time end) override {
    const Surroundings surroundings(*this);
    while (!heap_.empty() && heap_.top().time < end) {
      current_ = heap_.pop();
      if (kernel_.handle(current_)) ++events_;
    }
  }

  Time start() const override { return kernel_.config().start; }
  uint64_t events() const override { return events_; }
  const Fingerprint& fingerprint() const override { return kernel_.fingerprint(); }
  const NodeCounters& counters(NodeId node) const override { return kernel_.state(node).counters; }
  const Disk& disk(NodeId node) const override { return kernel_.state(node).disk; }
  const TrafficByType& traffic() const override { return kernel_.traffic(); }
  const Node* node(NodeId node) const override { return kernel_.state(node).node.get(); }

 private:
  static constexpr size_t kRecordsKept = 32;

  // What a failed CHECK prints: enough to run to the same place again.
  class Surroundings final : public FailureContext {
   public:
    explicit Surroundings(const HeapEngine& engine) : engine_(engine) {}
    void print() const override {
      const Event& event = engine_.current_;
      const Kernel& kernel = engine_.kernel_;
      std::fprintf(stderr, "seed %llu, t = %lld ns, node %u (%s), event %llu; last records:\n",
                   static_cast<unsigned long long>(kernel.config().seed), static_cast<long long>(event.time.ns),
                   event.to.value, kernel.specs()[event.to.value].name.c_str(),
                   static_cast<unsigned long long>(engine_.events_));
      for (const std::string& line : engine_.recent_.lines()) std::fprintf(stderr, "  %s\n", line.c_str());
    }

   private:
    const HeapEngine& engine_;
  };

  static std::vector<NodeKey> keys_of(const std::vector<NodeSpec>& nodes) {
    std::vector<NodeKey> keys;
    for (const NodeSpec& node : nodes) keys.push_back(node.key);
    return keys;
  }

  void insert(const Event& event) override { heap_.push(event); }

  void schedule(Time at, NodeId node, EventKind kind, uint64_t body) {
    CHECK(at >= kernel_.config().start && node.value < keys_.size());
    Event event{at, node, EventClass::kControl, kind};
    event.body = body;
    event.sequence = scheduled_++;
    heap_.push(event);
  }

  void schedule_cuts() {
    for (const Cut& cut : kernel_.config().cuts.cuts()) {
      for (uint32_t i = 0; i < keys_.size(); ++i) {
        schedule(cut.start, NodeId{i}, EventKind::kCutBegins, 0);
        schedule(cut.start + kernel_.config().link.idle_timeout, NodeId{i}, EventKind::kCutKills, 0);
        if (cut.end != kNever) schedule(cut.end, NodeId{i}, EventKind::kCutEnds, 0);
      }
    }
  }

  std::vector<NodeKey> keys_;
  EventHeap heap_;
  uint64_t scheduled_ = 0;
  uint64_t events_ = 0;
  Event current_{};
  RecordRing recent_;
  Kernel kernel_;
};

}  // namespace

std::unique_ptr<Engine> make_heap_engine(EngineConfig config, std::vector<NodeSpec> nodes, Network& network,
                                         const CommandSource* commands) {
  return std::make_unique<HeapEngine>(std::move(config), std::move(nodes), network, commands);
}

}  // namespace orrery
