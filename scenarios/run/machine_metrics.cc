// Metrics of machines: what work and writes cost, and what waited for them.
#include <algorithm>

#include "scenarios/run/metric_lists.h"

namespace orrery {
namespace {

using Nodes = std::vector<bool>;
using Value = std::optional<int64_t>;
using Counter = uint64_t NodeCounters::*;

/// Nanoseconds a piece. Nothing if there was no piece.
template <Counter sum, Counter pieces>
Value mean(const Evidence& evidence, const Nodes& of) {
  const int64_t count = measured(evidence, of, pieces);
  if (count == 0) return std::nullopt;
  return measured(evidence, of, sum) / count;
}

/// The most of any node, in the whole run. Nothing if work takes no time.
template <Counter counter>
Value most(const Evidence& evidence, const Nodes& of) {
  uint64_t most = 0, steps = 0;
  for (uint32_t i = 0; i < of.size(); ++i) {
    if (!of[i]) continue;
    most = std::max(most, evidence.last.nodes[i].*counter);
    steps += evidence.last.nodes[i].steps;
  }
  return steps == 0 ? std::nullopt : Value(int64_t(most));
}

/// In parts per billion of `ns`.
Value share(int64_t part_ns, __int128 ns) {
  if (ns <= 0) return std::nullopt;
  return int64_t(static_cast<__int128>(part_ns) * Share::kWhole / ns);
}

/// Those of them where work takes time.
Nodes priced(const Evidence& evidence, const Nodes& of) {
  Nodes priced(of.size());
  for (uint32_t i = 0; i < of.size(); ++i) priced[i] = of[i] && evidence.last.nodes[i].steps > 0;
  return priced;
}

Value busy(const Evidence& evidence, const Nodes& of) {
  const __int128 up =
      evidence.ledger.lives().up_ns(priced(evidence, of), evidence.measured_from, evidence.measured_until);
  return share(measured(evidence, of, &NodeCounters::cpu_ns), up);
}

Value busy_max(const Evidence& evidence, const Nodes& of) {
  if (measured(evidence, of, &NodeCounters::steps) == 0) return std::nullopt;
  int64_t most = 0;
  for (uint32_t i = 0; i < of.size(); ++i) {
    if (of[i]) most = std::max(most, int64_t(evidence.at_end.nodes[i].cpu_ns - evidence.at_start.nodes[i].cpu_ns));
  }
  return share(most, (evidence.measured_until - evidence.measured_from).ns);
}

Value harmed(const Evidence& evidence, const Nodes& of) {
  int64_t sum = 0;
  for (uint32_t i = 0; i < of.size(); ++i) sum += of[i] ? int64_t(evidence.last.nodes[i].writes_harmed) : 0;
  return sum;
}

Value batches(const Evidence& evidence, const Nodes& of) { return measured(evidence, of, &NodeCounters::batches); }

constexpr Metric kMetrics[] = {
    {"cpu.busy", "ppb",
     "Share of the time that cores worked while nodes were up, over the nodes where work takes time.", busy},
    {"cpu.busy.max", "ppb", "The same of the busiest node, over the whole measured span.", busy_max},
    {"cpu.wait.mean", "ns", "From an event until its step began, for want of a core, mean over steps.",
     mean<&NodeCounters::step_wait_ns, &NodeCounters::steps>},
    {"cpu.wait.max", "ns", "The longest such wait, in the whole run.", most<&NodeCounters::step_wait_ns_max>},
    {"cpu.backlog.max", "1", "Most steps that waited at one node at once, in the whole run.",
     most<&NodeCounters::backlog_max>},
    {"disk.batch", "1", "Batches of writes that a sync covered, in the measured span.", batches},
    {"disk.harmed", "1", "Writes that a fault lost, tore or misdirected, in the whole run.", harmed},
    {"disk.wait.mean", "ns", "From the step that wrote until the sync was over, mean over batches.",
     mean<&NodeCounters::batch_wait_ns, &NodeCounters::batches>},
};

}  // namespace

std::span<const Metric> machine_metrics() { return kMetrics; }

}  // namespace orrery
