#include "scenarios/bench/loads.h"

#include <algorithm>

#include "scenarios/bench/crowd.h"
#include "scenarios/bench/flood.h"
#include "scenarios/bench/heartbeat.h"
#include "scenarios/bench/phold.h"
#include "simcore/base/rng.h"

namespace orrery::bench {
namespace {

/// How long `events` take, of which there are `count` in each `time`.
Duration span_of(uint64_t events, uint64_t count, Duration time) {
  return {int64_t(static_cast<unsigned __int128>(time.ns) * events / count)};
}

class Publications final : public CommandSource {
 public:
  LocalEvent command(uint64_t index, std::vector<std::byte>&) const override { return LocalEvent::of(Publish{index}); }
};

}  // namespace

Measurement measure_phold(const Load& load) {
  constexpr Duration kMeanLatency = 70_ms;
  Meter meter;
  Crowd crowd(load, [&](Stack& stack, NodeId) { stack.add(Phold(load.nodes)); });
  return measure(meter, crowd.engine(), crowd.threads(), 500_ms, span_of(load.events, load.nodes, kMeanLatency));
}

Measurement measure_heartbeat(const Load& load) {
  constexpr uint64_t kEventsABeat = 1 + Peers{}.size();  // the timer, and what it sends
  Meter meter;
  const std::vector<Peers> peers = random_peers(load.nodes, load.seed);
  Crowd crowd(load, [&](Stack& stack, NodeId self) { stack.add(Heartbeat(peers[self.value])); });
  return measure(meter, crowd.engine(), crowd.threads(), 1500_ms, span_of(load.events, load.nodes * kEventsABeat, 1_s));
}

Measurement measure_flood(const Load& load) {
  constexpr Duration kWarmUp = 100_ms, kEach = 10_ms, kSpreading = 3_s;
  const uint64_t posts = std::max<uint64_t>(1, load.events / (load.nodes * (Peers{}.size() - 1)));
  Meter meter;
  const std::vector<Peers> peers = random_peers(load.nodes, load.seed);
  const Publications publications;
  Crowd crowd(
      load, [&](Stack& stack, NodeId self) { stack.add(Reader()).add(Flood(peers[self.value], posts)); },
      &publications);
  Rng rng(stream_key(load.seed, {}, 0, "publications", 0));
  Time at = crowd.engine().start() + kWarmUp;
  for (uint64_t post = 0; post < posts; ++post, at = at + kEach) {
    crowd.engine().schedule_command(at, NodeId{uint32_t(rng.below(load.nodes))}, post);
  }
  return measure(meter, crowd.engine(), crowd.threads(), kWarmUp, kEach * int64_t(posts) + kSpreading);
}

}  // namespace orrery::bench
