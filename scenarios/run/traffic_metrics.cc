// Metrics of traffic: what nodes paid, what messages carried, what became of frames and links.
#include <algorithm>

#include "scenarios/run/metric_lists.h"

namespace orrery {
namespace {

using Nodes = std::vector<bool>;
using Value = std::optional<int64_t>;
using Counter = uint64_t NodeCounters::*;

Value bits_per_second(int64_t bytes, __int128 ns) {
  if (ns <= 0) return std::nullopt;
  return int64_t(static_cast<__int128>(bytes) * 8 * 1'000'000'000 / ns);
}

/// While nodes were up.
template <Counter counter>
Value rate_mean(const Evidence& evidence, const Nodes& of) {
  const __int128 up = evidence.ledger.lives().up_ns(of, evidence.measured_from, evidence.measured_until);
  return bits_per_second(measured(evidence, of, counter), up);
}

template <Counter counter>
Value rate_max(const Evidence& evidence, const Nodes& of) {
  int64_t most = 0;
  for (uint32_t i = 0; i < of.size(); ++i) {
    if (of[i]) most = std::max(most, int64_t(evidence.at_end.nodes[i].*counter - evidence.at_start.nodes[i].*counter));
  }
  return bits_per_second(most, (evidence.measured_until - evidence.measured_from).ns);
}

/// Of the whole run.
template <Counter counter>
Value total(const Evidence& evidence, const Nodes& of) {
  int64_t sum = 0;
  for (uint32_t i = 0; i < of.size(); ++i) {
    if (of[i]) sum += int64_t(evidence.last.nodes[i].*counter);
  }
  return sum;
}

/// Nanoseconds a frame.
template <Counter sum, Counter frames>
Value mean_delay(const Evidence& evidence, const Nodes& of) {
  const int64_t count = measured(evidence, of, frames);
  if (count == 0) return std::nullopt;
  return measured(evidence, of, sum) / count;
}

// What messages carried, from t = 0 to the end of the drain. Of a message without parts, all is payload.

Traffic::Items carried(const TrafficByType& traffic, std::string_view part) {
  Traffic::Items sum;
  for (const auto& [id, one] : traffic) {
    const auto names = one.type->part_names;
    const auto at = std::find(names.begin(), names.end(), part);
    if (at != names.end()) {
      sum.items += one.parts[size_t(at - names.begin())].items;
      sum.bytes += one.parts[size_t(at - names.begin())].bytes;
    } else if (names.empty() && part == "payload") {
      sum.items += one.frames;
      sum.bytes += one.bytes;
    }
  }
  return sum;
}

int64_t items(const Evidence& evidence, std::string_view part) {
  return int64_t(carried(evidence.last.traffic, part).items - carried(evidence.at_start.traffic, part).items);
}
int64_t bytes(const Evidence& evidence, std::string_view part) {
  return int64_t(carried(evidence.last.traffic, part).bytes - carried(evidence.at_start.traffic, part).bytes);
}

Value payloads(const Evidence& evidence, const Nodes&) { return items(evidence, "payload"); }
Value payload_bytes(const Evidence& evidence, const Nodes&) { return bytes(evidence, "payload"); }
Value ihaves(const Evidence& evidence, const Nodes&) { return items(evidence, "ihave"); }
Value iwants(const Evidence& evidence, const Nodes&) { return items(evidence, "iwant"); }
Value grafts(const Evidence& evidence, const Nodes&) { return items(evidence, "graft"); }
Value prunes(const Evidence& evidence, const Nodes&) { return items(evidence, "prune"); }
Value control_bytes(const Evidence& evidence, const Nodes&) {
  int64_t sum = 0;
  for (const char* part : {"subscription", "ihave", "iwant", "graft", "prune"}) sum += bytes(evidence, part);
  return sum;
}

Value payloads_per_delivery(const Evidence& evidence, const Nodes&) {
  const std::vector<bool> everybody(evidence.ledger.nodes(), true);
  return thousandths(items(evidence, "payload"), *find_metric("delivery.count")->compute(evidence, everybody));
}

constexpr Metric kMetrics[] = {
    {"uplink.mean", "bit/s", "Sent by a node while it was up, on the wire, mean over nodes and the measured span.",
     rate_mean<&NodeCounters::bytes_sent>},
    {"uplink.max", "bit/s", "Sent by the busiest node, on the wire, over the measured span.",
     rate_max<&NodeCounters::bytes_sent>},
    {"downlink.mean", "bit/s", "Received by a node while it was up, mean over nodes and the measured span.",
     rate_mean<&NodeCounters::bytes_received>},
    {"uplink.delay", "ns", "From being sent until the last byte has left the node, mean over frames sent.",
     mean_delay<&NodeCounters::uplink_ns, &NodeCounters::frames_sent>},
    {"downlink.delay", "ns", "From reaching a node's downlink until delivery, mean over frames received.",
     mean_delay<&NodeCounters::downlink_ns, &NodeCounters::frames_received>},
    {"payload.count", "1", "Messages of the application that relays sent, copies included, from t = 0.", payloads},
    {"payload.per_delivery", "1e-3", "The same, for each first delivery.", payloads_per_delivery},
    {"payload.bytes", "B", "Their bytes, headers of lower layers left out.", payload_bytes},
    {"control.bytes", "B", "Bytes of all that relays say besides, from t = 0.", control_bytes},
    {"ihave.count", "1", "IHAVE messages sent from t = 0.", ihaves},
    {"iwant.count", "1", "IWANT messages sent from t = 0.", iwants},
    {"graft.count", "1", "GRAFT messages sent from t = 0.", grafts},
    {"prune.count", "1", "PRUNE messages sent from t = 0.", prunes},
    {"frame.count", "1", "Frames sent on links, in the whole run.", total<&NodeCounters::frames_sent>},
    {"frame.no_link", "1", "Frames for a peer without a link: never sent.", total<&NodeCounters::no_link>},
    {"frame.queue_full", "1", "Droppable frames dropped because the send queue was full.",
     total<&NodeCounters::queue_full>},
    {"frame.died_with_link", "1", "Frames in flight when their link went down.", total<&NodeCounters::died_with_link>},
    {"link.slow_peer", "1", "Links closed because the send queue was full.", total<&NodeCounters::slow_peers>},
    {"link.dial", "1", "Dials, in the whole run.", total<&NodeCounters::dials>},
    {"link.dial_failed", "1", "Dials that failed.", total<&NodeCounters::dials_failed>},
};

}  // namespace

std::span<const Metric> traffic_metrics() { return kMetrics; }

}  // namespace orrery
