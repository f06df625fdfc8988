// poisson: messages at random, a Poisson process of a given rate, each from a publisher drawn at random.
#pragma once
#include <tuple>

#include "scenarios/spec/selector.h"
#include "scenarios/workloads/workload.h"
#include "simcore/base/field.h"

namespace orrery {

struct PoissonConfig {
  spec::Selector from, to;
  std::string topic = "chat";
  Rate rate = 1_per_s;
  Bytes size = 1_KiB;

  static constexpr auto fields() {
    using C = PoissonConfig;
    return std::tuple{
        field("from", &C::from, "Who publishes.", "Orrery"),
        field("topic", &C::topic, "On which topic.", "Orrery"),
        field("to", &C::to, "Who subscribes to the topic.", "Orrery"),
        field("rate", &C::rate, "Messages of all publishers together, on average.", "Orrery",
              Range<Rate>{Rate{1}, Rate{1'000'000 * Rate::kPerSecond}}),
        field("size", &C::size, "Bytes of a message's payload.", "Orrery", Range<Bytes>{8_B, 1_MiB}),
    };
  }
};

std::vector<Publishing> plan(const PoissonConfig& config, const WorkloadFrame& frame);

}  // namespace orrery
