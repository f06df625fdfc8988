// The reference engine: one thread, one heap in canonical order.
#include "simcore/engine/engine_base.h"
#include "simcore/engine/event_heap.h"
#include "simcore/engine/surroundings.h"

namespace orrery {
namespace {

class HeapEngine final : public EngineBase, private EventSet {
 public:
  HeapEngine(EngineConfig config, std::vector<NodeSpec> nodes, Network& network, const CommandSource* commands)
      : EngineBase(std::move(config), std::move(nodes), network, commands, 1),
        heap_(Before(TieBreak(universe_.config.tie_seed, universe_.keys), universe_.config.key)),
        sequences_(universe_.nodes.size()),
        recent_(kRecordsKept),
        kernel_(universe_, 0, *this) {
    kernel_.listen(recent_);
    schedule_starts();
  }
  ~HeapEngine() override {
    while (!heap_.empty()) kernel_.discard(heap_.pop());
  }

  void listen(RecordSink& sink) override { kernel_.listen(sink); }
  void listen(EventSink& sink) override { kernel_.listen(sink); }

  void advance(Time end) override {
    const Surroundings surroundings(kernel_, recent_, events_);
    while (!heap_.empty() && heap_.top().time < end) {
      if (kernel_.handle(heap_.pop())) ++events_;
    }
  }
  uint64_t events() const override { return events_; }

 private:
  void insert(const Event& event) override { push(event, sequences_[event.from.value]); }
  void add(const Event& event) override { push(event, scheduled_); }
  void push(Event event, uint64_t& sequence) {
    if (universe_.config.key.sequence) event.sequence = sequence++;
    heap_.push(event);
  }

  EventHeap heap_;
  std::vector<uint64_t> sequences_;  // by source
  uint64_t scheduled_ = 0;
  uint64_t events_ = 0;
  RecordRing recent_;
  Kernel kernel_;
};

}  // namespace

std::unique_ptr<Engine> make_heap_engine(EngineConfig config, std::vector<NodeSpec> nodes, Network& network,
                                         const CommandSource* commands) {
  return std::make_unique<HeapEngine>(std::move(config), std::move(nodes), network, commands);
}

}  // namespace orrery
