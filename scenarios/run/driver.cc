#include "scenarios/run/driver.h"

#include <fmt/format.h>

#include <chrono>

#include "scenarios/run/checks.h"
#include "scenarios/run/process_use.h"
#include "scenarios/run/provenance.h"
#include "scenarios/spec/canonical.h"
#include "simcore/crypto/hash.h"
#include "simcore/trace/sinks.h"

namespace orrery {

// Another schedule is another run: a tie seed that is not the default counts in the hash.
std::string run_hash(const spec::Scenario& scenario, const spec::Catalogue& catalogue, uint64_t tie_seed) {
  std::string hash = spec::spec_hash(scenario, catalogue);
  if (tie_seed == WorldOptions{}.tie_seed) return hash;
  const std::string with_ties = fmt::format("{}\ntie_seed = {}\n", hash, tie_seed);
  return hex(sha256(std::as_bytes(std::span(with_ties))));
}

namespace {

// Runs in steps, so that somebody can look and stop, and what happened is written. Steps are no part of the run: its
// events know nothing of them.
// Returns how far it came.
Time run_to(World& world, const Ledger& ledger, Time until, Time end, const RunOptions& options,
            std::optional<ResultsFolder>& results, Time now) {
  constexpr Duration kStep = 100_ms;
  constexpr auto kFlushEvery = std::chrono::milliseconds(250);
  auto last_flush = std::chrono::steady_clock::now();
  const Time start = world.engine().start();
  while (now < until && !(options.stop && options.stop->load())) {
    now = std::min(now + kStep, until);
    world.engine().run_until(now);
    if (options.progress) options.progress({now, end, end - start, world.engine().events()});
    if (const auto wall = std::chrono::steady_clock::now(); results && wall - last_flush >= kFlushEvery) {
      results->flush(ledger);
      last_flush = wall;
    }
  }
  return now;
}

std::vector<RegionSummary> regions_of(const Plan& plan, const Evidence& evidence) {
  std::vector<RegionSummary> regions;
  for (uint32_t r = 0; r < plan.network->regions(); ++r) {
    std::vector<bool> inside(plan.nodes.size());
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan.nodes.size(); ++i) {
      inside[i] = plan.network->region(NodeId{i}) == r;
      count += inside[i];
    }
    regions.push_back({std::string(plan.network->region_name(r)), count,
                       find_metric("latency.p50")->compute(evidence, inside),
                       find_metric("latency.p99")->compute(evidence, inside)});
  }
  return regions;
}

// What is known before the first event.
RunDetail detail_of(const Plan& plan, const World& world, const Ledger& ledger, const RelayStats& relay) {
  RunDetail detail{ledger, relay, world.engine().fingerprint(), {}, {}, {}, {}, spec::flat_values(*plan.scenario), {},
                   {},     {}};
  for (const auto& [address, file] : plan.scenario->files) {
    detail.files.push_back({address, file.path, file.sha256});
  }
  for (uint32_t i = 0; i < plan.nodes.size(); ++i) {
    detail.node_names.push_back(plan.nodes[i].name);
    detail.node_regions.push_back(plan.network->region(NodeId{i}));
  }
  for (uint64_t i = 0; i < plan.publishings.size(); ++i) {
    if (plan.publishings[i].reply_to) detail.replies[i] = *plan.publishings[i].reply_to;
  }
  for (const Fault& fault : plan.faults) {
    detail.faults.push_back(
        {fault.at, fault.lasts, fault.name, std::string(kind_of(fault)), fault.target, fault.source});
  }
  return detail;
}

Report report_head(const std::string& name, const spec::Scenario& scenario, const spec::Catalogue& catalogue,
                   const RunOptions& options) {
  const spec::Settings& settings = scenario.settings;
  Report report;
  report.scenario = name;
  report.title = settings.title.empty() ? name : settings.title;
  report.question = settings.question;
  report.command = options.command;
  report.spec_hash = run_hash(scenario, catalogue, options.world.tie_seed);
  report.seed = settings.seed;
  report.tie_seed = options.world.tie_seed;
  report.wire = orrery::name(options.world.wire);
  report.crypto = orrery::name(options.world.crypto);
  report.rung = scenario.find("network")->kind;
  report.commit = provenance::commit();
  report.dirty = provenance::dirty();
  report.compiler = provenance::compiler();
  return report;
}

std::vector<MetricValue> measure(const Evidence& evidence, size_t nodes) {
  const std::vector<bool> everybody(nodes, true);
  std::vector<MetricValue> values;
  for (const Metric& metric : metrics()) {
    values.push_back({std::string(metric.name), std::string(metric.unit), metric.compute(evidence, everybody)});
  }
  return values;
}

}  // namespace

RunOutcome run_scenario(const std::string& name, const spec::Scenario& scenario, const spec::Catalogue& catalogue,
                        const RunOptions& options) {
  const auto wall_start = std::chrono::steady_clock::now();
  const Plan plan = make_plan(scenario);
  RunOutcome outcome{report_head(name, scenario, catalogue, options), {}};
  Report& report = outcome.report;
  if (options.write_results) require_free_name(options.place, report);
  World world(plan, options.world);
  Ledger ledger(uint32_t(plan.nodes.size()));
  world.engine().listen(ledger);
  RelayStats relay(uint32_t(plan.nodes.size()), Time{} + scenario.settings.duration);
  world.engine().listen(relay);
  Checks checks(plan, world.engine());
  std::optional<RecordFile> records;
  if (!options.records_file.empty()) world.engine().listen(records.emplace(options.records_file));
  RunDetail detail = detail_of(plan, world, ledger, relay);
  std::optional<ResultsFolder> results;
  if (options.write_results) results.emplace(options.place, report, detail);

  const Time end = Time{} + scenario.settings.duration + scenario.settings.drain;
  const auto nodes = uint32_t(plan.nodes.size());
  const Time measured_end = Time{} + scenario.settings.duration;
  const auto go_on = [&](Time until, Time from) { return run_to(world, ledger, until, end, options, results, from); };
  Time reached = go_on(Time{}, world.engine().start());
  const Counted at_start = count(world.engine(), nodes);
  reached = go_on(measured_end, reached);
  const Counted at_end = count(world.engine(), nodes);
  reached = go_on(end, reached);
  if (records) records->close();  // a cut file is told before anything is filed as a result
  const Counted last = count(world.engine(), nodes);
  report.finished = reached == end;
  ledger.finish(reached);
  report.virtual_ns = (reached - world.engine().start()).ns;
  report.fingerprint = world.engine().fingerprint().root();
  report.events = world.engine().events();

  const Evidence evidence{ledger, relay, Time{}, std::min(reached, measured_end), reached, at_start, at_end, last};
  report.metrics = measure(evidence, plan.nodes.size());
  report.verdicts = checks.judge(evidence, !report.finished);
  detail.regions = regions_of(plan, evidence);
  detail.counters = last.nodes;
  report.performance = {std::chrono::nanoseconds(std::chrono::steady_clock::now() - wall_start).count(),
                        process_peak_bytes(), world.threads()};
  if (!report.finished) {
    if (results) results->flush(ledger);
    if (results) outcome.filed.path = report.results = results->path();
  } else if (results) {
    outcome.filed = results->finish(report, detail);
  }
  return outcome;
}

}  // namespace orrery
