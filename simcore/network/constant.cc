#include "simcore/network/constant.h"

#include <stdexcept>

namespace orrery {

ConstantNetwork::ConstantNetwork(const ConstantConfig& config) : config_(config) {
  if (config.latency < 1_us || config.latency > 1_h) {
    throw std::invalid_argument("latency goes from 1 us to 1 h; give one in that range");
  }
  check_jitter(config.jitter);
}

Duration ConstantNetwork::latency(NodeId, NodeId) const { return config_.latency; }

Duration ConstantNetwork::latency_floor() const { return jitter_floor(config_.latency, config_.jitter); }

Departure ConstantNetwork::depart(NodeId, NodeId, Time now, Bytes, RandomBlock draw) {
  return {now, now + jittered(config_.latency, config_.jitter, draw)};
}

}  // namespace orrery
