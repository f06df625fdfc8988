// periodic: a message every so often, from each publisher in turn.
#pragma once
#include <tuple>

#include "scenarios/spec/selector.h"
#include "scenarios/workloads/workload.h"
#include "simcore/base/field.h"

namespace orrery {

struct PeriodicConfig {
  spec::Selector from, to;
  std::string topic = "chat";
  Duration every = 1_s;
  Bytes size = 1_KiB;

  static constexpr auto fields() {
    using C = PeriodicConfig;
    return std::tuple{
        field("from", &C::from, "Who publishes, in turn.", "Orrery"),
        field("topic", &C::topic, "On which topic.", "Orrery"),
        field("to", &C::to, "Who subscribes to the topic.", "Orrery"),
        field("every", &C::every, "From one message to the next, whoever publishes; the first after half of it.",
              "Orrery", Range<Duration>{1_us, 24_h}),
        field("size", &C::size, "Bytes of a message's payload.", "Orrery", Range<Bytes>{8_B, 1_MiB}),
    };
  }
};

std::vector<Publishing> plan(const PeriodicConfig& config, const WorkloadFrame& frame);

}  // namespace orrery
