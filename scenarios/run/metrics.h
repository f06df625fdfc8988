// Metrics: the numbers of a run, each with a name, a unit and a sentence. Checks of kind `bound`, the result table, the
// database and `orrery describe metric` all read the one list.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/checkers/ledger.h"
#include "scenarios/checkers/relay_stats.h"
#include "simcore/engine/engine.h"

namespace orrery {

/// The engine's counts at one instant.
struct Counted {
  std::vector<NodeCounters> nodes;
  TrafficByType traffic;
};
Counted count(const Engine& engine, uint32_t nodes);

/// What a metric is computed from.
struct Evidence {
  Ledger& ledger;
  const RelayStats& relay;
  Time measured_from, measured_until;       // [0, duration)
  Time end;                                 // of the drain
  const Counted &at_start, &at_end, &last;  // at t = 0, at the end of the measured span, at the end of the run
};

struct Metric {
  std::string_view name;
  std::string_view unit;  // "ns", "ppb" (parts per billion), "bit/s", "B", "1", "1e-3" (thousandths)
  std::string_view doc;
  /// Nothing if there was nothing to measure. `of[node]`: the nodes that count.
  std::optional<int64_t> (*compute)(const Evidence& evidence, const std::vector<bool>& of);
};

std::span<const Metric> metrics();
/// The metric of that name, or null.
const Metric* find_metric(std::string_view name);

/// "123.4 ms", "99.98 %", "1.2 Mbit/s": for people.
std::string show_value(int64_t value, std::string_view unit);

/// The `q`-quantile (parts per billion) of `values` by nearest rank: the least value with at least that share at or
/// below it. Sorts its copy. Nothing if empty.
std::optional<int64_t> quantile(std::vector<int64_t> values, int64_t q_ppb);

}  // namespace orrery
