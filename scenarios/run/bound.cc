#include "scenarios/run/bound.h"

#include <fmt/format.h>

#include "scenarios/checkers/kinds.h"

namespace orrery {
namespace {

spec::Dimension dimension_of(const Metric& metric) {
  if (metric.unit == "ns") return spec::Dimension::kDuration;
  if (metric.unit == "ppb") return spec::Dimension::kShare;
  if (metric.unit == "bit/s") return spec::Dimension::kBandwidth;
  return spec::Dimension::kCount;
}

}  // namespace

void check_bound(const spec::Scenario& scenario, const spec::Entry& entry) {
  const auto& config = entry.as<BoundConfig>();
  const std::string address = "check." + entry.name;
  const Metric* metric = find_metric(config.metric);
  if (!metric) {
    std::vector<std::string> names;
    for (const Metric& known : metrics()) names.emplace_back(known.name);
    throw scenario.error(address + ".metric", fmt::format("= \"{}\" is no metric", config.metric),
                         spec::suggest(config.metric, names));
  }
  if (!config.at_least && !config.at_most)
    throw scenario.error(address, "bounds nothing", "give at_least, at_most or both");
  const std::pair<const char*, std::optional<spec::Quantity>> bounds[] = {{"at_least", config.at_least},
                                                                          {"at_most", config.at_most}};
  for (const auto& [key, bound] : bounds) {
    if (!bound || bound->dimension == dimension_of(*metric)) continue;
    throw scenario.error(address + "." + key, fmt::format("is no {}", spec::name(dimension_of(*metric))),
                         fmt::format("{} is measured in {}", metric->name, metric->unit));
  }
}

Verdict judge_bound(const spec::Entry& entry, const Evidence& evidence, const std::vector<bool>& of) {
  const auto& config = entry.as<BoundConfig>();
  const Metric& metric = *find_metric(config.metric);
  Verdict verdict;
  verdict.name = entry.name;
  verdict.kind = "bound";
  verdict.unit = metric.unit;
  verdict.value = metric.compute(evidence, of);
  verdict.bound = config.at_most ? config.at_most->amount : config.at_least->amount;
  if (!verdict.value) {
    verdict.why = fmt::format("{}: nothing to measure", metric.name);
    return verdict;
  }
  const bool low = config.at_least && *verdict.value < config.at_least->amount;
  const bool high = config.at_most && *verdict.value > config.at_most->amount;
  if (low) verdict.bound = config.at_least->amount;
  verdict.outcome = low || high ? Outcome::kFail : Outcome::kPass;
  const bool least = low || !config.at_most;
  verdict.why = fmt::format("{} is {}, {} {} is allowed", metric.name, show_value(*verdict.value, metric.unit),
                            least ? "at least" : "at most", show_value(*verdict.bound, metric.unit));
  return verdict;
}

}  // namespace orrery
