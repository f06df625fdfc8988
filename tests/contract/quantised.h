// A network whose messages arrive on a grid of time, so that many arrive at one node in one instant: without such ties
// no part of the order of events is tested.
#pragma once
#include "simcore/network/network.h"

namespace orrery::trial {

class QuantisedNetwork final : public Network {
 public:
  /// `downlinks`: they arrive when they like, and their downlink delivers them on the grid.
  explicit QuantisedNetwork(bool downlinks) : downlinks_(downlinks) {}

  Duration latency(NodeId, NodeId) const override { return 20_ms; }
  Duration latency_floor() const override { return kFloor; }
  Departure depart(NodeId, NodeId, Time now, Bytes, RandomBlock draw) override {
    const Time reaches = now + kFloor + Duration{int64_t(draw.low % 10'000'000)};
    return {now, downlinks_ ? reaches : on_grid(reaches)};
  }
  bool has_downlinks() const override { return downlinks_; }
  Time admit(NodeId, NodeId, Time reach, Bytes) override { return on_grid(reach); }

 private:
  static constexpr Duration kFloor = 15_ms;
  static constexpr int64_t kGrid = 1'000'000;
  static Time on_grid(Time time) { return Time{(time.ns + kGrid - 1) / kGrid * kGrid}; }

  bool downlinks_;
};

}  // namespace orrery::trial
