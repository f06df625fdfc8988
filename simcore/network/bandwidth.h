// The `bandwidth` network: latency as another network has it, and between a node and that an uplink and a downlink of
// limited rate, which all its peers and streams share; segments may be lost, which delays.
#pragma once
#include <memory>
#include <tuple>
#include <vector>

#include "simcore/network/access.h"
#include "simcore/network/matrix.h"

namespace orrery {

/// Latency and jitter are those of `matrix`.
struct BandwidthConfig : MatrixConfig {
  Share loss{0};
  Duration retransmission_timeout = 1_s;

  static constexpr auto fields() {
    return std::tuple{
        field("latency", &BandwidthConfig::latency,
              "A built-in table (ethshadow, simblock2019), a CSV file of latencies between places, or one latency for "
              "all, as in \"50 ms\".",
              "Orrery"),
        std::get<1>(MatrixConfig::fields()),
        field("loss", &BandwidthConfig::loss,
              "The share of segments lost on the way, whoever sends; added_loss of both ends comes on top.", "Orrery",
              Range<Share>{Share{0}, kLossMax}),
        field("retransmission_timeout", &BandwidthConfig::retransmission_timeout,
              "The least time after which a lost segment is sent again if nothing asks for it.",
              "RFC 6298 section 2.4: 1 s. Linux: TCP_RTO_MIN, 200 ms", Range<Duration>{10_ms, 1_min}),
    };
  }
};

/// Both ends' added latency is part of every latency that it tells. A downlink begins with a message's first byte,
/// which its sender's rate tells, and is through at the earliest when the last is there: an idle path takes as long as
/// the slower of its two lines. Regions are those of the inner network.
class BandwidthNetwork final : public Network {
 public:
  struct Losses {
    Share everywhere{0};
    Duration timeout_least = 1_s;
  };
  /// `access[i]` is that of node i. Throws std::invalid_argument if a figure is out of its range.
  BandwidthNetwork(std::unique_ptr<Network> latency, const std::vector<Access>& access, const Losses& losses);

  Duration latency(NodeId from, NodeId to) const override;
  Duration latency_floor() const override;
  Departure depart(NodeId from, NodeId to, Time now, Bytes size, RandomBlock draw) override;
  bool has_downlinks() const override { return true; }
  Time admit(NodeId from, NodeId to, Time reach, Bytes size) override;
  void died(NodeId node, Time now) override;

  uint32_t regions() const override { return latency_->regions(); }
  uint32_t region(NodeId node) const override { return latency_->region(node); }
  std::string_view region_name(uint32_t region) const override { return latency_->region_name(region); }

 private:
  struct Ends {
    Line uplink, downlink;
    Duration added_latency;
    Share added_loss;
  };
  Duration added_latency(NodeId from, NodeId to) const {
    return ends_[from.value].added_latency + ends_[to.value].added_latency;
  }
  LossCost losses(NodeId from, NodeId to, Bytes size, RandomBlock draw) const;

  std::unique_ptr<Network> latency_;
  std::vector<Ends> ends_;
  Losses losses_;
  Duration floor_;
};

}  // namespace orrery
