// The `constant` network: every pair of nodes is equally far apart, and nothing queues.
#pragma once
#include <tuple>

#include "simcore/base/field.h"
#include "simcore/network/jitter.h"
#include "simcore/network/network.h"

namespace orrery {

struct ConstantConfig {
  Duration latency = 50_ms;
  Share jitter{0};

  static constexpr auto fields() {
    return std::tuple{
        field("latency", &ConstantConfig::latency, "How long a message is on its way, one way.", "Orrery",
              Range<Duration>{1_us, 1_h}),
        field("jitter", &ConstantConfig::jitter,
              "Each message is slower or faster by up to this share of the latency, uniformly.", "Orrery",
              Range<Share>{Share{0}, kJitterMax}),
    };
  }
};

class ConstantNetwork final : public Network {
 public:
  /// Throws std::invalid_argument if a value is out of its range.
  explicit ConstantNetwork(const ConstantConfig& config);

  Duration latency(NodeId from, NodeId to) const override;
  Duration latency_floor() const override;
  Departure depart(NodeId from, NodeId to, Time now, Bytes size, RandomBlock draw) override;

 private:
  ConstantConfig config_;
};

}  // namespace orrery
