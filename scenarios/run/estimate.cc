#include "scenarios/run/estimate.h"

#include <malloc.h>

#include <algorithm>

#include "scenarios/run/checks.h"
#include "scenarios/run/plan_totals.h"
#include "scenarios/run/process_use.h"
#include "scenarios/run/tables.h"

namespace orrery {
namespace {

// Of a pilot that is not the run itself: links and meshes form, then nodes idle, then there are messages.
constexpr Duration kForming = 5_s, kIdle = 5_s, kBusyLeast = 1_s;

/// What grows as a run goes on, so far or in a span of it.
struct Use {
  double events = 0, cpu_ns = 0;
  double kept_bytes = 0;  // of what is kept to the end: who got what when, which links there were

  Use operator+(const Use& b) const { return {events + b.events, cpu_ns + b.cpu_ns, kept_bytes + b.kept_bytes}; }
  Use operator*(double factor) const { return {events * factor, cpu_ns * factor, kept_bytes * factor}; }
  /// What this is more than `b`, not less than nothing: processor time is never twice the same.
  Use beyond(const Use& b) const {
    const auto more = [](double x, double y) { return std::max(0.0, x - y); };
    return {more(events, b.events), more(cpu_ns, b.cpu_ns), more(kept_bytes, b.kept_bytes)};
  }
};

/// What a run takes once it is over.
struct Closing {
  double cpu_ns, bytes;
};

/// A world that is run from the start for a while, and watched as the driver does.
class Pilot {
 public:
  Pilot(const Plan& plan, const WorldOptions& options)
      : nodes_(uint32_t(plan.nodes.size())),
        world_(plan, options),
        ledger_(nodes_),
        relay_(nodes_, Time{} + plan.scenario->settings.duration),
        checks_(plan, world_.engine()),
        start_(world_.engine().start()),
        now_(start_) {
    world_.engine().listen(ledger_);
    world_.engine().listen(relay_);
  }

  /// Runs on to `until`, or from `least` on only until there were `events` since the start.
  void run(Time until, Time least = kNever, uint64_t events = 0) {
    constexpr Duration kStep = 100_ms;
    const int64_t before = process_cpu_ns();
    while (now_ < until && (now_ < least || world_.engine().events() < events)) {
      now_ = std::min(until, now_ + kStep);
      world_.engine().run_until(now_);
    }
    cpu_ns_ += process_cpu_ns() - before;
    resident_bytes_ = std::max(resident_bytes_, process_resident_bytes());
  }

  // What the ledger keeps is what a copy of it takes.
  Use use() const {
    const int64_t before = process_heap_bytes();
    const Ledger ledger = ledger_;
    const RelayStats relay = relay_;
    return {double(world_.engine().events()), double(cpu_ns_), double(process_heap_bytes() - before)};
  }

  /// Call once, at the end. Tables are written into memory.
  Closing close() {
    malloc_trim(0);  // so that what is free already does not hide what is taken
    restart_process_peak();
    const int64_t resident = process_resident_bytes(), before = process_cpu_ns();
    ledger_.finish(now_);
    const Counted counted = count(world_.engine(), nodes_);
    const Evidence evidence{ledger_, relay_, Time{}, now_, now_, counted, counted, counted};
    for (const Metric& metric : metrics()) metric.compute(evidence, std::vector<bool>(nodes_, true));
    checks_.judge(evidence, true);
    const int64_t peak = process_peak_bytes();
    RunDetail detail{ledger_, relay_, world_.engine().fingerprint(), {}, {}, {}, {}, {}, {}, {}, counted.nodes};
    detail.node_names.resize(nodes_);
    detail.node_regions.resize(nodes_);
    Tables({}, detail).finish({}, detail, {});
    return {double(process_cpu_ns() - before), double(std::max<int64_t>(0, peak - resident))};
  }

  Time now() const { return now_; }
  uint64_t deliveries() const { return ledger_.deliveries().size(); }
  uint64_t published() const { return ledger_.publications().size(); }
  int64_t resident_bytes() const { return resident_bytes_; }
  RunEstimate::Pilot report(bool is_whole) const {
    return {world_.engine().events(), (now_ - start_).ns, cpu_ns_, is_whole};
  }

 private:
  uint32_t nodes_;
  World world_;
  Ledger ledger_;
  RelayStats relay_;
  Checks checks_;
  Time start_, now_;
  int64_t cpu_ns_ = 0, resident_bytes_ = 0;
};

/// Bytes of the results folder: those of its tables and its page are of what SQLite made of the library's runs.
int64_t results_bytes(const Plan& plan, double deliveries) {
  constexpr double kColumns = 4 * 8, kMessage = 60, kNode = 150, kFault = 120, kSlice = 25, kFixed = 80'000;
  const spec::Settings& settings = plan.scenario->settings;
  const double seconds = double((settings.warmup + settings.duration + settings.drain).ns) / 1e9;
  return int64_t(kFixed + kColumns * deliveries + kMessage * double(plan.publishings.size()) +
                 kNode * double(plan.nodes.size()) + kFault * double(plan.faults.size()) + kSlice * seconds);
}

// What forming took, and on top of it idling by node and second, and messages by delivery.
Use extrapolate(Pilot& pilot, const Plan& plan, Time end, uint64_t due, uint64_t pilot_events) {
  const Time start = Time{} - plan.scenario->settings.warmup;
  const Time formed = start + kForming, idled = formed + kIdle;
  pilot.run(formed);
  const Use forming = pilot.use();
  pilot.run(idled);
  const Use idle = pilot.use();
  pilot.run(idled + (end - Time{}), idled + kBusyLeast, uint64_t(idle.events) + pilot_events);
  const Use busy = pilot.use();
  const auto node_seconds = [&](Time from, Time to) { return std::max(1e-9, node_seconds_up(plan, from, to)); };
  if (pilot.deliveries() == 0) {
    const Use by_node_second = busy.beyond(forming) * (1 / node_seconds(formed, pilot.now()));
    return forming + by_node_second * node_seconds(formed, end);
  }
  const Use by_node_second = idle.beyond(forming) * (1 / node_seconds(formed, idled));
  const Use of_messages = busy.beyond(idle).beyond(by_node_second * node_seconds(idled, pilot.now()));
  return forming + by_node_second * node_seconds(formed, end) +
         of_messages * (double(due) / double(pilot.deliveries()));
}

}  // namespace

RunEstimate estimate_run(const spec::Scenario& scenario, const WorldOptions& options, uint64_t pilot_events) {
  const spec::Settings& settings = scenario.settings;
  Plan plan = make_plan(scenario);
  const Time end = Time{} + settings.duration + settings.drain;
  RunEstimate estimate;
  estimate.virtual_ns = (end - (Time{} - settings.warmup)).ns;
  estimate.nodes = uint32_t(plan.nodes.size());
  estimate.messages = plan.publishings.size();

  auto pilot = std::make_unique<Pilot>(plan, options);
  const int64_t ready_cpu_ns = process_cpu_ns();
  pilot->run(end, Time{} - settings.warmup, pilot_events);
  if (pilot->now() == end) {
    const double deliveries = double(pilot->deliveries());
    const Use use = pilot->use();
    estimate.pilot = pilot->report(true);
    const Closing closing = pilot->close();
    estimate.events = uint64_t(use.events);
    estimate.peak_bytes = pilot->resident_bytes() + int64_t(closing.bytes);
    estimate.cpu_ns = ready_cpu_ns + int64_t(use.cpu_ns + closing.cpu_ns);
    estimate.results_bytes = results_bytes(plan, deliveries);
    return estimate;
  }
  pilot.reset();
  plan = make_plan(scenario);  // the network of the first has seen messages
  malloc_trim(0);

  // Another pilot, in which messages come once the world has formed. Nothing else is moved.
  const uint64_t due = deliveries_due(plan);
  const int64_t results = results_bytes(plan, double(due));
  for (Publishing& publishing : plan.publishings) publishing.at = publishing.at - settings.warmup + kForming + kIdle;
  pilot = std::make_unique<Pilot>(plan, options);
  const Use use = extrapolate(*pilot, plan, end, due, pilot_events);
  const Use so_far = pilot->use();
  estimate.pilot = pilot->report(false);
  const double ratio = double(due) / double(std::max<uint64_t>(1, pilot->deliveries()));
  const Closing closing = pilot->close();
  estimate.events = uint64_t(use.events);
  // Judging indexes deliveries: never more than the ledger holds of them.
  estimate.peak_bytes = pilot->resident_bytes() + int64_t(use.kept_bytes - so_far.kept_bytes) +
                        int64_t(std::min(closing.bytes * ratio, use.kept_bytes));
  estimate.cpu_ns = ready_cpu_ns + int64_t(use.cpu_ns + closing.cpu_ns * ratio);
  estimate.results_bytes = results;
  return estimate;
}

}  // namespace orrery
