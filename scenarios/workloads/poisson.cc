#include "scenarios/workloads/poisson.h"

namespace orrery {

std::vector<Publishing> plan(const PoissonConfig& config, const WorkloadFrame& frame) {
  Rng rng = workload_rng(frame);
  const Duration mean{int64_t(static_cast<__int128>(1'000'000) * 1'000'000'000 / config.rate.per_million_seconds)};
  std::vector<Publishing> all;
  for (Time at = Time{} + rng.exponential(mean); at < Time{} + frame.duration; at = at + rng.exponential(mean)) {
    const uint32_t publisher = frame.publishers[rng.below(frame.publishers.size())];
    all.push_back({at, publisher, config.topic, config.size});
  }
  return all;
}

}  // namespace orrery
