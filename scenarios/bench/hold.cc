#include "scenarios/bench/loads.h"
#include "simcore/base/hash.h"
#include "simcore/base/rng.h"
#include "simcore/engine/event_heap.h"

namespace orrery::bench {
Measurement measure_hold(const Load& load) {
  Meter meter;
  const std::vector<NodeKey> keys(load.nodes);
  EventHeap heap(Before(TieBreak(load.seed, keys)));
  Rng rng(stream_key(load.seed, {}, 0, "hold", 0));
  uint64_t chain = 0;
  const auto insert = [&](Time now, NodeId node, uint64_t sequence) {
    Event event{now + rng.exponential(1_s), node, EventClass::kTimer, EventKind::kWake};
    event.from = node;
    event.sequence = sequence;
    heap.push(event);
  };
  const auto hold = [&](uint64_t times) {
    for (uint64_t i = 0; i < times; ++i) {
      const Event event = heap.pop();
      chain = chain64(chain, uint64_t(event.time.ns) ^ event.to.value);
      insert(event.time, event.to, event.sequence + 1);
    }
  };
  for (uint32_t i = 0; i < load.nodes; ++i) insert(Time{}, NodeId{i}, 0);
  hold(load.nodes);  // to the distribution that the set keeps
  meter.begin();
  hold(load.events);
  return meter.end(load.events, Fingerprint::root_of({{NodeId{0}, kHostLayer, chain}}), 1);
}

}  // namespace orrery::bench
