#include "simcore/network/bandwidth.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "simcore/network/overhead.h"

namespace orrery {
namespace {

// The two different nodes that add the least: no message between nodes gets away with less.
Duration least_added(const std::vector<Access>& access) {
  std::vector<Duration> added;
  for (const Access& one : access) added.push_back(one.added_latency);
  if (added.size() < 2) return {};
  std::partial_sort(added.begin(), added.begin() + 2, added.end());
  return added[0] + added[1];
}

}  // namespace

BandwidthNetwork::BandwidthNetwork(std::unique_ptr<Network> latency, const std::vector<Access>& access,
                                   const Losses& losses)
    : latency_(std::move(latency)), losses_(losses) {
  check_loss(losses.everywhere, "loss");
  if (losses.timeout_least < 1_ns)
    throw std::invalid_argument("retransmission_timeout is not above 0; give a longer one");
  for (const Access& one : access) {
    check_access(one);
    ends_.push_back({Line(one.uplink), Line(one.downlink), one.added_latency, one.added_loss});
  }
  floor_ = latency_->latency_floor() + least_added(access);
}

Duration BandwidthNetwork::latency(NodeId from, NodeId to) const {
  return latency_->latency(from, to) + added_latency(from, to);
}

Duration BandwidthNetwork::latency_floor() const { return floor_; }

LossCost BandwidthNetwork::losses(NodeId from, NodeId to, Bytes size, RandomBlock draw) const {
  const Share of_ends = combined(ends_[from.value].added_loss, ends_[to.value].added_loss);
  const Share loss = combined(losses_.everywhere, of_ends);
  if (loss == Share{0}) return {};
  Rng rng(draw.high);  // the low word is the jitter's
  const Duration round_trip = latency(from, to) + latency(to, from);
  return make_good(segments_of(size), loss, round_trip, losses_.timeout_least, rng);
}

Departure BandwidthNetwork::depart(NodeId from, NodeId to, Time now, Bytes size, RandomBlock draw) {
  const LossCost cost = losses(from, to, size, draw);
  const Bytes segment{std::min(size.count, kSegmentMax + kTcpIpHeaders)};
  const Bytes resent{segment.count * cost.segments};
  const Time leaves = ends_[from.value].uplink.carry(now, size + resent);
  Departure departure = latency_->depart(from, to, leaves, size, draw);
  departure.reaches = departure.reaches + added_latency(from, to) + cost.delay;
  departure.resent = resent;
  return departure;
}

Time BandwidthNetwork::admit(NodeId from, NodeId to, Time reach, Bytes size) {
  const Time first = reach - ends_[from.value].uplink.time_of(size);  // a constant of the sender, not its state
  return std::max(reach, ends_[to.value].downlink.carry(first, size));
}

void BandwidthNetwork::died(NodeId node, Time now) { ends_[node.value].uplink.clear(now); }

}  // namespace orrery
