#include "scenarios/run/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace orrery {
namespace {

using Nodes = std::vector<bool>;
using Value = std::optional<int64_t>;

// Nanoseconds from publish to first delivery, the publisher's own left out.
std::vector<int64_t> latencies(const Evidence& evidence, const Nodes& of) {
  std::vector<int64_t> all;
  std::set<std::pair<uint64_t, NodeId>> had;
  for (const Delivery& delivery : evidence.ledger.deliveries()) {
    const auto published = evidence.ledger.publications().find(delivery.message);
    if (!delivery.intact || !of[delivery.node.value] || published == evidence.ledger.publications().end()) continue;
    if (delivery.node == published->second.publisher || !had.emplace(delivery.message, delivery.node).second) continue;
    all.push_back((delivery.at - published->second.at).ns);
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

// Over the whole run, warm-up and drain included: the counters are not sampled at the ends of the measured span.
template <uint64_t NodeCounters::*counter>
std::vector<int64_t> rates(const Evidence& evidence, const Nodes& of, Time start) {
  std::vector<int64_t> all;
  const int64_t span = (evidence.end - start).ns;
  for (uint32_t i = 0; i < of.size(); ++i) {
    if (!of[i]) continue;
    const uint64_t bytes = evidence.engine.counters(NodeId{i}).*counter;
    all.push_back(int64_t(static_cast<__int128>(bytes) * 8 * 1'000'000'000 / span));
  }
  return all;
}

template <uint64_t NodeCounters::*counter>
Value rate_mean(const Evidence& evidence, const Nodes& of) {
  const auto all = rates<counter>(evidence, of, evidence.engine.start());
  if (all.empty()) return std::nullopt;
  int64_t sum = 0;
  for (const int64_t rate : all) sum += rate;
  return sum / int64_t(all.size());
}

template <uint64_t NodeCounters::*counter>
Value rate_max(const Evidence& evidence, const Nodes& of) {
  return quantile(rates<counter>(evidence, of, evidence.engine.start()), Share::kWhole);
}

template <uint64_t NodeCounters::*counter>
Value total(const Evidence& evidence, const Nodes& of) {
  int64_t sum = 0;
  for (uint32_t i = 0; i < of.size(); ++i) {
    if (of[i]) sum += int64_t(evidence.engine.counters(NodeId{i}).*counter);
  }
  return sum;
}

/// Nanoseconds a frame.
template <uint64_t NodeCounters::*sum, uint64_t NodeCounters::*frames>
Value mean_delay(const Evidence& evidence, const Nodes& of) {
  const int64_t count = *total<frames>(evidence, of);
  if (count == 0) return std::nullopt;
  return *total<sum>(evidence, of) / count;
}

Value messages(const Evidence& evidence, const Nodes&) { return int64_t(evidence.ledger.publications().size()); }

Value deliveries(const Evidence& evidence, const Nodes& of) { return int64_t(latencies(evidence, of).size()); }

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

constexpr int64_t operator""_pct(unsigned long long n) { return int64_t(n) * 10'000'000; }

constexpr Metric kMetrics[] = {
    {"message.count", "1", "Messages that the workload published.", messages},
    {"delivery.count", "1", "First deliveries to nodes other than the publisher.", deliveries},
    {"delivery.ratio", "ppb", "Of the deliveries owed by the end of the drain, the share that was made.",
     delivery_ratio},
    {"excused.share", "ppb", "Of all (message, subscriber) pairs, the share that was not owed.", excused_share},
    {"latency.mean", "ns", "Publish to first delivery, mean.", latency_mean},
    {"latency.p50", "ns", "Publish to first delivery, median.", latency_quantile<50_pct>},
    {"latency.p90", "ns", "Publish to first delivery, 90th percentile.", latency_quantile<90_pct>},
    {"latency.p99", "ns", "Publish to first delivery, 99th percentile.", latency_quantile<99_pct>},
    {"latency.max", "ns", "Publish to first delivery, the slowest.", latency_quantile<100_pct>},
    {"uplink.mean", "bit/s", "Sent by a node, on the wire, mean over nodes and the whole run.",
     rate_mean<&NodeCounters::bytes_sent>},
    {"uplink.max", "bit/s", "Sent by the busiest node, on the wire, over the whole run.",
     rate_max<&NodeCounters::bytes_sent>},
    {"downlink.mean", "bit/s", "Received by a node, on the wire, mean over nodes and the whole run.",
     rate_mean<&NodeCounters::bytes_received>},
    {"uplink.delay", "ns", "From being sent until the last byte has left the node, mean over frames sent.",
     mean_delay<&NodeCounters::uplink_ns, &NodeCounters::frames_sent>},
    {"downlink.delay", "ns", "From reaching a node's downlink until delivery, mean over frames received.",
     mean_delay<&NodeCounters::downlink_ns, &NodeCounters::frames_received>},
    {"frame.count", "1", "Frames sent on links.", total<&NodeCounters::frames_sent>},
    {"frame.no_link", "1", "Frames for a peer without a link: never sent.", total<&NodeCounters::no_link>},
    {"frame.queue_full", "1", "Droppable frames dropped because the send queue was full.",
     total<&NodeCounters::queue_full>},
    {"frame.died_with_link", "1", "Frames in flight when their link went down.", total<&NodeCounters::died_with_link>},
    {"link.slow_peer", "1", "Links closed because the send queue was full.", total<&NodeCounters::slow_peers>},
    {"link.dial", "1", "Dials.", total<&NodeCounters::dials>},
    {"link.dial_failed", "1", "Dials that failed.", total<&NodeCounters::dials_failed>},
    {"node.crash", "1", "Crashes of nodes that were up.", crashes},
    {"node.left", "1", "Times that a node left or crashed in the measured span.", left},
    {"node.joined", "1", "Times that a node joined or restarted in the measured span.", joined},
    {"node.up.mean", "1", "Nodes that were up, mean over the measured span, to the nearest whole.", up_mean},
};

}  // namespace

std::span<const Metric> metrics() { return kMetrics; }

const Metric* find_metric(std::string_view name) {
  const auto found =
      std::find_if(std::begin(kMetrics), std::end(kMetrics), [&](const Metric& m) { return m.name == name; });
  return found == std::end(kMetrics) ? nullptr : found;
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
  return fmt::format("{}", value);
}

}  // namespace orrery
