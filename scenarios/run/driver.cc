#include "scenarios/run/driver.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>

#include "scenarios/checkers/check.h"
#include "scenarios/run/bound.h"
#include "scenarios/run/provenance.h"
#include "scenarios/spec/canonical.h"
#include "simcore/crypto/hash.h"
#include "simcore/trace/sinks.h"

namespace orrery {
namespace {

// Another schedule is another run: a tie seed that is not the default counts in the hash.
std::string hash_of(const spec::Scenario& scenario, const spec::Catalogue& catalogue, uint64_t tie_seed) {
  std::string hash = spec::spec_hash(scenario, catalogue);
  if (tie_seed == WorldOptions{}.tie_seed) return hash;
  const std::string with_ties = fmt::format("{}\ntie_seed = {}\n", hash, tie_seed);
  return hex(sha256(std::as_bytes(std::span(with_ties))));
}

Verdict judge(const spec::Entry& entry, const Plan& plan, const Evidence& evidence) {
  const std::string purpose = "check." + entry.name;
  if (entry.kind == "delivered") {
    const auto& config = entry.as<DeliveredConfig>();
    return check(entry.name, config, evidence.ledger, selected(plan, config.to, purpose));
  }
  if (entry.kind == "always") return check(entry.name, entry.as<AlwaysConfig>(), evidence.ledger);
  return judge_bound(entry, evidence, selected(plan, entry.as<BoundConfig>().of, purpose));
}

// What the rest of the run would have said is not known, but a failure stays one.
void leave_undecided(std::vector<Verdict>& verdicts) {
  for (Verdict& verdict : verdicts) {
    if (verdict.outcome == Outcome::kPass) verdict.outcome = Outcome::kUndecided;
  }
}

// Runs in steps, so that somebody can look and stop. Steps are no part of the run: its events know nothing of them.
bool run_to_end(World& world, Time end, Duration whole, const RunOptions& options) {
  constexpr Duration kStep = 100_ms;
  for (Time now = world.engine().start(); now < end;) {
    now = std::min(now + kStep, end);
    world.engine().run_until(now);
    if (options.progress) options.progress({now, end, whole, world.engine().events()});
    if (options.stop && options.stop->load()) return now == end;
  }
  return true;
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

RunDetail detail_of(const Plan& plan, const Evidence& evidence, const std::vector<std::string>& canonical) {
  RunDetail detail{evidence.ledger, evidence.engine.fingerprint(), {}, {}, regions_of(plan, evidence), {}, {}};
  for (uint32_t i = 0; i < plan.nodes.size(); ++i) {
    detail.node_names.push_back(plan.nodes[i].name);
    detail.node_regions.push_back(plan.network->region(NodeId{i}));
  }
  for (const Fault& fault : plan.faults) {
    detail.faults.push_back({fault.at, fault.lasts, fault.name, std::string(kind_of(fault)), fault.target});
  }
  for (const std::string& line : canonical) {
    const size_t equals = line.find(" = ");
    detail.parameters.emplace_back(line.substr(0, equals), equals == std::string::npos ? "" : line.substr(equals + 3));
  }
  return detail;
}

}  // namespace

RunOutcome run_scenario(const std::string& name, const spec::Scenario& scenario, const spec::Catalogue& catalogue,
                        const RunOptions& options) {
  const auto wall_start = std::chrono::steady_clock::now();
  const Plan plan = make_plan(scenario);
  World world(plan, options.world);
  Ledger ledger(uint32_t(plan.nodes.size()));
  world.engine().listen(ledger);
  std::optional<RecordFile> records;
  if (!options.records_file.empty()) world.engine().listen(records.emplace(options.records_file));

  const spec::Settings& settings = scenario.settings;
  const Time end = Time{} + settings.duration + settings.drain;
  const Duration whole = settings.warmup + settings.duration + settings.drain;
  RunOutcome outcome;
  outcome.interrupted = !run_to_end(world, end, whole, options);
  ledger.finish(end);

  Report& report = outcome.report;
  report.scenario = name;
  report.title = settings.title.empty() ? name : settings.title;
  report.question = settings.question;
  report.command = options.command;
  report.spec_hash = hash_of(scenario, catalogue, options.world.tie_seed);
  report.seed = settings.seed;
  report.rung = scenario.find("network")->kind;
  report.fingerprint = world.engine().fingerprint().root();
  report.events = world.engine().events();
  report.virtual_ns = whole.ns;
  report.commit = provenance::commit();
  report.dirty = provenance::dirty();
  report.compiler = provenance::compiler();

  const Evidence evidence{ledger, world.engine(), Time{}, Time{} + settings.duration, end};
  const std::vector<bool> everybody(plan.nodes.size(), true);
  for (const Metric& metric : metrics()) {
    report.metrics.push_back({std::string(metric.name), std::string(metric.unit), metric.compute(evidence, everybody)});
  }
  for (const spec::Entry& entry : scenario.list("check")) report.verdicts.push_back(judge(entry, plan, evidence));
  if (outcome.interrupted) leave_undecided(report.verdicts);

  report.performance.wall_ns =
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - wall_start).count();
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  report.performance.peak_bytes = int64_t(usage.ru_maxrss) * 1024;
  if (options.write_results && !outcome.interrupted) {
    const RunDetail detail = detail_of(plan, evidence, spec::canonical_lines(scenario, catalogue));
    outcome.filed = file_results(options.place, report, detail);
  }
  return outcome;
}

}  // namespace orrery
