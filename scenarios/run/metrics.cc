#include "scenarios/run/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/run/metric_lists.h"

namespace orrery {

Counted count(const Engine& engine, uint32_t nodes) {
  Counted counted{{}, engine.traffic()};
  for (uint32_t i = 0; i < nodes; ++i) counted.nodes.push_back(engine.counters(NodeId{i}));
  return counted;
}

int64_t measured(const Evidence& evidence, const std::vector<bool>& of, uint64_t NodeCounters::*counter) {
  int64_t sum = 0;
  for (uint32_t i = 0; i < of.size(); ++i) {
    if (of[i]) sum += int64_t(evidence.at_end.nodes[i].*counter - evidence.at_start.nodes[i].*counter);
  }
  return sum;
}

std::span<const Metric> metrics() {
  static const std::vector<Metric> all = [] {
    std::vector<Metric> joined;
    for (const auto list : {delivery_metrics(), traffic_metrics(), node_metrics(), machine_metrics()}) {
      joined.insert(joined.end(), list.begin(), list.end());
    }
    return joined;
  }();
  return all;
}

const Metric* find_metric(std::string_view name) {
  const auto all = metrics();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Metric& m) { return m.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::optional<int64_t> quantile(std::vector<int64_t> values, int64_t q_ppb) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  const auto wide = static_cast<__int128>(values.size()) * q_ppb;
  const int64_t rank = int64_t((wide + Share::kWhole - 1) / Share::kWhole);
  return values[size_t(std::max<int64_t>(rank, 1) - 1)];
}

std::string show_value(int64_t value, std::string_view unit) {
  const double v = double(value);
  if (unit == "ns") {
    if (value >= 10'000'000'000) return fmt::format("{:.1f} s", v / 1e9);
    if (value >= 1'000'000'000) return fmt::format("{:.2f} s", v / 1e9);
    if (value >= 1'000'000) return fmt::format("{:.1f} ms", v / 1e6);
    return fmt::format("{:.1f} us", v / 1e3);
  }
  // Rounded towards "not all": 99.9996 % must not read as 100 %.
  if (unit == "ppb") return fmt::format("{:g} %", std::floor(v / 1e4) / 1e3);
  if (unit == "bit/s") {
    if (value >= 1'000'000) return fmt::format("{:.2f} Mbit/s", v / 1e6);
    return fmt::format("{:.1f} kbit/s", v / 1e3);
  }
  if (unit == "1e-3") return fmt::format("{:.3f}", v / 1e3);
  if (unit == "B") {
    if (value >= int64_t{1} << 20) return fmt::format("{:.1f} MiB", v / double(1 << 20));
    return value >= 1024 ? fmt::format("{:.1f} KiB", v / 1024) : fmt::format("{} B", value);
  }
  return fmt::format("{}", value);
}

}  // namespace orrery
