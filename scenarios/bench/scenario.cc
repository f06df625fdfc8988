#include "scenarios/bench/loads.h"
#include "scenarios/run/world.h"

namespace orrery::bench {

Measurement measure_scenario(const spec::Scenario& scenario, const Load& load) {
  constexpr Duration kStep = 100_ms;
  Meter meter;
  const Plan plan = make_plan(scenario);
  WorldOptions options;
  options.heap = load.heap;
  options.window.threads = load.threads;
  World world(plan, options);
  Engine& engine = world.engine();
  engine.run_until(Time{});
  const uint64_t before = engine.events();
  const Time end = Time{} + scenario.settings.duration + scenario.settings.drain;
  meter.begin();
  for (Time now; now < end && engine.events() - before < load.events;) {
    now = std::min(end, now + kStep);
    engine.run_until(now);
  }
  return meter.end(engine.events() - before, engine.fingerprint().root(), world.threads().count);
}

}  // namespace orrery::bench
