#include "scenarios/run/bound.h"

#include <fmt/format.h>

#include "scenarios/checkers/kinds.h"

namespace orrery {
namespace {

spec::Dimension dimension_of(const Metric& metric) {
  if (metric.unit == "ns") return spec::Dimension::kDuration;
  if (metric.unit == "ppb") return spec::Dimension::kShare;
  if (metric.unit == "bit/s") return spec::Dimension::kBandwidth;
  if (metric.unit == "B") return spec::Dimension::kBytes;
  return spec::Dimension::kCount;
}

std::optional<int64_t> scaled(const std::optional<spec::Quantity>& bound, int64_t scale) {
  return bound ? std::optional(bound->amount * scale) : std::nullopt;
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
  const int64_t scale = metric.unit == "1e-3" ? 1000 : 1;  // bounds of such are written as whole numbers
  const std::optional<int64_t> least_allowed = scaled(config.at_least, scale),
                               most_allowed = scaled(config.at_most, scale);
  verdict.bound = most_allowed ? most_allowed : least_allowed;
  if (!verdict.value) {
    verdict.why = fmt::format("{}: nothing to measure", metric.name);
    return verdict;
  }
  const bool low = least_allowed && *verdict.value < *least_allowed;
  const bool high = most_allowed && *verdict.value > *most_allowed;
  if (low) verdict.bound = least_allowed;
  verdict.outcome = low || high ? Outcome::kFail : Outcome::kPass;
  const bool least = low || !config.at_most;
  verdict.why = fmt::format("{} is {}, {} {} is allowed", metric.name, show_value(*verdict.value, metric.unit),
                            least ? "at least" : "at most", show_value(*verdict.bound, metric.unit));
  return verdict;
}

}  // namespace orrery
