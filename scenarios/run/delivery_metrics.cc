// Metrics of messages: whether and how late they came, how far they travelled, how often they came again.
#include <algorithm>

#include "scenarios/run/metric_lists.h"

namespace orrery {
namespace {

using Nodes = std::vector<bool>;
using Value = std::optional<int64_t>;

// Nanoseconds from publish to first delivery, the publisher's own left out.
std::vector<int64_t> latencies(const Evidence& evidence, const Nodes& of) {
  std::vector<int64_t> all;
  for (const Delivery& delivery : evidence.ledger.deliveries()) {
    if (!delivery.first || !of[delivery.node.value]) continue;
    const Publication& published = evidence.ledger.publications().at(delivery.message);
    if (delivery.node != published.publisher) all.push_back((delivery.at - published.at).ns);
  }
  return all;
}

template <int64_t q_ppb>
Value latency_quantile(const Evidence& evidence, const Nodes& of) {
  return quantile(latencies(evidence, of), q_ppb);
}

Value latency_mean(const Evidence& evidence, const Nodes& of) {
  const std::vector<int64_t> all = latencies(evidence, of);
  if (all.empty()) return std::nullopt;
  __int128 sum = 0;
  for (const int64_t ns : all) sum += ns;
  return int64_t(sum / int64_t(all.size()));
}

Value ppb(uint64_t part, uint64_t whole) {
  if (whole == 0) return std::nullopt;
  return int64_t(static_cast<unsigned __int128>(part) * Share::kWhole / whole);
}

// Judged on the longest promise that the run can have kept: until its end.
Value delivery_ratio(const Evidence& evidence, const Nodes& of) {
  const Promise promise = judge(evidence.ledger, evidence.end - evidence.measured_until, of);
  return ppb(promise.kept, promise.owed);
}

Value excused_share(const Evidence& evidence, const Nodes& of) {
  const Promise promise = judge(evidence.ledger, evidence.end - evidence.measured_until, of);
  return ppb(promise.excused, promise.owed + promise.excused);
}

Value messages(const Evidence& evidence, const Nodes&) { return int64_t(evidence.ledger.publications().size()); }

Value deliveries(const Evidence& evidence, const Nodes& of) { return int64_t(latencies(evidence, of).size()); }

/// The sum over nodes of what `part` says of each.
template <class Part>
int64_t sum(const Evidence& evidence, const Nodes& of, Part part) {
  int64_t all = 0;
  for (uint32_t i = 0; i < of.size(); ++i) {
    if (of[i]) all += int64_t(part(evidence.relay.nodes()[i]));
  }
  return all;
}

Value duplicates(const Evidence& evidence, const Nodes& of) {
  return sum(evidence, of, [](const RelayStats::Counts& node) { return node.duplicates; });
}

Value pulled(const Evidence& evidence, const Nodes& of) {
  return sum(evidence, of, [](const RelayStats::Counts& node) { return node.pulled; });
}

Value hops_mean(const Evidence& evidence, const Nodes& of) {
  const int64_t arrivals = sum(evidence, of, [](const RelayStats::Counts& node) { return node.arrivals; });
  const int64_t hops = sum(evidence, of, [](const RelayStats::Counts& node) { return node.hops; });
  return thousandths(hops, arrivals);
}

Value hops_max(const Evidence& evidence, const Nodes& of) {
  int64_t most = 0;
  for (uint32_t i = 0; i < of.size(); ++i) {
    if (of[i]) most = std::max<int64_t>(most, evidence.relay.nodes()[i].hops_max);
  }
  return most > 0 ? Value(most) : std::nullopt;
}

Value mesh_degree(const Evidence& evidence, const Nodes& of) {
  const int64_t sightings = sum(evidence, of, [](const RelayStats::Counts& node) { return node.mesh_sightings; });
  const int64_t degrees = sum(evidence, of, [](const RelayStats::Counts& node) { return node.mesh_degrees; });
  return thousandths(degrees, sightings);
}

constexpr int64_t operator""_pct(unsigned long long n) { return int64_t(n) * 10'000'000; }

constexpr Metric kMetrics[] = {
    {"message.count", "1", "Messages that the workload published.", messages},
    {"delivery.count", "1", "First deliveries to nodes other than the publisher.", deliveries},
    {"delivery.ratio", "ppb", "Of the deliveries owed, the share that was made within one drain of being published.",
     delivery_ratio},
    {"excused.share", "ppb", "Of all (message, subscriber) pairs, the share that was not owed.", excused_share},
    {"latency.mean", "ns", "Publish to first delivery, mean.", latency_mean},
    {"latency.p50", "ns", "Publish to first delivery, median.", latency_quantile<50_pct>},
    {"latency.p90", "ns", "Publish to first delivery, 90th percentile.", latency_quantile<90_pct>},
    {"latency.p99", "ns", "Publish to first delivery, 99th percentile.", latency_quantile<99_pct>},
    {"latency.max", "ns", "Publish to first delivery, the slowest.", latency_quantile<100_pct>},
    {"hops.mean", "1e-3", "Links that a message passed before it was delivered, mean over deliveries.", hops_mean},
    {"hops.max", "1", "Links that a message passed before it was delivered, the most.", hops_max},
    {"duplicate.count", "1", "Messages that a node was sent again.", duplicates},
    {"pulled.count", "1", "Messages that came because the node had asked for them.", pulled},
    {"mesh.degree.mean", "1e-3", "Peers in a mesh, mean over nodes, topics and the heartbeats of the measured span.",
     mesh_degree},
};

}  // namespace

std::span<const Metric> delivery_metrics() { return kMetrics; }

}  // namespace orrery
