// Metrics of nodes: how many there were, how many came and went.
#include "scenarios/run/metric_lists.h"

namespace orrery {
namespace {

using Nodes = std::vector<bool>;
using Value = std::optional<int64_t>;

Value crashes(const Evidence& evidence, const Nodes&) { return int64_t(evidence.ledger.crashes()); }

Value left(const Evidence& evidence, const Nodes& of) {
  return int64_t(evidence.ledger.lives().left(of, evidence.measured_from, evidence.measured_until));
}

Value joined(const Evidence& evidence, const Nodes& of) {
  return int64_t(evidence.ledger.lives().joined(of, evidence.measured_from, evidence.measured_until));
}

Value up_mean(const Evidence& evidence, const Nodes& of) {
  const int64_t span = (evidence.measured_until - evidence.measured_from).ns;
  if (span <= 0) return std::nullopt;
  const __int128 up = evidence.ledger.lives().up_ns(of, evidence.measured_from, evidence.measured_until);
  return int64_t((up + span / 2) / span);
}

constexpr Metric kMetrics[] = {
    {"node.crash", "1", "Crashes of nodes that were up, in the whole run.", crashes},
    {"node.left", "1", "Times that a node left or crashed in the measured span.", left},
    {"node.joined", "1", "Times that a node joined or restarted in the measured span.", joined},
    {"node.up.mean", "1", "Nodes that were up, mean over the measured span, to the nearest whole.", up_mean},
};

}  // namespace

std::span<const Metric> node_metrics() { return kMetrics; }

}  // namespace orrery
